"""Labelled tokens of a reference -> its fields, cleaned."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.references.authors import AuthorName, find_authors
from kg.extract.references.labels import INDEX
from kg.extract.references.mend import mend_labels
from kg.extract.references.tokens import CUES, Token

_OPENING, _CLOSING = "“\"‘'«„‹「『《〈*_", "”\"’'»“›」』》〉*_"
_TRIM = " \t\n.,;:،，。；：、/|–—-•▪‣●"
_DASHES = re.compile(r"\s*(?:-|–|—|−|‐|‑|~|～|\bto\b)+\s*")

#: Label index -> runs [i, j) of tokens that bear it.
Runs = dict[int, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Fields:
    """What a reference string says; "" where it does not say."""

    authors: tuple[AuthorName, ...] = ()
    title: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: str = ""
    publisher: str = ""


def trim(text: str) -> str:
    """The text without marks that only separate fields and without quotation marks around it."""
    text = " ".join(text.split())
    before = ""
    while text != before:
        before = text
        text = text.strip(_TRIM)
        if len(text) > 1 and text[0] in _OPENING and (text[-1] in _CLOSING or not _holds_closing(text)):
            text = text[1:].removesuffix(text[-1]) if text[-1] in _CLOSING else text[1:]
        elif (
            text
            and text[-1] in '”"»」』》'
            and not any(c in text for c in "“«「『《„")
            and text.count('"') % 2 == text.count('"') % 2
        ):
            text = text[:-1] if text.count(text[-1]) % 2 == 1 else text
        text = _balance(text)
    return text


def _holds_closing(text: str) -> bool:
    return any(c in text[1:] for c in _CLOSING)


def _balance(text: str) -> str:
    """The text without a bracket at its ends that has no partner."""
    for opening, closing in ("()", "[]"):
        if text.endswith(opening) or (text.endswith(closing) and text.count(closing) > text.count(opening)):
            text = text[:-1]
        if text.startswith(closing) or (text.startswith(opening) and text.count(opening) > text.count(closing)):
            text = text[1:]
    return text


def find_runs(labels: Sequence[int]) -> Runs:
    """For each label its runs [i, j) of tokens."""
    runs: Runs = {}
    start = 0
    for i in range(1, len(labels) + 1):
        if i == len(labels) or labels[i] != labels[start]:
            runs.setdefault(labels[start], []).append((start, i))
            start = i
    return runs


def _cut(reference: str, tokens: Sequence[Token], run: tuple[int, int]) -> str:
    return reference[tokens[run[0]].start : tokens[run[1] - 1].end]


def _find_text(reference: str, tokens: Sequence[Token], runs: Runs, label: str) -> str:
    """The longest run of the label, joined with runs that only marks keep apart."""
    joined: list[tuple[int, int]] = []
    for run in runs.get(INDEX[label], ()):
        gap = tokens[joined[-1][1] : run[0]] if joined else []
        if joined and len(gap) <= 2 and not any(token.text[0].isalnum() for token in gap):
            joined[-1] = (joined[-1][0], run[1])
        else:
            joined.append(run)
    if not joined:
        return ""
    return trim(_cut(reference, tokens, max(joined, key=lambda run: tokens[run[1] - 1].end - tokens[run[0]].start)))


def _find_number(reference: str, tokens: Sequence[Token], runs: Runs, label: str) -> str:
    """The first run of the label that holds a digit or a Roman numeral."""
    for run in runs.get(INDEX[label], ()):
        text = trim(_cut(reference, tokens, run))
        if any(c.isdigit() for c in text) or re.fullmatch(r"[IVXLCivxlc]+", text):
            return text
    return ""


def _prefer_cued(tokens: Sequence[Token], runs: Runs) -> Runs:
    """The runs with the pages first that a word such as "pp." announces."""
    pages = runs.get(INDEX["pages"], [])
    if len(pages) < 2:
        return runs
    cued = [run for run in pages if any(t.text.lower() in CUES["pages"] for t in tokens[max(0, run[0] - 2) : run[0]])]
    return {INDEX["pages"]: [*cued, *pages]}


def build_fields(reference: str, tokens: Sequence[Token], labels: Sequence[int]) -> Fields:
    """The fields that the labels mark in the reference string."""
    labels = mend_labels(tokens, labels)
    runs = find_runs(labels)
    return Fields(
        authors=find_authors(reference, tokens, labels),
        title=_find_text(reference, tokens, runs, "title"),
        container=_find_text(reference, tokens, runs, "container"),
        volume=_find_number(reference, tokens, runs, "volume"),
        issue=_find_number(reference, tokens, runs, "issue"),
        pages=_DASHES.sub("-", _find_number(reference, tokens, _prefer_cued(tokens, runs), "pages")),
        year=_find_number(reference, tokens, runs, "year"),
        publisher=_find_text(reference, tokens, runs, "publisher"),
    )
