"""Every query of queries/ on the test graph: two engines that nobody here wrote give the expected table.

`python tests/queries/test_queries.py` writes the expected tables again, from pyoxigraph; read them before committing.
"""

import csv
import io
import re
import shlex
import warnings
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model.prefixes import PREFIXES
from kg.model.table import Cell, Table
from kg.query.evaluate import evaluate, to_table
from kg.query.files import QueryFile, load_queries
from kg.query.run import bind_words
from kg.query.tokens import find_tokens
from kg.render.terms import to_text

HERE = Path(__file__).parent
QUERIES = load_queries()
XSD = PREFIXES["xsd"]
#: The columns that scripts and measurements rely on.
FIXED_COLUMNS = {
    "document_metadata": "document, file, kind, title, year, language",
    "document_authors": "document, position, name, family, given, affiliation",
    "document_sections": "document, number, title, start, end",
    "document_keywords": "document, keyword",
    "document_concepts": "document, concept, label, count, rank",
    "document_statements": "document, kind, label, type, quote, start, end, section, confidence",
    "document_references": "document, key, authors, title, container, year, volume, issue, pages",
    "document_citations": "document, mention, key, quote, start, end",
    "document_claims": "document, mention, claim, quote",
    "document_propositions": "document, subject, phrase, object, quote, start, end, confidence",
    "remedy_dilemmas": "document, remedy, dilemma, remedyQuote, dilemmaQuote, status, confidence",
    "author_coauthors": "author, coauthor, works",
    "concept_cooccurrence": "concept, other, documents",
}
ASPECTS = {
    *("document", "author", "concept", "dilemma", "remedy", "place", "policy", "citation", "time", "quality", "gaps"),
    "corpus",
}


def load_store() -> ox.Store:
    store = ox.Store()
    store.load(path=str(HERE / "test_graph.trig"), format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load_store()


@pytest.fixture(scope="module")
def dataset() -> object:
    """The same graph in rdflib."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(HERE / "test_graph.trig", format="trig")
    return dataset


#: Examples name what stands in the documents that come with kg; of these the test graph has others.
TEST_VALUES = {
    "author_documents": {"author": "Wei Zhang"},
    "concept_dilemmas": {"concept": "data silo"},
    "dilemma_remedies_in_place": {"place": "China", "dilemma": "data silos", "since": "2019"},
    "document_dilemmas": {"document": "wang-2020"},
    "document_remedies": {"document": "wang-2020"},
    "policy_documents": {"policy": "Five-Year Plan"},
    "statement_provenance": {"thing": "https://w3id.org/digital-government/kg/remedy/once-only-law"},
}


def example_values(query: QueryFile) -> dict[str, str]:
    """The parameters that the query's expected table is for: those of its example, where the test graph has them."""
    if query.name in TEST_VALUES:
        return TEST_VALUES[query.name]
    words = shlex.split(query.example)
    return dict(words[i + 1].split("=", 1) for i, word in enumerate(words) if word == "--param")


def to_csv(table: Table) -> str:
    """The table as the expected files hold it: short identifiers, numbers without trailing noughts."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([[to_readable(cell) for cell in row] for row in table.rows])
    return out.getvalue()


def to_readable(cell: Cell | None) -> str:
    if cell is not None and cell.datatype in {XSD + "integer", XSD + "decimal"}:
        return f"{Decimal(cell.value).normalize():f}"
    return to_text(cell)


def ask_rdflib(dataset: object, text: str, columns: tuple[str, ...]) -> Table:
    import rdflib

    def to_cell(term: object) -> Cell | None:
        if term is None:
            return None
        if isinstance(term, rdflib.URIRef):
            return Cell(str(term), "uri")
        assert isinstance(term, rdflib.Literal)
        datatype = "" if term.datatype in (None, rdflib.XSD.string) else str(term.datatype)
        return Cell(str(term), "literal", datatype, term.language or "")

    assert isinstance(dataset, rdflib.Dataset)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        result = dataset.query(text)
        assert tuple(str(variable) for variable in result.vars or ()) == columns
        return Table(columns, tuple(tuple(to_cell(term) for term in row) for row in result))  # type: ignore[union-attr]


@pytest.mark.parametrize("name", QUERIES)
def test_pyoxigraph_gives_the_expected_table(store: ox.Store, name: str) -> None:
    query = QUERIES[name]
    table = to_table(evaluate(store, bind_words(store, query, example_values(query))))
    assert to_csv(table) == (HERE / "expected" / f"{name}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", QUERIES)
def test_rdflib_gives_the_same_table(store: ox.Store, dataset: object, name: str) -> None:
    query = QUERIES[name]
    text = bind_words(store, query, example_values(query))
    table = ask_rdflib(dataset, text, query.columns)
    assert to_csv(table) == (HERE / "expected" / f"{name}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", QUERIES)
def test_header_says_all_that_a_reader_needs(name: str) -> None:
    query = QUERIES[name]
    assert query.title
    assert query.description.endswith(".")
    assert query.aspect in ASPECTS
    assert query.questions
    assert query.example.startswith(f"kg query {name}")
    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", name)


@pytest.mark.parametrize("name", QUERIES)
def test_default_of_a_parameter_is_what_its_data_block_holds(name: str) -> None:
    query = QUERIES[name]
    for parameter in query.parameters:
        held = "UNDEF" if parameter.default == "any" else parameter.default
        assert f"VALUES ?{parameter.name} {{ {held} }}" in query.text


@pytest.mark.parametrize("name", QUERIES)
def test_query_is_ordered_and_asks_each_graph_by_name(name: str) -> None:
    words = [token.text.upper() for token in find_tokens(QUERIES[name].text) if token.kind == "word"]
    assert "ORDER" in words
    assert "GRAPH" in words
    assert not {"REGEX", "SERVICE", "FROM"} & set(words)


@pytest.mark.parametrize("name", QUERIES)
def test_row_stands_once(store: ox.Store, name: str) -> None:
    rows = to_table(evaluate(store, QUERIES[name].text)).rows
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(("name", "columns"), FIXED_COLUMNS.items())
def test_canned_query_keeps_its_columns(name: str, columns: str) -> None:
    assert ", ".join(QUERIES[name].columns) == columns


def test_no_expected_table_is_left_over() -> None:
    assert {path.stem for path in (HERE / "expected").glob("*.csv")} == set(QUERIES)


if __name__ == "__main__":
    graph = load_store()
    for query in QUERIES.values():
        answer = to_table(evaluate(graph, bind_words(graph, query, example_values(query))))
        (HERE / "expected" / f"{query.name}.csv").write_text(to_csv(answer), encoding="utf-8")
