"""Annotated document -> claims with evidence; one module per kind of fact."""

from collections.abc import Callable, Iterator

from kg.annotate import Annotated
from kg.extract import (
    addresses,
    cases,
    causes,
    citations,
    claims,
    concepts,
    mentions,
    metadata,
    policies,
    propositions,
    references,
    statements,
)
from kg.extract.doubtful import settle
from kg.model import Assertion

Extractor = Callable[[Annotated, tuple[Assertion, ...]], Iterator[Assertion]]

#: name -> what extracts it, in order: an extractor sees what those before it have found.
EXTRACTORS: dict[str, Extractor] = {
    "metadata": metadata.extract,
    "references": references.extract,
    "citations": citations.extract,
    "claims": claims.extract,
    "concepts": concepts.extract,
    "mentions": mentions.extract,
    "statements": statements.extract,
    "causes": causes.extract,
    "addresses": addresses.extract,
    "cases": cases.extract,
    "policies": policies.extract,
    "propositions": propositions.extract,
}


def extract_all(annotated: Annotated, *, least: float = 0.0) -> tuple[Assertion, ...]:
    """Everything the extractors find in one document, in their order, without what is too doubtful.

    least: dilemmas and remedies of less confidence are left out, those of more are not doubtful; 0 for the usual.
    """
    found: tuple[Assertion, ...] = ()
    for extract in EXTRACTORS.values():
        found += tuple(extract(annotated, found))
    return settle(found, least=least)
