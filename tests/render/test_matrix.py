"""Matrices: what is counted, how each format says it, and that no text becomes markup."""

import csv
import io
import os
import re
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import RenderError
from kg.render import render
from kg.render.matrix import Cell, Matrix, Mention, compute_matrix
from kg.render.matrix.count import UNTYPED
from kg.render.short_names import Names

GOLDEN = Path(__file__).parent / "golden"
NAMES = Names({"doc/1": "Wu 2022", "doc/2": "OECD 2020"}, {"doc/1": "Dilemmas", "doc/2": "The framework"})
HOSTILE = "<script>alert(1)</script> | `x` *y* _z_ [a](javascript:1) $\\input{/etc/passwd}$ % & # ~ ^ {\\end{table}"


def make_network(label: str = "Silos") -> "nx.MultiDiGraph[str]":
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, kind, name in (
        ("d1", "dilemma", label),
        ("d2", "dilemma", "Skills"),
        ("r1", "remedy", "Platform"),
        ("t1", "concept", "Data silo"),
        ("t2", "concept", "Standards"),
        ("doc/1", "document", "Dilemmas"),
        ("doc/2", "document", "The framework"),
    ):
        network.add_node(node, kind=kind, label=name)

    def join(source: str, target: str, label: str, **facts: Any) -> None:
        plain = {"quote": "", "document": "", "section": "", "status": "asserted", "confidence": 1.0}
        network.add_edge(source, target, label=label, **{**plain, **facts})

    join("d1", "t1", "is a kind of")
    join("r1", "t2", "is a kind of")
    join("r1", "d1", "addresses", quote=f"{label} end.", document="doc/1", section="3.1 Silos", confidence=0.9)
    join("r1", "d1", "may address", quote="It may help.", document="doc/2", status="candidate", confidence=0.4)
    join("r1", "d1", "may address", quote="Or not.", document="doc/1", status="candidate", confidence=0.99)
    join("r1", "d2", "addresses", quote="Never.", document="doc/2", status="rejected")
    join("doc/1", "d1", "states", quote="Silos.", document="doc/1")
    join("doc/1", "d2", "states", quote="Skills.", document="doc/1")
    join("doc/2", "d1", "states", quote="More silos.", document="doc/2")
    return network


def test_top_shows_no_row_that_stands_empty_under_the_columns_shown() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_nodes_from((name, {"kind": "dilemma", "label": name}) for name in ("wide", "narrow"))
    network.add_nodes_from((name, {"kind": "remedy", "label": name}) for name in ("often", "once", "twice", "thrice"))
    facts = {"label": "addresses", "quote": "So.", "section": "", "status": "asserted", "confidence": 1.0}
    for remedy, dilemma, documents in (
        ("often", "narrow", "ab"),
        ("once", "wide", "c"),
        ("twice", "wide", "d"),
        ("thrice", "wide", "e"),
    ):
        for document in documents:
            network.add_edge(remedy, dilemma, document=document, **facts)
    found = compute_matrix(network, Names({}, {}), rows="dilemmas", columns="remedies", top=1)
    assert (found.rows, found.columns, found.cells[0][0].count) == (("narrow",), ("often",), 2)


WU = Mention("Wu 2022", "Silos end.", "3.1 Silos", "asserted", 0.9)
OECD = Mention("OECD 2020", "It may help.", "", "candidate", 0.4)


def test_types_meet_where_a_text_links_their_members() -> None:
    assert compute_matrix(make_network(), NAMES) == Matrix(
        "Dilemma type by remedy type",
        ("dilemma type", "remedy type"),
        ("Data silo",),
        ("Standards",),
        ((Cell((OECD, WU), 3),),),
        (("OECD 2020", "The framework"), ("Wu 2022", "Dilemmas")),
    )


def test_asserted_leaves_candidates_out() -> None:
    assert compute_matrix(make_network(), NAMES, asserted=True).cells == ((Cell((WU,), 1),),)


