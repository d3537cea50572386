"""Technologies, places and actors that a document names, each once, with the sentence that names it first."""

from collections import Counter
from collections.abc import Iterator

from kg.annotate import Annotated, ConceptMention
from kg.extract.evidence import is_prose, sentence_around
from kg.model import Assertion, make_fields

#: scheme of the concept -> kind of assertion.
KINDS = {"technologies": "technology", "places": "place", "actors": "actor"}


def extract(annotated: Annotated, earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """One assertion for each scheme concept of these kinds that running text names, in order of first mention."""
    first: dict[str, ConceptMention] = {}
    counts: Counter[str] = Counter()
    for mention in annotated.mentions:
        if mention.scheme in KINDS and is_prose(annotated, mention.start):
            first.setdefault(mention.iri, mention)
            counts[mention.iri] += 1
    for iri, mention in first.items():
        kind = KINDS[mention.scheme]
        yield Assertion(
            kind,
            mention.text,
            sentence_around(annotated, mention.start),
            fields=make_fields(iri=iri, count=counts[iri]),
            confidence=0.95,
            method=f"extract.mentions/{kind}",
        )
