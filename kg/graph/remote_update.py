"""Graphs -> requests of SPARQL 1.1 Update, for stores that have no Graph Store Protocol.

A graph is emptied and filled in parts of bounded size, so a request that fails half-way leaves it short; whoever calls
must not take it for written before the last part was.
"""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.model import CorpusError

#: Most that one request inserts, unless a single triple is longer: below what common servers take in one request.
MAX_PART_BYTES = 1 << 20
#: end of the address for queries -> end of the address for updates, of the stores we know.
UPDATE_ENDINGS = {
    "/query": "/update",  # Oxigraph
    "/sparql": "/sparql-auth",  # Virtuoso
    "/ds/sparql": "/ds/update",  # Fuseki
    "/ds/query": "/ds/update",
}
_ESCAPE = re.compile(rb"\\(.)([uU]?)")
_LETTERS = {b"u": rb"\u0075", b"U": rb"\u0055"}


def find_update_address(url: str) -> str:
    """The address for updates that belongs to an address for queries, "" if it cannot be told."""
    for ending in sorted(UPDATE_ENDINGS, key=len, reverse=True):
        if url.endswith(ending):
            return url.removesuffix(ending) + UPDATE_ENDINGS[ending]
    return ""


def make_updates(name: str, nquads: bytes, *, max_bytes: int = MAX_PART_BYTES) -> Iterator[bytes]:
    """The requests that replace a graph as a whole: the first empties it.

    Raises CorpusError for a blank node where the graph needs several requests: each would make another of it.
    """
    graph = str(ox.NamedNode(name)).encode()
    lines = [_to_line(quad) for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)]
    parts = list(_split(lines, max_bytes))
    if len(parts) > 1 and any(line.startswith(b"_:") or b" _:" in _drop_literal(line) for line in lines):
        raise CorpusError(f"<{name}> has nodes without a name and is too large to be sent as one update")
    yield b"DROP SILENT GRAPH " + graph + b";\n" + _insert(graph, parts[0] if parts else b"")
    yield from (_insert(graph, part) for part in parts[1:])


def make_removal(name: str) -> bytes:
    """The request that takes a graph away."""
    return b"DROP SILENT GRAPH " + str(ox.NamedNode(name)).encode()


def _insert(graph: bytes, content: bytes) -> bytes:
    return b"INSERT DATA { GRAPH " + graph + b" {\n" + content + b"} }"


def _to_line(quad: ox.Quad) -> bytes:
    """The triple as N-Triples that SPARQL reads the same, whenever it reads escapes.

    The standard has `\\uXXXX` replaced before anything else is read. In the serialised form of a text that holds a
    backslash and u0022 a store could see a quotation mark, and the rest as a command: so that u is itself an escape.
    """
    line = ox.serialize([quad.triple], format=ox.RdfFormat.N_TRIPLES) or b""
    return _ESCAPE.sub(lambda m: m[0] if m[1] != b"\\" or not m[2] else b"\\\\" + _LETTERS[m[2]], line)


def _drop_literal(line: bytes) -> bytes:
    return line.partition(b' "')[0]


def _split(lines: list[bytes], max_bytes: int) -> Iterator[bytes]:
    part: list[bytes] = []
    size = 0
    for line in lines:
        if part and size + len(line) > max_bytes:
            yield b"".join(part)
            part, size = [], 0
        part.append(line)
        size += len(line)
    if part:
        yield b"".join(part)
