"""Fits the weights of `pairs` to links that readers drew, and measures them on documents they had no part in.

`python -m kg.pipeline.train_links` is the command; it reads the documents.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.extract.addresses import MAX_CANDIDATES
from kg.extract.addresses.pairs import Item, find_features, make_context
from kg.extract.logistic import fit_logistic

FOLDS = 8
L2 = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A remedy and a dilemma of a document as features, and whether a reader linked them."""

    document: str
    remedy: int
    features: dict[str, float]
    linked: bool


def make_examples(document: str, items: Sequence[Item], linked: frozenset[tuple[int, int]]) -> list[Example]:
    """Every remedy of a document with every dilemma but those of its own sentence.

    linked: indices of the remedy and the dilemma among the items.
    """
    context = make_context(items)
    dilemmas = [i for i, item in enumerate(items) if item.kind == "dilemma"]
    found = []
    for i, remedy in enumerate(items):
        rivals = [d for d in dilemmas if items[d].position != remedy.position]
        if remedy.kind == "remedy" and rivals:
            features = find_features(remedy, [items[d] for d in rivals], context)
            found += [Example(document, i, f, (i, d) in linked) for d, f in zip(rivals, features, strict=True)]
    return found


def fit(examples: Sequence[Example], names: Sequence[str]) -> dict[str, float]:
    """Weights of an L2-regularised logistic regression by feature name."""
    return fit_logistic([e.features for e in examples], [e.linked for e in examples], names, l2=L2)


def score(features: dict[str, float], weights: dict[str, float]) -> float:
    """Probability of one pair."""
    return float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) * value for name, value in features.items()))))


def cross_validate(examples: Sequence[Example], names: Sequence[str]) -> list[float]:
    """The score of every pair, each by weights that its document had no part in."""
    documents = sorted({example.document for example in examples})
    part = {document: i % FOLDS for i, document in enumerate(documents)}
    scores = [0.0] * len(examples)
    for fold in range(FOLDS):
        weights = fit([e for e in examples if part[e.document] != fold], names)
        for i, example in enumerate(examples):
            if part[example.document] == fold:
                scores[i] = score(example.features, weights)
    return scores


def measure(
    examples: Sequence[Example], scores: Sequence[float], cut: float, *, links: int
) -> tuple[float, float, float]:
    """Precision, recall and F1 of each remedy's best pairs that score at least `cut`.

    links: how many links the readers drew, those of sentences that were not found among them.
    """
    by_remedy: dict[tuple[str, int], list[tuple[float, bool]]] = defaultdict(list)
    for example, value in zip(examples, scores, strict=True):
        by_remedy[example.document, example.remedy].append((value, example.linked))
    said = [
        linked
        for pairs in by_remedy.values()
        for value, linked in sorted(pairs, key=lambda pair: -pair[0])[:MAX_CANDIDATES]
        if value >= cut
    ]
    right = sum(said)
    return right / max(1, len(said)), right / max(1, links), 2 * right / max(1, len(said) + links)
