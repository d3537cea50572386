"""Trains the small network of the default level (torch) on gold labels and on what a tuned encoder thinks and sees.

Source: Hinton et al. 2015, Distilling the knowledge in a neural network; `seen`. The forward pass is that of
`kg.annotate.statements.network`, which runs the result without torch.
"""

# mypy: disable-error-code="misc, no-untyped-call, no-any-return, union-attr, arg-type, operator, type-arg"
# torch is no dependency of the project: with it installed its types are too loose, without it they are Any.

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from kg.annotate.statements.bert import Bert, compute_hidden
from kg.annotate.statements.features import find_features
from kg.annotate.statements.network import MAX_CHARS, MAX_PIECES, SHAPE_BUCKETS
from kg.annotate.statements.train.gold import LabelledText
from kg.annotate.statements.wordpiece import WordPiece
from kg.annotate.statements.words import find_headings

#: Width of the vectors of a piece: the one given, and the one learnt beside it.
PIECE_WIDTH, OWN_WIDTH = 64, 128
WIDTH, SHAPE_WIDTH, STATE_WIDTH, CONVOLUTIONS, ATTENTIONS = 192, 48, 64, 2, 4
_DROPOUT, _PIECE_DROPOUT = 0.3, 0.1
_RATE, _PIECE_RATE, _WARM_UP = 2e-3, 5e-4, 0.05
_POSITIVE_WEIGHT = (1.5, 1.0)
#: How much it counts whether the network sees what the encoder sees.
_SEEN_COUNTS = 2.0
_BATCH_SENTENCES, _MAX_RUN, _MIN_RUN = 200, 48, 24


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive sentences: pieces and shape buckets of each, index of the heading above or -1, targets (n, 2).

    seen: what the encoder sees of each, shape (n, directions); no directions if it was not asked.
    """

    pieces: list[list[int]]
    shapes: list[list[int]]
    above: list[int]
    targets: NDArray[np.float32]
    seen: NDArray[np.float32]

    def cut(self, start: int, end: int) -> "Run":
        """The sentences from start to end; a heading above outside of them is forgotten."""
        above = [index - start if index >= start else -1 for index in self.above[start:end]]
        part = slice(start, end)
        return Run(self.pieces[part], self.shapes[part], above, self.targets[part], self.seen[part])


def make_run(tokenizer: WordPiece, text: LabelledText) -> Run:
    """A labelled text as the network sees it."""
    unknown = [tokenizer.get_number("[UNK]")]
    pieces = [tokenizer.find_pieces(s[:MAX_CHARS])[:MAX_PIECES] or unknown for s in text.sentences]
    shapes = [sorted({bucket % SHAPE_BUCKETS for bucket in g[-1][0]}) for g in find_features(text.sentences)]
    seen = text.seen if text.seen is not None else np.zeros((len(pieces), 0), np.float32)
    return Run(pieces, shapes, find_headings(text.sentences), text.targets, seen)


def compute_piece_vectors(bert: Bert, tokenizer: WordPiece, width: int = PIECE_WIDTH) -> NDArray[np.float32]:
    """A vector for each piece: principal components of the encoder's input and output for it alone."""
    start, end = tokenizer.get_number("[CLS]"), tokenizer.get_number("[SEP]")
    own = _centre(bert.weights["embeddings.word_embeddings.weight"])
    rows = [[start, piece, end] for piece in range(len(own))]
    alone = np.array([row[1] for i in range(0, len(rows), 256) for row in compute_hidden(bert, rows[i : i + 256])])
    joined = np.concatenate([own, _centre(alone)], axis=1)
    joined -= joined.mean(axis=0)
    directions = np.linalg.svd(joined.T @ joined)[0][:, :width]
    vectors: NDArray[np.float32] = joined @ directions
    return vectors / vectors.std()


