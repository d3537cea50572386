"""Trains the label ranker on the phrases that readers gave to sentences and on their judgements of labels.

`python -m kg.pipeline.train_labels` finds the sentences and calls it. First the weights of `shares` are fitted to which
words stand in the best label or phrase. A candidate is worth the more the more of its words it shares with that; one
that a reader called right is worth most, one called wrong little. The weights of a log-linear model over a sentence's
candidates are fitted to that, where each sentence has its shares from a model that saw no sentence of its document.
"""

import csv
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from spacy.language import Language
from spacy.tokens import Token

from kg.annotate import annotate
from kg.extract.labels import find_clause, spell
from kg.extract.labels.candidates import MAX_SENTENCE_TOKENS, describe_broken, describe_choices, find_choices
from kg.extract.labels.chains import find_counted
from kg.extract.labels.frame import DENIERS, LACK, Frame
from kg.extract.labels.judgements import Judgement, Runs
from kg.extract.labels.shares import compute_shares, join_weights
from kg.extract.labels.train_shares import Words, fit_shares, make_held, make_words
from kg.extract.labels.tuned import count_letters
from kg.extract.words import find_stems, stem
from kg.model import Block, BlockKind, Document

Floats = NDArray[np.float64]
#: How sharply the target prefers the best candidate.
TEMPERATURE = 0.25
L2 = 8.0
MIN_FEATURE_COUNT = 8
#: A candidate nobody judged is worth so much of its likeness to the best label, one called wrong so much.
UNJUDGED, WRONG = 0.8, 0.25
#: A sentence none of whose candidates is worth this much teaches nothing.
LEAST_WORTH = 0.5
#: How much a sentence counts whose labels were judged, beside one for which there is only a phrase.
JUDGED_WEIGHT = 2.0
_KINDS = {"D": ("dilemma",), "R": ("remedy",), "B": ("dilemma", "remedy")}
FOLDS = 5
TELLING = frozenset(stem(word) for word in LACK | DENIERS)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of a sentence: the names of the features of each and what it is worth; how much all count."""

    features: list[tuple[str, ...]]
    worths: list[float]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence of a document and the phrase that a reader gave it for each kind that it states."""

    document: str
    text: str
    phrases: dict[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of a document and what a reader said of its labels of one kind."""

    document: str
    text: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with what it is to teach.

    tokens: of the frame; phrase: a reader's, "" where there is a judgement.
    """

    document: str
    text: str
    frame: Frame
    tokens: tuple[Token, ...]
    phrase: str = ""
    judgement: Judgement | None = None

    @property
    def fold(self) -> int:
        """The part of the documents that it belongs to."""
        return zlib.crc32(self.document.encode()) % FOLDS

    @property
    def words(self) -> Words:
        """Its words, and which of them are to stand in the label."""
        if self.judgement is None:
            return make_words(self.frame, self.phrase)
        best = find_tokens(self, self.judgement.best)
        return make_held(self.frame, [t in best for t in range(len(self.frame.words))])


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


def make_examples(labelled: Sequence[Labelled], judged: Sequence[Judged], nlp: Language) -> list[Example]:
    """Every sentence parsed, once for each kind."""
    examples = []
    for one in labelled:
        tokens = _parse(one.text, nlp)[:MAX_SENTENCE_TOKENS]
        for kind, phrase in one.phrases.items():
            examples.append(Example(one.document, one.text, Frame(list(tokens), kind), tokens, phrase))
    for each in judged:
        kind = each.judgement.kind
        start, end = find_clause(each.text, 0, len(each.text), kind)
        tokens = tuple(t for t in _parse(each.text, nlp) if start <= t.idx < end)[:MAX_SENTENCE_TOKENS]
        if tokens:
            frame = Frame(list(tokens), kind)
            examples.append(Example(each.document, each.text, frame, tokens, judgement=each.judgement))
    return examples


def _parse(text: str, nlp: Language) -> tuple[Token, ...]:
    document = Document("x", "x", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    return tuple(annotate(document, (), nlp=nlp).doc)


def find_tokens(example: Example, runs: Runs) -> frozenset[int]:
    """Those of a frame's tokens whose letters lie in the runs, articles and marks left out."""
    found = set()
    for number, token in enumerate(example.tokens):
        start = count_letters(example.text[: token.idx])
        end = start + count_letters(token.text)
        if any(low <= start and end <= high for low, high in runs):
            found.add(number)
    return leave_out_marks(example.frame, found)


def leave_out_marks(frame: Frame, chosen: Iterable[int]) -> frozenset[int]:
    """The tokens that two labels have to share to be the same."""
    counted = find_counted(frame)
    return frozenset(t for t in chosen if counted[t])


def compute_worths(example: Example, choices: Sequence[tuple[int, ...]]) -> list[float]:
    """What each candidate of a sentence is worth as its label, from 0 to 1."""
    if example.judgement is None:
        labels = [spell([example.tokens[t] for t in chosen]) for chosen in choices]
        kind = example.frame.kind
        return [compute_overlap(label, example.phrase) * compute_truth(label, example.phrase, kind) for label in labels]
    best = find_tokens(example, example.judgement.best)
    right, wrong = (
        {find_tokens(example, runs) for runs in labels} for labels in (example.judgement.right, example.judgement.wrong)
    )
    worths = []
    for chosen in choices:
        told = leave_out_marks(example.frame, chosen)
        likeness = 2 * len(told & best) / max(1, len(told) + len(best))
        share = 1.0 if told == best else WRONG if told in wrong else UNJUDGED
        worths.append(1.0 if told in right else share * likeness)
    return worths


def rank(examples: Sequence[Example], weights: Mapping[str, float]) -> list[Ranked]:
    """What the ranker learns from, with the shares that some weights give."""
    joined = {kind: join_weights(weights, kind) for kind in "dr"}
    found = []
    for example in examples:
        shares = compute_shares(example.frame, joined[example.frame.kind])
        choices = find_choices(example.frame, shares)
        worths = compute_worths(example, choices)
        if max(worths, default=0.0) >= (LEAST_WORTH if example.judgement else 1e-9):
            weight = JUDGED_WEIGHT if example.judgement else 1.0
            found.append(Ranked(_describe(example.frame, choices, shares), worths, weight))
    return found


def _describe(frame: Frame, choices: Sequence[tuple[int, ...]], shares: Sequence[float]) -> list[tuple[str, ...]]:
    """Names of the features of each candidate and of the rules that it breaks."""
    described = describe_choices(frame, choices, shares)
    return [names + describe_broken(frame, chosen) for names, chosen in zip(described, choices, strict=True)]


def rank_apart(examples: Sequence[Example]) -> list[Ranked]:
    """The same, each with the shares of a model that saw no sentence of its document."""
    found: list[Ranked] = []
    for fold in range(FOLDS):
        weights = fit_shares([e.words for e in examples if e.fold != fold])
        found += rank([e for e in examples if e.fold == fold], weights)
    return found


def fit(examples: Sequence[Ranked]) -> dict[str, float]:
    """Weights that bring the distribution over each sentence's candidates close to the target, rounded."""
    counts = Counter(name for ranked in examples for features in ranked.features for name in features)
    names = sorted(name for name, count in counts.items() if count >= MIN_FEATURE_COUNT)
    place = {name: i for i, name in enumerate(names)}
    rows, columns, targets = [], [], []
    for row, features in enumerate(features for ranked in examples for features in ranked.features):
        known = [place[name] for name in features if name in place]
        columns += known
        rows += [row] * len(known)
    for ranked in examples:
        target = np.exp((np.array(ranked.worths) - max(ranked.worths)) / TEMPERATURE)
        targets.append(ranked.weight * target / target.sum())
    sizes = [len(target) for target in targets]
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(sum(sizes), len(names)))
    fitted = _descend(matrix, np.concatenate(targets), sizes)
    return {n: round(float(w), 3) for n, w in zip(names, fitted, strict=True) if abs(w) >= 0.005}


def _descend(matrix: csr_matrix, aim: Floats, sizes: Sequence[int]) -> Floats:
    """The weights of least loss. aim: what each candidate is to have of its sentence's weight; sizes: of sentences."""
    groups = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    totals = np.add.reduceat(aim, starts)[groups]

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        scores = scores - np.maximum.reduceat(scores, starts)[groups]
        exponents = np.exp(scores)
        sums = np.add.reduceat(exponents, starts)[groups]
        value = -(aim @ (scores - np.log(sums))) + L2 / 2 * weights @ weights
        return float(value), matrix.T @ (totals * exponents / sums - aim) + L2 * weights

    weights: Floats = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return weights


def measure_phrases(examples: Sequence[Example], shares: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Mean F1 of the words of the best-ranked candidate and of the reader's phrase."""
    joined, found = {kind: join_weights(shares, kind) for kind in "dr"}, []
    for example in examples:
        likely = compute_shares(example.frame, joined[example.frame.kind])
        choices = find_choices(example.frame, likely)
        if choices:
            described = _describe(example.frame, choices, likely)
            scores = [sum(weights.get(name, 0.0) for name in names) for names in described]
            chosen = choices[int(np.argmax(scores))]
            found.append(compute_overlap(spell([example.tokens[t] for t in chosen]), example.phrase))
    return float(np.mean(found))
