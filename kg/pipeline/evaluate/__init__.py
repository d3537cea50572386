"""The extraction against what careful readers found: precision, recall and F1 a task, and what its confidence is worth.

The format of gold files stands in tests/gold/README.md.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from kg.pipeline.evaluate.gold import Found, Gold, read_folder
from kg.pipeline.evaluate.tasks import TASKS, Judged

__all__ = ["Bin", "Judged", "Score", "compute_reliability", "compute_scores", "judge_folder", "read_folder"]

#: Resamples of the documents behind a confidence interval (percentile bootstrap, Efron 1979), and their seed.
RESAMPLES, SEED = 1000, 0
#: Confidence is looked at in so many bins of the same width.
BINS = 5


@dataclass(frozen=True, slots=True)
class Score:
    """One task over all documents; low and high bound the 95 % interval of F1."""

    task: str
    documents: int
    gold: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The facts of a task whose confidence lies in [low, high): number, mean confidence, share right."""

    task: str
    low: float
    high: float
    facts: int
    confidence: float
    right: float


def judge_folder(pairs: Sequence[tuple[Found, Gold]]) -> dict[str, list[Judged]]:
    """Every task that the gold files hold, in the order of TASKS: a judgement for each document that has it."""
    judged = {
        task: [judge(found, gold) for found, gold in pairs if key in gold] for task, (key, judge) in TASKS.items()
    }
    return {task: documents for task, documents in judged.items() if documents}


def compute_scores(judged: dict[str, list[Judged]]) -> tuple[Score, ...]:
    """The score of each task."""
    return tuple(summarise(task, documents) for task, documents in judged.items())


def summarise(task: str, documents: Sequence[Judged]) -> Score:
    """Precision, recall and F1 over all facts, and the interval of F1 over resampled documents."""
    precision, recall, f1 = compute_f1(documents)
    chance = random.Random(SEED)  # noqa: S311 - a statistic, not a secret
    samples = sorted(compute_f1(chance.choices(documents, k=len(documents)))[2] for _ in range(RESAMPLES))
    low, high = samples[int(0.025 * RESAMPLES)], samples[int(0.975 * RESAMPLES) - 1]
    return Score(task, len(documents), sum(d.gold for d in documents), precision, recall, f1, low, high)


def compute_f1(documents: Sequence[Judged]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the facts of all documents together; 0 where there is nothing to divide by."""
    found, gold = sum(len(d.found) for d in documents), sum(d.gold for d in documents)
    precision = sum(d.right_found for d in documents) / found if found else 0.0
    recall = sum(d.right_gold for d in documents) / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def compute_reliability(judged: dict[str, list[Judged]]) -> tuple[Bin, ...]:
    """How often facts are right beside how sure of them the extraction is, in bins that have any."""
    bins = []
    for task, documents in judged.items():
        facts = [fact for document in documents for fact in document.found]
        for number in range(BINS):
            inside = [fact for fact in facts if min(int(fact[0] * BINS), BINS - 1) == number]
            if inside:
                mean, right = (sum(fact[i] for fact in inside) / len(inside) for i in (0, 1))
                bins.append(Bin(task, number / BINS, (number + 1) / BINS, len(inside), mean, right))
    return tuple(bins)
