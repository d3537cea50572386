"""Values in data blocks."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.errors import QueryError
from kg.query.bind import bind, find_blocks, to_iri, to_literal
from kg.query.files import parse_query
from kg.query.run import bind_words

QUERY = parse_query(
    "cases",
    """# param text text any: words
# param since integer 0: year
# param bound decimal 0.5: bound
# param thing iri any: thing
# param dilemma dilemma any: dilemma
SELECT ?text ?since WHERE {
  VALUES ?text { UNDEF } # VALUES ?since { 1 }
  VALUES ?since { 0 }
  VALUES ?bound { 0.5 }
  VALUES ?thing { UNDEF }
  VALUES ?dilemma { UNDEF }
}
""",
)


def test_value_takes_the_place_of_the_default() -> None:
    text = bind(QUERY, {"text": 'a "b"\n', "since": "2019", "bound": "0.8", "thing": "dg:Remedy"})
    assert text == QUERY.text.replace("VALUES ?text { UNDEF }", 'VALUES ?text { "a \\"b\\"\\n" }').replace(
        "VALUES ?since { 0 }", "VALUES ?since { 2019 }"
    ).replace("{ 0.5 }", "{ 0.8 }").replace(
        "VALUES ?thing { UNDEF }", "VALUES ?thing { <https://w3id.org/digital-government/ontology#Remedy> }"
    )


def test_without_values_the_query_stays_as_it_is() -> None:
    assert bind(QUERY, {}) == QUERY.text


def test_parameter_takes_several_values() -> None:
    assert 'VALUES ?text { "a" "b" }' in bind(QUERY, {"text": ["a", "b", "a"]})


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_no_text_is_more_than_a_text(value: str) -> None:
    rows = ox.Store().query(f"SELECT ?x {{ VALUES ?x {{ {to_literal(value)} }} }}")
    assert isinstance(rows, ox.QuerySolutions)
    assert [row["x"] for row in rows] == [ox.Literal(value)]


@given(st.text())
def test_no_text_that_passes_for_an_iri_is_more_than_an_iri(value: str) -> None:
    iri = to_iri(value)
    if iri:
        assert ox.NamedNode(iri).value == iri
        assert not set(iri) & set('<>"{}|^`\\ \n')


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"txt": "a"}, r"no parameter 'txt'; known: text \(text\), since \(integer\)"),
        ({"since": "last"}, "parameter 'since': 'last' is not a number of the type integer, such as 2019"),
        ({"since": "1 } ?s ?p ?o . VALUES ?y { 1"}, "is not a number"),
        ({"since": "٢٠١٩"}, "is not a number"),
        ({"bound": "1"}, "is not a number of the type decimal, such as 0.8"),
        ({"thing": "x> } ?s ?p ?o { <y"}, "is not an IRI"),
        ({"thing": "plain words"}, "is not an IRI"),
        ({"text": "a\0"}, r"U\+0000"),
        ({"text": "x" * 10_001}, "more than the 10,000 allowed"),
    ],
)
def test_value_that_does_not_fit_names_the_parameter(values: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        bind(QUERY, values)


def test_query_without_parameters_says_so() -> None:
    with pytest.raises(QueryError, match="has no parameter 'a', nor any other"):
        bind(parse_query("x", "ASK {}"), {"a": "b"})


def test_declared_parameter_needs_a_data_block() -> None:
    with pytest.raises(QueryError, match=r"declares 'a' but has no VALUES \?a"):
        bind(parse_query("x", "# param a text any: what\nASK {}"), {"a": "b"})


def test_only_blocks_of_one_variable_are_parameters() -> None:
    text = "VALUES (?a ?b) { (1 2) } VALUES ?c { 1 } values $d { 2 } # VALUES ?e { 3 }"
    assert [name for name, _, _ in find_blocks(text)] == ["c", "d"]


def test_words_are_looked_up_in_the_graph(store: ox.Store) -> None:
    text = bind_words(store, QUERY, {"dilemma": "information islands"})
    assert "VALUES ?dilemma { <https://w3id.org/digital-government/kg/dilemma/data-silos-between-departments> }" in text
