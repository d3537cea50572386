"""References as RIS, the tagged format that reference managers import (UTF-8, CRLF line ends)."""

from collections.abc import Iterator, Sequence

from kg.model import Assertion
from kg.render.bibliography import clean_text, find_authors, make_keys

#: Type of the work -> RIS type.
RIS_TYPES: dict[str, str] = {
    "article": "JOUR",
    "newspaper": "NEWS",
    "book": "BOOK",
    "inproceedings": "CPAPER",
    "incollection": "CHAP",
    "thesis": "THES",
    "report": "RPRT",
    "standard": "STAND",
    "patent": "PAT",
    "dataset": "DATA",
    "online": "ELEC",
    "legislation": "STAT",
    "legal_case": "CASE",
}


def _find_lines(reference: Assertion, key: str) -> Iterator[tuple[str, str]]:
    kind = RIS_TYPES.get(reference.get_text("type"), "GEN")
    yield "TY", kind
    yield "ID", key
    for family, given in find_authors(reference):
        yield "AU", f"{family}, {given}" if given else family
    first, _, last = reference.get_text("pages").partition("-")
    yield "TI", reference.get_text("title")
    yield ("JO" if kind == "JOUR" else "T2"), reference.get_text("container")
    yield "PY", reference.get_text("year")
    yield "VL", reference.get_text("volume")
    yield "IS", reference.get_text("issue")
    yield "SP", first
    yield "EP", last
    yield "PB", reference.get_text("publisher")
    yield "DO", reference.get_text("doi")
    yield "UR", reference.get_text("url")
    if not reference.get_text("title"):
        yield "N1", reference.evidence.quote


def render(references: Sequence[Assertion]) -> bytes:
    """The references as a RIS file."""
    entries: list[str] = []
    for reference, key in zip(references, make_keys(references), strict=True):
        lines = [f"{tag}  - {clean_text(value)}" for tag, value in _find_lines(reference, key) if value]
        entries.append("\r\n".join([*lines, "ER  - ", ""]))
    return "\r\n".join(entries).encode()
