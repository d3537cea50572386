"""Which type of the scheme a dilemma or remedy is of, by the labels and cue words of the types."""

from collections import defaultdict
from dataclasses import dataclass

from kg.extract.words import find_stems
from kg.model import Concept

SCHEMES = {"dilemma": "dilemma-types", "remedy": "remedy-types"}
#: A cue in the label says twice as much as one in the rest of the sentence.
LABEL_WEIGHT = 2.0
#: A single plain word of the sentence is not enough to give a type.
MIN_SCORE = 1.5
#: Indexes of the concepts used last, each with the tuple it was made of. Hashing a thousand concepts for every
#: sentence costs more than typing it, so the tuple itself is the key.
MAX_INDEXES = 4
_INDEXES: dict[int, tuple[tuple[Concept, ...], "TypeIndex"]] = {}


@dataclass(frozen=True, slots=True)
class TypeIndex:
    """The types of both schemes, ready for look-up.

    cues: scheme -> first stem of a cue -> (identifier of the type, all stems of the cue).
    answers: remedy type -> dilemma types that it is meant for, narrower ones included.
    """

    cues: dict[str, dict[str, tuple[tuple[str, tuple[str, ...]], ...]]]
    answers: dict[str, frozenset[str]]


def load_index(concepts: tuple[Concept, ...]) -> TypeIndex:
    """The index of these concepts, made once for as long as the same tuple is used."""
    known = _INDEXES.get(id(concepts))
    if known and known[0] is concepts:
        return known[1]
    index = TypeIndex(
        {scheme: _make_cues(concepts, scheme) for scheme in SCHEMES.values()},
        {c.iri: _find_aims(c, concepts) for c in concepts if c.scheme == SCHEMES["remedy"]},
    )
    if len(_INDEXES) >= MAX_INDEXES:
        _INDEXES.pop(next(iter(_INDEXES)))
    _INDEXES[id(concepts)] = (concepts, index)
    return index


def _make_cues(concepts: tuple[Concept, ...], scheme: str) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    found: dict[str, set[tuple[str, tuple[str, ...]]]] = defaultdict(set)
    for concept in concepts:
        if concept.scheme == scheme:
            for cue in (concept.label, *concept.labels, *concept.cues):
                stems = find_stems(cue)
                if stems:
                    found[stems[0]].add((concept.iri, stems))
    return {first: tuple(sorted(cues)) for first, cues in found.items()}


def _find_aims(remedy: Concept, concepts: tuple[Concept, ...]) -> frozenset[str]:
    aims = set(remedy.related)
    while True:
        narrower = {c.iri for c in concepts if c.scheme == SCHEMES["dilemma"] and aims & set(c.broader)} - aims
        if not narrower:
            return frozenset(aims)
        aims |= narrower


def find_type(kind: str, label: str, sentence: str, concepts: tuple[Concept, ...]) -> str:
    """Identifier of the best type, "" where no cue speaks clearly.

    A cue counts by its words, more in the label than in the sentence; of equals the first by identifier wins.
    """
    cues = load_index(concepts).cues[SCHEMES[kind]]
    scores: dict[str, float] = defaultdict(float)
    for text, weight in ((label, LABEL_WEIGHT), (sentence, 1.0)):
        stems = find_stems(text)
        for i, first in enumerate(stems):
            for iri, cue in cues.get(first, ()):
                if stems[i : i + len(cue)] == cue:
                    scores[iri] = max(scores[iri], weight * len(cue))
    best = min(scores, key=lambda iri: (-scores[iri], iri), default="")
    return best if scores.get(best, 0.0) >= MIN_SCORE else ""


def find_answers(remedy_type: str, concepts: tuple[Concept, ...]) -> frozenset[str]:
    """Identifiers of the dilemma types that a type of remedy is meant for, with all narrower ones."""
    return load_index(concepts).answers.get(remedy_type, frozenset())
