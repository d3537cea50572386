"""Words cut at a line end: joined without the hyphen unless the hyphen is part of the word."""

import re

from kg.readers.word_lists import load_words

#: First parts that keep their hyphen in the field's English.
PREFIXES = load_words("hyphen_prefixes")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+|[^\W\d_]+")
_URL_END = re.compile(r"(?:https?:|www\.)\S*[/._=?&%#~:-]$")
_CUT = re.compile(r"(?P<first>[^\W\d_](?:[\w-]*[^\W_])?)(?P<mark>[-\u00ad\x02])$")


def find_written_words(text: str) -> frozenset[str]:
    """The words of a text in lower case, hyphenated ones as wholes, line ends not counted."""
    return frozenset(
        word.lower() for line in text.split("\n") for word in _WORD.findall(line.rstrip().removesuffix("-"))
    )


def join_hyphenated(first: str, second: str, words: frozenset[str]) -> str:
    """Two lines of one paragraph on one line; a word cut at the line end is mended.

    words: those of the whole document; a form written there without a line end decides.
    """
    first, second = first.rstrip(), second.lstrip()
    if _URL_END.search(first) and re.match(r"[\w/.?=&%#~-]", second):
        return first + second
    cut = _CUT.search(first)
    rest = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)*", second)
    if not cut or not rest or not second:
        return f"{first} {second}".strip()
    stem = first[:-1]
    return f"{stem}{'-' if keeps_hyphen(cut.group('first'), rest.group(), words) else ''}{second}"


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
