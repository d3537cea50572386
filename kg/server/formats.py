"""The formats of answers, and which of them a client would rather have."""

from collections.abc import Sequence

import pyoxigraph as ox

from kg.server.errors import HttpError

HTML = "text/html"
_JSON, _XML = ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML
#: media type -> format of a SELECT or ASK, the first of equals first; the names below are other names of the same.
RESULTS: dict[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": _JSON,
    "application/sparql-results+xml": _XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": _JSON,
    "application/xml": _XML,
    "text/xml": _XML,
}
#: media type -> format of triples, likewise.
GRAPHS: dict[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "text/n3": ox.RdfFormat.N3,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/xml": ox.RdfFormat.RDF_XML,
    "application/x-turtle": ox.RdfFormat.TURTLE,
}
_MAX_RANGES = 100


def negotiate(accept: str, offered: Sequence[str]) -> str:
    """The best of the offered media types for an Accept header, "" if none will do.

    offered: in the server's own order, which decides between equals.
    Source: RFC 9110, section 12.5.1: the most specific range that fits a type settles its quality.
    """
    ranges = _parse_accept(accept) or [("*/*", 1.0)]
    best, best_quality = "", 0.0
    for media in offered:
        quality = _compute_quality(media, ranges)
        if quality > best_quality:
            best, best_quality = media, quality
    return best


def _parse_accept(accept: str) -> list[tuple[str, float]]:
    """(range, quality) of each part that can be read."""
    ranges = []
    for part in accept.split(",")[:_MAX_RANGES]:
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            value = float(quality)
        except ValueError:
            continue
        if media.count("/") == 1 and 0 <= value <= 1:
            ranges.append((media, value))
    return ranges


def _compute_quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    for pattern in (media, media.partition("/")[0] + "/*", "*/*"):
        found = [quality for name, quality in ranges if name == pattern]
        if found:
            return max(found)
    return 0.0


def refuse_formats(offered: Sequence[str]) -> HttpError:
    """The error for a client that takes none of the formats there are."""
    return HttpError(406, f"none of the formats in Accept is offered here; there are: {', '.join(offered)}")


#: short name, as in `?format=`, -> media type.
SHORT_NAMES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "html": HTML,
}


def choose_formats(accept: str, name: str) -> tuple[str, str]:
    """(media type of a table, media type of triples), "" where there is none that the client takes.

    name: short name that goes before the Accept header, for links that cannot set one; an unknown one says nothing.
    HTML is chosen only where it is named: a client that takes anything is a program.
    """
    media = SHORT_NAMES.get(name, "")
    tables, triples = negotiate(accept, (*RESULTS, HTML)), negotiate(accept, (*GRAPHS, HTML))
    return (
        media if media in RESULTS or media == HTML else tables,
        media if media in GRAPHS or media == HTML else triples,
    )
