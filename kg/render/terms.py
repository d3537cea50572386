"""An RDF term as people and as the standards write it."""

from kg.model.prefixes import DEFAULT_BASE, PREFIXES
from kg.model.table import Cell

#: Below this stand the schemes of ontology/ ("dilemma-types/data-silo").
PROJECT = "https://w3id.org/digital-government/"
#: Local names a CURIE may hold without escapes, beside letters and digits.
_LOCAL_PUNCTUATION = frozenset("_-.")


def _is_local_name(text: str) -> bool:
    return (
        bool(text)
        and text[-1] != "."
        and text[0] not in "-."
        and all(c.isalnum() or c in _LOCAL_PUNCTUATION for c in text)
    )


def shorten_iri(iri: str, base: str = DEFAULT_BASE) -> str:
    """An IRI as a person reads it: "dilemma/data-silos" below the base, "foaf:name" for a known prefix, else whole."""
    for start in (base, PROJECT):
        if iri.startswith(start) and len(iri) > len(start) and "#" not in iri:
            return iri[len(start) :]
    return to_curie(iri)


def to_curie(iri: str) -> str:
    """An IRI as a CURIE of a known vocabulary, in Turtle's syntax, else whole."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _is_local_name(iri[len(namespace) :]):
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
    return "".join(f"%{ord(c):02X}" if c <= " " or c in '<>"{}|^`\\' else c for c in iri)


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
