"""Numbers, letters and bullets in front of headings and items."""

import re
from dataclasses import dataclass

from kg.readers.word_lists import load_words

ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
#: Words that with a number name a part of a document.
PART_WORDS = "|".join(sorted(load_words("parts"), key=lambda word: (-len(word), word)))
_SHORT = {"sec": "section", "art": "article"}
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "word",
        re.compile(
            rf"(?P<word>{PART_WORDS})\.?\s+(?P<number>\d{{1,3}}[a-z]?(?:\.\d+)*|[IVXLC]{{1,6}}|[A-Z])(?:\s*[.:–—-]+\s*|\s+(?=[A-Z“\"'])|$)",
            re.IGNORECASE,
        ),
    ),
    ("decimal", re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,5})(?:[.)](?=\s)|(?=\s))\s*(?=\S)")),
    ("roman", re.compile(r"(?P<number>[IVXLC]{1,6})[.)]\s+(?=\S)")),
    ("letter", re.compile(r"(?P<number>[A-Z])[.)]\s+(?=\S)")),
    ("letter-decimal", re.compile(r"(?P<number>[A-Z]\.?\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?=\S)")),
    ("paren", re.compile(r"[(（](?P<number>\d{1,2})[)）]\s*(?=\S)")),
    ("paren-roman", re.compile(r"[(（](?P<number>[ivx]{1,5})[)）]\s+(?=\S)")),
    ("paren-letter", re.compile(r"[(（](?P<number>[a-zA-Z])[)）]\s+(?=\S)")),
    ("small-letter", re.compile(r"(?P<number>[a-z])(?:[.)]\s+(?=\S)|\)(?=[A-Z][a-z]))")),
    ("small-roman", re.compile(r"(?P<number>[ivx]{1,5})[.)]\s+(?=\S)")),
)
BULLET = re.compile(r"(?:[-*+•●○◦‣⁃▪▫■□◆◇➢➤►✓✔❖☐☑☒✗✘·–—o]|\uf0b7|\uf0a7|\uf0d8|\[[ xX]\])\s+(?=\S)")

#: The mark of a point as the whole of a cell: "(1)", "(a)", "2.", "iv)", "—".
POINT = re.compile(r"\((?:\d{1,3}|[A-Za-z]{1,2}|[ivxlc]{1,7})\)|(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]|[•·‣—–-]")


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands in front of a heading or item.

    style: the way it is written, with its depth: "decimal2" for "3.1", "paren" for "(1)", "word:article".
    value: place in its row (1 for "1", "I", "A", "a"); for "3.1" the last part.
    number: as written, without brackets and closing dot. length: characters it takes, with the space behind it.
    """

    style: str
    value: int
    number: str
    length: int


def find_marker(text: str) -> Marker | None:
    """The marker a text begins with, or None."""
    for style, pattern in _PATTERNS:
        found = pattern.match(text)
        if found and (style != "decimal" or _is_plausible(found, text)):
            return _make_marker(style, found)
    return None


def _is_plausible(found: re.Match[str], text: str) -> bool:
    """ "3.5 million people" and "12 km" are quantities: after a bare number a title begins with a capital."""
    rest = text[found.end() :]
    closed = text[found.end("number") : found.end("number") + 1] in {".", ")"}
    return closed or not rest[0].islower()


def _make_marker(style: str, found: re.Match[str]) -> Marker:
    number = found.group("number")
    if style == "word":
        word = found.group("word").lower()
        style = f"word:{_SHORT.get(word, word)}"
    elif style == "decimal":
        half = found.string[found.end("number") : found.end("number") + 1] == ")"
        style = "half" if half else f"decimal{number.count('.') + 1}"
    return Marker(style, compute_value(number), number, found.end())


def compute_value(number: str) -> int:
    """The place of a number in its row: "3.2" -> 2, "IV" -> 4, "b" -> 2."""
    last = re.split(r"[.]", number)[-1]
    if last.isdecimal():
        return int(last)
    if len(last) > 1 and set(last.upper()) <= set(ROMAN):
        return _from_roman(last.upper())
    if last.upper() in {"I", "V", "X"}:
        return ROMAN[last.upper()]
    digits = re.match(r"\d+", last)
    return int(digits.group()) if digits else ord(last[0].lower()) - ord("a") + 1


def _from_roman(text: str) -> int:
    values = [ROMAN[char] for char in text]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
