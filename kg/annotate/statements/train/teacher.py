"""A large encoder, fine-tuned on the readers' labels, that labels unlabelled text for the small models (torch).

Any encoder that transformers knows will do; it is needed for training only. Its log-odds are what the small models
learn from (distillation, Hinton et al. 2015).
"""

# mypy: disable-error-code="misc, no-untyped-call, no-any-return, union-attr, arg-type, operator, type-arg"
# torch is no dependency of the project: with it installed its types are too loose, without it they are Any.

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from kg.annotate.statements.train.gold import LabelledText
from kg.annotate.statements.windows import (
    MAX_HEADING_PIECES,
    MAX_SENTENCE_CHARS,
    MAX_SENTENCE_PIECES,
    MAX_WINDOW_PIECES,
)
from kg.annotate.statements.words import find_headings

_FROZEN_LAYERS = 2
_BATCH_PIECES = 1600
_ENCODER_RATE, _HEAD_RATE, _WARM_UP = 5e-5, 2e-3, 0.08
_POSITIVE_WEIGHT = (1.5, 1.0)
_PIECE_DROPOUT, _HEAD_DROPOUT, _HEAD_SAMPLES = 0.05, 0.2, 4
_SHORTEST_FIRST_WINDOW = 60
_MAX_PIECES = 511


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces of one window, and (start, end, index of the sentence) of what it holds of a text."""

    text: int
    pieces: tuple[int, ...]
    sentences: tuple[tuple[int, int, int], ...]


class Teacher(torch.nn.Module):
    """The encoder with a head over a sentence's mean and end mark."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")
        for module in self.encoder.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0
        for part in (self.encoder.embeddings, *list(self.encoder.encoder.layer)[:_FROZEN_LAYERS]):
            part.requires_grad_(requires_grad=False)
        self.width = self.encoder.config.hidden_size
        self.head = torch.nn.Linear(2 * self.width, 2)
        self.dropout = torch.nn.Dropout(_HEAD_DROPOUT)

    def forward(self, rows: Sequence[Row]) -> torch.Tensor:
        """Log-odds of all sentences of the rows, shape (sentences, 2)."""
        longest = max(len(row.pieces) for row in rows)
        pieces = torch.full((len(rows), longest), self.tokenizer.pad_token_id)
        for i, row in enumerate(rows):
            pieces[i, : len(row.pieces)] = torch.tensor(row.pieces)
        mask = pieces != self.tokenizer.pad_token_id
        if self.training:
            marks = torch.tensor([self.tokenizer.cls_token_id, self.tokenizer.sep_token_id])
            hidden = (torch.rand(pieces.shape) < _PIECE_DROPOUT) & mask & ~torch.isin(pieces, marks)
            pieces = pieces.masked_fill(hidden, self.tokenizer.mask_token_id)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.encoder(input_ids=pieces, attention_mask=mask.long()).last_hidden_state
        vectors = self._pool(states.float(), rows)
        if not self.training:
            return self.head(vectors)
        return torch.stack([self.head(self.dropout(vectors)) for _ in range(_HEAD_SAMPLES)]).mean(0)

    def _pool(self, states: torch.Tensor, rows: Sequence[Row]) -> torch.Tensor:
        sums = functional.pad(states.cumsum(1), (0, 0, 1, 0))
        row = torch.tensor([i for i, r in enumerate(rows) for _ in r.sentences])
        start = torch.tensor([s[0] for r in rows for s in r.sentences])
        end = torch.tensor([s[1] for r in rows for s in r.sentences])
        mean = (sums[row, end] - sums[row, start]) / (end - start).clamp(min=1)[:, None]
        return torch.cat([mean, states[row, end]], dim=1)

    def cut_rows(self, number: int, sentences: Sequence[str], first_limit: int) -> Iterator[Row]:
        """Rows that cover a text once; the first may be given a length of its own."""
        pieces = [self._find_pieces(sentence) for sentence in sentences]
        above = find_headings(sentences)
        i, limit = 0, first_limit
        while i < len(pieces):
            row, found, first = [self.tokenizer.cls_token_id], [], i
            if above[i] >= 0:
                row += [*pieces[above[i]][:MAX_HEADING_PIECES], self.tokenizer.sep_token_id]
            while i < len(pieces) and (i == first or len(row) + len(pieces[i]) + 1 <= limit):
                found.append((len(row), min(len(row) + len(pieces[i]), _MAX_PIECES - 1), i))
                row += [*pieces[i], self.tokenizer.sep_token_id]
                i += 1
            yield Row(number, tuple(row[:_MAX_PIECES]), tuple(found))
            limit = MAX_WINDOW_PIECES

    def _find_pieces(self, sentence: str) -> list[int]:
        ids = self.tokenizer(sentence[:MAX_SENTENCE_CHARS], add_special_tokens=False, verbose=False)["input_ids"]
        return ids[:MAX_SENTENCE_PIECES] or [self.tokenizer.unk_token_id]


