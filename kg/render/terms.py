"""An RDF term as people and as the standards write it."""

import re
from urllib.parse import quote

from kg.model.prefixes import DEFAULT_BASE, PREFIXES
from kg.model.table import Cell

#: Below this stand the schemes of ontology/ ("dilemma-types/data-silo").
PROJECT = "https://w3id.org/digital-government/"
#: What RFC 3987 keeps out of an IRI.
_NOT_IN_IRI = re.compile(
    '[\x00-\x20<>"{}|^`\\\\\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]'
)
#: Local names that a CURIE holds without escapes.
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def shorten_iri(iri: str, base: str = DEFAULT_BASE) -> str:
    """An IRI as a person reads it: "dilemma/data-silos" below the base, "foaf:name" for a known prefix, else whole."""
    for start in (base, PROJECT):
        if iri.startswith(start) and len(iri) > len(start) and "#" not in iri:
            return iri[len(start) :]
    return to_curie(iri)


def to_curie(iri: str) -> str:
    """An IRI as a CURIE of a known vocabulary, in Turtle's syntax, else whole."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def to_text(cell: Cell | None, base: str = DEFAULT_BASE) -> str:
    """A cell as a person reads it, "" where unbound."""
    if cell is None:
        return ""
    return shorten_iri(cell.value, base) if cell.kind == "uri" else cell.value


def escape_literal(text: str) -> str:
    """The text between the quotes of an N-Triples, Turtle or SPARQL literal."""
    for character, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(character, escaped)
    return text


def escape_iri(iri: str) -> str:
    """The text between the angle brackets of an IRI, with characters that may not stand there percent-encoded."""
    return _NOT_IN_IRI.sub(lambda match: quote(match.group(), safe=""), iri)


def to_ntriples(cell: Cell) -> str:
    """A term in N-Triples syntax, which Turtle, TSV results and SPARQL share."""
    if cell.kind == "uri":
        return f"<{escape_iri(cell.value)}>"
    if cell.kind == "bnode":
        return f"_:{cell.value}"
    quoted = f'"{escape_literal(cell.value)}"'
    if cell.language:
        return f"{quoted}@{cell.language}"
    return f"{quoted}^^<{escape_iri(cell.datatype)}>" if cell.datatype else quoted
