"""The ranker's model: boosted trees over the features of a candidate, and the lexicon, read from one file."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.extract.keyphrases.lexicon import Lexicon

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL_FILE = "model.npz"


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees of one node table each, shape (trees, nodes); node 0 is the root, a leaf has feature -1.

    Goes left where the feature is at most the threshold. values: log-odds to add up.
    """

    features: "NDArray[np.int16]"
    thresholds: "NDArray[np.float32]"
    left: "NDArray[np.int16]"
    right: "NDArray[np.int16]"
    values: "NDArray[np.float32]"
    base: float

    def score(self, table: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """Log-odds of each row of a table of features."""
        import numpy as np

        trees = np.arange(len(self.features))
        node = np.zeros((len(table), len(trees)), dtype=np.int16)
        rows = np.arange(len(table))[:, None]
        while True:
            feature = self.features[trees, node]
            inner = feature >= 0
            if not inner.any():
                break
            goes_left = table[rows, feature] <= self.thresholds[trees, node]
            node = np.where(inner, np.where(goes_left, self.left[trees, node], self.right[trees, node]), node)
        total: NDArray[np.float32] = self.values[trees, node].sum(axis=1) + np.float32(self.base)
        return total


@dataclass(frozen=True, slots=True)
class Model:
    """All that ranking needs."""

    trees: Trees
    lexicon: Lexicon


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The model that is part of the package; made again by kg.extract.keyphrases.train."""
    import numpy as np

    with files("kg.extract.keyphrases").joinpath(MODEL_FILE).open("rb") as file:
        data = dict(np.load(file))
    trees = Trees(
        data["features"].astype(np.int16),
        data["thresholds"],
        data["left"].astype(np.int16),
        data["right"].astype(np.int16),
        data["values"],
        float(data["base"]),
    )
    abstracts, papers = data["totals"].tolist()
    of_abstracts, of_papers = data["counts"].tolist()
    return Model(trees, Lexicon((of_abstracts, of_papers), (abstracts, papers), data["weights"].astype(np.float32)))
