"""Running queries that are ours."""

import pyoxigraph as ox
import pytest

from kg.model.errors import QueryError
from kg.model.table import Cell, Table
from kg.query.files import parse_query
from kg.query.run import run_query

BASE = "https://w3id.org/digital-government/kg/"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def test_named_query_answers_with_its_title(store: ox.Store) -> None:
    assert run_query(store, "author_coauthors", {"author": "Ana Silva"}) == Table(
        ("author", "coauthor", "works"),
        (
            (
                Cell(BASE + "person/silva-ana", "uri"),
                Cell(BASE + "person/zhang-wei", "uri"),
                Cell("1", datatype=INTEGER),
            ),
        ),
        "Co-authors",
    )


def test_text_is_a_query_too(store: ox.Store) -> None:
    assert run_query(store, "ASK { ?s ?p 'no such text' }") == Table((), ())
    assert run_query(store, "DESCRIBE <https://example.org/none>").columns == ("subject", "predicate", "object")


def test_triples_come_sorted_and_once() -> None:
    store = ox.Store()
    for graph, value in (("g1", "b"), ("g1", "a"), ("g2", "a")):
        nodes = [ox.NamedNode(f"https://example.org/{name}") for name in ("s", "p", graph)]
        store.add(ox.Quad(nodes[0], nodes[1], ox.Literal(value, language="en"), nodes[2]))
    table = run_query(store, "CONSTRUCT WHERE { ?s ?p ?o }")
    assert [row[2] for row in table.rows] == [Cell("a", language="en"), Cell("b", language="en")]


def test_what_is_not_sparql_is_an_error_with_the_place(store: ox.Store) -> None:
    with pytest.raises(QueryError, match=r"not SPARQL: error at 1:9"):
        run_query(store, "SELECT ?")


def test_query_that_breaks_the_promise_of_its_header_is_an_error(store: ox.Store) -> None:
    query = parse_query("mine", "# columns: a, b\nSELECT ?a { VALUES ?a { 1 } }")
    with pytest.raises(QueryError, match="its header promises the columns a, b"):
        run_query(store, "mine", queries={"mine": query})


def test_provenance_of_everything_is_that_of_all_things_together(store: ox.Store) -> None:
    whole = run_query(store, "statement_provenance").rows
    things = {cell.value for row in whole for cell in (row[0], row[2]) if cell and cell.kind == "uri"}
    parts = [run_query(store, "statement_provenance", {"thing": thing}).rows for thing in sorted(things)]
    assert {row for part in parts for row in part} == set(whole)
    assert all(part == tuple(row for row in whole if row in set(part)) for part in parts)
