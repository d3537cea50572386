"""How sure a label is: how probably a reader who sees only the sentence and the label calls it right.

That the sentence states nothing of the kind counts as wrong too. It follows from how probably it does, from what the
heads think of the chosen candidate, from how much the other good candidates are like it, from how it sits in its
sentence, and from what reading the sentence again with the label marked says (see `reading`, and `crossencoder` for
where there is an encoder); the weights are learnt by `kg.pipeline.train_sureness`.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from pathlib import Path

from kg.extract.labels.chains import score_chain
from kg.extract.labels.frame import Frame
from kg.extract.labels.heads import Seen

WEIGHTS = Path(__file__).with_name("sureness.json")
#: The views of a sentence in the order in which they are given, and the level that has just these.
VIEWS = ("network", "encoder")
LEVELS = {1: "plain", 2: "encoder"}
DECIMALS = 4
_LEAST, _MOST = 0.01, 0.99


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of a sentence, what each view says each is worth, and the sums that they were ordered by."""

    candidates: Sequence[tuple[int, ...]]
    worths: Sequence[Sequence[float]]
    rates: Sequence[float]


def describe(frame: Frame, views: Sequence[Seen], ranked: Ranked, chosen: int) -> dict[str, float]:
    """What speaks for a candidate, by name.

    views: how the sentence is seen; chosen: which of the candidates is meant.
    """
    candidates, rates = ranked.candidates, ranked.rates
    best, label = max(rates), set(candidates[chosen])
    odds = [exp(rate - best) for rate in rates]
    likeness = [2 * len(label & set(other)) / (len(label) + len(other)) for other in candidates]
    found = {
        "bias": 1.0,
        "agreement": sum(o * like for o, like in zip(odds, likeness, strict=True)) / sum(odds),
        "dilemma": float(frame.kind == "d"),
        "share": len(label) / len(frame.words),
        "loose": float(count_loose(frame, label)),
    }
    for name, seen, worth in zip(VIEWS, views, ranked.worths, strict=False):
        found[f"{name} chain"] = score_chain(seen.steps, [t for t in candidates[chosen] if seen.counted[t]])
        found[f"{name} worth"] = worth[chosen]
    return found


def count_loose(frame: Frame, chosen: Collection[int]) -> int:
    """How many words of a candidate hang on a word that is not in it; one at least, unless it holds the root."""
    return sum(frame.heads[token] not in chosen for token in chosen)


def add_stated(described: Mapping[str, float], stated: float) -> dict[str, float]:
    """The same with how probably the sentence states what the label names, as log-odds."""
    bounded = min(max(stated, _LEAST), _MOST)
    return {**described, "stated": log(bounded / (1 - bounded))}


def add_read(described: Mapping[str, float], odds: float) -> dict[str, float]:
    """The same with what reading the sentence again with the label marked gives it, as log-odds.

    An encoder says so too whether the sentence states something: `add_stated` beside it tells no more.
    """
    return {**described, "read": odds}


def compute_sureness(described: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability that a label is right; described: of `add_stated` or `add_read`."""
    odds = sum(weights.get(name, 0.0) * value for name, value in described.items())
    return round(1 / (1 + exp(-odds)), DECIMALS)


@lru_cache(maxsize=1)
def load_weights(path: Path = WEIGHTS) -> dict[str, dict[str, float]]:
    """The weights of what `add_stated` and `add_read` name, by level: "plain" or "encoder"."""
    loaded: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