def _centre(x: NDArray[np.float32]) -> NDArray[np.float32]:
    centred = x - x.mean(axis=0)
    unit: NDArray[np.float32] = centred / np.maximum(1e-6, np.linalg.norm(centred, axis=1, keepdims=True))
    return unit


class StudentNetwork(torch.nn.Module):
    """The trainable twin of `kg.annotate.statements.network`; its parameter names are those of the file.

    Beside them it has `seen`, which tells what the encoder sees, if anything, and is left behind after the training.
    frozen: whether the piece vectors given stay as they are; a vector of its own is learnt beside each anyhow.
    """

    def __init__(
        self, piece_vectors: NDArray[np.float32], unknown: int, *, directions: int = 0, frozen: bool = False
    ) -> None:
        super().__init__()
        self.unknown = unknown
        self.emb = torch.nn.Embedding.from_pretrained(torch.tensor(piece_vectors), freeze=frozen)
        self.own = torch.nn.Embedding(len(piece_vectors), OWN_WIDTH)
        torch.nn.init.normal_(self.own.weight, 0, 0.1)
        self.inp = torch.nn.Linear(piece_vectors.shape[1] + OWN_WIDTH, WIDTH)
        self.conv = torch.nn.ModuleList(torch.nn.Conv1d(WIDTH, WIDTH, 3, padding=1) for _ in range(CONVOLUTIONS))
        self.ln = torch.nn.ModuleList(torch.nn.LayerNorm(WIDTH) for _ in range(CONVOLUTIONS))
        self.att = torch.nn.Linear(WIDTH, ATTENTIONS)
        self.sh = torch.nn.EmbeddingBag(SHAPE_BUCKETS, SHAPE_WIDTH, mode="sum")
        torch.nn.init.normal_(self.sh.weight, 0, 0.1)
        self.red = torch.nn.Linear(WIDTH * (1 + ATTENTIONS) + SHAPE_WIDTH, WIDTH)
        self.gru = torch.nn.GRU(WIDTH * 2, STATE_WIDTH, bidirectional=True, batch_first=True)
        self.o1 = torch.nn.Linear(WIDTH + 2 * STATE_WIDTH, WIDTH)
        self.o2 = torch.nn.Linear(WIDTH, 2)
        self.seen = torch.nn.Linear(WIDTH, directions) if directions else None
        self.drop = torch.nn.Dropout(_DROPOUT)

    def forward(self, runs: Sequence[Run]) -> torch.Tensor:
        """Log-odds of all sentences of the runs, shape (sentences, 2)."""
        return self.o2(self.drop(self.read(runs)))

    def compute_loss(self, runs: Sequence[Run]) -> torch.Tensor:
        """How far what it thinks of the sentences, and what it sees in them, is from what the runs say."""
        read = self.read(runs)
        targets = torch.tensor(np.concatenate([run.targets for run in runs]), dtype=torch.float32)
        weight = torch.tensor(_POSITIVE_WEIGHT)
        loss = functional.binary_cross_entropy_with_logits(self.o2(self.drop(read)), targets, pos_weight=weight)
        if self.seen is None:
            return loss
        seen = torch.tensor(np.concatenate([run.seen for run in runs]))
        return loss + _SEEN_COUNTS * functional.mse_loss(self.seen(read), seen)

    def read(self, runs: Sequence[Run]) -> torch.Tensor:
        """All sentences of the runs with what stands around them, shape (sentences, WIDTH)."""
        words = self.read_words([pieces for run in runs for pieces in run.pieces])
        shapes = [buckets for run in runs for buckets in run.shapes]
        offsets = torch.tensor(np.cumsum([0, *map(len, shapes[:-1])]))
        shape = self.sh(torch.tensor(np.concatenate(shapes).astype(np.int64)), offsets) / 4
        vectors = functional.relu(self.red(self.drop(torch.cat([words, shape], dim=1))))
        sizes = [len(run.pieces) for run in runs]
        starts = np.cumsum([0, *sizes[:-1]])
        heading = torch.tensor(
            [s + i if i >= 0 else -1 for s, run in zip(starts, runs, strict=True) for i in run.above]
        )
        above = vectors[heading.clamp(min=0)] * (heading >= 0)[:, None]
        both = torch.nn.utils.rnn.pack_sequence(
            list(torch.split(torch.cat([vectors, above], dim=1), sizes)), enforce_sorted=False
        )
        around = torch.nn.utils.rnn.unpack_sequence(self.gru(both)[0])
        joined = torch.cat([vectors, torch.cat(around)], dim=1)
        return functional.relu(self.o1(self.drop(joined)))

    def read_words(self, sentences: list[list[int]]) -> torch.Tensor:
        """Largest and attended values of each sentence's convolved pieces; an empty place parts the sentences."""
        count = len(sentences)
        flat = torch.tensor([0, *(piece for s in sentences for piece in (*s, 0))])
        owner = torch.tensor([count, *(i for k, s in enumerate(sentences) for i in (*[k] * len(s), count))])
        mask = (owner < count).float()[:, None]
        if self.training:
            flat = torch.where(torch.rand(len(flat)) < _PIECE_DROPOUT, torch.tensor(self.unknown), flat)
        x = self.inp(self.drop(torch.cat([self.emb(flat), self.own(flat)], dim=1))) * mask
        for convolution, norm in zip(self.conv, self.ln, strict=True):
            x = (x + functional.relu(norm(convolution(x.T[None])[0].T))) * mask
        largest = torch.zeros(count + 1, WIDTH).scatter_reduce(
            0, owner[:, None].expand(-1, WIDTH), x, "amax", include_self=False
        )
        weight = torch.exp(self.att(x).clamp(-8, 8)) * mask
        total = torch.zeros(count + 1, ATTENTIONS).index_add(0, owner, weight)
        summed = torch.zeros(count + 1, ATTENTIONS, WIDTH).index_add(0, owner, weight[:, :, None] * x[:, None, :])
        attended = summed / (total[:, :, None] + 1e-6)
        return torch.cat([largest, attended.flatten(1)], dim=1)[:count]


