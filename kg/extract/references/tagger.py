"""The trained tagger at work: numpy alone, many references at once.

Summed token features, dilated convolutions, Viterbi over a linear-chain CRF; made by kg.extract.references.training.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.extract.references.labels import LABELS, may_follow
from kg.extract.references.pieces import Pieces, load_pieces
from kg.extract.references.tokens import PLACE_ROWS, Token, describe_token, find_place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Labels = NDArray[np.int8]

DILATIONS: tuple[int, ...] = (1, 2, 4, 1)
#: References of about one length are tagged together; more would leave the processor's cache.
BATCH_TOKENS = 2500
#: Empty steps between two references, as many as the farthest convolution reaches.
GAP = max(DILATIONS)
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
    pieces: Pieces | None = None
    room: "tuple[Floats, ...]" = ()

    def tag(self, references: Sequence[Sequence[Token]]) -> "list[Labels]":
        """The label index of every token of every reference."""
        import numpy as np

        order = sorted((i for i, tokens in enumerate(references) if tokens), key=lambda i: len(references[i]))
        answers: list[Labels] = [np.zeros(0, dtype=np.int8)] * len(references)
        for batch in _cut_batches(order, references):
            for i, labels in zip(batch, self._tag_batch([references[i] for i in batch]), strict=True):
                answers[i] = labels
        return answers

    def _learn(self, batch: Sequence[Sequence[Token]]) -> None:
        """Make the feature sums of the tokens not met before."""
        import numpy as np

        if len(self.known) > MAX_KNOWN_TOKENS:
            self.known = {"": 0}
        new = list(dict.fromkeys(token.text for tokens in batch for token in tokens if token.text not in self.known))
        if not new:
            return
        get = self.rows.get
        bags = [[row for row in map(get, describe_token(text)) if row is not None] or [0] for text in new]
        starts = np.cumsum([0, *(len(bag) for bag in bags[:-1])])
        sums = np.add.reduceat(self.table[[row for bag in bags for row in bag]], starts)
        if self.pieces:
            width = self.pieces.vectors.shape[1]
            sums[:, -width:] = self.pieces.mean_vectors(new)
        first = len(self.known)
        while first + len(new) > len(self.sums):
            self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
        self.sums[first : first + len(new)] = sums
        self.known.update((text, first + i) for i, text in enumerate(new))

    def _tag_batch(self, batch: Sequence[Sequence[Token]]) -> "Iterator[Labels]":
        """All references lie in one long row with gaps between, so that none sees its neighbours."""
        import numpy as np

        self._learn(batch)
        known = self.known
        sizes = np.array([len(tokens) for tokens in batch])
        begins = np.cumsum([0, *(sizes[:-1] + GAP)])
        ids: list[int] = []
        glued: list[int] = []
        for tokens in batch:
            ids += [known[token.text] for token in tokens] + [0] * GAP
            ends = [-1, *(token.end for token in tokens)]
            glued += [2 if token.start == end else 1 for token, end in zip(tokens, ends, strict=False)] + [0] * GAP
        places = np.concatenate([_places(len(tokens)) for tokens in batch])
        summed = self.sums[ids] + self.table[places] + self.table[glued]
        emissions = self._score(summed, np.flatnonzero(np.array(glued) == 0), begins, sizes)
        rows = np.minimum(begins[:, None] + np.arange(sizes[-1]), len(ids) - 1)
        paths = self._decode(emissions[rows.T], sizes)
        return (paths[i, :size] for i, size in enumerate(sizes))

    def _score(
        self, summed: "Floats", gaps: "NDArray[np.int64]", begins: "NDArray[np.int64]", sizes: "NDArray[np.int64]"
    ) -> "Floats":
        """Emissions [tokens and gaps, labels]; gaps: the rows between references, kept at 0.

        Everything is written into the same arrays: fresh ones cost more than the arithmetic.
        """
        import numpy as np

        weights = self.weights
        state, update, parts = self._make_room(len(summed))
        np.matmul(summed, weights["enter"][:-1], out=state)
        state += weights["enter"][-1]
        np.maximum(state, 0, out=state)
        state[gaps] = 0
        for i, dilation in enumerate(DILATIONS):
            if i % 2 == 0:
                means = np.add.reduceat(state, begins) / sizes[:, None].astype(np.float32)
                pooled = np.concatenate([means, np.maximum.reduceat(state, begins)], axis=1)
                state += np.repeat(_apply(pooled, weights[f"whole{i // 2}"]), sizes + GAP, axis=0)
                np.maximum(state, 0, out=state)
                state[gaps] = 0
            np.matmul(state, weights[f"layer{i}"][:-1], out=parts)
            _add_steps(parts, weights[f"layer{i}"][-1], dilation, out=update)
            np.maximum(update, 0, out=update)
            state += update
            state[gaps] = 0
        return _apply(state, weights["leave"])

    def _make_room(self, count: int) -> "tuple[Floats, Floats, Floats]":
        """Arrays of `count` rows for the state, its update and the parts of a convolution."""
        import numpy as np

        hidden = self.weights["enter"].shape[1]
        if not self.room or count > len(self.room[0]):
            self.room = tuple(np.empty((count, width), dtype=np.float32) for width in (hidden, hidden, 3 * hidden))
        state, update, parts = (array[:count] for array in self.room)
        return state, update, parts

    def _decode(self, emissions: "Floats", sizes: "NDArray[np.int64]") -> "Labels":
        """The best path of each row (Viterbi). emissions: [time, n, labels]; sizes ascend."""
        import numpy as np

        time, n, count = emissions.shape
        scores = self.weights["transitions"]
        best = emissions[0] + self.weights["begin"]
        back = np.zeros((time, n, count), dtype=np.int8)
        # Rows that have ended come first and are left alone.
        ended = np.searchsorted(sizes, np.arange(time), side="right")
        for t in range(1, time):
            steps = best[ended[t] :, :, None] + scores
            back[t, ended[t] :] = steps.argmax(axis=1)
            best[ended[t] :] = steps.max(axis=1) + emissions[t, ended[t] :]
        paths = np.zeros((n, time), dtype=np.int8)
        label = best.argmax(axis=1)
        rows = np.arange(n)
        for t in range(time - 1, -1, -1):
            at = ended[t]
            paths[at:, t] = label[at:]
            label[at:] = back[t, rows[at:], label[at:]]
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
def _places(count: int) -> "NDArray[np.int64]":
    """Table rows of the places of a reference's tokens and of the gap after it."""
    import numpy as np

    return np.array([*(find_place(k, count) for k in range(count)), *[0] * GAP])


