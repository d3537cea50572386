"""Which type of the scheme a dilemma or remedy is of, by the labels and cue words of the types."""

from functools import lru_cache

from kg.extract.words import find_stems
from kg.model import Concept

SCHEMES = {"dilemma": "dilemma-types", "remedy": "remedy-types"}
#: A cue in the label says twice as much as one in the rest of the sentence.
LABEL_WEIGHT = 2.0
#: A single plain word of the sentence is not enough to give a type.
MIN_SCORE = 1.5


@lru_cache(maxsize=4)
def _load_cues(concepts: tuple[Concept, ...], scheme: str) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """Each type with its cues as sequences of stems."""
    return tuple(
        (
            concept.iri,
            tuple(sorted({find_stems(cue) for cue in (concept.label, *concept.labels, *concept.cues)} - {()})),
        )
        for concept in concepts
        if concept.scheme == scheme
    )


def _holds(stems: tuple[str, ...], cue: tuple[str, ...]) -> bool:
    width = len(cue)
    return any(stems[i : i + width] == cue for i in range(len(stems) - width + 1))


def find_type(kind: str, label: str, sentence: str, concepts: tuple[Concept, ...]) -> str:
    """Identifier of the best type, "" where no cue speaks clearly.

    A cue counts by its words, more in the label than in the sentence; of equals the first by identifier wins.
    """
    inside, around = find_stems(label), find_stems(sentence)
    best, best_score = "", 0.0
    for iri, cues in _load_cues(concepts, SCHEMES[kind]):
        score = 0.0
        for cue in cues:
            if _holds(inside, cue):
                score = max(score, LABEL_WEIGHT * len(cue))
            elif _holds(around, cue):
                score = max(score, float(len(cue)))
        if score > best_score:
            best, best_score = iri, score
    return best if best_score >= MIN_SCORE else ""


@lru_cache(maxsize=256)
def find_answers(remedy_type: str, concepts: tuple[Concept, ...]) -> frozenset[str]:
    """Identifiers of the dilemma types that a type of remedy is meant for, with all narrower ones."""
    aims = {iri for concept in concepts if concept.iri == remedy_type for iri in concept.related}
    while True:
        narrower = {c.iri for c in concepts if c.scheme == SCHEMES["dilemma"] and aims & set(c.broader)} - aims
        if not narrower:
            return frozenset(aims)
        aims |= narrower
