"""Logistic regression over named features, for the small rankers that are trained here. Needs scipy; training only."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]


def fit_logistic(
    rows: Sequence[Mapping[str, float]], gold: Sequence[bool], names: Sequence[str], *, l2: float
) -> dict[str, float]:
    """Weights by feature name that make the gold likeliest, less l2 / 2 times their squares.

    rows: value by feature name, one mapping for each gold answer. Names not asked for do not count.
    """
    place = {name: i for i, name in enumerate(names)}
    cells = [
        (row, place[name], value) for row, found in enumerate(rows) for name, value in found.items() if name in place
    ]
    numbers, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    matrix = csr_matrix((values, (numbers, columns)), shape=(len(rows), len(names)), dtype=np.float64)
    wanted = np.array(gold, dtype=np.float64)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        value = np.logaddexp(0, scores).sum() - wanted @ scores + l2 / 2 * weights @ weights
        return float(value), matrix.T @ (1 / (1 + np.exp(-scores)) - wanted) + l2 * weights

    found: Floats = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return dict(zip(names, map(float, found), strict=True))
