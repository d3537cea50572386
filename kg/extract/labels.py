"""Short labels of dilemmas and remedies, in the document's own words."""

import re

from kg.annotate import Annotated
from kg.extract.headings import lower_first

MIN_LABEL_WORDS, MAX_LABEL_WORDS = 2, 10
_SPLIT = re.compile(r"[,;:.()]|\s(?:which|that|because|so that|in order to|although|while|and|but)\s")


def make_label(annotated: Annotated, start: int, end: int, kind: str) -> str:
    """A label of 2 to 10 words for what a sentence states; "" if it holds none."""
    text = annotated.document.text[start:end]
    parts = [p.strip() for p in _SPLIT.split(text)]
    best = max(parts, key=lambda p: min(len(p.split()), MAX_LABEL_WORDS), default="")
    return lower_first(" ".join(best.split()[:MAX_LABEL_WORDS]))


def find_phrase_before(annotated: Annotated, start: int, end: int) -> str:
    """The last noun phrase of a stretch."""
    return ""


def find_phrase_after(annotated: Annotated, start: int, end: int) -> str:
    """The first noun phrase of a stretch."""
    return ""
