"""Fine-tunes a BERT-type encoder on labelled sentences in their windows (torch), in 16-bit brain floats.

The embeddings and the first layer are left as they are and run once; the layers above are trained in full. What
changed is then written as low-rank deltas (`train/pack.py`). Soft labels (probabilities) are taken as they come.
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

from kg.annotate.statements.train.gold import LabelledText
from kg.annotate.statements.windows import MAX_HEADING_PIECES, MAX_WINDOW_PIECES, find_sentence_pieces
from kg.annotate.statements.wordpiece import WordPiece, load_wordpiece
from kg.annotate.statements.words import find_headings

FROZEN_LAYERS = 1
_BATCH_PIECES = 1600
_ENCODER_RATE, _HEAD_RATE, _WARM_UP = 1e-4, 2e-3, 0.08
_POSITIVE_WEIGHT = (1.5, 1.0)
_PIECE_DROPOUT, _HEAD_DROPOUT, _HEAD_SAMPLES = 0.05, 0.2, 4
_MASKED = -30_000.0


@dataclass(frozen=True, slots=True)
class TuningWindow:
    """Hidden states below the trained layers, and (start, end, dilemma, remedy) of each sentence."""

    hidden: torch.Tensor
    sentences: tuple[tuple[int, int, float, float], ...]


class Tuned(torch.nn.Module):
    """The trained layers and the head over a sentence's mean and end mark."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.heads = encoder.config.num_attention_heads
        self.layers = torch.nn.ModuleList(list(encoder.encoder.layer)[FROZEN_LAYERS:])
        self.head = torch.nn.Linear(2 * encoder.config.hidden_size, 2)
        self.dropout = torch.nn.Dropout(_HEAD_DROPOUT)

    def forward(self, windows: Sequence[TuningWindow]) -> torch.Tensor:
        """Log-odds of all sentences of the windows, shape (sentences, 2)."""
        hidden, mask = pad_hidden([window.hidden for window in windows])
        if self.training:
            hidden = hidden * (torch.rand(*hidden.shape[:2], 1) > _PIECE_DROPOUT)
        for layer in self.layers:
            hidden = run_layer(layer, hidden, mask, self.heads)
        hidden = hidden.float()
        sums = functional.pad(hidden.cumsum(1), (0, 0, 1, 0))
        row = torch.tensor([i for i, window in enumerate(windows) for _ in window.sentences])
        start = torch.tensor([s[0] for window in windows for s in window.sentences])
        end = torch.tensor([s[1] for window in windows for s in window.sentences])
        mean = (sums[row, end] - sums[row, start]) / (end - start)[:, None]
        vectors = torch.cat([mean, hidden[row, end]], dim=1)
        if not self.training:
            return self.head(vectors)
        return torch.stack([self.head(self.dropout(vectors)) for _ in range(_HEAD_SAMPLES)]).mean(0)


