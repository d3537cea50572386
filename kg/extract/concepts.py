"""What a document is about: concepts of the schemes it names, and the terms it repeats that no scheme has yet."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.annotate import Annotated, ConceptMention, find_noun_phrases
from kg.extract.evidence import find_block, is_prose, sentence_around
from kg.extract.words import STOP_WORDS, find_stems, stem
from kg.model import Assertion, BlockKind, Concept, make_fields

#: Schemes whose concepts say what a text is about; actors and places are told apart as mentions.
SUBJECT_SCHEMES = frozenset({"concepts", "technologies"})
#: A term outside every scheme must stand in this many places to be a candidate, and fewer in a short text.
MIN_TERM_COUNT, MIN_TERM_COUNT_SHORT = 3, 2
SHORT_TEXT_CHARS = 6000
MAX_TERMS = 30
#: A mention here weighs as many plain ones.
PLACE_WEIGHTS = {BlockKind.TITLE: 4.0, BlockKind.KEYWORDS: 4.0, BlockKind.HEADING: 3.0, BlockKind.ABSTRACT: 2.0}


@dataclass(slots=True)
class Use:
    """How a document uses one concept."""

    label: str
    start: int
    iri: str = ""
    scheme: str = "candidates"
    count: int = 0
    weight: float = 0.0


def extract(annotated: Annotated, earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """Concepts by weight, the heaviest first: rank 1, 2, ...; ties in order of first mention."""
    uses = [*collect_scheme_uses(annotated), *collect_terms(annotated)]
    uses.sort(key=lambda u: (-u.weight, u.start, u.label))
    total = uses[0].weight if uses else 1.0
    for rank, use in enumerate(uses, 1):
        yield Assertion(
            "concept",
            use.label,
            sentence_around(annotated, use.start),
            fields=make_fields(
                iri=use.iri, scheme=use.scheme, count=use.count, rank=rank, score=round(use.weight / total, 4)
            ),
            confidence=0.95 if use.iri else 0.7,
            method="extract.concepts/" + ("scheme" if use.iri else "term"),
        )


def _weigh(annotated: Annotated, offset: int) -> float:
    block = find_block(annotated, offset)
    return PLACE_WEIGHTS.get(block.kind, 1.0) if block else 1.0


def collect_scheme_uses(annotated: Annotated) -> list[Use]:
    """Concepts of the subject schemes that running text, headings or keywords name."""
    labels = {concept.iri: concept.label for concept in annotated.concepts}
    uses: dict[str, Use] = {}
    for mention in annotated.mentions:
        if mention.scheme not in SUBJECT_SCHEMES or not is_prose(annotated, mention.start):
            continue
        use = uses.setdefault(
            mention.iri, Use(labels.get(mention.iri, mention.text), mention.start, mention.iri, mention.scheme)
        )
        use.count += 1
        use.weight += _weigh(annotated, mention.start)
    return list(uses.values())


def collect_terms(annotated: Annotated) -> list[Use]:
    """Noun phrases of two to four words that the document repeats and no scheme names."""
    if annotated.document.language != "en":
        return []
    taken = _covered(annotated.mentions)
    known = load_known(tuple(annotated.concepts))
    uses: dict[tuple[str, ...], Use] = {}
    spellings: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for phrase in find_noun_phrases(annotated.doc):
        words = _trim(phrase.text.split())
        if not 2 <= len(words) <= 4 or not is_prose(annotated, phrase.start_char):
            continue
        start = phrase.start_char + max(0, phrase.text.find(words[0]))
        label = " ".join(words)
        if (start, start + len(label)) in taken or not all(w[0].isalpha() for w in words):
            continue
        key = tuple(stem(w.casefold()) for w in words)
        if key in known:
            continue
        use = uses.setdefault(key, Use(label, start))
        spellings[key][label.casefold() if not label.isupper() else label] += 1
        use.count += 1
        use.weight += _weigh(annotated, start)
    floor = MIN_TERM_COUNT_SHORT if len(annotated.document.text) < SHORT_TEXT_CHARS else MIN_TERM_COUNT
    kept = sorted((k for k, u in uses.items() if u.count >= floor), key=lambda k: (-uses[k].weight, uses[k].start))
    for key in kept:
        uses[key].label = min(spellings[key], key=lambda s: (-spellings[key][s], s))
    return [uses[key] for key in kept[:MAX_TERMS]]


@lru_cache(maxsize=4)
def load_known(concepts: tuple[Concept, ...]) -> frozenset[tuple[str, ...]]:
    """The labels of all concepts as stems: a term that a scheme knows is no candidate for one."""
    return frozenset(find_stems(label) for concept in concepts for label in (concept.label, *concept.labels))


def _covered(mentions: tuple[ConceptMention, ...]) -> frozenset[tuple[int, int]]:
    return frozenset((m.start, m.end) for m in mentions)


def _trim(words: list[str]) -> list[str]:
    """The words of a phrase without articles and pronouns before and marks behind."""
    while words and (words[0].casefold() in STOP_WORDS or not words[0][0].isalpha()):
        words = words[1:]
    return [w.rstrip(".,;:") for w in words]
