"""The store is a copy of the canonical text: right whatever happens to its files, whole while others write."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph import store as store_module
from kg.graph.store import (
    clear_old_copies,
    count_quads,
    load_memory_store,
    memory_store,
    open_for_reading,
    refresh_store,
)
from kg.model import CorpusError

G = "http://example.org/graph/"


def make_graph(name: str, size: int = 3) -> bytes:
    return b"".join(
        sorted(
            f'<http://example.org/{i}> <http://example.org/p> "{name}" <{G}{name}> .\n'.encode() for i in range(size)
        )
    )


def write_manifest(root: Path, **graphs: bytes) -> None:
    kg = root / ".kg"
    (kg / "documents").mkdir(parents=True, exist_ok=True)
    table = {}
    for name, nquads in graphs.items():
        digest = hashlib.sha256(nquads).hexdigest()
        (kg / "documents" / f"{name}.nq").write_bytes(nquads)
        table[G + name] = {"file": f"documents/{name}.nq", "sha256": digest, "quads": nquads.count(b"\n")}
    lines = "".join(f"{name} {graph['sha256']} {graph['quads']}\n" for name, graph in sorted(table.items()))
    mark = hashlib.sha256(lines.encode()).hexdigest()
    (kg / "manifest.json").write_text(json.dumps({"mark": mark, "graphs": table}))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_manifest(tmp_path, a=make_graph("a"), b=make_graph("b", 5))
    return tmp_path


def join(*graphs: bytes) -> bytes:
    return b"".join(sorted(b"".join(graphs).splitlines(keepends=True)))


def dump(store: ox.Store) -> bytes:
    return b"".join(sorted((store.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)))


def find_copies(root: Path) -> list[str]:
    return sorted(path.name for path in (root / ".kg" / "store").glob("copy-*"))


def current(root: Path) -> Path:
    store = root / ".kg" / "store"
    name: str = json.loads((store / "current.json").read_text())["folder"]
    return store / name


def test_first_reader_makes_the_store_of_the_canonical_text(root: Path) -> None:
    assert dump(open_for_reading(root)) == join(make_graph("a"), make_graph("b", 5))
    assert find_copies(root) == [current(root).name]


@pytest.mark.parametrize("size", [1, len(make_graph("a")), len(make_graph("a")) + 1, 10_000])
def test_graphs_loaded_a_few_at_a_time_are_all_there(root: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(store_module, "MAX_LOAD_BYTES", size)
    every = join(make_graph("a"), make_graph("b", 5))
    assert dump(open_for_reading(root)) == dump(load_memory_store(root)) == every
    write_manifest(root, a=make_graph("a"), b=make_graph("b", 5), c=make_graph("c", 2))
    assert dump(open_for_reading(root)) == join(every, make_graph("c", 2))


def test_second_reader_reads_the_copy_of_the_first(root: Path) -> None:
    open_for_reading(root)
    before = current(root)
    assert count_quads(open_for_reading(root)) == {G + "a": 3, G + "b": 5}
    assert current(root) == before


def test_manifest_that_is_still_the_same_file_is_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refresh_store(root)
    monkeypatch.setattr(store_module, "read_graph_table", lambda root: pytest.fail("read again"))
    assert count_quads(open_for_reading(root)) == {G + "a": 3, G + "b": 5}


def test_manifest_written_again_with_the_same_graphs_keeps_the_copy(root: Path) -> None:
    refresh_store(root)
    before = current(root)
    shutil.copyfile(root / ".kg" / "manifest.json", root / "copy.json")
    (root / "copy.json").replace(root / ".kg" / "manifest.json")
    open_for_reading(root)
    assert refresh_store(root) is False
    assert current(root) == before


def test_store_that_holds_the_manifest_is_not_made_again(root: Path) -> None:
    assert [refresh_store(root), refresh_store(root)] == [True, False]


def test_workspace_without_graphs_opens_empty(tmp_path: Path) -> None:
    write_manifest(tmp_path)
    assert dump(open_for_reading(tmp_path)) == b""


def test_reader_sees_changed_new_and_removed_graphs(root: Path) -> None:
    big = make_graph("big", 200)
    write_manifest(root, a=make_graph("a"), b=make_graph("b"), big=big)
    refresh_store(root)
    write_manifest(root, a=make_graph("a", 1), c=make_graph("c"), big=big)
    assert dump(open_for_reading(root)) == join(make_graph("a", 1), big, make_graph("c"))


def test_change_of_a_few_graphs_shares_files_with_the_copy_before(root: Path) -> None:
    big = make_graph("big", 500)
    write_manifest(root, big=big)
    refresh_store(root)
    write_manifest(root, big=big, a=make_graph("a"))
    kept = open_for_reading(root)
    write_manifest(root, big=big)
    refresh_store(root)
    assert any(path.stat().st_nlink > 1 for path in current(root).glob("db/*.sst"))
    assert dump(kept) == join(make_graph("a"), big)


def test_copy_in_use_is_kept_until_its_reader_has_gone(root: Path) -> None:
    refresh_store(root)
    old = current(root)
    with (old / "lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        write_manifest(root, c=make_graph("c"))
        refresh_store(root)
        assert old.name in find_copies(root)
    clear_old_copies(root)
    assert find_copies(root) == [current(root).name]


def test_folder_left_by_a_killed_writer_is_cleared_away(root: Path) -> None:
    dead = root / ".kg" / "store" / "copy-dead"
    (dead / "work").mkdir(parents=True)
    (dead / "lock").touch()
    refresh_store(root)
    assert not dead.exists()


def find_data_file(root: Path) -> Path:
    return max(current(root).glob("db/*.sst"), key=lambda path: path.stat().st_size)


def flip_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a flipped byte": lambda root: flip_byte(find_data_file(root)),
    "a truncated file": lambda root: os.truncate(find_data_file(root), 40),
    "a deleted file": lambda root: find_data_file(root).unlink(),
    "an added file": lambda root: (current(root) / "db" / "000999.log").write_bytes(b"x"),
    "a deleted copy": lambda root: shutil.rmtree(current(root)),
    "a deleted store": lambda root: shutil.rmtree(root / ".kg" / "store"),
    "a damaged record": lambda root: (root / ".kg" / "store" / "current.json").write_text('{"folder": "../x"'),
    "a record that leads elsewhere": lambda root: (root / ".kg" / "store" / "current.json").write_text(
        '{"folder": "../../..", "mark": "", "files": {}}'
    ),
}


def flip_manifest(root: Path) -> None:
    """A copy whose record fits its files, but which does not open."""
    path = next(current(root).glob("db/MANIFEST-*"))
    path.write_bytes(b"\0" * path.stat().st_size)
    record = root / ".kg" / "store" / "current.json"
    found = json.loads(record.read_text())
    found["files"][path.name] = [path.stat().st_size, path.stat().st_mtime_ns]
    record.write_text(json.dumps(found))


DAMAGES["an unreadable database"] = flip_manifest


@pytest.mark.parametrize("name", DAMAGES)
def test_damaged_store_is_made_again(root: Path, name: str) -> None:
    write_manifest(root, a=make_graph("a"), b=make_graph("b", 5), big=make_graph("big", 500))
    refresh_store(root)
    expected = dump(load_memory_store(root))
    DAMAGES[name](root)
    assert dump(open_for_reading(root)) == expected
    assert refresh_store(root) is False


def test_damaged_copy_is_not_the_start_of_the_next(root: Path) -> None:
    big = make_graph("big", 500)
    write_manifest(root, big=big)
    refresh_store(root)
    flip_manifest(root)
    write_manifest(root, big=big, a=make_graph("a"))
    assert dump(open_for_reading(root)) == join(make_graph("a"), big)


def test_changed_canonical_text_is_refused(root: Path) -> None:
    path = root / ".kg" / "documents" / "a.nq"
    path.write_bytes(make_graph("a", 2))
    with pytest.raises(CorpusError) as caught:
        open_for_reading(root)
    assert str(caught.value) == (
        f"{path}: its content is not what the manifest says. Run 'kg build' to make it again from corpus/."
    )
    assert find_copies(root) == []


def test_deleted_canonical_text_is_named(root: Path) -> None:
    (root / ".kg" / "documents" / "b.nq").unlink()
    with pytest.raises(CorpusError, match=r"b\.nq: No such file or directory\. Run 'kg build'"):
        open_for_reading(root)


def test_counts_that_differ_from_the_manifest_are_refused(root: Path) -> None:
    write_manifest(root, a=make_graph("a") + make_graph("a"))
    with pytest.raises(CorpusError, match="graph/a>: 3 quads in the store, 6 in the manifest"):
        open_for_reading(root)


def test_manifest_with_another_number_is_damaged(root: Path) -> None:
    path = root / ".kg" / "manifest.json"
    path.write_text(path.read_text().replace('"quads": 5', '"quads": 6'))
    with pytest.raises(CorpusError, match=r"manifest\.json: damaged \(its mark is not that of the graphs it names\)"):
        open_for_reading(root)


def test_workspace_without_manifest_says_build(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"there is no graph yet\. Run 'kg build'"):
        open_for_reading(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"graphs": {}}', '{"mark": "", "graphs": {"a": 1}}'])
def test_damaged_manifest_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / ".kg").mkdir()
    (tmp_path / ".kg" / "manifest.json").write_text(text)
    with pytest.raises(CorpusError, match=r"manifest\.json: damaged"):
        open_for_reading(tmp_path)


def test_without_room_for_a_copy_the_canonical_text_is_read(root: Path) -> None:
    (root / ".kg" / "store").write_text("in the way, as a full disk or a read-only folder would be")
    assert dump(open_for_reading(root)) == join(make_graph("a"), make_graph("b", 5))


def test_reading_does_not_write_to_the_store(root: Path) -> None:
    store = open_for_reading(root)
    with pytest.raises(RuntimeError, match="read-write"):
        store.add(ox.Quad(ox.NamedNode(G), ox.NamedNode(G), ox.Literal("x"), ox.NamedNode(G)))


def test_memory_store_holds_the_quads_given() -> None:
    assert dump(memory_store(make_graph("a"))) == make_graph("a")


def test_store_opens_with_pyoxigraph_alone(root: Path) -> None:
    refresh_store(root)
    code = (
        "import sys; from pathlib import Path; from kg.graph.store import open_for_reading; "
        "open_for_reading(Path(sys.argv[1])); "
        "print([m for m in ('spacy', 'networkx', 'pyvis', 'rdflib', 'numpy', 'rich', 'click') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def rot(root: Path) -> None:
    """Spoil the data blocks and leave size and time of the files, as a failing disk does."""
    for path in current(root).glob("db/*.sst"):
        stat = path.stat()
        if stat.st_size > 2_000:  # the smaller ones are read when the store is opened
            path.write_bytes(b"\0" * 30 + path.read_bytes()[30:])
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_rotten_block_is_noticed_when_it_is_read(root: Path) -> None:
    write_manifest(root, a=make_graph("a"), big=make_graph("big", 500))
    refresh_store(root)
    rot(root)
    with pytest.raises((OSError, RuntimeError), match="checksum"):
        count_quads(open_for_reading(root))


def test_copy_with_a_rotten_block_is_no_start_for_the_next(root: Path) -> None:
    big = make_graph("big", 500)
    write_manifest(root, a=make_graph("a"), big=big)
    refresh_store(root)
    rot(root)
    write_manifest(root, a=make_graph("a", 2), big=big)
    refresh_store(root)
    assert count_quads(open_for_reading(root)) == {G + "a": 2, G + "big": 500}
