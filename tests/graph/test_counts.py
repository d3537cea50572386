"""Counts kept with the graph: the same bytes for the same graph, believed only where everything fits."""

import gc
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.counts import COUNTED, count, decode, encode, has_counts, read_count, write_counts
from kg.graph.shipped import find_query_folder
from kg.graph.store import find_mark, open_for_reading, refresh_store
from kg.model.table import Cell, Table

TABLE = Table(("a", "n"), ((Cell("x:a", "uri"), Cell("1", "literal", "x:int")), (None, Cell("1", "literal", "x:int"))))


def read_query(name: str) -> str:
    return (find_query_folder() / f"{name}.rq").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", [TABLE, Table(("a",), ()), Table(("é",), ((Cell("\n\0", "literal", "", "en"),),))])
def test_table_comes_back_as_it_was(table: Table) -> None:
    assert decode(encode(table, mark="m", text="q"), mark="m", text="q") == table


@pytest.mark.parametrize("collects", [True, False])
def test_garbage_is_collected_afterwards_as_it_was_before(collects: bool) -> None:
    before = gc.isenabled()
    (gc.enable if collects else gc.disable)()
    try:
        assert decode(encode(TABLE, mark="m", text="q"), mark="m", text="q") == TABLE
        assert gc.isenabled() == collects
    finally:
        (gc.enable if before else gc.disable)()


def test_count_of_another_graph_or_query_is_not_believed() -> None:
    content = encode(TABLE, mark="m", text="q")
    assert [decode(content, mark="n", text="q"), decode(content, mark="m", text="r")] == [None, None]


def test_damage_anywhere_is_noticed() -> None:
    content = encode(TABLE, mark="m", text="q")
    flipped = [content[:i] + bytes([content[i] ^ 1]) + content[i + 1 :] for i in range(len(content))]
    cut = [content[:i] for i in range(len(content))]
    assert {decode(bad, mark="m", text="q") for bad in flipped + cut} == {None}


def make_counts(root: Path, library: Path) -> dict[str, bytes]:
    (root / ".kg").mkdir(parents=True)
    write_counts(root, "m", open_for_reading(library))
    return {path.name: path.read_bytes() for path in sorted((root / ".kg/counts/m").iterdir())}


def test_same_graph_gives_the_same_bytes(library: Path, tmp_path: Path) -> None:
    first = make_counts(tmp_path / "a", library)
    assert first == make_counts(tmp_path / "b", library)
    assert list(first) == sorted(f"{name}.table" for name in COUNTED)


def test_kept_answers_are_those_the_queries_give(library: Path) -> None:
    refresh_store(library)
    store, mark = open_for_reading(library), find_mark(library)
    assert {name: read_count(library, mark, name, read_query(name)) for name in COUNTED} == {
        name: count(store, read_query(name)) for name in COUNTED
    }


def test_lost_or_damaged_counts_are_made_again(tmp_path: Path, library: Path) -> None:
    import shutil

    shutil.copytree(library, tmp_path / "w")
    root, mark = tmp_path / "w", find_mark(library)
    refresh_store(root)
    path = root / ".kg" / "counts" / mark / "corpus_counts.table"
    whole = path.read_bytes()
    for harm in (path.unlink, lambda: path.write_bytes(whole[:-1]), lambda: shutil.rmtree(path.parent)):
        harm()
        assert (has_counts(root, mark), read_count(root, mark, "corpus_counts", read_query("corpus_counts"))) == (
            False,
            None,
        )
        refresh_store(root)
        assert path.read_bytes() == whole


def test_counts_of_an_earlier_state_are_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".kg").mkdir()
    for mark in ("old", "new"):
        write_counts(tmp_path, mark, ox.Store())
    assert [path.name for path in (tmp_path / ".kg" / "counts").iterdir()] == ["new"]
