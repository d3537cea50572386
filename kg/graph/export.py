"""The graph in the formats that other programs read, the same bytes for the same graph."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.graph.canonical import GraphTable, read_graph_table, read_graphs
from kg.model import PREFIXES, CorpusError


def export_graph(root: Path, format_: str, *, graph: str = "") -> bytes:
    """All graphs of the workspace at `root`, or the one named, in one of FORMATS.

    Turtle, N-Triples and JSON-LD of one graph lose its name; Turtle and N-Triples of all merge them.
    Raises CorpusError if there is no such graph, or none yet, or the canonical text is damaged.
    """
    table = read_graph_table(root)
    if graph:
        found = tuple(one for one in table.graphs if one.graph == graph)
        if not found:
            raise CorpusError(f"there is no graph <{graph}>; 'kg list' shows the documents")
        table = GraphTable(table.mark, found)
    return FORMATS[format_](sorted(line for nquads in read_graphs(root, table) for line in _split(nquads)))


def _split(nquads: bytes) -> list[bytes]:
    return nquads.splitlines(keepends=True)


def _parse(lines: list[bytes]) -> Iterator[ox.Quad]:
    return iter(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))


def _to_nquads(lines: list[bytes]) -> bytes:
    return b"".join(lines)


def _to_quads(format_: ox.RdfFormat) -> Callable[[list[bytes]], bytes]:
    """A serialiser that keeps the names of graphs; graphs stand one after the other."""

    def serialise(lines: list[bytes]) -> bytes:
        quads = sorted(_parse(lines), key=lambda quad: str(quad.graph_name))
        return ox.serialize(quads, format=format_, prefixes=PREFIXES) or b""

    return serialise


def _to_triples(format_: ox.RdfFormat) -> Callable[[list[bytes]], bytes]:
    """A serialiser of the merged graphs, each triple once."""

    def serialise(lines: list[bytes]) -> bytes:
        triples = dict.fromkeys(quad.triple for quad in _parse(lines))
        return ox.serialize(triples, format=format_, prefixes=PREFIXES) or b""

    return serialise


def _to_csv(lines: list[bytes]) -> bytes:
    """One quad a row; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["graph", "subject", "predicate", "object", "datatype", "language"])
    for quad in _parse(lines):
        subject, target = (n.value if not isinstance(n, ox.Triple) else str(n) for n in (quad.subject, quad.object))
        literal = quad.object if isinstance(quad.object, ox.Literal) else None
        datatype = literal.datatype.value if literal and not literal.language else ""
        language = (literal.language if literal else "") or ""
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        writer.writerow([graph, subject, quad.predicate.value, _disarm(target), datatype, language])
    return out.getvalue().encode()


def _disarm(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdigit()


#: format -> what makes it of sorted N-Quads lines.
FORMATS: dict[str, Callable[[list[bytes]], bytes]] = {
    "nquads": _to_nquads,
    "trig": _to_quads(ox.RdfFormat.TRIG),
    "turtle": _to_triples(ox.RdfFormat.TURTLE),
    "ntriples": _to_triples(ox.RdfFormat.N_TRIPLES),
    "jsonld": _to_quads(ox.RdfFormat.JSON_LD),
    "csv": _to_csv,
}
