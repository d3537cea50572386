"""Tunes a sentence encoder to tell which words of a sentence stand in the phrase that a reader gave it (torch).

    python -m kg.extract.labels.train_tuned TRAIN.tsv ENCODER_FOLDER [--test TEST.tsv] [-o encoder.npz]

Of the encoder the lower LAYERS are used; all of them tell no more. The first stays as it is, the others are trained in
full, what changed is written as low-rank deltas. Prints the mean log loss of the words
of the test file by what was written, for each kind.
"""

# mypy: disable-error-code="misc, no-untyped-call, no-any-return, union-attr, arg-type, operator, type-arg"
# torch is no dependency of the project: with it installed its types are too loose, without it they are Any.

import argparse
import hashlib
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from kg.annotate.statements.encoder import make_judge
from kg.annotate.statements.train.pack import write_deltas
from kg.annotate.statements.train.tuning import FROZEN_LAYERS, compute_frozen, find_deltas, pad_hidden, run_layer
from kg.annotate.statements.wordpiece import WordPiece, load_wordpiece
from kg.extract.labels.train import Labelled, read_labelled
from kg.extract.labels.tuned import DELTAS, MAX_CHARS, MAX_PIECES, compute_letter_odds
from kg.extract.words import find_stems

LAYERS, EPOCHS, BATCH = 4, 3, 16
_ENCODER_RATE, _HEAD_RATE, _WARM_UP, _DROPOUT = 1e-4, 2e-3, 0.08, 0.1
_COLUMNS = {"dilemma": 0, "remedy": 1}


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces of a sentence with its marks; for each piece and kind whether it stands in the phrase, and how much that
    counts: a word's pieces together 1, a mark and a kind that the sentence does not state 0.
    """

    pieces: list[int]
    held: torch.Tensor
    counts: torch.Tensor


class TunedWords(torch.nn.Module):
    """The trained layers and a head over each piece."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.heads = encoder.config.num_attention_heads
        self.layers = torch.nn.ModuleList(list(encoder.encoder.layer)[FROZEN_LAYERS:LAYERS])
        self.head = torch.nn.Linear(encoder.config.hidden_size, 2)
        self.dropout = torch.nn.Dropout(_DROPOUT)

    def forward(self, rows: Sequence[torch.Tensor]) -> torch.Tensor:
        """Log-odds of the pieces, shape (rows, pieces of the longest, 2)."""
        hidden, mask = pad_hidden(rows)
        for layer in self.layers:
            hidden = run_layer(layer, hidden, mask, self.heads)
        return self.head(self.dropout(hidden.float()))


def make_row(labelled: Labelled, tokenizer: WordPiece) -> Row:
    """One labelled sentence as pieces."""
    pieces = tokenizer.find_pieces(labelled.text[:MAX_CHARS])[:MAX_PIECES]
    held, counts = torch.zeros(len(pieces) + 2, 2), torch.zeros(len(pieces) + 2, 2)
    wanted = {_COLUMNS[kind]: set(find_stems(phrase)) for kind, phrase in labelled.phrases.items()}
    letters, first, at = "".join(labelled.text.split()), 1, 0
    for size, length in tokenizer.find_words(labelled.text[:MAX_CHARS]):
        last = min(first + size, len(pieces) + 1)
        stems = set(find_stems(letters[at : at + length]))
        for column, phrase in wanted.items():
            held[first:last, column] = float(bool(stems & phrase))
            counts[first:last, column] = float(bool(stems)) / size
        first, at = last, at + length
    return Row([tokenizer.get_number("[CLS]"), *pieces, tokenizer.get_number("[SEP]")], held, counts)


def tune(encoder: torch.nn.Module, rows: Sequence[Row], *, epochs: int = EPOCHS, seed: int = 0) -> TunedWords:
    """The encoder's upper layers and a head, trained on the rows."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 (an order, not a secret)
    tuned, lower = TunedWords(encoder), [compute_frozen(encoder, row.pieces) for row in rows]
    layers = list(tuned.layers.parameters())
    groups = [{"params": layers, "lr": _ENCODER_RATE}, {"params": list(tuned.head.parameters()), "lr": _HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    plan = [batch for _ in range(epochs) for batch in _draw_batches(rows, chance)]
    tuned.train()
    for step, batch in enumerate(plan):
        factor = min(1.0, (step + 1) / (_WARM_UP * len(plan))) * max(0.01, 1 - step / len(plan))
        for group, rate in zip(optimizer.param_groups, (_ENCODER_RATE, _HEAD_RATE), strict=True):
            group["lr"] = rate * factor
        odds = tuned([lower[i] for i in batch])
        held, counts = (
            torch.nn.utils.rnn.pad_sequence([getattr(rows[i], name) for i in batch], batch_first=True)
            for name in ("held", "counts")
        )
        losses = functional.binary_cross_entropy_with_logits(odds, held, weight=counts, reduction="sum")
        optimizer.zero_grad()
        (losses / counts.sum().clamp(min=1.0)).backward()
        torch.nn.utils.clip_grad_norm_(layers, 1.0)
        optimizer.step()
    return tuned.eval()


def _draw_batches(rows: Sequence[Row], chance: random.Random) -> list[list[int]]:
    """Batches of indices of rows of like length, in random order."""
    noise = [len(row.pieces) + 20 * chance.random() for row in rows]
    ordered = sorted(range(len(rows)), key=noise.__getitem__)
    batches = [ordered[i : i + BATCH] for i in range(0, len(ordered), BATCH)]
    chance.shuffle(batches)
    return batches


def measure(folder: Path, deltas: Path, gold: Sequence[Labelled]) -> dict[str, float]:
    """Mean log loss over the characters of words, by kind."""
    judge = make_judge(folder, deltas)
    losses: dict[str, list[float]] = {kind: [] for kind in _COLUMNS}
    for labelled, odds in zip(gold, compute_letter_odds(judge, [g.text for g in gold]), strict=True):
        row, sizes = make_row(labelled, judge.tokenizer), list(judge.tokenizer.find_words(labelled.text[:MAX_CHARS]))
        first = at = 0
        for size, length in sizes:
            for kind in labelled.phrases if at + length <= len(odds) else ():
                column = _COLUMNS[kind]
                if row.counts[first + 1, column]:
                    sign = 1.0 if row.held[first + 1, column] else -1.0
                    losses[kind].append(float(np.logaddexp(0, -sign * odds[at, column])))
            first, at = first + size, at + length
    return {kind: float(np.mean(found)) for kind, found in losses.items() if found}


def main() -> None:
    """Tunes, writes the deltas, measures what was written."""
    from transformers import AutoModel

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("--test", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=DELTAS)
    options = parser.parse_args()
    encoder = AutoModel.from_pretrained(options.encoder, attn_implementation="eager").eval()
    before = {name: p.detach().numpy().copy() for name, p in encoder.named_parameters()}
    tokenizer = load_wordpiece(options.encoder)
    tuned = tune(encoder, [make_row(labelled, tokenizer) for labelled in read_labelled(options.train)])
    sha256 = hashlib.sha256((options.encoder / "model.safetensors").read_bytes()).hexdigest()
    write_deltas(options.output, find_deltas(tuned, before), sha256, layers=LAYERS)
    if options.test:
        for kind, loss in measure(options.encoder, options.output, read_labelled(options.test)).items():
            sys.stdout.write(f"{kind}: mean log loss {loss:.4f}\n")


if __name__ == "__main__":
    main()