def run_layer(layer: torch.nn.Module, x: torch.Tensor, mask: torch.Tensor, heads: int) -> torch.Tensor:
    """One BERT layer in the number type of its input."""

    def apply(linear: torch.nn.Module, y: torch.Tensor) -> torch.Tensor:
        return functional.linear(y, linear.weight.to(y.dtype), linear.bias.to(y.dtype))

    def normalize(norm: torch.nn.Module, y: torch.Tensor) -> torch.Tensor:
        return functional.layer_norm(y, y.shape[-1:], norm.weight.to(y.dtype), norm.bias.to(y.dtype), norm.eps)

    own, (rows, pieces, width) = layer.attention.self, x.shape
    q, k, v = (apply(f, x).view(rows, pieces, heads, -1).transpose(1, 2) for f in (own.query, own.key, own.value))
    attention = torch.softmax(q @ k.transpose(-1, -2) * (width // heads) ** -0.5 + mask, dim=-1)
    joined = (attention @ v).transpose(1, 2).reshape(rows, pieces, width)
    x = normalize(layer.attention.output.LayerNorm, apply(layer.attention.output.dense, joined) + x)
    inner = functional.gelu(apply(layer.intermediate.dense, x))
    return normalize(layer.output.LayerNorm, apply(layer.output.dense, inner) + x)


def pad_hidden(rows: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows padded to the longest, and the attention mask that hides the padding."""
    padded = torch.nn.utils.rnn.pad_sequence(list(rows), batch_first=True)
    mask = torch.zeros(len(rows), 1, 1, padded.shape[1], dtype=padded.dtype)
    for i, row in enumerate(rows):
        mask[i, ..., len(row) :] = _MASKED
    return padded, mask


def cut_tuning_rows(
    tokenizer: WordPiece, text: LabelledText, chance: random.Random
) -> Iterator[tuple[list[int], tuple[tuple[int, int, float, float], ...]]]:
    """Rows that cover a text once, the first of a random length so that every epoch may cut differently."""
    pieces, above = find_sentence_pieces(tokenizer, text.sentences), find_headings(text.sentences)
    start_mark, end_mark = tokenizer.get_number("[CLS]"), tokenizer.get_number("[SEP]")
    first, limit = 0, chance.randint(60, MAX_WINDOW_PIECES)
    while first < len(pieces):
        row, sentences, i = [start_mark], [], first
        if above[first] >= 0:
            row += [*pieces[above[first]][:MAX_HEADING_PIECES], end_mark]
        while i < len(pieces) and (i == first or len(row) + len(pieces[i]) + 1 <= limit):
            dilemma, remedy = (float(p) for p in text.targets[i])
            sentences.append((len(row), len(row) + len(pieces[i]), dilemma, remedy))
            row += [*pieces[i], end_mark]
            i += 1
        yield row, tuple(sentences)
        first, limit = i, MAX_WINDOW_PIECES


def compute_windows(
    encoder: torch.nn.Module, folder: Path, texts: Sequence[LabelledText], seed: int
) -> list[TuningWindow]:
    """The windows of the texts with their hidden states after the frozen layers."""
    tokenizer, chance = load_wordpiece(folder), random.Random(seed)  # noqa: S311 (a cut, not a secret)
    rows = [row for text in texts for row in cut_tuning_rows(tokenizer, text, chance)]
    return [TuningWindow(compute_frozen(encoder, pieces), sentences) for pieces, sentences in rows]


def compute_frozen(encoder: torch.nn.Module, pieces: list[int]) -> torch.Tensor:
    """The hidden states of a row of pieces after the layers that stay as they are, shape (pieces, width)."""
    with torch.no_grad():
        hidden = encoder.embeddings(input_ids=torch.tensor([pieces])).to(torch.bfloat16)
        for layer in list(encoder.encoder.layer)[:FROZEN_LAYERS]:
            nothing = torch.zeros(1, dtype=hidden.dtype)
            hidden = run_layer(layer, hidden, nothing, encoder.config.num_attention_heads)
    return hidden[0]


def tune(encoder: torch.nn.Module, variants: Sequence[list[TuningWindow]], *, epochs: int = 4, seed: int = 0) -> Tuned:
    """The encoder's upper layers trained on one variant of the windows an epoch."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 (an order, not a secret)
    tuned = Tuned(encoder)
    layers, head = list(tuned.layers.parameters()), list(tuned.head.parameters())
    groups = [{"params": layers, "lr": _ENCODER_RATE}, {"params": head, "lr": _HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    plan = [batch for e in range(epochs) for batch in _draw_batches(variants[e % len(variants)], chance)]
    tuned.train()
    for step, batch in enumerate(plan):
        factor = min(1.0, (step + 1) / (_WARM_UP * len(plan))) * max(0.01, 1 - step / len(plan))
        for group, rate in zip(optimizer.param_groups, (_ENCODER_RATE, _HEAD_RATE), strict=True):
            group["lr"] = rate * factor
        gold = torch.tensor([[s[2], s[3]] for window in batch for s in window.sentences])
        weight = torch.tensor(_POSITIVE_WEIGHT)
        loss = functional.binary_cross_entropy_with_logits(tuned(batch), gold, pos_weight=weight)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(layers, 1.0)
        optimizer.step()
    return tuned.eval()


def _draw_batches(windows: list[TuningWindow], chance: random.Random) -> list[list[TuningWindow]]:
    """Batches of windows of like length, in random order."""
    ordered = sorted(windows, key=lambda w: len(w.hidden) + 30 * chance.random())
    batches: list[list[TuningWindow]] = [[]]
    for window in ordered:
        if (
            batches[-1]
            and (len(batches[-1]) + 1) * max(len(window.hidden), len(batches[-1][-1].hidden)) > _BATCH_PIECES
        ):
            batches.append([])
        batches[-1].append(window)
    chance.shuffle(batches)
    return batches


def find_deltas(tuned: torch.nn.Module, before: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """What training changed, by the names of the encoder's weights; the head as head.weight and head.bias."""
    changed = {}
    for name, parameter in tuned.layers.named_parameters():
        number, _, rest = name.partition(".")
        key = f"encoder.layer.{int(number) + FROZEN_LAYERS}.{rest}"
        changed[key] = parameter.detach().numpy() - before[key]
    return changed | {f"head.{name}": p.detach().numpy() for name, p in tuned.head.named_parameters()}
