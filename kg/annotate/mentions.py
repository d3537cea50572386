"""Where a text names the concepts of the schemes.

Every label is matched by whole tokens and without regard to case; acronyms and places keep their case, for "IT" is
not "it" and "Turkey" is not "turkey". Of mentions that overlap within a scheme the longest is kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.annotate.demonyms import DEMONYMS
from kg.annotate.records import ConceptMention
from kg.annotate.variants import is_acronym, make_variants
from kg.model import Concept, Iri

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

#: Lower-cased labels shorter than this say too little to be matched without their case.
MIN_LABEL_CHARS = 3


def _keep_case(concept: Concept, label: str) -> Iterator[str]:
    """Spellings of a label that are matched as written, none if its case does not matter."""
    if concept.scheme == "places":
        yield from (label, label.upper())
        yield from DEMONYMS.get(label, ())
    elif is_acronym(label):
        yield label
        if not label.endswith("s"):
            yield label + "s"


def _find_patterns(concepts: Sequence[Concept]) -> tuple[dict[str, list[Concept]], dict[str, list[Concept]]]:
    """Spelling -> concepts, apart for those in lower case and those whose case counts."""
    lower: dict[str, list[Concept]] = {}
    exact: dict[str, list[Concept]] = {}
    for concept in concepts:
        for label in dict.fromkeys((concept.label, *concept.labels)):
            cased = list(_keep_case(concept, label.strip()))
            target = exact if cased else lower
            for spelling in cased or make_variants(label.strip()):
                if cased or len(spelling) >= MIN_LABEL_CHARS:
                    owners = target.setdefault(spelling, [])
                    if concept not in owners:
                        owners.append(concept)
    return lower, exact


@dataclass(frozen=True, slots=True)
class Matchers:
    """Matchers of one set of concepts: without case, with case; `owners`: key of a match -> concepts it names."""

    concepts: tuple[Concept, ...]
    nlp: Language
    lower: PhraseMatcher
    exact: PhraseMatcher
    owners: dict[int, list[Concept]]


#: The matchers made last; comparing the concepts is much cheaper than hashing or matching them anew.
_recent: deque[Matchers] = deque(maxlen=4)


def get_matchers(concepts: Sequence[Concept], nlp: Language) -> Matchers:
    """Matchers of these concepts for texts cut by the tokenizer of `nlp`, made once."""
    wanted = tuple(concepts)
    for matchers in _recent:
        if matchers.nlp is nlp and matchers.concepts == wanted:
            return matchers
    _recent.append(_make_matchers(wanted, nlp))
    return _recent[-1]


def _make_matchers(concepts: tuple[Concept, ...], nlp: Language) -> Matchers:
    from spacy.matcher import PhraseMatcher

    lower, exact = PhraseMatcher(nlp.vocab, attr="LOWER"), PhraseMatcher(nlp.vocab, attr="ORTH")
    owners: dict[int, list[Concept]] = {}
    for matcher, patterns, mark in zip((lower, exact), _find_patterns(concepts), "le", strict=True):
        for spelling, named in patterns.items():
            key = f"{mark}:{spelling}"
            matcher.add(key, [nlp.make_doc(spelling)])
            owners[nlp.vocab.strings[key]] = named
    return Matchers(concepts, nlp, lower, exact, owners)


def find_mentions(doc: Doc, concepts: Sequence[Concept], nlp: Language) -> list[ConceptMention]:
    """Mentions of the concepts, by start, the longest first.

    nlp: the pipeline whose tokenizer made `doc`; matchers are kept for the last concepts used with it.
    """
    matchers = get_matchers(concepts, nlp)
    found = sorted(
        (
            (end - start, start, end, key)
            for matcher in (matchers.lower, matchers.exact)
            for key, start, end in matcher(doc)
        ),
        key=lambda hit: (-hit[0], hit[1], hit[3]),
    )
    taken: dict[str, set[int]] = {}
    kept: dict[tuple[int, int, Iri], Concept] = {}
    claimed: dict[tuple[str, int, int], None] = {}
    for _, start, end, key in found:
        for concept in matchers.owners[key]:
            used = taken.setdefault(concept.scheme, set())
            place = (concept.scheme, start, end)
            if place in claimed or used.isdisjoint(range(start, end)):
                claimed[place] = None
                used.update(range(start, end))
                kept[start, end, concept.iri] = concept
    mentions = []
    for (start, end, iri), concept in kept.items():
        span = doc[start:end]
        mentions.append(ConceptMention(span.start_char, span.end_char, iri, concept.scheme, span.text))
    return sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.iri))
