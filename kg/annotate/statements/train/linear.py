"""Trains the words-and-structure model: logistic regression by L-BFGS, on hard or soft labels."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.annotate.statements.features import BUCKETS, Group
from kg.annotate.statements.linear import LinearModel, compute_rows

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse
    from numpy.typing import NDArray

#: Inverse strength of the L2 penalty and weight of positive sentences, per column; 5-fold validation by document.
_INVERSE_PENALTY = 3.0
_POSITIVE_WEIGHT = (2.5, 1.0)


def compute_matrix(documents: Sequence[list[list[Group]]]) -> "scipy.sparse.csr_matrix":
    """Feature matrix, shape (sentences, BUCKETS), of the features of many documents."""
    import scipy.sparse

    parts = []
    for features in documents:
        rows = compute_rows(features)
        part = scipy.sparse.csr_matrix((rows.values, rows.buckets, rows.starts), shape=(len(features), BUCKETS))
        part.sum_duplicates()
        parts.append(part)
    return scipy.sparse.vstack(parts).tocsr()


def fit_linear(matrix: "scipy.sparse.csr_matrix", targets: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Weights and, in the last row, biases, shape (BUCKETS + 1, 2), for targets (probabilities) of shape (rows, 2)."""
    import numpy as np

    columns = [_fit_column(matrix, targets[:, c], _POSITIVE_WEIGHT[c]) for c in (0, 1)]
    return np.stack(columns, axis=1)


def _fit_column(
    matrix: "scipy.sparse.csr_matrix", target: "NDArray[np.float64]", positive_weight: float
) -> "NDArray[np.float64]":
    import numpy as np
    from scipy.optimize import minimize

    up, down = positive_weight * target, 1.0 - target

    def compute_loss(weights: "NDArray[np.float64]") -> tuple[float, "NDArray[np.float64]"]:
        score = matrix @ weights[:-1] + weights[-1]
        loss = (up * np.logaddexp(0, -score) + down * np.logaddexp(0, score)).sum()
        slope = (up + down) / (1.0 + np.exp(-score)) - up
        penalty = weights[:-1] @ weights[:-1] / (2 * _INVERSE_PENALTY)
        gradient = np.append(matrix.T @ slope + weights[:-1] / _INVERSE_PENALTY, slope.sum())
        return loss + penalty, gradient

    found = minimize(compute_loss, np.zeros(matrix.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    weights: NDArray[np.float64] = found.x
    return weights


def to_linear_model(weights: "NDArray[np.float64]") -> LinearModel:
    """The weights in 8 bits, one scale a column."""
    import numpy as np

    scale = np.abs(weights[:-1]).max(axis=0) / 127.0
    return LinearModel(
        np.round(weights[:-1] / scale).astype(np.int8), scale.astype(np.float32), weights[-1].astype(np.float32)
    )
