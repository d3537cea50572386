"""Trains the small network that says how probably a label marked in its sentence is right (torch); see `reading`.

`python -m kg.pipeline.train_reading` calls it. What the network that chooses labels sees of the words stays as it is.
"""

# mypy: disable-error-code="misc, no-untyped-call, no-any-return, union-attr, arg-type, operator, type-arg"
# torch is no dependency of the project: with it installed its types are too loose, without it they are Any.

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from kg.extract.labels.frame import Frame
from kg.extract.labels.reading import RELATIONS, relate_tokens, see_words

WIDTH, BLOCKS, EPOCHS, BATCH = 160, 2, 4, 48
_INNER, _DROPOUT, _RATE, _DECAY, _WARM_UP = 64, 0.15, 2e-3, 0.03, 0.05


@dataclass(frozen=True, slots=True)
class Taught:
    """A label of a sentence, how probably it is right, and how much that counts. chosen: indices of its tokens."""

    frame: Frame
    chosen: tuple[int, ...]
    right: float
    counts: float = 1.0


@lru_cache(maxsize=50_000)
def remember_rows(frame: Frame) -> np.ndarray:
    """What is known of a sentence's words whatever the label; frames are told apart by themselves."""
    return see_words(frame)


class Sentences:
    """Several sentences with a label each, one after the other: what the network reads, token by token.

    of: of each token the number of its sentence; heads: the row of its head; is_child: 0 for roots; joined: whether the
    next token is of the same sentence.
    """

    def __init__(self, taught: Sequence[Taught]) -> None:
        frames = [one.frame for one in taught]
        starts = np.cumsum([0, *(len(frame.words) for frame in frames)])
        self.count = len(frames)
        self.of = torch.tensor([number for number, frame in enumerate(frames) for _ in frame.words])
        heads = [start + head for start, frame in zip(starts, frames, strict=False) for head in frame.heads]
        self.heads = torch.tensor(heads)
        self.is_child = (self.heads != torch.arange(len(heads))).float()[:, None]
        self.joined = (self.of[1:] == self.of[:-1]).float()[:, None]
        self.words = torch.tensor(np.concatenate([remember_rows(frame) for frame in frames]))
        related = [relate_tokens(one.frame.heads, one.chosen) for one in taught]
        self.relations = torch.tensor(np.concatenate(related))
        self.columns = torch.tensor(["dr".index(frame.kind) for frame in frames])
        firsts = [(start + one.chosen[0], start + one.chosen[-1]) for start, one in zip(starts, taught, strict=False)]
        self.first, self.last = torch.tensor(firsts).T

    def average(self, rows: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        """The weighted mean of each sentence's rows, shape (sentences, width)."""
        sums = torch.zeros(self.count, rows.shape[1]).index_add(0, self.of, rows * weights)
        return sums / torch.zeros(self.count, 1).index_add(0, self.of, weights).clamp(min=1.0)

    def average_children(self, rows: torch.Tensor) -> torch.Tensor:
        """The mean of each token's dependents."""
        sums = torch.zeros_like(rows).index_add(0, self.heads, rows * self.is_child)
        return sums / torch.zeros(len(rows), 1).index_add(0, self.heads, self.is_child).clamp(min=1.0)


class Block(torch.nn.Module):
    """As one turn of `reading.compute_odds`."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.lin = torch.nn.Linear(7 * width, width)
        self.norm = torch.nn.LayerNorm(width)

    def forward(self, rows: torch.Tensor, read: Sentences) -> torch.Tensor:
        """Better vectors of all tokens."""
        nothing = torch.zeros(1, rows.shape[1])
        before, behind = torch.cat([nothing, rows[:-1] * read.joined]), torch.cat([rows[1:] * read.joined, nothing])
        means = [read.average(rows, weights)[read.of] for weights in (read.relations[:, :1], torch.ones(len(rows), 1))]
        seen = [rows, before, behind, rows[read.heads], read.average_children(rows), *means]
        return torch.relu(self.norm(self.lin(torch.cat(seen, 1))))


class Reading(torch.nn.Module):
    """The network, by the names of `reading.compute_odds`."""

    def __init__(self, word_width: int) -> None:
        super().__init__()
        self.kinds = torch.nn.Parameter(torch.zeros(2, WIDTH))
        self.words = torch.nn.Linear(word_width, WIDTH)
        self.relations = torch.nn.Linear(RELATIONS, WIDTH, bias=False)
        self.norm = torch.nn.LayerNorm(WIDTH)
        self.blocks = torch.nn.ModuleList([Block(WIDTH) for _ in range(BLOCKS)])
        self.inner = torch.nn.Linear(4 * WIDTH, _INNER)
        self.outer = torch.nn.Linear(_INNER, 2)
        self.dropout = torch.nn.Dropout(_DROPOUT)

    def forward(self, read: Sentences) -> torch.Tensor:
        """The log-odds of each label, shape (sentences,)."""
        told = self.words(self.dropout(read.words)) + self.relations(read.relations) + self.kinds[read.columns[read.of]]
        rows = self.dropout(torch.relu(self.norm(told)))
        for block in self.blocks:
            rows = rows + self.dropout(block(rows, read))
        means = [read.average(rows, weights) for weights in (read.relations[:, :1], torch.ones(len(rows), 1))]
        hidden = torch.relu(self.inner(torch.cat([*means, rows[read.first], rows[read.last]], 1)))
        return self.outer(self.dropout(hidden))[torch.arange(read.count), read.columns]


def fit(
    taught: Sequence[Taught], sure: Sequence[Taught] = (), *, epochs: int = EPOCHS, batch: int = BATCH, seed: int = 0
) -> Reading:
    """The network trained on what is taught, EPOCHS times in random order, and at last once on what is sure."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 (an order, not a secret)
    network = Reading(remember_rows([*taught, *sure][0].frame).shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=_DECAY)
    plan = [drawn for part in (*[taught] * epochs, sure) for drawn in _draw_batches(part, batch, chance)]
    network.train()
    for step, drawn in enumerate(plan):
        factor = min(1.0, (step + 1) / (_WARM_UP * len(plan))) * max(0.01, 1 - step / len(plan))
        for group in optimizer.param_groups:
            group["lr"] = _RATE * factor
        wanted, counts = (torch.tensor([float(getattr(one, name)) for one in drawn]) for name in ("right", "counts"))
        odds = network(Sentences(drawn))
        loss = functional.binary_cross_entropy_with_logits(odds, wanted, weight=counts)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
    return network.eval()


def _draw_batches(taught: Sequence[Taught], size: int, chance: random.Random) -> list[list[Taught]]:
    order = list(taught)
    chance.shuffle(order)
    return [order[i : i + size] for i in range(0, len(order), size)]


def write_network(path: Path, network: Reading) -> None:
    """The network as one .npz file of 16-bit arrays."""
    arrays = {name: p.detach().numpy().astype(np.float16) for name, p in network.named_parameters()}
    np.savez_compressed(path, allow_pickle=False, **arrays)