def train_network(student: StudentNetwork, runs: Sequence[Run], *, epochs: int, seed: int = 0) -> StudentNetwork:
    """The network trained on the runs, cut anew into stretches each epoch."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 (an order, not a secret)
    pieces = [student.emb.weight] if student.emb.weight.requires_grad else []
    others = [p for name, p in student.named_parameters() if name != "emb.weight"]
    groups = [{"params": pieces, "lr": _PIECE_RATE, "weight_decay": 0.0}, {"params": others, "lr": _RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    plan = [batch for _ in range(epochs) for batch in _draw_batches(runs, chance)]
    student.train()
    for step, batch in enumerate(plan):
        factor = min(1.0, (step + 1) / (_WARM_UP * len(plan))) * max(0.02, 1 - step / len(plan))
        for group, rate in zip(optimizer.param_groups, (_PIECE_RATE, _RATE), strict=True):
            group["lr"] = rate * factor
        loss = student.compute_loss(batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(student.parameters(), 2.0)
        optimizer.step()
    return student.eval()


def _draw_batches(runs: Sequence[Run], chance: random.Random) -> list[list[Run]]:
    stretches = [stretch for run in runs for stretch in _cut_stretches(run, chance)]
    chance.shuffle(stretches)
    batches: list[list[Run]] = [[]]
    for stretch in stretches:
        if sum(len(run.pieces) for run in batches[-1]) >= _BATCH_SENTENCES:
            batches.append([])
        batches[-1].append(stretch)
    return batches


def _cut_stretches(run: Run, chance: random.Random) -> list[Run]:
    stretches, start, size = [], 0, len(run.pieces)
    while start < size:
        end = size if size - start <= _MAX_RUN else start + chance.randint(_MIN_RUN, _MAX_RUN)
        stretches.append(run.cut(start, end))
        start = end
    return stretches
