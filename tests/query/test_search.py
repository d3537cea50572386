"""The index of names and quotes."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import expand_curie
from kg.model.errors import QueryError
from kg.model.table import Table
from kg.query.search import build_index, open_index, search

BASE = "https://w3id.org/digital-government/kg/"


@pytest.fixture(scope="module")
def index(store: ox.Store) -> sqlite3.Connection:
    return build_index(store)


def texts(table: Table) -> list[str]:
    return [row[3].value for row in table.rows if row[3]]


def test_quote_is_found_with_its_thing_document_section_and_place(index: sqlite3.Connection) -> None:
    table = search(index, "hedged courses help", kind="quote", limit=1)
    assert [None if cell is None else cell.value for cell in table.rows[0]] == [
        "quote",
        BASE + "remedy/training-courses",
        BASE + "document/wang-2020",
        "Training courses could help",
        "2.1 A shared data platform",
        "511",
    ]


@pytest.mark.parametrize("text", ["data silo", "DATA SILOS", "silos data", '"data silos"'])
def test_forms_case_and_order_of_words_do_not_matter(index: sqlite3.Connection, text: str) -> None:
    assert texts(search(index, text, kind="dilemma")) == ["data silos between departments"]


def test_phrase_in_quotes_must_stand_as_it_is(index: sqlite3.Connection) -> None:
    assert texts(search(index, '"silos data"', kind="dilemma")) == []


def test_any_word_will_do_where_none_has_all(index: sqlite3.Connection) -> None:
    assert texts(search(index, "xylophone adoption", kind="dilemma")) == ["low adoption of services"]


def test_thing_stands_once_however_many_names_it_has(index: sqlite3.Connection) -> None:
    things = [row[1] for row in search(index, "skills shortage talents", kind="concept").rows]
    assert len(things) == len(set(things))


def test_words_found_are_marked(index: sqlite3.Connection) -> None:
    assert texts(search(index, "adoption", kind="dilemma", marks=("[", "]"))) == ["low [adoption] of services"]


@given(st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_read_as_a_command(index: sqlite3.Connection, text: str) -> None:
    with suppress(QueryError):
        assert search(index, text).columns[0] == "kind"


def test_index_of_the_same_state_is_kept_and_others_go(store: ox.Store, tmp_path: Path) -> None:
    for mark in ("one", "two", "two"):
        open_index(tmp_path, mark, store).close()
    assert [path.name for path in (tmp_path / ".kg" / "search").iterdir()] == ["two.sqlite"]


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100])
def test_damaged_index_is_made_again(store: ox.Store, tmp_path: Path, damage: bytes) -> None:
    open_index(tmp_path, "mark", store).close()
    (tmp_path / ".kg" / "search" / "mark.sqlite").write_bytes(damage)
    assert texts(search(open_index(tmp_path, "mark", store), "silo", kind="dilemma")) == [
        "data silos between departments"
    ]


def test_index_of_another_layout_is_made_again(store: ox.Store, tmp_path: Path) -> None:
    with closing(open_index(tmp_path, "mark", store)) as index:
        index_file = Path(index.execute("PRAGMA database_list").fetchone()[2])
    with closing(sqlite3.connect(index_file)) as other:
        other.executescript("DELETE FROM entries; PRAGMA user_version = 1")
    assert texts(search(open_index(tmp_path, "mark", store), "silo", kind="dilemma"))


def test_folder_that_cannot_be_written_to_does_not_matter(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / ".kg").write_text("a file where the folder should be")
    assert texts(search(open_index(tmp_path, "mark", store), "silo", kind="dilemma")) == [
        "data silos between departments"
    ]


def test_mark_of_a_foreign_workspace_is_no_path(store: ox.Store, tmp_path: Path) -> None:
    open_index(tmp_path / "workspace", "../../escaped", store).close()
    assert [path.name for path in tmp_path.iterdir()] == ["workspace"]


def test_what_fits_as_well_stands_in_the_same_order_whatever_order_the_store_has() -> None:
    lines = [
        f'<https://e.example/{i}> <http://www.w3.org/2004/02/skos/core#prefLabel> "open data" <https://e.example/g> .\n'
        f"<https://e.example/{i}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <https://w3id.org/digital-government/ontology#Remedy> <https://e.example/g> .\n"
        for i in (3, 1, 2)
    ]
    found = []
    for order in (lines, lines[::-1]):
        store = ox.Store()
        for line in order:
            store.load(line.encode(), format=ox.RdfFormat.N_QUADS)
        rows = search(build_index(store), "open data", kind="remedy", limit=2).rows
        found.append([row[1].value for row in rows if row[1]])
    assert found == [["https://e.example/1", "https://e.example/2"]] * 2


def make_names(*names: str) -> ox.Store:
    """A store of remedies with these names, each twice, and as many people."""
    store = ox.Store()
    for i, name in enumerate(names * 2):
        for kind, graph in (("remedy", "dg:Remedy"), ("person", "foaf:Person")):
            thing, where = ox.NamedNode(f"https://e.example/{kind}/{i:02}"), ox.NamedNode("https://e.example/g")
            store.add(ox.Quad(thing, ox.NamedNode(expand_curie("rdf:type")), ox.NamedNode(expand_curie(graph)), where))
            store.add(ox.Quad(thing, ox.NamedNode(expand_curie("rdfs:label")), ox.Literal(name), where))
    return store


@pytest.mark.parametrize("kind", ["", "person"])
@pytest.mark.parametrize("limit", [1, 3, 100])
def test_same_texts_are_ranked_once_and_stand_where_they_would_each_ranked_by_itself(kind: str, limit: int) -> None:
    index = build_index(make_names("open data", "open data portal", "portal of data", "data", "open open data"))
    ranked = index.execute(
        "SELECT thing FROM entries WHERE entries MATCH 'data' AND (kind = ?1 OR ?1 = '') ORDER BY"
        " bm25(entries, 4.0, 1.0), kind, thing LIMIT ?2",
        (kind, limit),
    )
    found = [row[1].value for row in search(index, "data", kind=kind, limit=limit).rows if row[1]]
    assert found == [thing for (thing,) in ranked]
