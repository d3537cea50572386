"""Tunes a sentence encoder to tell which candidate is the best label of its sentence (torch); see `tuned`.

`python -m kg.pipeline.train_labels --encoder FOLDER` calls it. What is learnt stands in `lessons`. Of the encoder
the lower LAYERS are used. The first stays as it is, the others are trained in full, what changed is written as low-rank
deltas.
"""

# mypy: disable-error-code="misc, no-untyped-call, no-any-return, union-attr, arg-type, operator, type-arg"
# torch is no dependency of the project: with it installed its types are too loose, without it they are Any.

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from kg.annotate.statements.train.pack import write_deltas
from kg.annotate.statements.train.tuning import FROZEN_LAYERS, compute_frozen, pad_hidden, run_layer
from kg.annotate.statements.wordpiece import WordPiece, load_wordpiece
from kg.extract.labels.examples import Example
from kg.extract.labels.lessons import BATCH, LabelHeads, Lesson, make_lesson
from kg.extract.labels.tuned import cut_pieces, find_places

LAYERS, EPOCHS = 4, 4
_ENCODER_RATE, _HEAD_RATE, _WARM_UP, _DROPOUT = 1e-4, 2e-3, 0.08, 0.1
_INNER = 64


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as the encoder reads it, and what it teaches.

    tokens: shape (tokens, pieces), each row the mean over a token's pieces.
    """

    pieces: tuple[int, ...]
    tokens: torch.Tensor
    lesson: Lesson


class TunedLabels(LabelHeads):
    """The trained layers, and the heads over what they see."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__(encoder.config.hidden_size, _INNER, _DROPOUT)
        self.heads = encoder.config.num_attention_heads
        self.layers = torch.nn.ModuleList(list(encoder.encoder.layer)[FROZEN_LAYERS:LAYERS])

    def see(self, hidden: Sequence[torch.Tensor]) -> torch.Tensor:
        """Hidden states of the first layers -> those of the last, shape (rows, pieces of the longest, width)."""
        states, mask = pad_hidden(hidden)
        for layer in self.layers:
            states = run_layer(layer, states, mask, self.heads)
        return states.float()


def make_row(example: Example, tokenizer: WordPiece) -> Row:
    """One sentence as pieces and masks."""
    pieces = cut_pieces(tokenizer, example.text)
    places = find_places(tokenizer, example.text, [(token.idx, token.text) for token in example.tokens])
    tokens = torch.zeros(len(example.tokens), len(pieces))
    for number, (first, last) in enumerate(places):
        tokens[number, first:last] = 1.0 / max(1, last - first)
    return Row(pieces, tokens, make_lesson(example))


def tune(encoder: torch.nn.Module, rows: Sequence[Row], *, epochs: int = EPOCHS, seed: int = 0) -> TunedLabels:
    """The encoder's upper layers and the heads, trained on the rows."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 (an order, not a secret)
    tuned, lower = TunedLabels(encoder), [compute_frozen(encoder, list(row.pieces)) for row in rows]
    layers = list(tuned.layers.parameters())
    heads = [p for name, p in tuned.named_parameters() if not name.startswith("layers.")]
    rates = (_ENCODER_RATE, _HEAD_RATE)
    optimizer = torch.optim.AdamW([{"params": layers}, {"params": heads}], weight_decay=0.01, fused=True)
    lengths, judged = [len(row.pieces) for row in rows], [row.lesson.judged for row in rows]
    plan = [batch for _ in range(epochs) for batch in _draw_batches(lengths, judged, chance)]
    tuned.train()
    for step, batch in enumerate(plan):
        factor = min(1.0, (step + 1) / (_WARM_UP * len(plan))) * max(0.01, 1 - step / len(plan))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        seen = tuned.see([lower[i] for i in batch])
        losses = []
        for states, row in zip(seen, (rows[i] for i in batch), strict=True):
            tokens = tuned.dropout(row.tokens @ states[: row.tokens.shape[1]])
            losses.append(tuned.compute_loss(tokens, row.lesson))
        optimizer.zero_grad()
        torch.stack(losses).mean().backward()
        torch.nn.utils.clip_grad_norm_(layers, 1.0)
        optimizer.step()
    return tuned.eval()


def _draw_batches(lengths: Sequence[int], judged: Sequence[bool], chance: random.Random) -> list[list[int]]:
    """Batches of indices of sentences of like length, judged ones apart from the others, in random order."""
    batches = []
    for part in (True, False):
        noise = {
            i: n + 20 * chance.random() for i, (n, one) in enumerate(zip(lengths, judged, strict=True)) if one is part
        }
        ordered = sorted(noise, key=noise.__getitem__)
        size = BATCH if part else 2 * BATCH
        batches += [ordered[i : i + size] for i in range(0, len(ordered), size)]
    chance.shuffle(batches)
    return batches


def find_deltas(tuned: TunedLabels, before: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What training changed, by the names of the encoder's weights, and the heads that choose labels as head.NAME."""
    changed = {f"head.{name}": weights for name, weights in tuned.find_heads().items()}
    for name, parameter in tuned.layers.named_parameters():
        number, _, rest = name.partition(".")
        key = f"encoder.layer.{int(number) + FROZEN_LAYERS}.{rest}"
        changed[key] = parameter.detach().numpy() - before[key]
    return changed


def train(examples: Sequence[Example], folder: Path, output: Path, *, epochs: int = EPOCHS) -> None:
    """Tunes the encoder in a folder on the examples and writes what changed."""
    from transformers import AutoModel

    tokenizer = load_wordpiece(folder)
    encoder = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    before = {name: p.detach().numpy().copy() for name, p in encoder.named_parameters()}
    tuned = tune(encoder, [make_row(example, tokenizer) for example in examples], epochs=epochs)
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    write_deltas(output, find_deltas(tuned, before), sha256, layers=LAYERS)
