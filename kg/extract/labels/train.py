"""Trains the label ranker on the phrases that readers gave to dilemma and remedy sentences.

    python -m kg.extract.labels.train TRAIN.tsv [--test TEST.tsv] [--language MODEL] [-o WEIGHTS.json]

A candidate is the better the more of its words it shares with the reader's phrase (F1 over stems); the weights of
a log-linear model over a sentence's candidates are fitted to that. Prints the mean F1 of the best-ranked candidate
on documents not trained on, beside the best that any candidate reaches.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.annotate import annotate, load_language
from kg.extract.labels import spell
from kg.extract.labels.candidates import find_candidates
from kg.extract.labels.reading import describe_reading
from kg.extract.words import find_stems
from kg.model import Block, BlockKind, Document

Floats = NDArray[np.float64]
#: How sharply the target prefers the best candidate.
TEMPERATURE = 0.08
L2 = 8.0
MIN_FEATURE_COUNT = 8
_KINDS = {"D": ("dilemma",), "R": ("remedy",), "B": ("dilemma", "remedy")}
#: The features of each candidate of a sentence, and its overlap with the reader's phrase.
Example = tuple[list[tuple[str, ...]], list[float]]


def compute_overlap(label: str, phrase: str) -> float:
    """F1 over stems, each counted as often as it stands."""
    one, other = Counter(find_stems(label)), Counter(find_stems(phrase))
    common = sum((one & other).values())
    total = sum(one.values()) + sum(other.values())
    return 2 * common / total if total else 0.0


def make_examples(path: Path, language: str) -> list[Example]:
    """The candidates of each labelled sentence with their overlap."""
    nlp = load_language(language)
    examples = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if r["label"] in _KINDS]
    for row in rows:
        text, kinds = row["text"], _KINDS[row["label"]]
        phrases = row["phrase"].split(" => ") if len(kinds) == 2 else [row["phrase"]]
        document = Document("x", "x", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
        annotated = annotate(document, (), nlp=nlp)
        for kind, phrase in zip(kinds, phrases, strict=False):
            found = list(find_candidates(annotated.doc[:], kind))
            labels = [spell([annotated.doc[i] for i in c.tokens]) for c in found]
            gold = [compute_overlap(label, phrase) for label in labels]
            if found and max(gold) > 0:
                read = describe_reading(labels, kind)
                examples.append(([c.features + names for c, names in zip(found, read, strict=True)], gold))
    return examples


def fit(examples: list[Example], names: list[str]) -> Floats:
    """Weights that bring the distribution over each sentence's candidates close to the target."""
    place = {name: i for i, name in enumerate(names)}
    rows, columns, sizes, targets = [], [], [], []
    row = 0
    for found, gold in examples:
        target = np.exp((np.array(gold) - max(gold)) / TEMPERATURE)
        targets.append(target / target.sum())
        sizes.append(len(found))
        for features in found:
            known = [place[name] for name in features if name in place]
            columns += known
            rows += [row] * len(known)
            row += 1
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(row, len(names)))
    aim = np.concatenate(targets)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        scores = scores - np.maximum.reduceat(scores, starts)[groups]
        exponents = np.exp(scores)
        sums = np.add.reduceat(exponents, starts)
        value = -(aim @ (scores - np.log(sums)[groups])) + L2 / 2 * weights @ weights
        return float(value), matrix.T @ (exponents / sums[groups] - aim) + L2 * weights

    weights: Floats = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return weights


def measure(examples: list[Example], weights: dict[str, float]) -> tuple[float, float]:
    """Mean F1 of the best-ranked candidate, and of the best there is."""
    got, best = [], []
    for found, gold in examples:
        scores = [sum(weights.get(name, 0.0) for name in features) for features in found]
        got.append(gold[int(np.argmax(scores))])
        best.append(max(gold))
    return float(np.mean(got)), float(np.mean(best))


def main() -> None:
    """Trains on the one file, measures on the other, writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--language", default="")
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).with_name("weights.json"))
    options = parser.parse_args()
    examples = make_examples(options.train, options.language)
    counts = Counter(name for found, _ in examples for features in found for name in features)
    names = sorted(name for name, count in counts.items() if count >= MIN_FEATURE_COUNT)
    fitted = fit(examples, names)
    weights = {n: round(float(w), 3) for n, w in zip(names, fitted, strict=True) if abs(w) >= 0.005}
    sys.stdout.write("train F1 {:.3f} of {:.3f}\n".format(*measure(examples, weights)))
    if options.test:
        sys.stdout.write(
            "test F1 {:.3f} of {:.3f}\n".format(*measure(make_examples(options.test, options.language), weights))
        )
    options.output.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
