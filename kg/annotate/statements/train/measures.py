"""How good calibrated probabilities are: precision, recall, F1, average precision, reliability."""

from typing import TYPE_CHECKING

from kg.annotate.statements.calibration import compute_reliability, find_threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS = ("dilemma", "remedy")


def compute_measures(probabilities: "NDArray[np.float64]", gold: "NDArray[np.bool_]") -> dict[str, object]:
    """Per kind the best threshold, P, R, F1 there, average precision, and rows (from, count, promised, true)."""
    measures: dict[str, object] = {}
    for column, kind in enumerate(KINDS):
        p, true = probabilities[:, column], gold[:, column]
        threshold = find_threshold(p, true)
        said = p >= threshold
        hits = float((said & true).sum())
        measures[kind] = {
            "threshold": threshold,
            "P": round(hits / max(1, said.sum()), 3),
            "R": round(hits / max(1, true.sum()), 3),
            "F1": round(2 * hits / max(1, said.sum() + true.sum()), 3),
            "AP": round(compute_average_precision(p, true), 3),
            "reliability": [
                [b.low, b.count, round(b.predicted, 3), round(b.observed, 3)] for b in compute_reliability(p, true)
            ],
        }
    return measures


def compute_average_precision(probabilities: "NDArray[np.float64]", gold: "NDArray[np.bool_]") -> float:
    """The mean over the true sentences of the precision down to each, best first."""
    import numpy as np

    ranked = gold[np.argsort(-probabilities, kind="stable")]
    precision = ranked.cumsum() / np.arange(1, len(ranked) + 1)
    return float(precision[ranked].mean()) if ranked.any() else 0.0
