"""Scores -> probabilities that mean what they say, and the table that shows it.

Source: Platt 1999, Probabilistic outputs for support vector machines.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Calibration:
    """P = 1 / (1 + exp(-(slope * score + offset))), slope and offset per kind; slopes above 0."""

    slopes: tuple[float, float]
    offsets: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Predictions between two probabilities: how many, what they promised on average, what came true."""

    low: float
    high: float
    count: int
    predicted: float
    observed: float


def compute_probabilities(scores: "NDArray[np.float32]", calibration: Calibration) -> "NDArray[np.float64]":
    """Calibrated probabilities of scores of shape (sentences, 2), same shape, 0..1."""
    import numpy as np

    logits = scores.astype(np.float64) * np.asarray(calibration.slopes) + np.asarray(calibration.offsets)
    probabilities: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))
    return probabilities


def fit_calibration(scores: "NDArray[np.float32]", gold: "NDArray[np.bool_]") -> Calibration:
    """The calibration of least log loss on held-out scores; both of shape (sentences, 2)."""
    fitted = [_fit_column(scores[:, column], gold[:, column]) for column in (0, 1)]
    return Calibration((fitted[0][0], fitted[1][0]), (fitted[0][1], fitted[1][1]))


def _fit_column(scores: "NDArray[np.float32]", gold: "NDArray[np.bool_]") -> tuple[float, float]:
    """Slope and offset by Newton's method; 50 steps are far more than this convex problem needs."""
    import numpy as np

    design = np.stack([scores.astype(np.float64), np.ones(len(scores))], axis=1)
    weights = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -30.0, 30.0)))
        hessian = (design * (p * (1 - p))[:, None]).T @ design + 1e-6 * np.eye(2)
        weights = weights - np.linalg.solve(hessian, design.T @ (p - gold))
    return max(float(weights[0]), 1e-3), float(weights[1])


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
