"""Scores of one or more models -> probabilities that mean what they say, and the table that shows it.

Source: Platt 1999, Probabilistic outputs for support vector machines; several scores are stacked as in Wolpert 1992.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Calibration:
    """P = 1 / (1 + exp(-(sum of slope * score + offset))), by kind (dilemma, remedy).

    slopes: one pair a model, none below 0, so that a higher score never means a lower probability.
    """

    slopes: tuple[tuple[float, float], ...]
    offsets: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Predictions between two probabilities: how many, what they promised on average, what came true."""

    low: float
    high: float
    count: int
    predicted: float
    observed: float


def compute_probabilities(scores: "Sequence[NDArray[np.float32]]", calibration: Calibration) -> "NDArray[np.float64]":
    """Calibrated probabilities, shape (sentences, 2), of the scores of each model, each of the same shape."""
    import numpy as np

    logits = np.asarray(calibration.offsets) + sum(
        score.astype(np.float64) * np.asarray(slope) for score, slope in zip(scores, calibration.slopes, strict=True)
    )
    probabilities: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))
    return probabilities


def fit_calibration(scores: "Sequence[NDArray[np.float32]]", gold: "NDArray[np.bool_]") -> Calibration:
    """The calibration of least log loss on held-out scores; gold has shape (sentences, 2)."""
    import numpy as np

    columns = [_fit_column(np.stack([score[:, c] for score in scores], axis=1), gold[:, c]) for c in (0, 1)]
    slopes = tuple((columns[0][k], columns[1][k]) for k in range(len(scores)))
    return Calibration(slopes, (columns[0][-1], columns[1][-1]))


def _fit_column(scores: "NDArray[np.float32]", gold: "NDArray[np.bool_]") -> list[float]:
    """Slopes and offset by Newton's method, 50 steps being plenty; a model with a negative slope is left out."""
    import numpy as np

    used = list(range(scores.shape[1]))
    while True:
        design = np.concatenate([scores[:, used].astype(np.float64), np.ones((len(scores), 1))], axis=1)
        weights = np.zeros(design.shape[1])
        for _ in range(50):
            p = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -30.0, 30.0)))
            hessian = (design * (p * (1 - p))[:, None]).T @ design + 1e-6 * np.eye(len(weights))
            weights = weights - np.linalg.solve(hessian, design.T @ (p - gold))
        worst = int(weights[:-1].argmin()) if used else -1
        if not used or weights[worst] >= 0:
            break
        used.pop(worst)
    slopes = [0.0] * scores.shape[1]
    for k, weight in zip(used, weights[:-1], strict=True):
        slopes[k] = float(weight)
    return [*slopes, float(weights[-1])]


def compute_reliability(
    probabilities: "NDArray[np.float64]", gold: "NDArray[np.bool_]", *, bins: int = 10
) -> list[ReliabilityBin]:
    """The reliability table of one column, equal-width bins, empty ones left out."""
    import numpy as np

    place = np.minimum((probabilities * bins).astype(int), bins - 1)
    table = []
    for k in range(bins):
        inside = place == k
        if inside.any():
            mean, true = float(probabilities[inside].mean()), float(gold[inside].mean())
            table.append(ReliabilityBin(k / bins, (k + 1) / bins, int(inside.sum()), mean, true))
    return table


def find_threshold(probabilities: "NDArray[np.float64]", gold: "NDArray[np.bool_]") -> float:
    """The probability, on a grid of hundredths, from which saying yes gives the best F1."""
    import numpy as np

    grid = np.arange(0.1, 0.9, 0.01)
    said = probabilities[None, :] >= grid[:, None]
    f1 = 2 * (said & gold).sum(1) / np.maximum(1, said.sum(1) + gold.sum())
    return round(float(grid[int(f1.argmax())]), 2)
