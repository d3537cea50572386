"""Fits the tagger's weights to labelled references."""

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch

from kg.extract.references.training.labelling import Example
from kg.extract.references.training.network import Batch, Tagger

BATCH_TOKENS = 3000


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train.

    hide: share of text features hidden per batch, so that unknown words are no surprise.
    average: decay of the running mean of the weights, which is what is kept.
    """

    epochs: int = 14
    rate: float = 2e-3
    hide: float = 0.12
    seed: int = 7
    average: float = 0.998


def cut_batches(examples: Sequence[Example], rng: random.Random) -> Iterator[list[Example]]:
    """Examples of about one length together, in random order."""
    order = sorted(examples, key=lambda example: len(example.texts) + rng.random() * 4)
    batches: list[list[Example]] = [[]]
    for example in order:
        if batches[-1] and (len(batches[-1]) + 1) * len(example.texts) > BATCH_TOKENS:
            batches.append([])
        batches[-1].append(example)
    rng.shuffle(batches)
    return iter(batches)


def fit(
    make_epoch: Callable[[random.Random], Sequence[Example]],
    settings: Settings,
    *,
    vocabulary: dict[str, int],
    report: Callable[[int, float, Tagger], None],
) -> Tagger:
    """A trained tagger. make_epoch: the examples of one epoch, varied anew each time."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(1)
    rng = random.Random(settings.seed)  # noqa: S311 - shuffling, not secrets
    network = Tagger(max(vocabulary.values()) + 1)
    optimiser = torch.optim.AdamW(network.parameters(), lr=settings.rate, weight_decay=1e-4)
    first = make_epoch(rng)
    steps = settings.epochs * sum(1 for _ in cut_batches(first, rng))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, total_steps=steps + 400, pct_start=0.1)
    mean = copy.deepcopy(network).eval()
    for epoch in range(settings.epochs):
        examples = first if epoch == 0 else make_epoch(rng)
        total, count = 0.0, 0
        network.train()
        for group in cut_batches(examples, rng):
            batch = Batch(group, vocabulary)
            loss = network.compute_loss(network(batch, hide=settings.hide), batch)
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            _average(mean, network, settings.average)
            if schedule.last_epoch < steps + 399:
                schedule.step()
            total, count = total + loss.item(), count + 1
        report(epoch, total / count, mean)
    return mean


@torch.no_grad()
def _average(mean: Tagger, network: Tagger, decay: float) -> None:
    for kept, new in zip(mean.parameters(), network.parameters(), strict=True):
        kept.lerp_(new, 1 - decay)
