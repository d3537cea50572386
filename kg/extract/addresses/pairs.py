"""How likely a remedy is meant for a dilemma of the same document: a small trained linear model over plain features."""

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kg.extract.addresses.explicit import names_dilemma, points_back
from kg.extract.words import find_content_stems

#: How far back "these problems" reaches, in sentences.
MAX_POINTING_SENTENCES = 6

_THEREFORE = re.compile(
    r"^(?:therefore|thus|hence|so|accordingly|consequently|to this end|for this reason|this means|in response)\b|"
    r"\b(?:to this end|in response|as a solution|solution)\b",
    re.IGNORECASE,
)
_THIS = re.compile(r"^(?:this|these|it|they|such|here)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """A dilemma or remedy in its place.

    position: index of its sentence among all sentences and headings of the document.
    section, parent: index of its section and of the section around that, -1 outside any.
    role: the section's role ("dilemma", "remedy", ...).
    type: identifier of the type, "" if unclassified; answers: the dilemma types that a remedy's type is meant for.
    block: index of its paragraph, -1 if unknown.
    announcing: index of the section at or above that announces things of its kind, -1 if none; announced_in: index of
    the section around that; bare: whether its title says nothing besides ("Solutions").
    named: whether a heading names it and no sentence states it; stated: how probably its sentence states one.
    """

    kind: str
    text: str
    label: str
    position: int
    section: int
    parent: int = -1
    role: str = ""
    type: str = ""
    answers: frozenset[str] = frozenset()
    level: int = 2
    block: int = -1
    announcing: int = -1
    announced_in: int = -1
    bare: bool = False
    named: bool = False
    stated: float = 1.0


def stand_beside(remedy: Item, dilemma: Item) -> bool:
    """Whether the remedy stands in a section of solutions and the dilemma in a section of challenges before it."""
    return (
        0 <= dilemma.announcing < remedy.announcing
        and remedy.announced_in == dilemma.announced_in
        and "" not in (remedy.role, dilemma.role)
    )


def compute_weights(items: Sequence[Item]) -> dict[str, float]:
    """How telling each stem is within the document: log of the items over the items that have it, plus one."""
    counts = Counter(s for item in items for s in find_content_stems(f"{item.label} {item.text}"))
    return {s: 1.0 + math.log(len(items) / n) for s, n in counts.items()}


def compute_overlap(one: str, other: str, weights: dict[str, float]) -> float:
    """Weighted share of common stems, 0..1 (Dice)."""
    a, b = find_content_stems(one), find_content_stems(other)
    total = sum(weights.get(s, 1.0) for s in a) + sum(weights.get(s, 1.0) for s in b)
    return 2 * sum(weights.get(s, 1.0) for s in a & b) / total if total else 0.0


def _distance_name(gap: int) -> str:
    side = "after" if gap > 0 else "before"
    size = abs(gap)
    for limit in (0, 1, 2, 3, 5, 8, 13, 25):
        if size <= limit:
            return f"{side}<={limit}"
    return f"{side}>25"


def find_features(remedy: Item, dilemmas: Sequence[Item], context: "PairContext") -> list[dict[str, float]]:
    """Named features of a remedy with each of some dilemmas, in their order; what is absent is 0."""
    overlaps = [compute_overlap(remedy.text, dilemma.text, context.weights) for dilemma in dilemmas]
    before = sorted({d.position for d in dilemmas if d.position < remedy.position}, reverse=True)
    found = []
    for dilemma, overlap in zip(dilemmas, overlaps, strict=True):
        features = _describe_pair(remedy, dilemma, context)
        features["text"] = overlap
        features[f"text rank {min(sum(other > overlap for other in overlaps), 4)}"] = 1.0
        features["best text"] = float(overlap == max(overlaps) > 0)
        if dilemma.position in before:
            features[f"back {min(before.index(dilemma.position), 4)}"] = 1.0
        features[f"dilemmas {min(len(dilemmas), 8) // 2}"] = 1.0
        features.update(_describe_layout(remedy, dilemma, dilemmas))
        found.append({name: value for name, value in features.items() if value})
    return found


def _describe_pair(remedy: Item, dilemma: Item, context: "PairContext") -> dict[str, float]:
    gap = remedy.position - dilemma.position
    between = context.count_dilemmas(dilemma.position, remedy.position)
    return {
        "bias": 1.0,
        _distance_name(gap): 1.0,
        f"between={min(between, 4)}" if gap > 0 else f"between-before={min(between, 2)}": 1.0,
        f"remedies between {min(context.count_remedies(dilemma.position, remedy.position), 4)}": 1.0,
        "same section": float(remedy.section == dilemma.section),
        "same parent": float(remedy.parent == dilemma.parent and remedy.section != dilemma.section),
        "same paragraph": float(remedy.block == dilemma.block),
        "roles fit": float(remedy.role == "remedy" and dilemma.role == "dilemma"),
        "roles cross": float(remedy.role == "dilemma" and dilemma.role == "remedy"),
        "label": compute_overlap(remedy.label, dilemma.label, context.weights),
        "few dilemmas": 1.0 / context.dilemma_count,
        "therefore": float(bool(_THEREFORE.search(remedy.text)) and gap > 0),
        "this": float(bool(_THIS.match(remedy.text)) and gap == 1),
        "points back": float(0 < gap <= MAX_POINTING_SENTENCES and points_back(remedy.text)),
        "names it": float(names_dilemma(remedy.text, dilemma.label)),
        "nearest": float(gap > 0 and between == 0),
        "types fit": float(dilemma.type in remedy.answers),
        "types differ": float(bool(remedy.answers and dilemma.type) and dilemma.type not in remedy.answers),
    }


def _describe_layout(remedy: Item, dilemma: Item, dilemmas: Sequence[Item]) -> dict[str, float]:
    """Where the two stand, if one is announced; how many dilemmas are announced together, and which of them it is.

    A page may name its solution in its opening, before it tells the challenge, or go on with it in a later section.
    """
    features = {
        "dilemma announced": float(dilemma.announcing >= 0),
        "remedy announced": float(remedy.announcing >= 0),
    }
    place = _find_place(remedy, dilemma)
    if place:
        together = [other.position for other in dilemmas if other.announcing == dilemma.announcing]
        features[place] = features[f"{place} {min(len(together), 4)}"] = 1.0
        features[f"{place} the first"] = float(dilemma.position == min(together))
        if place == "beside":
            features["beside the last"] = float(dilemma.position == max(together))
    return features


def _find_place(remedy: Item, dilemma: Item) -> str:
    """Where a remedy stands to an announced dilemma: "beside", "opening" or "later", "" for anywhere else."""
    if stand_beside(remedy, dilemma):
        return "beside"
    if dilemma.announcing < 0:
        return ""
    if remedy.announcing < 0 and remedy.position < dilemma.position:
        return "opening"
    return "later" if remedy.position > dilemma.position and remedy.section != dilemma.section else ""


@dataclass(frozen=True, slots=True)
class PairContext:
    """What a pair's features need to know of its document."""

    weights: dict[str, float]
    dilemma_positions: tuple[int, ...]
    remedy_positions: tuple[int, ...] = ()

    @property
    def dilemma_count(self) -> int:
        """How many dilemmas the document states, at least 1."""
        return max(1, len(self.dilemma_positions))

    def count_dilemmas(self, one: int, other: int) -> int:
        """How many dilemmas stand strictly between two positions."""
        return _count_between(self.dilemma_positions, one, other)

    def count_remedies(self, one: int, other: int) -> int:
        """How many remedies stand strictly between two positions."""
        return _count_between(self.remedy_positions, one, other)


def _count_between(positions: Sequence[int], one: int, other: int) -> int:
    low, high = sorted((one, other))
    return max(0, bisect_left(positions, high) - bisect_right(positions, low))


def make_context(items: Sequence[Item]) -> PairContext:
    """The context of a document's items."""
    places = [sorted({item.position for item in items if item.kind == kind}) for kind in ("dilemma", "remedy")]
    return PairContext(compute_weights(items), *map(tuple, places))


@lru_cache(maxsize=1)
def load_weights() -> dict[str, float]:
    """The trained weights by feature name."""
    weights: dict[str, float] = json.loads(files("kg.extract.addresses").joinpath("weights.json").read_text("utf-8"))
    return weights


def score_pairs(remedy: Item, dilemmas: Sequence[Item], context: PairContext) -> list[float]:
    """Probability that the remedy is meant for each of the dilemmas, 0..1; the dilemmas are each other's rivals."""
    weights = load_weights()
    return [
        1.0 / (1.0 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in features.items())))
        for features in find_features(remedy, dilemmas, context)
    ]


#: Weights for pairs that headings name: layout says nothing there, labels, section texts and types do. Set by hand, for
#: readers have linked too few headings to train on.
NAMED_BIAS, NAMED_LABEL, NAMED_TEXT, NAMED_TYPES = -2.6, 4.0, 4.0, 1.5


def score_named(remedy: Item, dilemma: Item, context: PairContext) -> float:
    """Probability that a remedy named by a heading is meant for a dilemma named by one, 0..1."""
    total = (
        NAMED_BIAS
        + NAMED_LABEL * compute_overlap(remedy.label, dilemma.label, context.weights)
        + NAMED_TEXT * compute_overlap(remedy.text, dilemma.text, context.weights)
        + NAMED_TYPES * (dilemma.type in remedy.answers)
    )
    return 1.0 / (1.0 + math.exp(-total))
