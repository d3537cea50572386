"""Assertions of one document -> statements with identifiers, in the shape of ontology/PATTERNS.md."""

from collections.abc import Iterable

from kg.link import bibliography, claims, metadata
from kg.link.context import Context, Linker, Namer
from kg.link.identifiers import Minter
from kg.link.sections import link_sections
from kg.model import Assertion, Document, Statement

#: kind of assertion -> what makes statements of it.
LINKERS: dict[str, Linker] = {**metadata.LINKERS, **claims.LINKERS, **bibliography.LINKERS}
#: kind of assertion -> what names it; kinds without a line are never referred to.
NAMERS: dict[str, Namer] = {**metadata.NAMERS, **claims.NAMERS, **bibliography.NAMERS}


def link_document(document: Document, assertions: Iterable[Assertion], *, base: str) -> list[Statement]:
    """The statements of one document: its sections, then each assertion in order.

    An assertion that refers to a key which no other has is left out: half an edge is no edge.
    Raises KeyError for a kind that is not in `kg.model.ASSERTION_KINDS`: that is a programming error.
    """
    found = list(assertions)
    minter = Minter(base, document.id)
    keys = {a.key: NAMERS[a.kind](a, minter) for a in found if a.key and a.kind in NAMERS}
    works = {a.key: bibliography.name_work(a, minter) for a in found if a.kind == "reference"}
    context = Context(minter, document, keys, works)
    statements = list(metadata.describe_document(document, minter))
    statements.extend(link_sections(document, minter))
    for assertion in found:
        statements.extend(LINKERS[assertion.kind](assertion, context))
    return statements