def train_teacher(folder: Path, texts: Sequence[LabelledText], *, epochs: int = 4, seed: int = 0) -> Teacher:
    """The encoder of a folder fine-tuned on labelled texts, each epoch with windows cut anew."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 (an order, not a secret)
    teacher = Teacher(folder)
    weights = [p for p in teacher.encoder.parameters() if p.requires_grad]
    groups = [{"params": weights, "lr": _ENCODER_RATE}, {"params": teacher.head.parameters(), "lr": _HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    plan = [batch for _ in range(epochs) for batch in _draw_batches(teacher, texts, chance)]
    teacher.train()
    for step, batch in enumerate(plan):
        factor = min(1.0, (step + 1) / (_WARM_UP * len(plan))) * max(0.01, 1 - step / len(plan))
        for group, rate in zip(optimizer.param_groups, (_ENCODER_RATE, _HEAD_RATE), strict=True):
            group["lr"] = rate * factor
        gold = torch.tensor(np.array([texts[row.text].targets[s[2]] for row in batch for s in row.sentences]))
        weight = torch.tensor(_POSITIVE_WEIGHT)
        loss = functional.binary_cross_entropy_with_logits(teacher(batch), gold.float(), pos_weight=weight)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
    return teacher.eval()


def _draw_batches(teacher: Teacher, texts: Sequence[LabelledText], chance: random.Random) -> list[list[Row]]:
    """Batches of rows of like length, in random order."""
    rows = [
        row
        for number, text in enumerate(texts)
        for row in teacher.cut_rows(number, text.sentences, chance.randint(_SHORTEST_FIRST_WINDOW, MAX_WINDOW_PIECES))
    ]
    rows.sort(key=lambda row: len(row.pieces) + 30 * chance.random())
    batches: list[list[Row]] = [[]]
    for row in rows:
        longest = max(len(row.pieces), len(batches[-1][-1].pieces)) if batches[-1] else 0
        if (len(batches[-1]) + 1) * longest > _BATCH_PIECES:
            batches.append([])
        batches[-1].append(row)
    chance.shuffle(batches)
    return batches


def compute_labels(teacher: Teacher, texts: Sequence[Sequence[str]]) -> list[NDArray[np.float32]]:
    """Log-odds of dilemma and remedy for the sentences of each text, shape (sentences, 2) each."""
    found = [np.zeros((len(sentences), 2), np.float32) for sentences in texts]
    rows = [row for n, text in enumerate(texts) for row in teacher.cut_rows(n, text, MAX_WINDOW_PIECES)]
    rows.sort(key=lambda row: len(row.pieces))
    with torch.no_grad():
        for i in range(0, len(rows), 8):
            batch = rows[i : i + 8]
            scores = iter(teacher(batch).numpy())
            for row in batch:
                for _, _, index in row.sentences:
                    found[row.text][index] = next(scores)
    return found
