"""Trains the small network that chooses labels without an encoder (torch); see `network`.

`python -m kg.pipeline.train_labels` calls it. What is learnt stands in `lessons`: what readers said, and what the tuned
encoder thinks of many more sentences. The vectors of word pieces are those of the network that judges statements and
stay as they are. Training may go on from the network of before, whose pieces may have known less.
"""

# mypy: disable-error-code="misc, no-untyped-call, no-any-return, union-attr, arg-type, operator, type-arg"
# torch is no dependency of the project: with it installed its types are too loose, without it they are Any.

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from kg.extract.labels.examples import Example
from kg.extract.labels.frame import Frame
from kg.extract.labels.lessons import BATCH, LabelHeads, Lesson, make_lesson, make_taught_lesson
from kg.extract.labels.network import CATEGORIES, describe_tokens, find_dependents, find_word_vectors
from kg.extract.labels.opinions import Opinion

WIDTH, BLOCKS, EPOCHS = 192, 3, 7
#: Dilemmas count for so much more than remedies, of which there are thrice as many.
DILEMMAS_COUNT = 1.5
_INNER, _DROPOUT, _DECAY, _WARM_UP = 32, 0.2, 0.03, 0.05
#: How fast is learnt at most, from nothing and from a network of before.
_RATE, _SLOWER = 2e-3, 1e-3


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as the network reads it, and what it teaches.

    words: shape (tokens, piece width); categories: shape (tokens, CATEGORIES), 1 for those of a token; heads: of each
    token its head; dependents: shape (heads, tokens), the share of each in the mean of its head's dependents.
    """

    words: torch.Tensor
    categories: torch.Tensor
    heads: torch.Tensor
    dependents: torch.Tensor
    lesson: Lesson


class Block(torch.nn.Module):
    """A token, its neighbours, its head, its dependents and all tokens -> a better vector of it."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.lin = torch.nn.Linear(6 * width, width)
        self.norm = torch.nn.LayerNorm(width)

    def forward(self, tokens: torch.Tensor, row: Row) -> torch.Tensor:
        """As one turn of `network.compute_rows`."""
        nothing = torch.zeros(1, tokens.shape[1])
        before, behind = torch.cat([nothing, tokens[:-1]]), torch.cat([tokens[1:], nothing])
        common = tokens.mean(0, keepdim=True).expand(len(tokens), -1)
        seen = torch.cat([tokens, before, behind, tokens[row.heads], row.dependents @ tokens, common], 1)
        return tokens + torch.relu(self.norm(self.lin(seen)))


class NetworkLabels(LabelHeads):
    """The network, and the heads over what it sees."""

    def __init__(self, piece_width: int) -> None:
        super().__init__(WIDTH, _INNER, _DROPOUT)
        self.kinds = torch.nn.Parameter(torch.zeros(2, WIDTH))
        self.pieces = torch.nn.Linear(piece_width, WIDTH)
        self.categories = torch.nn.Linear(CATEGORIES, WIDTH, bias=False)
        self.norm = torch.nn.LayerNorm(WIDTH)
        self.blocks = torch.nn.ModuleList([Block(WIDTH) for _ in range(BLOCKS)])

    def see(self, row: Row) -> torch.Tensor:
        """The vectors of a sentence's tokens, shape (tokens, WIDTH), as `network.compute_rows`."""
        told = self.pieces(self.dropout(row.words)) + self.categories(row.categories) + self.kinds[row.lesson.column]
        tokens = self.dropout(torch.relu(self.norm(told)))
        for block in self.blocks:
            tokens = self.dropout(block(tokens, row))
        return tokens


def make_row(frame: Frame, lesson: Lesson) -> Row:
    """One sentence as the network reads it."""
    categories = torch.zeros(len(frame.words), CATEGORIES)
    for token, numbers in enumerate(describe_tokens(frame)):
        categories[token, numbers] = 1.0
    words, dependents = torch.tensor(find_word_vectors(frame)), torch.tensor(find_dependents(frame))
    return Row(words, categories, torch.tensor(frame.heads), dependents, lesson)


def fit(rows: Sequence[Row], *, before: Path | None = None, epochs: int = EPOCHS, seed: int = 0) -> NetworkLabels:
    """The network and its heads, trained on the rows.

    before: the file of a network to go on from.
    """
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 (an order, not a secret)
    network = NetworkLabels(rows[0].words.shape[1])
    if before is not None:
        begin_with(network, before)
    rate = _RATE if before is None else _SLOWER
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=_DECAY)
    plan = [batch for _ in range(epochs) for batch in _draw_batches(len(rows), chance)]
    network.train()
    for step, batch in enumerate(plan):
        factor = min(1.0, (step + 1) / (_WARM_UP * len(plan))) * max(0.01, 1 - step / len(plan))
        for group in optimizer.param_groups:
            group["lr"] = rate * factor
        losses = [
            find_count(rows[i].lesson) * network.compute_loss(network.see(rows[i]), rows[i].lesson) for i in batch
        ]
        optimizer.zero_grad()
        torch.stack(losses).mean().backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
    return network.eval()


def begin_with(network: NetworkLabels, path: Path) -> None:
    """Gives a network the weights of a file; what that knew nothing of begins at nothing."""
    with np.load(path, allow_pickle=False) as archive, torch.no_grad():
        for name, parameter in network.named_parameters():
            if name in archive:
                known = torch.tensor(archive[name].astype(np.float32))
                parameter.zero_()
                parameter[tuple(slice(size) for size in known.shape)] = known


def find_count(lesson: Lesson) -> float:
    """How much a lesson counts beside others."""
    return DILEMMAS_COUNT if lesson.column == 0 else 1.0


def _draw_batches(count: int, chance: random.Random) -> list[list[int]]:
    order = list(range(count))
    chance.shuffle(order)
    return [order[i : i + BATCH] for i in range(0, count, BATCH)]


def write_network(path: Path, network: NetworkLabels) -> None:
    """The network as one .npz file of 16-bit arrays, without the head that only readers' phrases teach."""
    arrays = {name: p.detach().numpy().astype(np.float16) for name, p in network.named_parameters()}
    kept = {name: array for name, array in arrays.items() if not name.startswith("phrase.")}
    np.savez_compressed(path, allow_pickle=False, **kept)


def train(
    examples: Sequence[Example],
    opinions: Sequence[Opinion],
    output: Path,
    *,
    before: Path | None = None,
    epochs: int = EPOCHS,
) -> None:
    """Trains the network on what readers and a tuned encoder said, from nothing or from one of before; writes it."""
    rows = [make_row(one.frame, make_lesson(one)) for one in examples]
    rows += [make_row(one.frame, make_taught_lesson(one)) for one in opinions]
    write_network(output, fit(rows, before=before, epochs=epochs))
