"""Tunes a sentence encoder to tell which candidate is the best label of its sentence (torch); see `tuned`.

`python -m kg.pipeline.train_labels --encoder FOLDER` calls it. It learns from judged labels which candidates are right
and which words the best label keeps, and from readers' phrases which words stand in them. Of the encoder the lower
LAYERS are used. The first stays as it is, the others are trained in full, what changed is written as low-rank deltas.
"""

# mypy: disable-error-code="misc, no-untyped-call, no-any-return, union-attr, arg-type, operator, type-arg"
# torch is no dependency of the project: with it installed its types are too loose, without it they are Any.

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from kg.annotate.statements.train.pack import write_deltas
from kg.annotate.statements.train.tuning import FROZEN_LAYERS, compute_frozen, pad_hidden, run_layer
from kg.annotate.statements.wordpiece import WordPiece, load_wordpiece
from kg.extract.labels.candidates import find_choices
from kg.extract.labels.shares import compute_shares, load_weights
from kg.extract.labels.train import LEAST_WORTH, Example, compute_worths, find_tokens
from kg.extract.labels.tuned import BEFORE_GAP, BEHIND_GAP, FIRST, INSIDE, LAST, cut_pieces, find_places
from kg.extract.words import find_stems

LAYERS, EPOCHS, BATCH = 4, 4, 8
#: How sharply the target prefers the best candidate.
TEMPERATURE = 0.15
_ENCODER_RATE, _HEAD_RATE, _WARM_UP, _DROPOUT = 1e-4, 2e-3, 0.08, 0.1
_INNER = 64


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as the encoder reads it, and what it teaches.

    tokens: shape (tokens, pieces), each row the mean over a token's pieces; choices: shape (candidates, tokens), 1
    where a token is in; gaps: the same, 1 at the token before a gap, and at the one behind it; ends: first and last
    token of each; target: what share of the choice each candidate should have, none of a sentence with a phrase only;
    held: of each token whether it stands in the best label or phrase; counts: 0 for tokens that say nothing.
    """

    pieces: tuple[int, ...]
    column: int
    tokens: torch.Tensor
    choices: torch.Tensor
    gaps: tuple[torch.Tensor, torch.Tensor]
    ends: tuple[torch.Tensor, torch.Tensor]
    target: torch.Tensor
    held: torch.Tensor
    counts: torch.Tensor
    judged: bool


class TunedLabels(torch.nn.Module):
    """The trained layers, and heads over each word and over each candidate as a whole."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.heads = encoder.config.num_attention_heads
        self.layers = torch.nn.ModuleList(list(encoder.encoder.layer)[FROZEN_LAYERS:LAYERS])
        self.phrase = torch.nn.Linear(width, 2)
        self.word = torch.nn.Linear(width, 10)
        self.inner = torch.nn.Linear(4 * width, _INNER)
        self.outer = torch.nn.Linear(_INNER, 2)
        self.dropout = torch.nn.Dropout(_DROPOUT)

    def see(self, hidden: Sequence[torch.Tensor]) -> torch.Tensor:
        """Hidden states of the first layers -> those of the last, shape (rows, pieces of the longest, width)."""
        states, mask = pad_hidden(hidden)
        for layer in self.layers:
            states = run_layer(layer, states, mask, self.heads)
        return states.float()

    def compute_worths(self, tokens: torch.Tensor, row: Row) -> tuple[torch.Tensor, torch.Tensor]:
        """The worth of each candidate, and of each token the log-odds of standing in the best label.

        tokens: the vectors of the row's tokens, shape (tokens, width). As `tuned.compute_worths`.
        """
        words = self.word(tokens).view(len(tokens), 5, 2)[:, :, row.column]
        (first, last), (before, behind) = row.ends, row.gaps
        means = (row.choices @ tokens) / row.choices.sum(1, keepdim=True)
        whole = tokens.mean(0, keepdim=True)
        seen = torch.cat([means, tokens[first], tokens[last], means * whole], 1)
        worths = self.outer(torch.relu(self.inner(seen)))[:, row.column]
        worths = worths + row.choices @ words[:, INSIDE] + words[first, FIRST] + words[last, LAST]
        return worths + before @ words[:, BEFORE_GAP] + behind @ words[:, BEHIND_GAP], words[:, INSIDE]

    def compute_loss(self, states: torch.Tensor, row: Row) -> torch.Tensor:
        """What one sentence's candidates and words are missed by."""
        tokens = self.dropout(row.tokens @ states[: row.tokens.shape[1]])
        if not row.judged:
            return _compute_word_loss(self.phrase(tokens)[:, row.column], row)
        worths, words = self.compute_worths(tokens, row)
        loss = _compute_word_loss(words, row)
        return loss - (row.target * torch.log_softmax(worths, 0)).sum() if len(row.target) else loss


def _compute_word_loss(odds: torch.Tensor, row: Row) -> torch.Tensor:
    losses = functional.binary_cross_entropy_with_logits(odds, row.held, weight=row.counts, reduction="sum")
    return losses / row.counts.sum().clamp(min=1.0)


