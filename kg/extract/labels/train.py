"""Trains the label ranker on the phrases that readers gave to dilemma and remedy sentences.

    python -m kg.extract.labels.train TRAIN.tsv [--test TEST.tsv] [--language MODEL] [-o FOLDER]

First the weights of `shares` are fitted to which words stand in the reader's phrase. A candidate is the better the
more of its words it shares with that phrase (F1 over stems); the weights of a log-linear model over a sentence's
candidates are fitted to that, where each sentence has its shares from a model that saw no sentence of its document.
Prints the mean F1 of the best-ranked candidate on documents not trained on, beside the best that any candidate
reaches. Writes weights.json and shares.json.
"""

import argparse
import csv
import json
import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.annotate import annotate, load_language
from kg.extract.labels import spell
from kg.extract.labels.candidates import MAX_SENTENCE_TOKENS, find_choices
from kg.extract.labels.features import describe
from kg.extract.labels.frame import DENIERS, LACK, Frame
from kg.extract.labels.reading import describe_reading
from kg.extract.labels.shares import compute_shares, describe_expected, join_weights
from kg.extract.labels.train_shares import Words, fit_shares, make_words
from kg.extract.words import find_stems, stem
from kg.model import Block, BlockKind, Document

if TYPE_CHECKING:
    from spacy.tokens import Doc

Floats = NDArray[np.float64]
#: How sharply the target prefers the best candidate.
TEMPERATURE = 0.08
L2 = 8.0
MIN_FEATURE_COUNT = 8
_KINDS = {"D": ("dilemma",), "R": ("remedy",), "B": ("dilemma", "remedy")}
FOLDS = 5
TELLING = frozenset(stem(word) for word in LACK | DENIERS)
#: Names of the features of each candidate of a sentence, and what each is worth.
Ranked = tuple[list[tuple[str, ...]], list[float]]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its candidates.

    features: names for each candidate, without those of the shares; overlaps: of each with the reader's phrase; worths:
    what the ranker is to learn of each.
    """

    document: str
    frame: Frame
    choices: list[tuple[int, ...]]
    features: list[tuple[str, ...]]
    overlaps: list[float]
    worths: list[float]
    words: Words

    @property
    def fold(self) -> int:
        """The part of the documents that it belongs to."""
        return zlib.crc32(self.document.encode()) % FOLDS


def compute_overlap(label: str, phrase: str) -> float:
    """F1 over stems, each counted as often as it stands."""
    one, other = Counter(find_stems(label)), Counter(find_stems(phrase))
    common = sum((one & other).values())
    total = sum(one.values()) + sum(other.values())
    return 2 * common / total if total else 0.0


def compute_truth(label: str, phrase: str, kind: str) -> float:
    """A half for the label of a dilemma that has lost the word that makes it one ("lack", "not", "few"), else 1."""
    told = find_telling(phrase) if kind == "d" else frozenset()
    return 0.5 if told and not find_telling(label) else 1.0


def find_telling(phrase: str) -> frozenset[str]:
    """The words of a phrase that say that something is wrong, as stems."""
    return TELLING & set(find_stems(phrase))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence of a document and the phrase that a reader gave it for each kind that it states."""

    document: str
    text: str
    phrases: dict[str, str]


def read_labelled(path: Path) -> list[Labelled]:
    """The sentences of a tab-separated file (doc, sid, label, phrase, text) that state something."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if r["label"] in _KINDS]
    found = []
    for row in rows:
        kinds = _KINDS[row["label"]]
        phrases = row["phrase"].split(" => ") if len(kinds) == 2 else [row["phrase"]]
        found.append(Labelled(row["doc"].split("#")[0], row["text"], dict(zip(kinds, phrases, strict=False))))
    return found


def make_examples(path: Path, language: str) -> list[Example]:
    """The candidates of each labelled sentence with their overlap."""
    nlp = load_language(language)
    examples = []
    for labelled in read_labelled(path):
        text = labelled.text
        document = Document("x", "x", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
        doc = annotate(document, (), nlp=nlp).doc
        for kind, phrase in labelled.phrases.items():
            example = make_example(labelled.document, Frame(list(doc)[:MAX_SENTENCE_TOKENS], kind), doc, phrase)
            if example.choices and max(example.overlaps) > 0:
                examples.append(example)
    return examples


def make_example(document: str, frame: Frame, doc: "Doc", phrase: str) -> Example:
    """One sentence, with the phrase that a reader gave it."""
    choices = find_choices(frame)
    labels = [spell([doc[i] for i in chosen]) for chosen in choices]
    read = describe_reading(labels, "dilemma" if frame.kind == "d" else "remedy")
    features = [describe(frame, chosen) + names for chosen, names in zip(choices, read, strict=True)]
    overlaps = [compute_overlap(label, phrase) for label in labels]
    worths = [
        overlap * compute_truth(label, phrase, frame.kind) for label, overlap in zip(labels, overlaps, strict=True)
    ]
    return Example(document, frame, choices, features, overlaps, worths, make_words(frame, phrase))


def find_ranked(examples: list[Example], weights: dict[str, float], *, plain: bool = False) -> list[Ranked]:
    """What the ranker learns from, with the shares that some weights give. plain: overlaps instead of worths."""
    found = []
    joined = {kind: join_weights(weights, kind) for kind in "dr"}
    for example in examples:
        shares = compute_shares(example.frame, joined[example.frame.kind])
        expected = describe_expected(example.frame, example.choices, shares)
        names = [own + more for own, more in zip(example.features, expected, strict=True)]
        found.append((names, example.overlaps if plain else example.worths))
    return found


def find_ranked_apart(examples: list[Example]) -> list[Ranked]:
    """The same, each with the shares of a model that saw no sentence of its document."""
    found: list[Ranked] = []
    for fold in range(FOLDS):
        weights = fit_shares([e.words for e in examples if e.fold != fold])
        found += find_ranked([e for e in examples if e.fold == fold], weights)
    return found


def fit(examples: list[Ranked], names: list[str]) -> Floats:
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


def measure(examples: list[Ranked], weights: dict[str, float]) -> tuple[float, float]:
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
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parent)
    options = parser.parse_args()
    examples = make_examples(options.train, options.language)
    shares = fit_shares([example.words for example in examples])
    ranked = find_ranked_apart(examples)
    counts = Counter(name for found, _ in ranked for features in found for name in features)
    names = sorted(name for name, count in counts.items() if count >= MIN_FEATURE_COUNT)
    fitted = fit(ranked, names)
    weights = {n: round(float(w), 3) for n, w in zip(names, fitted, strict=True) if abs(w) >= 0.005}
    sys.stdout.write("train worth {:.3f} of {:.3f}\n".format(*measure(ranked, weights)))
    if options.test:
        tested = find_ranked(make_examples(options.test, options.language), shares, plain=True)
        sys.stdout.write("test F1 {:.3f} of {:.3f}\n".format(*measure(tested, weights)))
    options.output.mkdir(parents=True, exist_ok=True)
    for name, learnt in (("weights.json", weights), ("shares.json", shares)):
        (options.output / name).write_text(json.dumps(learnt, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
