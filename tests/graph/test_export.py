"""The graph in every format says the same, in the same bytes every time."""

import csv
import hashlib
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.export import FORMATS, export_graph
from kg.model import CorpusError

G = "http://example.org/graph/"
TITLE = "<http://purl.org/dc/terms/title>"
A = (
    f'<http://example.org/x> {TITLE} "=1+1, \\"quoted\\"\\nnext 数"@en <{G}a> .\n'
    f'<http://example.org/x> {TITLE} "-5"^^<http://www.w3.org/2001/XMLSchema#integer> <{G}a> .\n'
    f"<http://example.org/x> {TITLE} <http://example.org/y> <{G}a> .\n"
)
B = f"<http://example.org/x> {TITLE} <http://example.org/y> <{G}b> .\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".kg" / "documents").mkdir(parents=True)
    graphs = {}
    for name, text in (("b", B), ("a", A)):
        (tmp_path / ".kg" / "documents" / name).write_text(text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        graphs[G + name] = {"file": f"documents/{name}", "sha256": digest, "quads": text.count("\n")}
    lines = "".join(f"{name} {graph['sha256']} {graph['quads']}\n" for name, graph in sorted(graphs.items()))
    mark = hashlib.sha256(lines.encode()).hexdigest()
    (tmp_path / ".kg" / "manifest.json").write_text(json.dumps({"mark": mark, "graphs": graphs}))
    return tmp_path


def read_triples(content: bytes, format_: ox.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(content, format=format_)}


def read_quads(content: bytes, format_: ox.RdfFormat) -> set[str]:
    return {str(quad) for quad in ox.parse(content, format=format_)}


EVERYTHING = (A + B).encode()


def test_nquads_are_the_canonical_text(root: Path) -> None:
    assert export_graph(root, "nquads") == b"".join(sorted(EVERYTHING.splitlines(keepends=True)))


@pytest.mark.parametrize(("name", "format_"), [("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)])
def test_format_with_named_graphs_holds_the_same_quads(root: Path, name: str, format_: ox.RdfFormat) -> None:
    assert read_quads(export_graph(root, name), format_) == read_quads(EVERYTHING, ox.RdfFormat.N_QUADS)


@pytest.mark.parametrize(("name", "format_"), [("turtle", ox.RdfFormat.TURTLE), ("ntriples", ox.RdfFormat.N_TRIPLES)])
def test_format_without_named_graphs_holds_each_triple_once(root: Path, name: str, format_: ox.RdfFormat) -> None:
    content = export_graph(root, name)
    assert read_triples(content, format_) == read_triples(EVERYTHING, ox.RdfFormat.N_QUADS)
    assert len(list(ox.parse(content, format=format_))) == 3


def test_csv_has_a_quad_a_row_and_no_formula(root: Path) -> None:
    rows = list(csv.reader(io.StringIO(export_graph(root, "csv").decode(), newline="")))
    title, x, y = TITLE.strip("<>"), "http://example.org/x", "http://example.org/y"
    assert rows == [
        ["graph", "subject", "predicate", "object", "datatype", "language"],
        [G + "a", x, title, "-5", "http://www.w3.org/2001/XMLSchema#integer", ""],
        [G + "a", x, title, '\'=1+1, "quoted"\nnext 数', "", "en"],
        [G + "a", x, title, y, "", ""],
        [G + "b", x, title, y, "", ""],
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_same_graph_gives_the_same_bytes(root: Path, name: str) -> None:
    assert export_graph(root, name) == export_graph(root, name)


def test_one_graph_can_be_had_alone(root: Path) -> None:
    assert export_graph(root, "nquads", graph=G + "b") == B.encode()


def test_unknown_graph_is_refused(root: Path) -> None:
    with pytest.raises(CorpusError, match=r"there is no graph <http://example\.org/graph/c>"):
        export_graph(root, "nquads", graph=G + "c")


def test_prefixes_make_turtle_readable(root: Path) -> None:
    assert b"dcterms:title" in export_graph(root, "turtle")
