"""Reference lists: each entry's fields, by a trained tagger and the rules of GB/T 7714."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.references.lists import find_entries
from kg.extract.references.noted import find_note_entries
from kg.extract.references.parse import parse_references
from kg.extract.references.record import ParsedReference
from kg.extract.references.tokens import drop_markup
from kg.model import Assertion, Document, Evidence, make_fields

if TYPE_CHECKING:
    from kg.annotate import Annotated

METHOD = "extract.references/tagger"
METHOD_MARKED = "extract.references/gbt7714"


def to_assertion(reference: ParsedReference, evidence: Evidence, *, key: str, number: str = "") -> Assertion:
    """A parsed reference as an assertion; its label is the title, else the reference as written."""
    return Assertion(
        "reference",
        drop_markup(reference.title) or evidence.quote,
        evidence,
        key,
        make_fields(
            number=number or reference.number or None,
            authors=tuple(name.written for name in reference.authors),
            families=tuple(name.family for name in reference.authors),
            title=drop_markup(reference.title),
            container=drop_markup(reference.container),
            year=reference.year,
            volume=reference.volume,
            issue=reference.issue,
            pages=reference.pages,
            doi=reference.doi,
            url=reference.url,
            type=reference.type,
        ),
        method=METHOD_MARKED if "[" in reference.text and reference.type and _is_marked(reference) else METHOD,
    )


def _is_marked(reference: ParsedReference) -> bool:
    from kg.extract.references.gbt7714 import find_mark

    return bool(find_mark(reference.text))


def extract_references(document: Document) -> Iterator[Assertion]:
    """One assertion for each entry of the list, else of the notes, keyed "ref1", "ref2", ... in reading order."""
    entries = find_entries(document) or find_note_entries(document)
    if not entries:
        return
    quotes = [document.text[entry.start : entry.end] for entry in entries]
    for position, (entry, reference) in enumerate(zip(entries, parse_references(quotes), strict=True), 1):
        evidence = Evidence(entry.start, entry.end, quotes[position - 1], page=entry.page)
        yield to_assertion(reference, evidence, key=f"ref{position}", number=entry.number)


def extract(annotated: "Annotated", earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """The reference list of an annotated document."""
    return extract_references(annotated.document)


__all__ = ["ParsedReference", "extract", "extract_references", "parse_references", "to_assertion"]
