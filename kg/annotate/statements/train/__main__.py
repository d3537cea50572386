"""Command line of the training: `python -m kg.annotate.statements.train linear TRAIN.tsv`."""

import argparse
from pathlib import Path

import numpy as np

from kg.annotate.statements.features import find_features
from kg.annotate.statements.train.gold import compute_targets, read_gold
from kg.annotate.statements.train.linear import compute_matrix, fit_linear, to_linear_model

_MODEL_FOLDER = Path(__file__).parent.parent / "model"


def train_linear(path: Path) -> None:
    """Fit the linear model on everything and write model/linear.npz."""
    documents = read_gold(path)
    matrix = compute_matrix([list(find_features(d.sentences)) for d in documents])
    model = to_linear_model(fit_linear(matrix, compute_targets(documents).astype(float)))
    np.savez_compressed(_MODEL_FOLDER / "linear.npz", weights=model.weights, scale=model.scale, bias=model.bias)


def main() -> None:
    """Train the part named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m kg.annotate.statements.train", description=__doc__)
    parser.add_argument("part", choices=["linear"])
    parser.add_argument("train", type=Path)
    arguments = parser.parse_args()
    train_linear(arguments.train)


if __name__ == "__main__":
    main()
