"""What a document is about: concepts of the schemes it names, and its best key phrases that no scheme has yet."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.annotate import Annotated
from kg.extract.evidence import find_block, is_prose, sentence_around
from kg.extract.keyphrases import Phrase, list_words, make_key, make_singular, rank_phrases, stands_inside
from kg.model import Assertion, BlockKind, Concept, make_fields

#: Schemes whose concepts say what a text is about; actors and places are told apart as mentions.
SUBJECT_SCHEMES = frozenset({"concepts", "technologies"})
#: A term outside every scheme must stand in this many places, and fewer in a short text, or in one that says what the
#: text is about.
MIN_TERM_COUNT, MIN_TERM_COUNT_SHORT = 3, 2
SHORT_TEXT_CHARS = 6000
TELLING_BLOCKS = frozenset({BlockKind.TITLE, BlockKind.KEYWORDS})
#: The ranker's score from which a term is one; a single word says less. Chosen by reading the terms of nine
#: development documents.
MIN_TERM_SCORE, MIN_WORD_SCORE = 0.06, 0.3
MAX_TERMS, MAX_TERM_WORDS, MIN_TERM_CHARS = 30, 6, 4
#: A mention here weighs as many plain ones.
PLACE_WEIGHTS = {BlockKind.TITLE: 4.0, BlockKind.KEYWORDS: 4.0, BlockKind.HEADING: 3.0, BlockKind.ABSTRACT: 2.0}
#: What the ranker makes of a concept counts beside its mentions: a mention of one it would never choose weighs this.
LEAST_FAVOUR = 0.3
#: Words that begin no name of a concept, and words that end none.
_VAGUE = frozenset(
    "rapid main various last past next current existing entire essential possible special key major minor great large "
    "small high low good bad better best whole full common general specific particular certain different similar "
    "additional necessary available relevant significant original previous recent final initial little concerning "
    "including regarding using following based given related".split()
)
_COUNTED = frozenset("century centuries year years decade decades month months day days time times way ways".split())
_AMERICAN = re.compile(r"(?<=[a-z]{3})iz(?=(?:ation|ations|ational|ing|ed)\b)")


@dataclass(slots=True)
class Use:
    """How a document uses one concept. short: the abbreviation it explains for it, "" if none."""

    label: str
    start: int
    iri: str = ""
    scheme: str = "candidates"
    count: int = 0
    weight: float = 0.0
    short: str = ""


def extract(annotated: Annotated, earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """Concepts by weight, the heaviest first: rank 1, 2, ...; ties in order of first mention."""
    phrases = rank_document(annotated)
    uses = [*collect_scheme_uses(annotated, phrases), *collect_terms(annotated, phrases, find_persons(earlier))]
    uses.sort(key=lambda u: (-u.weight, u.start, u.label))
    total = uses[0].weight if uses else 1.0
    for rank, use in enumerate(uses, 1):
        yield Assertion(
            "concept",
            use.label,
            sentence_around(annotated, use.start),
            fields=make_fields(
                iri=use.iri,
                scheme=use.scheme,
                count=use.count,
                rank=rank,
                score=round(use.weight / total, 4),
                short=use.short,
            ),
            confidence=0.95 if use.iri else 0.7,
            method="extract.concepts/" + ("scheme" if use.iri else "term"),
        )


def rank_document(annotated: Annotated) -> tuple[Phrase, ...]:
    """All key phrases of a document in English, best first, the labels of a scheme concept joined; none of another."""
    document = annotated.document
    if document.language != "en":
        return ()
    title = next((document.block_text(block) for block in document.find_blocks(BlockKind.TITLE)), "")
    same = load_names(tuple(annotated.concepts))
    return rank_phrases(list_words(annotated), title, limit=len(document.text), same=same)


@lru_cache(maxsize=4)
def load_names(concepts: tuple[Concept, ...]) -> Mapping[tuple[str, ...], str]:
    """Key of every label of the concepts -> IRI; a label that two share goes to the subject schemes, then the first."""
    names: dict[tuple[str, ...], str] = {}
    for concept in sorted(concepts, key=lambda concept: concept.scheme not in SUBJECT_SCHEMES):
        for label in (concept.label, *concept.labels):
            names.setdefault(make_key(label), concept.iri)
    return names


def find_persons(earlier: Iterable[Assertion]) -> frozenset[str]:
    """Words of the names of authors and cited authors, in lower case."""
    names = [
        name
        for assertion in earlier
        if assertion.kind in {"author", "reference"}
        for name in ((assertion.label,) if assertion.kind == "author" else assertion.get_texts("authors"))
    ]
    return frozenset(word.casefold() for name in names for word in re.findall(r"[^\W\d_]{2,}", name))


def _weigh(annotated: Annotated, offset: int) -> float:
    block = find_block(annotated, offset)
    return PLACE_WEIGHTS.get(block.kind, 1.0) if block else 1.0


def collect_scheme_uses(annotated: Annotated, phrases: tuple[Phrase, ...] = ()) -> list[Use]:
    """Concepts of the subject schemes that running text, headings or keywords name, by a label or its abbreviation."""
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
    names = load_names(tuple(annotated.concepts))
    favour: dict[str, float] = {}
    for phrase in phrases:
        iri = names.get(phrase.key, "")
        favour.setdefault(iri, phrase.score)
        if phrase.short and iri in uses:
            _add_short(annotated, uses[iri], phrase)
    for iri, use in uses.items():
        use.weight *= LEAST_FAVOUR + favour.get(iri, 0.0)
    return list(uses.values())


def _add_short(annotated: Annotated, use: Use, phrase: Phrase) -> None:
    """Count the places of an abbreviation that is no label of the concept."""
    use.short = phrase.short
    known = [m.start for m in annotated.mentions if m.iri == use.iri]
    text = annotated.document.text
    for start in phrase.starts:
        if text.startswith(phrase.short, start) and start not in known and is_prose(annotated, start):
            use.count += 1
            use.weight += _weigh(annotated, start)


def collect_terms(
    annotated: Annotated, phrases: tuple[Phrase, ...], persons: frozenset[str] = frozenset()
) -> list[Use]:
    """The best key phrases that the document repeats, or puts in its title or keywords, and that no scheme names.

    persons: words of which the names of persons are made.
    """
    names = load_names(tuple(annotated.concepts))
    floor = MIN_TERM_COUNT_SHORT if len(annotated.document.text) < SHORT_TEXT_CHARS else MIN_TERM_COUNT
    kept: list[Phrase] = []
    uses: list[Use] = []
    for phrase in phrases:
        if len(uses) == MAX_TERMS or phrase.score < MIN_TERM_SCORE:
            break
        if phrase.key in names:
            kept.append(phrase)
            continue
        if not is_term(phrase, persons) or stands_inside(phrase, kept):
            continue
        starts = [start for start in phrase.starts if is_prose(annotated, start)]
        blocks = {block.kind for start in starts if (block := find_block(annotated, start))}
        if not starts or (len(starts) < floor and not blocks & TELLING_BLOCKS):
            continue
        kept.append(phrase)
        weight = sum(_weigh(annotated, start) for start in starts) * (LEAST_FAVOUR + phrase.score)
        uses.append(Use(make_label(phrase.text), starts[0], count=len(starts), weight=weight, short=phrase.short))
    return uses


def is_term(phrase: Phrase, persons: frozenset[str]) -> bool:
    """Whether a key phrase may name a concept: no vague word, person or mere number, nor a single word of low score."""
    words = phrase.text.casefold().split()
    if len(words) > MAX_TERM_WORDS or len(phrase.text) < MIN_TERM_CHARS:
        return False
    if words[0] in _VAGUE or words[-1] in _COUNTED or (len(words) == 1 and words[0].endswith("ed")):
        return False
    if len(words) == 1 and phrase.score < MIN_WORD_SCORE:
        return False
    return all(word[0].isalpha() and not word.endswith("ly") for word in words) and not persons.issuperset(words)


def make_label(text: str) -> str:
    """The label of a term as the schemes write theirs: singular, "-isation", small letters. Names stay as they are.

    >>> make_label("Open data organizations"), make_label("City Council")
    ('open data organisation', 'City Council')
    """
    words = text.split()
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return text
    if words[-1].islower():
        words[-1] = make_singular(words[-1])
    lowered = [word.casefold() if word[1:].islower() else word for word in words]
    return _AMERICAN.sub("is", " ".join(lowered))
