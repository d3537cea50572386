"""Whatever the text, every table-like format holds it and nothing of it becomes markup, a command or another cell."""

import csv
import io
import re
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.table import Cell, Table
from kg.render import render
from kg.render.table import render_for_terminal

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
FORMATS = {"json": ox.QueryResultsFormat.JSON, "tsv": ox.QueryResultsFormat.TSV}
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_back(name: str, table: Table) -> list[list[object]]:
    solutions = ox.parse_query_results(render(name, table), format=FORMATS[name])
    assert isinstance(solutions, ox.QuerySolutions)
    return [[None if term is None else term.value for term in solution] for solution in solutions]


@pytest.mark.parametrize("name", FORMATS)
@given(text=TEXT, other=TEXT)
def test_standard_formats_give_the_text_back(name: str, text: str, other: str) -> None:
    assert read_back(name, Table(("a", "b"), ((Cell(text), Cell(other)),))) == [[text, other]]


@given(text=TEXT)
def test_xml_gives_the_text_back_but_for_what_xml_cannot_hold(text: str) -> None:
    root = ElementTree.fromstring(render("xml", Table(("a",), ((Cell(text),),))))
    (literal,) = root.iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert (literal.text or "") == NOT_IN_XML.sub("\ufffd", text)


@given(text=TEXT, other=TEXT)
def test_csv_gives_the_text_back(text: str, other: str) -> None:
    content = render("csv", Table(("a", "b"), ((Cell(text), Cell(other)),))).decode()
    assert list(csv.reader(io.StringIO(content, newline=""))) == [["a", "b"], [text, other]]


@given(text=TEXT)
def test_turtle_gives_the_text_back(text: str) -> None:
    iri = Cell("https://example.org/x", "uri")
    turtle = render("ttl", Table(("subject", "predicate", "object"), ((iri, iri, Cell(text)),)))
    assert [quad.object for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)] == [ox.Literal(text)]


@given(text=TEXT)
def test_no_identifier_breaks_out_of_its_brackets(text: str) -> None:
    iri = Cell("https://example.org/" + text, "uri")
    turtle = render("ttl", Table(("subject", "predicate", "object"), ((iri, iri, iri),))).decode()
    assert re.fullmatch(r"<[^<>\x00-\x20]*>\n    <[^<>\x00-\x20]*> <[^<>\x00-\x20]*> \.\n", turtle)


@given(text=TEXT)
def test_markdown_keeps_one_row_of_two_cells_and_escapes_all_markup(text: str) -> None:
    lines = render("md", Table(("a", "b"), ((Cell(text), Cell("end")),))).decode().rstrip("\n").split("\n")
    assert len(lines) == 3
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", lines[2])) == 3
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>`*_\[\]]", lines[2])


@given(text=TEXT)
def test_tables_for_people_hold_no_control_characters(text: str) -> None:
    table = Table(("a",), ((Cell(text),),))
    assert all(character.isprintable() or character == "\n" for character in render("table", table).decode())
    drawn = re.sub("\x1b\\[[0-9;]*m", "", render_for_terminal(table, width=60).decode())
    assert all(character.isprintable() or character == "\n" for character in drawn)
