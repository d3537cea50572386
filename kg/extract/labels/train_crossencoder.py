"""Tunes a sentence encoder to say how probably a label marked in its sentence is right (torch); see `crossencoder`.

`python -m kg.pipeline.train_crossencoder` calls it. The embeddings and the first layer stay as they are, the others
begin as they were tuned to judge statements and are trained in full; what changed is written as low-rank deltas.
"""

# mypy: disable-error-code="misc, no-untyped-call, no-any-return, union-attr, arg-type, operator, type-arg"
# torch is no dependency of the project: with it installed its types are too loose, without it they are Any.

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from kg.annotate.statements.encoder import read_judge
from kg.annotate.statements.train.pack import write_deltas
from kg.annotate.statements.train.tuning import FROZEN_LAYERS, compute_frozen, pad_hidden, run_layer
from kg.annotate.statements.wordpiece import load_wordpiece
from kg.extract.labels.crossencoder import KINDS, Lesson, Row, mark_pieces
from kg.model import KgError

EPOCHS, BATCH = 2, 24
_ENCODER_RATE, _HEAD_RATE, _WARM_UP, _DROPOUT = 6e-5, 1e-3, 0.06, 0.1
#: Labels in a batch are of sentences about as long: their lengths differ by chance up to so many pieces.
_LENGTH_NOISE = 12
#: Rank of the deltas: they hold what both tunings changed.
RANK = 48


class TunedVerdicts(torch.nn.Module):
    """The trained layers, and the head over what they see."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.heads = encoder.config.num_attention_heads
        self.layers = torch.nn.ModuleList(list(encoder.encoder.layer)[FROZEN_LAYERS:])
        self.head = torch.nn.Linear(3 * encoder.config.hidden_size, len(KINDS))
        self.dropout = torch.nn.Dropout(_DROPOUT)

    def forward(self, hidden: Sequence[torch.Tensor], rows: Sequence[Row], kinds: Sequence[int]) -> torch.Tensor:
        """Log-odds of each label, shape (rows,). hidden: states after the frozen layers, (pieces, width) each."""
        states, mask = pad_hidden(hidden)
        for layer in self.layers:
            states = run_layer(layer, states, mask, self.heads)
        seen = []
        for state, row in zip(states.float(), rows, strict=True):
            own, held = state[: len(row.pieces)], torch.tensor(row.held)
            seen.append(torch.cat([own[0], own[held].mean(0) if any(row.held) else own.mean(0), own.mean(0)]))
        odds = self.head(self.dropout(torch.stack(seen)))
        return odds[torch.arange(len(rows)), torch.tensor(kinds)]


def tune(
    encoder: torch.nn.Module,
    tokenizer_folder: Path,
    parts: Sequence[Sequence[Lesson]],
    *,
    batch: int = BATCH,
    seed: int = 0,
) -> TunedVerdicts:
    """The encoder's upper layers and the head, trained on one set of verdicts after the other."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 (an order, not a secret)
    tokenizer, tuned = load_wordpiece(tokenizer_folder), TunedVerdicts(encoder)
    layers = list(tuned.layers.parameters())
    rates = (_ENCODER_RATE, _HEAD_RATE)
    optimizer = torch.optim.AdamW([{"params": layers}, {"params": tuned.head.parameters()}], weight_decay=0.01)
    plan = [
        [(one, row) for one, row in drawn]
        for part in parts
        for drawn in _draw_batches([(one, mark_pieces(tokenizer, one.marked)) for one in part], batch, chance)
    ]
    tuned.train()
    for step, drawn in enumerate(plan):
        factor = min(1.0, (step + 1) / (_WARM_UP * len(plan))) * max(0.01, 1 - step / len(plan))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        hidden = [compute_frozen(encoder, list(row.pieces)) for _, row in drawn]
        odds = tuned(hidden, [row for _, row in drawn], [KINDS.index(one.marked.kind) for one, _ in drawn])
        wanted, counts = (torch.tensor([float(getattr(one, name)) for one, _ in drawn]) for name in ("right", "counts"))
        loss = functional.binary_cross_entropy_with_logits(odds, wanted, weight=counts)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(layers, 1.0)
        optimizer.step()
    return tuned.eval()


def _draw_batches(
    rows: Sequence[tuple[Lesson, Row]], size: int, chance: random.Random
) -> list[list[tuple[Lesson, Row]]]:
    """Batches of rows of like length, in random order."""
    ordered = sorted(rows, key=lambda pair: len(pair[1].pieces) + _LENGTH_NOISE * chance.random())
    batches = [list(ordered[i : i + size]) for i in range(0, len(ordered), size)]
    chance.shuffle(batches)
    return batches


def find_deltas(tuned: TunedVerdicts, before: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What training changed, by the names of the encoder's weights, and the head as head.weight and head.bias."""
    changed = {f"head.{name}": p.detach().numpy() for name, p in tuned.head.named_parameters()}
    for name, parameter in tuned.layers.named_parameters():
        number, _, rest = name.partition(".")
        key = f"encoder.layer.{int(number) + FROZEN_LAYERS}.{rest}"
        changed[key] = parameter.detach().numpy() - before[key]
    return changed


def train(parts: Sequence[Sequence[Lesson]], folder: Path, output: Path) -> TunedVerdicts:
    """Tunes the encoder in a folder on the verdicts and writes what changed."""
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    before = {name: p.detach().numpy().copy() for name, p in encoder.named_parameters()}
    begin_as_judge(encoder, folder)
    tuned = tune(encoder, folder, parts)
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    write_deltas(output, find_deltas(tuned, before), sha256, rank=RANK)
    return tuned


def begin_as_judge(encoder: torch.nn.Module, folder: Path) -> None:
    """Gives the encoder the weights with which it judges statements, where it was tuned for that."""
    try:
        weights = read_judge(folder).bert.weights
    except KgError:
        return
    with torch.no_grad():
        for name, parameter in encoder.named_parameters():
            if name in weights:
                parameter.copy_(torch.tensor(np.asarray(weights[name])))
