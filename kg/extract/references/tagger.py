"""The trained tagger at work: numpy alone, many references at once.

Summed token features, dilated convolutions, Viterbi over a linear-chain CRF; made by kg.extract.references.training.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.extract.references.labels import LABELS, may_follow
from kg.extract.references.tokens import PLACE_ROWS, Token, describe_token, find_place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Labels = NDArray[np.int8]

DILATIONS: tuple[int, ...] = (1, 2, 4, 1)
#: References of about one length are tagged together; more would leave the processor's cache.
BATCH_TOKENS = 6000
#: Token sums kept between calls.
MAX_KNOWN_TOKENS = 200_000


@dataclass(slots=True)
class Tagger:
    """The weights, and the feature sums of the tokens seen so far."""

    weights: "dict[str, Floats]"
    rows: dict[str, int]
    table: "Floats"
    known: "dict[str, int]"
    sums: "Floats"

    def tag(self, references: Sequence[Sequence[Token]]) -> "list[Labels]":
        """The label index of every token of every reference."""
        import numpy as np

        order = sorted((i for i, tokens in enumerate(references) if tokens), key=lambda i: len(references[i]))
        answers: list[Labels] = [np.zeros(0, dtype=np.int8)] * len(references)
        for batch in _cut_batches(order, references):
            for i, labels in zip(batch, self._tag_batch([references[i] for i in batch]), strict=True):
                answers[i] = labels
        return answers

    def _learn_token(self, text: str) -> int:
        """The index of a token's feature sum, made now if the token is new."""
        import numpy as np

        if len(self.known) >= MAX_KNOWN_TOKENS:
            self.known.clear()
        index = len(self.known)
        if index >= len(self.sums):
            self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
        rows = [self.rows[feature] for feature in describe_token(text) if feature in self.rows]
        self.sums[index] = self.table[rows].sum(axis=0) if rows else 0
        self.known[text] = index
        return index

    def _tag_batch(self, batch: Sequence[Sequence[Token]]) -> "Iterator[Labels]":
        import numpy as np

        time = len(batch[-1])
        sizes = np.array([len(tokens) for tokens in batch])
        ids = np.zeros((len(batch), time), dtype=np.int64)
        places = np.zeros((len(batch), time), dtype=np.int64)
        spaces = np.full((len(batch), time), 2)
        known, learn = self.known, self._learn_token
        for i, tokens in enumerate(batch):
            count = len(tokens)
            ids[i, :count] = [known[t.text] if t.text in known else learn(t.text) for t in tokens]
            starts = np.array([t.start for t in tokens])
            ends = np.array([t.end for t in tokens])
            spaces[i, 0] = 1
            spaces[i, 1:count] = np.where(starts[1:] > ends[:-1], 1, 2)
            places[i, :count] = _places(count)
        mask = (np.arange(time) < sizes[:, None])[:, :, None].astype(np.float32)
        summed = self.sums[ids] + self.table[places] + self.table[spaces]
        paths = self._decode(self._score(summed, mask), sizes)
        return (paths[i, : sizes[i]] for i in range(len(batch)))

    def _score(self, summed: "Floats", mask: "Floats") -> "Floats":
        """Emissions [n, time, labels]."""
        import numpy as np

        weights = self.weights
        state = np.maximum(_apply(summed, weights["enter"]), 0) * mask
        for i, dilation in enumerate(DILATIONS):
            if i % 2 == 0:
                pooled = np.concatenate([state.sum(axis=1) / mask.sum(axis=1), state.max(axis=1)], axis=1)
                whole = _apply(pooled, weights[f"whole{i // 2}"])
                state = np.maximum(state + whole[:, None, :], 0) * mask
            state = (state + np.maximum(_convolve(state, weights[f"layer{i}"], dilation), 0)) * mask
        return _apply(state, weights["leave"])

    def _decode(self, emissions: "Floats", sizes: "NDArray[np.int64]") -> "Labels":
        """The best path of each row (Viterbi)."""
        import numpy as np

        n, time, count = emissions.shape
        scores = self.weights["transitions"]
        best = emissions[:, 0] + self.weights["begin"]
        back = np.zeros((time, n, count), dtype=np.int8)
        for t in range(1, time):
            steps = best[:, :, None] + scores
            back[t] = steps.argmax(axis=1)
            new = steps.max(axis=1) + emissions[:, t]
            best = np.where((t < sizes)[:, None], new, best)
        paths = np.zeros((n, time), dtype=np.int8)
        label = best.argmax(axis=1)
        rows = np.arange(n)
        for t in range(time - 1, -1, -1):
            inside = t < sizes
            paths[:, t] = np.where(inside, label, 0)
            label = np.where(inside, back[t, rows, label], label)
        return paths


def _cut_batches(order: Sequence[int], references: Sequence[Sequence[Token]]) -> Iterator[list[int]]:
    batch: list[int] = []
    for i in order:
        if batch and (len(batch) + 1) * len(references[i]) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


@lru_cache(maxsize=512)
def _places(count: int) -> tuple[int, ...]:
    return tuple(find_place(k, count) for k in range(count))


def _apply(values: "Floats", weight: "Floats") -> "Floats":
    """A linear layer; the last row of the weight is the bias."""
    result: Floats = values @ weight[:-1] + weight[-1]
    return result


def _convolve(state: "Floats", weight: "Floats", dilation: int) -> "Floats":
    """A convolution of width 3 over time, zeros outside."""
    size = state.shape[2]
    result: Floats = state @ weight[size : 2 * size] + weight[-1]
    if state.shape[1] > dilation:
        result[:, dilation:] += state[:, :-dilation] @ weight[:size]
        result[:, :-dilation] += state[:, dilation:] @ weight[2 * size : 3 * size]
    return result


def make_tagger(arrays: "dict[str, NDArray[np.generic]]", features: Sequence[str]) -> Tagger:
    """A tagger of the exported weights and the feature names, in the order of their table rows."""
    import numpy as np

    table = arrays["table"].astype(np.float32) * arrays["scale"].astype(np.float32)[0]
    names = set(arrays) - {"table", "scale", "features"}
    weights = {name: np.ascontiguousarray(arrays[name], dtype=np.float32) for name in names}
    weights["begin"] = weights["begin"] + np.array([0 if may_follow("", b) else -1e4 for b in LABELS], dtype=np.float32)
    rows = {feature: PLACE_ROWS + i for i, feature in enumerate(features)}
    return Tagger(weights, rows, table, {}, np.zeros((4096, table.shape[1]), dtype=np.float32))


@lru_cache(maxsize=1)
def load_tagger() -> Tagger:
    """The tagger that ships with the package."""
    import numpy as np

    with files("kg.extract.references").joinpath("weights.npz").open("rb") as file:
        arrays = dict(np.load(file))
    features = arrays.pop("features").tobytes().decode("utf-8").split("\n")
    return make_tagger(arrays, features)
