"""The table-like formats, each against the whole expected output and, where one exists, an outside parser."""

import pyoxigraph as ox
import pytest

from kg.model.errors import RenderError
from kg.model.prefixes import DEFAULT_BASE
from kg.model.table import Cell, Table
from kg.render import RENDERERS, load_renderer, render
from kg.render.table import render_for_terminal

XSD = "http://www.w3.org/2001/XMLSchema#"
HOSTILE = 'a "b",\\c|<script>\tü\nlast'
TABLE = Table(
    ("document", "label", "count"),
    (
        (Cell(DEFAULT_BASE + "document/wu", "uri"), Cell(HOSTILE), Cell("2", datatype=XSD + "integer")),
        (Cell("b0", "bnode"), Cell("Datensilo", language="de"), None),
    ),
)
YES, NO = Table((), ((),)), Table((), ())
TRIPLES = Table(
    ("subject", "predicate", "object"),
    (
        (
            Cell("https://x.org/a b", "uri"),
            Cell("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "uri"),
            Cell("http://xmlns.com/foaf/0.1/Person", "uri"),
        ),
        (Cell("https://x.org/a b", "uri"), Cell("http://xmlns.com/foaf/0.1/name", "uri"), Cell(HOSTILE, language="en")),
        (
            Cell("https://x.org/a b", "uri"),
            Cell("http://xmlns.com/foaf/0.1/age", "uri"),
            Cell("3", datatype=XSD + "integer"),
        ),
    ),
)


def test_csv_quotes_what_needs_it_and_leaves_unbound_empty() -> None:
    assert render("csv", TABLE).decode() == (
        f'document,label,count\r\n{DEFAULT_BASE}document/wu,"a ""b"",\\c|<script>\tü\nlast",2\r\n_:b0,Datensilo,\r\n'
    )


def test_tsv_writes_terms_as_turtle_does() -> None:
    assert render("tsv", TABLE).decode() == (
        "?document\t?label\t?count\n"
        f'<{DEFAULT_BASE}document/wu>\t"a \\"b\\",\\\\c|<script>\\tü\\nlast"\t2\n'
        '_:b0\t"Datensilo"@de\t\n'
    )


@pytest.mark.parametrize(
    ("value", "type_", "field"),
    [
        ("-7", "integer", "-7"),
        ("1000000", "double", f'"1000000"^^<{XSD}double>'),
        ("1.5E6", "double", "1.5E6"),
        ("INF", "double", f'"INF"^^<{XSD}double>'),
        ("3", "decimal", f'"3"^^<{XSD}decimal>'),
        (".5", "decimal", ".5"),
        ("1", "boolean", f'"1"^^<{XSD}boolean>'),
        ("two\tthree", "integer", f'"two\\tthree"^^<{XSD}integer>'),
    ],
)
def test_tsv_writes_a_number_bare_only_where_its_type_can_be_read_from_it(value: str, type_: str, field: str) -> None:
    cell = Cell(value, datatype=XSD + type_)
    content = render("tsv", Table(("n",), ((cell,),)))
    assert content.decode() == f"?n\n{field}\n"
    solutions = ox.parse_query_results(content, format=ox.QueryResultsFormat.TSV)
    assert isinstance(solutions, ox.QuerySolutions)
    (row,) = solutions
    assert row["n"] == ox.Literal(value, datatype=ox.NamedNode(XSD + type_))


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_another_parser_reads_the_standard_formats_back(name: str) -> None:
    formats = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
    solutions = ox.parse_query_results(render(name, TABLE), format=formats[name])
    assert isinstance(solutions, ox.QuerySolutions)
    rows = [[None if row[v] is None else row[v] for v in solutions.variables] for row in solutions]
    assert rows == [
        [ox.NamedNode(DEFAULT_BASE + "document/wu"), ox.Literal(HOSTILE), ox.Literal(2)],
        [ox.BlankNode("b0"), ox.Literal("Datensilo", language="de"), None],
    ]


@pytest.mark.parametrize("name", ["json", "xml"])
@pytest.mark.parametrize(("table", "answer"), [(YES, True), (NO, False)])
def test_table_without_columns_is_the_answer_of_an_ask(name: str, table: Table, answer: bool) -> None:
    formats = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}
    assert bool(ox.parse_query_results(render(name, table), format=formats[name])) is answer


def test_xml_replaces_what_xml_cannot_hold() -> None:
    assert b"a\xef\xbf\xbdb" in render("xml", Table(("x",), ((Cell("a\x01b"),),)))


def test_markdown_escapes_markup_and_shortens_identifiers() -> None:
    assert render("md", TABLE).decode() == (
        "| document | label | count |\n"
        "|---|---|---|\n"
        '| document/wu | a "b",\\\\c\\|\\<script\\> ü last | 2 |\n'
        "| b0 | Datensilo |  |\n"
    )


def test_plain_table_is_aligned_and_numbers_stand_right() -> None:
    table = Table(
        ("name", "n"),
        ((Cell("ab"), Cell("10", datatype=XSD + "integer")), (Cell("c\x1b[31m"), Cell("2", datatype=XSD + "integer"))),
    )
    assert render("table", table).decode() == "name     n\n------  --\nab      10\nc [31m   2\n"


@pytest.mark.parametrize(("table", "text"), [(YES, b"yes\n"), (NO, b"no\n")])
def test_plain_answer_of_an_ask_is_yes_or_no(table: Table, text: bytes) -> None:
    assert render("table", table) == text
    assert render_for_terminal(table, width=80) == text


def test_terminal_table_fits_the_width_and_holds_no_foreign_escape_codes() -> None:
    drawn = render_for_terminal(Table(("label",), ((Cell("\x1b]0;title\x07[red]x " * 30),),)), width=40).decode()
    assert "\x1b]0" not in drawn
    assert "[red]" in drawn


def test_turtle_is_sorted_prefixed_and_read_back_whole() -> None:
    turtle = render("ttl", TRIPLES)
    assert turtle.decode().splitlines()[:4] == [
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> .",
        "",
        "<https://x.org/a%20b>",
        "    a foaf:Person ;",
    ]
    objects = {quad.object for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert objects == {
        ox.NamedNode("http://xmlns.com/foaf/0.1/Person"),
        ox.Literal(HOSTILE, language="en"),
        ox.Literal(3),
    }


def test_turtle_writes_identifiers_below_the_base_whole() -> None:
    iri = Cell(DEFAULT_BASE + "document/wu", "uri")
    assert render("ttl", Table(("subject", "predicate", "object"), ((iri, iri, iri),))).decode() == (
        f"<{iri.value}>\n    <{iri.value}> <{iri.value}> .\n"
    )


def test_turtle_of_a_select_says_what_to_do() -> None:
    with pytest.raises(RenderError, match="ask with CONSTRUCT or DESCRIBE"):
        render("ttl", TABLE)


def test_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(RenderError, match=r"no renderer for 'xls'; known: table, csv"):
        render("xls", TABLE)


def test_every_renderer_of_the_table_can_be_loaded() -> None:
    assert all(callable(load_renderer(name).render) for name in RENDERERS)
