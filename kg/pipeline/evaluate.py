"""The extraction against what careful readers found: precision, recall and F1 a task, with confidence intervals.

The format of gold files stands in tests/gold/README.md.
"""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.annotate import annotate
from kg.extract import extract_all
from kg.model import Assertion, Concept, KgError, ReadError
from kg.readers import read_document

#: Resamples of the documents behind a confidence interval (percentile bootstrap, Efron 1979), and their seed.
RESAMPLES, SEED = 1000, 0
#: A candidate link counts as said from this confidence on.
MIN_LINK_CONFIDENCE = 0.3
Facts = frozenset[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one task in one document: facts found, facts of the reader, facts of both."""

    found: int
    gold: int
    right_found: int
    right_gold: int


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


def normalise(text: str) -> str:
    """Words and numbers in lower case, nothing else."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def read_gold(path: Path) -> dict[str, Any]:
    """A gold file. Raises ReadError that says what is wrong with it."""
    try:
        gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: no gold file ({error}); its format stands in tests/gold/README.md") from error
    if not isinstance(gold, dict) or not isinstance(gold.get("document"), str):
        raise ReadError(f"{path}: 'document' must name the document beside it")
    return gold


def compute_scores(folder: Path, concepts: tuple[Concept, ...], *, encoder: str = "none") -> tuple[Score, ...]:
    """The scores of every task that the folder's gold files hold, in the order of TASKS.

    Raises ReadError for a gold file or document that cannot be read, KgError if there is none.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise KgError(f"{folder}: no gold files (*.json) in it; their format stands in tests/gold/README.md")
    counts: dict[str, list[Counts]] = {task: [] for task in TASKS}
    for path in paths:
        gold = read_gold(path)
        found = extract_document(folder / gold["document"], concepts, encoder)
        for task, (key, count) in TASKS.items():
            if key in gold:
                counts[task].append(count(found, gold))
    return tuple(summarise(task, found) for task, found in counts.items() if found)


def extract_document(path: Path, concepts: tuple[Concept, ...], encoder: str) -> tuple[Assertion, ...]:
    """Everything that the extraction finds in a file."""
    from dataclasses import replace

    annotated = annotate(read_document(path, file=path.name), concepts)
    return extract_all(replace(annotated, encoder=encoder))


def holds(one: str, other: str) -> bool:
    """Whether one normalised stretch holds the other whole."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def count_matches(found: list[str], gold: list[str]) -> Counts:
    """Stretches that hold one another count as the same."""
    found, gold = [normalise(f) for f in found], [normalise(g) for g in gold]
    right_found = sum(any(holds(f, g) for g in gold) for f in found)
    right_gold = sum(any(holds(f, g) for f in found) for g in gold)
    return Counts(len(found), len(gold), right_found, right_gold)


def count_exact(found: set[str], gold: set[str]) -> Counts:
    """Facts that are equal once normalised."""
    both = len(found & gold)
    return Counts(len(found), len(gold), both, both)


def count_statements(kind: str, key: str) -> Callable[[tuple[Assertion, ...], dict[str, Any]], Counts]:
    """A counter of the sentences that state a dilemma or remedy."""

    def count(found: tuple[Assertion, ...], gold: dict[str, Any]) -> Counts:
        return count_matches(sorted({a.evidence.quote for a in found if a.kind == kind}), gold[key])

    return count


def count_links(found: tuple[Assertion, ...], gold: dict[str, Any]) -> Counts:
    """Pairs of remedy and dilemma, both ends matched by their sentences."""
    quotes = {a.key: normalise(a.evidence.quote) for a in found if a.kind in ("dilemma", "remedy")}
    pairs = {
        (quotes[a.get_text("remedy_key")], quotes[a.get_text("dilemma_key")])
        for a in found
        if a.kind == "addresses" and (a.status == "asserted" or a.confidence >= MIN_LINK_CONFIDENCE)
    }
    wanted = [(normalise(remedy), normalise(dilemma)) for remedy, dilemma in gold["links"]]

    def same(one: tuple[str, str], other: tuple[str, str]) -> bool:
        return holds(one[0], other[0]) and holds(one[1], other[1])

    right_found = sum(any(same(pair, link) for link in wanted) for pair in pairs)
    right_gold = sum(any(same(pair, link) for pair in pairs) for link in wanted)
    return Counts(len(pairs), len(wanted), right_found, right_gold)


def count_authors(found: tuple[Assertion, ...], gold: dict[str, Any]) -> Counts:
    """Authors by their whole name."""
    return count_exact({normalise(a.label) for a in found if a.kind == "author"}, set(map(normalise, gold["authors"])))


def count_references(found: tuple[Assertion, ...], gold: dict[str, Any]) -> Counts:
    """Entries of the reference list with title, year and authors right."""

    def spell(title: str, year: str, families: tuple[str, ...]) -> str:
        return normalise(f"{title} {year} {' '.join(families)}")

    return count_exact(
        {
            spell(a.get_text("title"), a.get_text("year"), a.get_texts("families"))
            for a in found
            if a.kind == "reference"
        },
        {spell(r["title"], r["year"], tuple(r["families"])) for r in gold["references"]},
    )


def count_citations(found: tuple[Assertion, ...], gold: dict[str, Any]) -> Counts:
    """In-text citations with the entry they point to."""
    titles = {a.key: a.get_text("title") for a in found if a.kind == "reference"}
    return count_exact(
        {
            normalise(f"{a.get_text('mention')} {titles.get(a.get_text('reference_key'), '')}")
            for a in found
            if a.kind == "citation"
        },
        {normalise(f"{mention} {title}") for mention, title in gold["citations"]},
    )


def count_places(found: tuple[Assertion, ...], gold: dict[str, Any]) -> Counts:
    """Places by the name the text uses."""
    return count_exact({normalise(a.label) for a in found if a.kind == "place"}, set(map(normalise, gold["places"])))


#: task -> the gold file's key, and what counts it.
TASKS: dict[str, tuple[str, Callable[[tuple[Assertion, ...], dict[str, Any]], Counts]]] = {
    "dilemma sentences": ("dilemmas", count_statements("dilemma", "dilemmas")),
    "remedy sentences": ("remedies", count_statements("remedy", "remedies")),
    "remedy -> dilemma links": ("links", count_links),
    "authors": ("authors", count_authors),
    "references": ("references", count_references),
    "in-text citations": ("citations", count_citations),
    "places": ("places", count_places),
}


def summarise(task: str, counts: list[Counts]) -> Score:
    """Precision, recall and F1 over all facts, and the interval of F1 over resampled documents."""
    precision, recall, f1 = compute_f1(counts)
    chance = random.Random(SEED)  # noqa: S311 - a statistic, not a secret
    samples = sorted(compute_f1(chance.choices(counts, k=len(counts)))[2] for _ in range(RESAMPLES))
    low, high = samples[int(0.025 * RESAMPLES)], samples[int(0.975 * RESAMPLES) - 1]
    return Score(task, len(counts), sum(c.gold for c in counts), precision, recall, f1, low, high)


def compute_f1(counts: list[Counts]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the facts of all documents together; 0 where there is nothing to divide by."""
    found, gold = sum(c.found for c in counts), sum(c.gold for c in counts)
    precision = sum(c.right_found for c in counts) / found if found else 0.0
    recall = sum(c.right_gold for c in counts) / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0