def test_columns_may_be_documents_and_rows_without_type_come_last() -> None:
    matrix = compute_matrix(make_network(), NAMES, columns="documents")
    assert (matrix.rows, matrix.columns) == (("Data silo", UNTYPED), ("Wu 2022", "OECD 2020"))
    assert [[cell.sentences for cell in row] for row in matrix.cells] == [[1, 1], [1, 0]]


def test_top_keeps_the_rows_with_most_documents() -> None:
    assert compute_matrix(make_network(), NAMES, rows="dilemmas", columns="documents", top=1).rows == ("Silos",)


def test_two_sides_of_one_kind_are_an_error() -> None:
    with pytest.raises(RenderError, match="different kinds"):
        compute_matrix(make_network(), NAMES, rows="dilemmas", columns="dilemma-types")


def test_inferred_links_that_were_left_out_are_told_where_no_others_are() -> None:
    network = make_network()
    edges = network.edges(keys=True, data=True)
    asserted = [(one, other, key) for one, other, key, facts in edges if facts["label"] == "addresses"]
    network.remove_edges_from(asserted)
    with pytest.raises(RenderError, match=r"No text itself links .* Without --asserted, 2 inferred links show"):
        compute_matrix(network, NAMES, asserted=True)


def test_nothing_found_is_an_error() -> None:
    with pytest.raises(RenderError, match="No text links remedies with documents"):
        compute_matrix(make_network(), NAMES, rows="remedies", columns="documents")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("matrix-md", "matrix.md"),
        ("matrix-csv", "matrix.csv"),
        ("matrix-tidy", "matrix.tidy.csv"),
        ("matrix-latex", "matrix.tex"),
        ("matrix-html", "matrix.html"),
    ],
)
def test_format_is_as_in_its_file(name: str, file: str) -> None:
    content = render(name, compute_matrix(make_network("Silos & <stacks> of 50%"), NAMES))
    if os.environ.get("KG_WRITE_GOLDEN"):
        (GOLDEN / file).write_bytes(content)
    assert content == (GOLDEN / file).read_bytes()


def test_formula_is_not_taken_for_one_by_a_spreadsheet() -> None:
    matrix = compute_matrix(make_network("=HYPERLINK(1)"), NAMES, rows="dilemmas")
    rows = list(csv.reader(io.StringIO(render("matrix-csv", matrix).decode())))
    assert rows[1] == ["'=HYPERLINK(1)", "2: OECD 2020?; Wu 2022"]


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.just(HOSTILE), st.text(alphabet="<>&|\\$%#{}~^_`*[]()\n -ab1.", min_size=1, max_size=30)))
def test_no_text_becomes_markup(text: str) -> None:
    names = Names({"doc/1": text, "doc/2": "OECD 2020"}, {"doc/1": text})
    matrix = compute_matrix(make_network(text), names, rows="dilemmas")
    plain = compute_matrix(
        make_network("Silos"), Names({**names.short, "doc/1": "Wu"}, {"doc/1": "a"}), rows="dilemmas"
    )
    tags = re.compile(r"<[a-zA-Z/!][^\s>]*")
    assert tags.findall(render("matrix-html", matrix).decode()) == tags.findall(render("matrix-html", plain).decode())
    latex = render("matrix-latex", matrix).decode()
    assert set(re.findall(r"\\[a-zA-Z]+", latex)) - LATEX_COMMANDS == set()
    table = [line for line in render("matrix-md", matrix).decode().splitlines() if line.startswith("|")]
    assert [len(re.findall(r"(?<!\\)\|", re.sub(r"\\\\", "", line))) for line in table] == [3] * len(table)


LATEX_COMMANDS = {
    f"\\{name}"
    for name in (
        "usepackage begin caption footnotesize setlength tabcolsep raggedright arraybackslash linewidth toprule "
        "midrule bottomrule end textbf textsuperscript item itemsep textbackslash textasciicircum textasciitilde "
        "textless textgreater textbar textquotedbl textasciigrave"
    ).split()
}
