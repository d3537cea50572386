"""Fits the weights of `shares` to the words of phrases that readers gave to sentences."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.extract.labels.frame import Frame
from kg.extract.labels.shares import describe_tokens
from kg.extract.words import find_stems

Floats = NDArray[np.float64]
L2 = 30.0
MIN_COUNT = 5
#: Weights smaller than this are left out; it changes nothing that can be measured and leaves a quarter of them.
MIN_WEIGHT = 0.05


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a sentence: names of their features, and whether each stands in the reader's phrase."""

    features: tuple[tuple[str, ...], ...]
    held: tuple[bool, ...]


def make_words(frame: Frame, phrase: str) -> Words:
    """The words of a sentence that have letters or digits."""
    wanted = set(find_stems(phrase))
    found = [(f, bool(wanted & set(find_stems(w)))) for f, w in zip(describe_tokens(frame), frame.words, strict=True)]
    known = [(features, held) for features, held in found if features]
    return Words(tuple(f for f, _ in known), tuple(h for _, h in known))


def fit_shares(sentences: Sequence[Words]) -> dict[str, float]:
    """Weights of an L2-regularised logistic regression by feature name, rounded."""
    counts = Counter(name for words in sentences for names in words.features for name in names)
    place = {name: i for i, name in enumerate(sorted(n for n, count in counts.items() if count >= MIN_COUNT))}
    tokens = [names for words in sentences for names in words.features]
    rows = [row for row, names in enumerate(tokens) for name in names if name in place]
    columns = [place[name] for names in tokens for name in names if name in place]
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(tokens), len(place)))
    gold = np.array([held for words in sentences for held in words.held], dtype=np.float64)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        value = np.logaddexp(0, scores).sum() - gold @ scores + L2 / 2 * weights @ weights
        return float(value), matrix.T @ (1 / (1 + np.exp(-scores)) - gold) + L2 * weights

    found: Floats = minimize(loss, np.zeros(len(place)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: round(float(found[i]), 2) for name, i in place.items() if abs(found[i]) >= MIN_WEIGHT}
