"""The tagger as trained: summed token features, a few convolutions, a linear-chain CRF with partial labels.

The CRF is Lafferty et al. 2001; a token may have a set of labels (Tsuboi et al. 2008), and the loss is
log Z of everything minus log Z of what the sets allow.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor, nn

from kg.extract.references.labels import LABELS, may_follow
from kg.extract.references.pieces import load_pieces
from kg.extract.references.tokens import PLACE_ROWS, describe_token, find_place
from kg.extract.references.training.labelling import Example

DILATIONS: tuple[int, ...] = (1, 2, 4, 1)
FORBIDDEN = -1e4


@lru_cache(maxsize=400_000)
def _find_meaning(text: str) -> np.ndarray:
    vector: np.ndarray = load_pieces().mean_vectors([text])[0]
    return vector


class Batch:
    """Examples as padded arrays. tokens: rows of `bags`; allowed: bool [n, time, labels]; mask: bool [n, time]."""

    def __init__(self, examples: Sequence[Example], vocabulary: dict[str, int]) -> None:
        n, time = len(examples), max(len(example.texts) for example in examples)
        unique: dict[str, int] = {}
        self.tokens = torch.zeros(n, time, dtype=torch.long)
        self.places = torch.zeros(n, time, dtype=torch.long)
        self.spaces = torch.zeros(n, time, dtype=torch.long)
        bits = np.zeros((n, time), dtype=np.int64)
        self.mask = torch.zeros(n, time, dtype=torch.bool)
        for i, example in enumerate(examples):
            size = len(example.texts)
            self.mask[i, :size] = True
            bits[i, :size] = example.masks
            self.tokens[i, :size] = torch.tensor([unique.setdefault(text, len(unique)) for text in example.texts])
            self.spaces[i, :size] = torch.tensor([1 if spaced else 2 for spaced in example.spaced])
            self.places[i, :size] = torch.tensor([find_place(k, size) for k in range(size)])
        self.allowed = torch.from_numpy((bits[:, :, None] >> np.arange(len(LABELS))) & 1).bool()
        bags = [[vocabulary[f] for f in describe_token(text) if f in vocabulary] or [0] for text in unique]
        self.features = torch.tensor([row for bag in bags for row in bag])
        self.offsets = torch.tensor(np.cumsum([0, *map(len, bags)])[:-1])
        self.meanings = torch.from_numpy(np.stack([_find_meaning(text) for text in unique]))


class Tagger(nn.Module):
    """Emission scores of every label for every token, and the transitions between labels."""

    def __init__(self, rows: int, *, size: int = 64, hidden: int = 96) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(rows, size, mode="sum")
        nn.init.normal_(self.table.weight, std=0.1)
        self.enter = nn.Linear(size + load_pieces().vectors.shape[1], hidden)
        self.whole = nn.ModuleList(nn.Linear(2 * hidden, hidden) for _ in range(2))
        self.layers = nn.ModuleList(nn.Conv1d(hidden, hidden, 3, padding=d, dilation=d) for d in DILATIONS)
        self.leave = nn.Linear(hidden, len(LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.begin = nn.Parameter(torch.zeros(len(LABELS)))
        self.drop = nn.Dropout(0.2)
        forbidden = torch.tensor([[not may_follow(a, b) for b in LABELS] for a in LABELS])
        self._impossible = forbidden

    def forward(self, batch: Batch, *, hide: float = 0.0) -> Tensor:
        """Emissions [n, time, labels]. hide: share of text features and of meanings left out at random."""
        features = batch.features.masked_fill(torch.rand(batch.features.shape) < hide, 0)
        bags = self.table(features, batch.offsets)
        rows = self.table.weight
        summed = bags[batch.tokens] + rows[batch.places] + rows[batch.spaces]
        meanings = batch.meanings.masked_fill(torch.rand(len(batch.meanings), 1) < hide, 0)[batch.tokens]
        summed = torch.cat([summed, meanings], dim=2)
        mask = batch.mask[:, :, None].float()
        state = torch.relu(self.enter(self.drop(summed))) * mask
        for i, layer in enumerate(self.layers):
            if i % 2 == 0:
                mean = state.sum(1) / mask.sum(1)
                whole = self.whole[i // 2](torch.cat([mean, state.max(1).values], dim=1))
                state = torch.relu(state + whole[:, None, :]) * mask
            update = torch.relu(layer(state.transpose(1, 2)).transpose(1, 2))
            state = (state + self.drop(update)) * mask
        emissions: Tensor = self.leave(state)
        return emissions

    def compute_loss(self, emissions: Tensor, batch: Batch) -> Tensor:
        """Mean over examples of log Z minus log Z of the allowed labels."""
        allowed = emissions.masked_fill(~batch.allowed, FORBIDDEN)
        return (self._sum_paths(emissions, batch.mask) - self._sum_paths(allowed, batch.mask)).mean()

    def scores(self) -> Tensor:
        """Transition scores with the impossible ones forbidden."""
        return self.transitions.masked_fill(self._impossible, FORBIDDEN)

    def _sum_paths(self, emissions: Tensor, mask: Tensor) -> Tensor:
        begin = self.begin.masked_fill(torch.tensor([not may_follow("", b) for b in LABELS]), FORBIDDEN)
        scores = self.scores()
        alpha = begin + emissions[:, 0]
        for t in range(1, emissions.shape[1]):
            step = torch.logsumexp(alpha[:, :, None] + scores, dim=1) + emissions[:, t]
            alpha = torch.where(mask[:, t, None], step, alpha)
        return torch.logsumexp(alpha, dim=1)

    def to_arrays(self) -> dict[str, np.ndarray]:
        """The weights by name as kg.extract.references.tagger reads them."""
        linear = {"enter": self.enter, "leave": self.leave, **{f"whole{i}": w for i, w in enumerate(self.whole)}}
        arrays = {name: np.vstack([_to_array(w.weight).T, _to_array(w.bias)]) for name, w in linear.items()}
        for i, layer in enumerate(self.layers):
            weight = _to_array(layer.weight).transpose(2, 1, 0)
            arrays[f"layer{i}"] = np.vstack([weight.reshape(-1, weight.shape[2]), _to_array(layer.bias)])
        table = _to_array(self.table.weight)
        scale = np.abs(table).max() / 127
        arrays["table"] = np.round(table / scale).astype(np.int8)
        arrays["scale"] = np.array([scale], dtype=np.float32)
        arrays["transitions"] = self.scores().detach().numpy()
        arrays["begin"] = self.begin.detach().numpy()
        return arrays


def _to_array(tensor: object) -> np.ndarray:
    """A parameter as a numpy array of its own."""
    if not isinstance(tensor, Tensor):
        raise TypeError("a layer without this parameter")
    array: np.ndarray = tensor.detach().numpy().copy()
    return array


def make_vocabulary(examples: Sequence[Example], *, at_least: int = 3) -> dict[str, int]:
    """Features that occur in `at_least` examples -> rows of the table, after the rows of places."""
    counts: dict[str, int] = {}
    for example in examples:
        seen = {feature for text in set(example.texts) for feature in describe_token(text)}
        for feature in seen:
            counts[feature] = counts.get(feature, 0) + 1
    kept = sorted(feature for feature, count in counts.items() if count >= at_least)
    return {feature: PLACE_ROWS + i for i, feature in enumerate(kept)}
