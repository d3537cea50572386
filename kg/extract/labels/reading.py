"""How a label reads by itself: as a dilemma, as a remedy, or as neither."""

import math
from collections.abc import Sequence

from kg.annotate.statements import score_phrases

_LEAST, _MOST = -6, 4
#: Ranks and distances from here on are all the same.
_LAST_RANK, _LAST_DISTANCE = 4, 5


def describe_reading(labels: Sequence[str], kind: str) -> list[tuple[str, ...]]:
    """Names of features of each of a sentence's possible labels: the log-odds with which the plain classifier takes it
    for the kind and for the other one, rounded down, and how it stands in that among the others.

    kind: "dilemma" or "remedy".
    """
    return describe_odds(compute_odds(labels), kind)


def describe_odds(odds: Sequence[tuple[float, float]], kind: str) -> list[tuple[str, ...]]:
    """The same from log-odds of a dilemma and of a remedy for each label of one sentence."""
    own, other = (0, 1) if kind == "dilemma" else (1, 0)
    order = sorted(range(len(odds)), key=lambda i: (-odds[i][own], i))
    ranks = {index: rank for rank, index in enumerate(order)}
    best = odds[order[0]][own] if odds else 0.0
    return [
        (
            f"{kind[0]}:reads {_round(pair[own])}",
            f"{kind[0]}:reads other {_round(pair[other])}",
            f"{kind[0]}:reads rank {min(ranks[i], _LAST_RANK)}",
            f"{kind[0]}:reads behind {min(int(1.5 * (best - pair[own])), _LAST_DISTANCE)}",
        )
        for i, pair in enumerate(odds)
    ]


def compute_odds(labels: Sequence[str]) -> list[tuple[float, float]]:
    """Log-odds of a dilemma and of a remedy for each label, read as a sentence; many at once cost less."""
    found = score_phrases([label[:1].upper() + label[1:] + "." for label in labels])
    return [(_to_odds(dilemma), _to_odds(remedy)) for dilemma, remedy in found]


def _to_odds(probability: float) -> float:
    kept = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))


def _round(odds: float) -> int:
    return min(max(math.floor(odds), _LEAST), _MOST)
