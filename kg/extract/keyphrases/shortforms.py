"""Abbreviations where a text explains them: "open government data (OGD)", "OGD (open government data)".

After Schwartz and Hearst 2003 ("A simple algorithm for identifying abbreviation definitions in biomedical text"), on
words: the first letter of the short form begins the long one, and each word that is no function word gives its own
first letter, which the original does not ask for and which keeps out what only happens to hold the letters.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.keyphrases.candidates import Word
from kg.extract.words import STOP_WORDS

_SHORT = re.compile(r"[^\W_](?:[\w&./+-]*[^\W_])?\Z")
MIN_SHORT_CHARS, MAX_SHORT_CHARS = 2, 10
#: A long form has at most so many words.
MAX_LONG_WORDS = 9
#: Nor more parts than this, between hyphens too: trying out which part gives which letter takes its time.
MAX_LONG_PARTS = 12
#: A bracket with more words than this explains nothing.
MAX_BRACKET_WORDS = 12
_LETTERS = re.compile(r"[^\W_]")
_OPENED = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"[a-z][A-Z]")
_REPEAT = re.compile(r"([a-z])([234])")
#: Words by which an abbreviation follows a comma without brackets.
_NAMING = frozenset({"or", "hereafter", "hereinafter", "henceforth", "abbreviated"})
_CUTS = frozenset({",", ";", ":"})
_QUOTES = frozenset("\"'“”‘’")


@dataclass(frozen=True, slots=True)
class ShortForm:
    """An abbreviation and the stretch of words that explains it.

    short: as written, without the "s" of a plural. first, last: half-open range of words of the long form.
    """

    short: str
    first: int
    last: int


def find_short_forms(words: Sequence[Word]) -> tuple[ShortForm, ...]:
    """The abbreviations a text explains, each once, in reading order; a second meaning of one is passed over."""
    found: dict[str, ShortForm] = {}
    for index, word in enumerate(words):
        if word.text in {"(", "["}:
            for form in _read_bracket(words, index):
                found.setdefault(form.short, form)
        elif word.text.casefold() in _NAMING and (named := _read_named(words, index)):
            found.setdefault(named.short, named)
    return tuple(found.values())


def _read_bracket(words: Sequence[Word], opening: int) -> Iterator[ShortForm]:
    """What the bracket at an index explains, or what it is that the words before it explain."""
    inside: list[int] = []
    for index in range(opening + 1, min(len(words), opening + MAX_BRACKET_WORDS + 1)):
        if words[index].text in {")", "]"}:
            break
        if words[index].text in _CUTS and inside:
            break
        if words[index].text not in _QUOTES:
            inside.append(index)
    else:
        return
    if not inside:
        return
    if len(inside) == 1 and is_short(words[inside[0]].text):
        start = _find_long(words, opening, _strip_plural(words[inside[0]].text))
        if start is not None:
            yield ShortForm(_strip_plural(words[inside[0]].text), start, _skip_quotes(words, opening))
    elif opening and len(inside) > 1 and is_short(words[opening - 1].text):
        short, end = _strip_plural(words[opening - 1].text), inside[-1] + 1
        if _find_long(words, end, short, stop=inside[0]) == inside[0]:
            yield ShortForm(short, inside[0], end)


def _read_named(words: Sequence[Word], naming: int) -> ShortForm | None:
    """ "service level agreements, or SLAs,": what the word before a naming word and its comma is called behind it."""
    behind = naming + 1 + (naming + 1 < len(words) and words[naming + 1].text in {"as", *_QUOTES})
    if behind >= len(words) or not naming or words[naming - 1].text != "," or not is_short(words[behind].text):
        return None
    short = _strip_plural(words[behind].text)
    start = _find_long(words, naming - 1, short)
    return None if start is None else ShortForm(short, start, naming - 1)


def _skip_quotes(words: Sequence[Word], end: int) -> int:
    return end - 1 if end and words[end - 1].text in _QUOTES else end


def is_short(text: str) -> bool:
    """Whether a word looks like an abbreviation: few letters, two capitals or a capital and a digit among them."""
    if not MIN_SHORT_CHARS <= len(text) <= MAX_SHORT_CHARS or not _SHORT.match(text):
        return False
    capitals = sum(map(str.isupper, text))
    return text.isascii() and (capitals >= 2 or (capitals == 1 and any(map(str.isdigit, text)) and text[0].isalpha()))


def _strip_plural(short: str) -> str:
    return short[:-1] if len(short) > 2 and short[-1] == "s" and short[-2].isupper() else short


def _find_long(words: Sequence[Word], end: int, short: str, *, stop: int = 0) -> int | None:
    """Index of the first word of the long form that ends before an index, None if the words there explain nothing.

    The nearest will do, but one with a word for each letter is better: "(DDI)" behind "digital divide index".
    """
    end, found, size = _skip_quotes(words, end), None, len(_spell_out(short.casefold()))
    for start in range(end - 1, max(stop, end - MAX_LONG_WORDS) - 1, -1):
        if words[start].sentence != words[end - 1].sentence or not _SHORT.match(words[start].text):
            break
        long = [word.text for word in words[start:end]]
        if long[0].casefold() in STOP_WORDS or not explains(long, short):
            continue
        if sum(not free for _, free in _list_parts(long)) == size:
            return start
        found = start if found is None else found
    return found


def explains(long: Sequence[str], short: str) -> bool:
    """Whether the letters of a short form stand in the words of a long one, in order.

    The first letter begins the first word. Every word gives its first letter and perhaps further ones; function words
    and what follows a hyphen may give none. A digit may repeat the letter before it ("W3C") or stand for a word.
    """
    parts = tuple(_list_parts(long))
    letters = "".join(_LETTERS.findall(short)).casefold()
    if (
        not 2 <= len(parts) <= MAX_LONG_PARTS
        or any(part == letters for part, _ in parts)
        or letters[0] != parts[0][0][0]
    ):
        return False
    if _match(_spell_out(letters), parts):
        return True
    return not letters.isalpha() and sum(not free for _, free in parts) < len(letters) and _match(letters, parts)


def _spell_out(letters: str) -> str:
    return _REPEAT.sub(lambda found: found[1] * int(found[2]), letters)


def _list_parts(long: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The parts of the words in lower case, and whether each may give no letter."""
    for word in long:
        for number, part in enumerate(_OPENED.findall(word)):
            shown = part[1:] if _CAMEL.match(part) else part
            yield shown.casefold(), number > 0 or part.casefold() in STOP_WORDS


def _match(letters: str, parts: tuple[tuple[str, bool], ...]) -> bool:
    if not parts:
        return not letters
    (part, free), rest = parts[0], parts[1:]
    if free and _match(letters, rest):
        return True
    if not letters:
        return False
    if letters[0].isdigit() and part[0] != letters[0]:
        return _match(letters[1:], parts)
    return part[0] == letters[0] and any(_match(letters[used:], rest) for used in _list_uses(letters, part))


def _list_uses(letters: str, part: str) -> Iterator[int]:
    """How many letters from the front a part may give: its first, and further ones that stand in it in order."""
    yield 1
    place = 1
    for used in range(1, len(letters)):
        place = part.find(letters[used], place) + 1
        if not place:
            return
        yield used + 1