def make_row(example: Example, tokenizer: WordPiece) -> Row:
    """One sentence as pieces and masks."""
    pieces = cut_pieces(tokenizer, example.text)
    places = find_places(tokenizer, example.text, [(token.idx, token.text) for token in example.tokens])
    size, frame = len(example.tokens), example.frame
    tokens = torch.zeros(size, len(pieces))
    for number, (first, last) in enumerate(places):
        tokens[number, first:last] = 1.0 / max(1, last - first)
    shares = compute_shares(frame, load_weights(frame.kind))
    choices = find_choices(frame, shares, wide=True) if example.judgement else []
    chosen, before, behind = (torch.zeros(len(choices), size) for _ in range(3))
    for number, choice in enumerate(choices):
        chosen[number, list(choice)] = 1.0
        for one, other in pairwise(choice):
            if other > one + 1:
                before[number, one] = behind[number, other] = 1.0
    return Row(
        pieces=pieces,
        column=0 if frame.kind == "d" else 1,
        tokens=tokens,
        choices=chosen,
        gaps=(before, behind),
        ends=(_count(choice[0] for choice in choices), _count(choice[-1] for choice in choices)),
        target=_find_target(np.array(compute_worths(example, choices))),
        held=torch.tensor(_find_held(example), dtype=torch.float32),
        counts=torch.tensor([float(bool(find_stems(word))) for word in frame.words]),
        judged=example.judgement is not None,
    )


def _count(numbers: Iterable[int]) -> torch.Tensor:
    return torch.tensor(list(numbers), dtype=torch.long)


def _find_target(worths: np.ndarray) -> torch.Tensor:
    if not len(worths) or worths.max() < LEAST_WORTH:
        return torch.zeros(0)
    shares = np.exp((worths - worths.max()) / TEMPERATURE)
    return torch.tensor(shares / shares.sum(), dtype=torch.float32)


def _find_held(example: Example) -> list[float]:
    if example.judgement:
        best = find_tokens(example, example.judgement.best)
        return [float(number in best) for number in range(len(example.tokens))]
    wanted = set(find_stems(example.phrase))
    return [float(bool(wanted & set(find_stems(word)))) for word in example.frame.words]


def tune(encoder: torch.nn.Module, rows: Sequence[Row], *, epochs: int = EPOCHS, seed: int = 0) -> TunedLabels:
    """The encoder's upper layers and the heads, trained on the rows."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 (an order, not a secret)
    tuned, lower = TunedLabels(encoder), [compute_frozen(encoder, list(row.pieces)) for row in rows]
    layers = list(tuned.layers.parameters())
    heads = [p for name, p in tuned.named_parameters() if not name.startswith("layers.")]
    rates = (_ENCODER_RATE, _HEAD_RATE)
    optimizer = torch.optim.AdamW([{"params": layers}, {"params": heads}], weight_decay=0.01, fused=True)
    plan = [batch for _ in range(epochs) for batch in _draw_batches(rows, chance)]
    tuned.train()
    for step, batch in enumerate(plan):
        factor = min(1.0, (step + 1) / (_WARM_UP * len(plan))) * max(0.01, 1 - step / len(plan))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        seen = tuned.see([lower[i] for i in batch])
        losses = [tuned.compute_loss(states, rows[i]) for states, i in zip(seen, batch, strict=True)]
        optimizer.zero_grad()
        torch.stack(losses).mean().backward()
        torch.nn.utils.clip_grad_norm_(layers, 1.0)
        optimizer.step()
    return tuned.eval()


def _draw_batches(rows: Sequence[Row], chance: random.Random) -> list[list[int]]:
    """Batches of indices of rows of like length, judged ones apart from the others, in random order."""
    batches = []
    for judged in (True, False):
        noise = {i: len(row.pieces) + 20 * chance.random() for i, row in enumerate(rows) if row.judged is judged}
        ordered = sorted(noise, key=noise.__getitem__)
        size = BATCH if judged else 2 * BATCH
        batches += [ordered[i : i + size] for i in range(0, len(ordered), size)]
    chance.shuffle(batches)
    return batches


def find_deltas(tuned: TunedLabels, before: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What training changed, by the names of the encoder's weights, and the heads that choose labels as head.NAME."""
    changed = {}
    for name, parameter in tuned.layers.named_parameters():
        number, _, rest = name.partition(".")
        key = f"encoder.layer.{int(number) + FROZEN_LAYERS}.{rest}"
        changed[key] = parameter.detach().numpy() - before[key]
    for head in ("word", "inner", "outer"):
        for name, parameter in getattr(tuned, head).named_parameters():
            changed[f"head.{head}.{name}"] = parameter.detach().numpy()
    return changed


def train(examples: Sequence[Example], folder: Path, output: Path, *, epochs: int = EPOCHS) -> None:
    """Tunes the encoder in a folder on the examples and writes what changed."""
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    before = {name: p.detach().numpy().copy() for name, p in encoder.named_parameters()}
    tokenizer = load_wordpiece(folder)
    tuned = tune(encoder, [make_row(example, tokenizer) for example in examples], epochs=epochs)
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    write_deltas(output, find_deltas(tuned, before), sha256, layers=LAYERS)
