"""The words-and-structure model: a linear score over hashed features, 8-bit weights, numpy only."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate.statements.features import Group

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of the linear model.

    weights: int8, shape (BUCKETS, 2); scale and bias: float32, shape (2,); columns are dilemma, remedy.
    """

    weights: "NDArray[np.int8]"
    scale: "NDArray[np.float32]"
    bias: "NDArray[np.float32]"


@dataclass(frozen=True, slots=True)
class FeatureRows:
    """Sparse rows, one a sentence: bucket and value of each entry, and where each row begins (one more at the end)."""

    buckets: "NDArray[np.int64]"
    values: "NDArray[np.float32]"
    starts: "NDArray[np.int64]"


def load_linear(path: Path) -> LinearModel:
    """The linear model in an .npz file."""
    import numpy as np

    with np.load(path, allow_pickle=False) as archive:
        return LinearModel(archive["weights"], archive["scale"], archive["bias"])


def compute_rows(features: Sequence[list[Group]]) -> FeatureRows:
    """Sparse rows of `find_features`; each group has length 1 times its weight."""
    import numpy as np

    buckets: list[int] = []
    values: list[float] = []
    counts: list[int] = []
    starts = [0]
    for groups in features:
        for group, weight in groups:
            buckets += group
            values.append(weight / max(1, len(group)) ** 0.5)
            counts.append(len(group))
        starts.append(len(buckets))
    repeated = np.repeat(np.asarray(values, np.float32), counts)
    return FeatureRows(np.asarray(buckets, np.int64), repeated, np.asarray(starts, np.int64))


def compute_linear_scores(model: LinearModel, features: Sequence[list[Group]]) -> "NDArray[np.float32]":
    """Log-odds of each sentence being a dilemma and a remedy, shape (sentences, 2), not calibrated."""
    import numpy as np

    if not features:
        return np.zeros((0, 2), np.float32)
    rows = compute_rows(features)
    weighted = model.weights[rows.buckets].astype(np.float32) * rows.values[:, None]
    # Every row has features (its shape at least), so reduceat never meets an empty one.
    summed: NDArray[np.float32] = np.add.reduceat(weighted, rows.starts[:-1], axis=0)
    return summed * model.scale + model.bias
