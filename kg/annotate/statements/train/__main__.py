"""Command line of the training: `python -m kg.annotate.statements.train linear TRAIN.tsv`."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from kg.annotate.statements.calibration import (
    compute_probabilities,
    compute_reliability,
    find_threshold,
    fit_calibration,
)
from kg.annotate.statements.train.gold import FOLDS, compute_folds, compute_targets, read_gold
from kg.annotate.statements.train.linear import compute_matrix, fit_linear, to_linear_model

_MODEL_FOLDER = Path(__file__).parent.parent / "model"


def train_linear(path: Path) -> dict[str, object]:
    """Cross-validate by document, fit on everything, write model/linear.npz and linear.json; returns the measures."""
    documents = read_gold(path)
    targets = compute_targets(documents)
    folds = np.repeat(compute_folds(documents), [len(d.sentences) for d in documents])
    matrix = compute_matrix([d.sentences for d in documents])
    held_out = np.zeros(targets.shape, np.float32)
    for fold in range(FOLDS):
        weights = fit_linear(matrix[folds != fold], targets[folds != fold].astype(float))
        held_out[folds == fold] = matrix[folds == fold] @ weights[:-1] + weights[-1]
    calibration = fit_calibration(held_out, targets)
    model = to_linear_model(fit_linear(matrix, targets.astype(float)))
    np.savez_compressed(_MODEL_FOLDER / "linear.npz", weights=model.weights, scale=model.scale, bias=model.bias)
    (_MODEL_FOLDER / "linear.json").write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
    return measure(compute_probabilities(held_out, calibration), targets)


def measure(
    probabilities: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    gold: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]",
) -> dict[str, object]:
    """F1 at the best threshold and the reliability table, per kind."""
    result: dict[str, object] = {}
    for column, name in enumerate(("dilemma", "remedy")):
        p, y = probabilities[:, column], gold[:, column]
        threshold = find_threshold(p, y)
        said = p >= threshold
        result[name] = {
            "threshold": threshold,
            "P": round(float((said & y).sum() / said.sum()), 3),
            "R": round(float((said & y).sum() / y.sum()), 3),
            "F1": round(float(2 * (said & y).sum() / (said.sum() + y.sum())), 3),
            "reliability": [
                [b.low, b.count, round(b.predicted, 3), round(b.observed, 3)] for b in compute_reliability(p, y)
            ],
        }
    return result


def main() -> None:
    """Train the part named on the command line and print its measures."""
    parser = argparse.ArgumentParser(prog="python -m kg.annotate.statements.train", description=__doc__)
    parser.add_argument("part", choices=["linear"])
    parser.add_argument("train", type=Path)
    arguments = parser.parse_args()
    print(json.dumps(train_linear(arguments.train), indent=1))


main()
