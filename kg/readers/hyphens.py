"""Words cut at a line end: joined without the hyphen unless the hyphen is part of the word."""

import re
from collections.abc import Iterable

from kg.readers.word_lists import load_words

#: First parts that keep their hyphen in the field's English.
PREFIXES = load_words("hyphen_prefixes")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+|[^\W\d_]+")
_URL_END = re.compile(r"(?:https?:|www\.)\S*[/._=?&%#~:-]$")
#: No word or address is longer; a line is looked at no further back.
MAX_WORD_CHARS = 300
_CUT = re.compile(r"(?P<first>[^\W\d_](?:[\w-]*[^\W_])?)(?P<mark>[-\u00ad\x02])$")


def find_written_words(text: str) -> frozenset[str]:
    """The words of a text in lower case, hyphenated ones as wholes, line ends not counted."""
    return frozenset(
        word.lower() for line in text.split("\n") for word in _WORD.findall(line.rstrip().removesuffix("-"))
    )


def join_hyphenated(lines: Iterable[str], words: frozenset[str]) -> str:
    """The lines of one paragraph on one line; words and addresses cut at line ends are mended.

    words: those of the whole document; a form written there without a line end decides.
    """
    parts: list[str] = []
    for line in map(str.strip, lines):
        if parts and line:
            parts[-1], glue = _mend(parts[-1], line, words)
            parts.append(glue)
        if line:
            parts.append(line)
    return "".join(parts)


def _mend(first: str, second: str, words: frozenset[str]) -> tuple[str, str]:
    """The first of two lines without a hyphen that only the line end put there, and what stands between them."""
    tail = first[-MAX_WORD_CHARS:]
    if _URL_END.search(tail) and re.match(r"[\w/.?=&%#~-]", second):
        return first, ""
    if re.search(r"\d[-–]$", tail) and second[0].isdigit():  # "2025–" and "2030"
        return first, ""
    cut = _CUT.search(tail)
    rest = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)*", second)
    if not cut or not rest:
        return first, " "
    keeps = keeps_hyphen(cut.group("first"), rest.group(), words)
    return (first[:-1] + "-" if keeps else first[:-1]), ""


def keeps_hyphen(first: str, second: str, words: frozenset[str]) -> bool:
    """Whether "first-second" is written with its hyphen in the middle of a line.

    Decided by the document's own words, else by the prefix, else by whether both parts are words of the document.
    """
    left, right = first.lower(), second.lower()
    last = left.split("-")[-1]
    if f"{left}-{right}" in words or f"{last}-{right}" in words:
        return True
    if f"{left}{right}" in words or f"{last}{right}" in words:
        return False
    if second[0].isupper() or not first[-1].isalpha():
        return True
    return last in PREFIXES and len(right) > 2 and (len(last) > 2 or last in {"e", "m", "t", "g", "i", "k"})
