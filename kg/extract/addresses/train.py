"""Trains the weights of `pairs` on links that readers drew.

The folder holds train.tsv and test.tsv (doc, sid, label, phrase, text) and links.tsv (doc, remedy_sid, dilemma_sid).
`python -m kg.pipeline.train_links` is the command; it knows where the ontology lies.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from kg.extract.addresses.pairs import Item, find_features, make_context
from kg.extract.roles import Role, is_structural, judge_title
from kg.extract.typing import find_answers, find_type
from kg.model import Concept

Floats = NDArray[np.float64]
FOLDS = 10
L2 = 1.0


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated file with a header and no quoting."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def is_heading(text: str) -> bool:
    """Whether a sentence of the labelled files looks like a heading: short and without a closing mark."""
    return len(text.split()) <= 9 and not text.rstrip().endswith((".", "?", "!", ";", ":", ","))


def make_items(rows: Iterable[dict[str, str]], concepts: tuple[Concept, ...]) -> dict[int, list[Item]]:
    """Sentence number -> its dilemma and remedy, as the readers labelled them."""
    items: dict[int, list[Item]] = {}
    section, role = -1, Role.NONE
    for position, row in enumerate(rows):
        if is_heading(row["text"]):
            section = position
            role = Role.NONE if is_structural(row["text"]) else judge_title(row["text"])
        kinds = {"D": ("dilemma",), "R": ("remedy",), "B": ("dilemma", "remedy")}.get(row["label"], ())
        phrases = row["phrase"].split(" => ") if len(kinds) == 2 else [row["phrase"]]
        for kind, phrase in zip(kinds, phrases, strict=False):
            found = find_type(kind, phrase, row["text"], concepts)
            item = Item(
                kind,
                row["text"],
                phrase,
                position,
                section,
                role=str(role),
                type=found,
                answers=find_answers(found, concepts),
            )
            items.setdefault(int(row["sid"]), []).append(item)
    return items


def make_examples(folder: Path, concepts: tuple[Concept, ...]) -> dict[str, list[tuple[dict[str, float], bool]]]:
    """Document -> its pairs of remedy and dilemma as features, and whether a reader linked them."""
    documents: dict[str, list[dict[str, str]]] = defaultdict(list)
    for name in ("train.tsv", "test.tsv"):
        for row in read_rows(folder / name):
            documents[row["doc"]].append(row)
    links: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for row in read_rows(folder / "links.tsv"):
        links[row["doc"]].add((int(row["remedy_sid"]), int(row["dilemma_sid"])))
    return {doc: make_pairs(make_items(documents[doc], concepts), links[doc]) for doc in sorted(links)}


def make_pairs(items: dict[int, list[Item]], links: set[tuple[int, int]]) -> list[tuple[dict[str, float], bool]]:
    """Every remedy with every dilemma of a document."""
    flat = [(sid, item) for sid, found in items.items() for item in found]
    context = make_context([item for _, item in flat])
    remedies = [(sid, item) for sid, item in flat if item.kind == "remedy"]
    dilemmas = [(sid, item) for sid, item in flat if item.kind == "dilemma"]
    return [(find_features(r, d, context), (rs, ds) in links) for rs, r in remedies for ds, d in dilemmas]


def fit(examples: list[tuple[dict[str, float], bool]], names: list[str]) -> Floats:
    """Weights of an L2-regularised logistic regression."""
    place = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(examples), len(names)))
    for row, (features, _) in enumerate(examples):
        for name, value in features.items():
            matrix[row, place[name]] = value
    gold = np.array([linked for _, linked in examples], dtype=np.float64)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        value = np.logaddexp(0, scores).sum() - gold @ scores + L2 / 2 * weights @ weights
        return float(value), matrix.T @ (1 / (1 + np.exp(-scores)) - gold) + L2 * weights

    weights: Floats = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return weights


def score(features: dict[str, float], weights: dict[str, float]) -> float:
    """Probability of one pair."""
    return float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) * value for name, value in features.items()))))


def cross_validate(
    documents: dict[str, list[tuple[dict[str, float], bool]]], names: list[str]
) -> list[tuple[float, bool]]:
    """Score and truth of every pair, each scored by weights that its document had no part in."""
    bases = sorted({doc.split("#")[0] for doc in documents})
    part = {base: i % FOLDS for i, base in enumerate(bases)}
    judged: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        training = [e for doc, found in documents.items() if part[doc.split("#")[0]] != fold for e in found]
        weights = dict(zip(names, fit(training, names), strict=True))
        judged += [
            (score(features, weights), linked)
            for doc, found in documents.items()
            if part[doc.split("#")[0]] == fold
            for features, linked in found
        ]
    return judged


def measure(judged: list[tuple[float, bool]], cut: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs that score at least `cut`."""
    said = sum(s >= cut for s, _ in judged)
    right = sum(s >= cut and linked for s, linked in judged)
    total = sum(linked for _, linked in judged)
    return right / max(1, said), right / max(1, total), 2 * right / max(1, said + total)