def _apply(values: "Floats", weight: "Floats") -> "Floats":
    """A linear layer; the last row of the weight is the bias."""
    result: Floats = values @ weight[:-1] + weight[-1]
    return result


def _add_steps(parts: "Floats", bias: "Floats", dilation: int, *, out: "Floats") -> None:
    """The sum of a convolution's three steps; parts: [tokens, 3 * hidden] for before, here and after."""
    import numpy as np

    size = out.shape[1]
    np.add(parts[:, size : 2 * size], bias[:size], out=out)
    out[dilation:] += parts[:-dilation, :size]
    out[:-dilation] += parts[dilation:, 2 * size :]


def _spread(weight: "Floats") -> "Floats":
    """A convolution's weight [3 * hidden + 1, hidden] with its three steps side by side: [hidden + 1, 3 * hidden]."""
    import numpy as np

    size = weight.shape[1]
    steps = np.hstack([weight[:size], weight[size : 2 * size], weight[2 * size : 3 * size]])
    return np.vstack([steps, np.tile(weight[-1], 3)])


def make_tagger(arrays: "dict[str, NDArray[np.generic]]", features: Sequence[str]) -> Tagger:
    """A tagger of the exported weights and the feature names, in the order of their table rows."""
    import numpy as np

    table = arrays["table"].astype(np.float32) * arrays["scale"].astype(np.float32)[0]
    names = set(arrays) - {"table", "scale", "features"}
    weights = {name: np.ascontiguousarray(arrays[name], dtype=np.float32) for name in names}
    extra = len(weights["enter"]) - 1 - table.shape[1]
    table = np.hstack([table, np.zeros((len(table), extra), dtype=np.float32)])
    for name in names:
        if name.startswith("layer"):
            weights[name] = np.ascontiguousarray(_spread(weights[name]))
    labels = LABELS[: len(weights["begin"])]
    weights["begin"] = weights["begin"] + np.array([0 if may_follow("", b) else -1e4 for b in labels], dtype=np.float32)
    rows = {feature: PLACE_ROWS + i for i, feature in enumerate(features)}
    return Tagger(
        weights,
        rows,
        table,
        {"": 0},
        np.zeros((4096, table.shape[1]), dtype=np.float32),
        load_pieces() if extra else None,
    )


@lru_cache(maxsize=1)
def load_tagger() -> Tagger:
    """The tagger that ships with the package."""
    import numpy as np

    with files("kg.extract.references").joinpath("weights.npz").open("rb") as file:
        arrays = dict(np.load(file))
    features = arrays.pop("features").tobytes().decode("utf-8").split("\n")
    return make_tagger(arrays, features)
