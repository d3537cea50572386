"""Sentences that teach which label is right: phrases that readers gave them, and their judgements of labels.

A candidate is worth the more the more of its words it shares with the best label; one that a reader called right is
worth most, one called wrong little.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Token

from kg.annotate import annotate
from kg.extract.labels import find_clause
from kg.extract.labels.candidates import MAX_SENTENCE_TOKENS
from kg.extract.labels.chains import find_counted
from kg.extract.labels.frame import Frame
from kg.extract.labels.judgements import Judgement, Runs
from kg.extract.labels.tuned import count_letters
from kg.model import Block, BlockKind, Document

#: A candidate nobody judged is worth so much of its likeness to the best label, one called wrong so much.
UNJUDGED, WRONG = 0.8, 0.25
#: A sentence none of whose candidates is worth this much teaches nothing.
LEAST_WORTH = 0.5
_KINDS = {"D": ("dilemma",), "R": ("remedy",), "B": ("dilemma", "remedy")}


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
    """What each candidate of a judged sentence is worth as its label, from 0 to 1."""
    if example.judgement is None:
        return []
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
