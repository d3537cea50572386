"""The engine's answers as tables."""

import pyoxigraph as ox
import pytest

from kg.graph.cells import to_cell
from kg.model.errors import QueryError
from kg.model.table import Cell, Table
from kg.query.evaluate import evaluate, find_columns, read_rows, to_table

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        (ox.NamedNode("https://example.org/x"), Cell("https://example.org/x", "uri")),
        (ox.BlankNode("b1"), Cell("b1", "bnode")),
        (ox.Literal("text"), Cell("text")),
        (ox.Literal("Text", language="de"), Cell("Text", "literal", "", "de")),
        (ox.Literal(7), Cell("7", "literal", XSD + "integer")),
        (ox.Literal("2020-01-01", datatype=ox.NamedNode(XSD + "date")), Cell("2020-01-01", "literal", XSD + "date")),
    ],
)
def test_term_becomes_a_cell(term: ox.NamedNode | ox.BlankNode | ox.Literal, cell: Cell) -> None:
    assert to_cell(term) == cell


def test_select_keeps_columns_order_and_what_is_unbound(store: ox.Store) -> None:
    answer = evaluate(store, "SELECT ?b ?a { VALUES (?a ?b) { (1 2) (3 UNDEF) } } ORDER BY ?a")
    integer = XSD + "integer"
    assert to_table(answer, "Title") == Table(
        ("b", "a"),
        ((Cell("2", datatype=integer), Cell("1", datatype=integer)), (None, Cell("3", datatype=integer))),
        "Title",
    )


@pytest.mark.parametrize(("text", "rows"), [("ASK { ?s a ?o }", [()]), ("ASK { ?s a 'no' }", [])])
def test_ask_has_one_empty_row_if_it_is_true(store: ox.Store, text: str, rows: list[tuple[()]]) -> None:
    answer = evaluate(store, text)
    assert (find_columns(answer), list(read_rows(answer))) == ((), rows)


def test_default_graph_is_that_of_all_documents(store: ox.Store) -> None:
    text = (
        "SELECT DISTINCT ?kind { ?document <https://w3id.org/digital-government/ontology#kind> ?kind } ORDER BY ?kind"
    )
    assert [row[0].value for row in to_table(evaluate(store, text)).rows if row[0]] == [
        "abstract",
        "note",
        "paper",
        "policy",
    ]


@pytest.mark.parametrize("text", ["SELECT", "SELECT * { ?s ?p }", "SELECT ?x { } GROUP BY ?y", "CLEAR ALL"])
def test_what_is_not_a_query_is_an_error(store: ox.Store, text: str) -> None:
    with pytest.raises(QueryError, match="not SPARQL: "):
        evaluate(store, text)


def test_columns_that_repeat_themselves_are_read_as_others_are(store: ox.Store) -> None:
    answer = "SELECT ?g ?s ?p ?o ?none { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o LIMIT 500"
    solutions = evaluate(store, answer)
    assert isinstance(solutions, ox.QuerySolutions)
    naive = [tuple(None if t is None else to_cell(t) for t in solution) for solution in solutions]
    assert len(naive) == 500
    assert list(read_rows(evaluate(store, answer))) == naive
    assert list(read_rows(evaluate(store, "SELECT ?s { ?s ?s ?s }"))) == []
