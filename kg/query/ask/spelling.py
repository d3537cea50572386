"""Words that are a slip of the finger away from a word of the graph or of the questions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from kg.query.resolve import CLASSES, find_labels
from kg.query.words import STOP_WORDS, fold, stem

#: A shorter word is one letter away from too many others; two letters turned are a slip in shorter ones, too.
MIN_LETTERS, MIN_TURNED = 6, 4


def find_slips(store: ox.Store, words: Iterable[str]) -> dict[str, str]:
    """Word -> the word that was probably meant, for words that nothing is called by and one letter makes known."""
    asked = [word for word in words if len(word) >= MIN_TURNED and word.isalpha()]
    if not asked:
        return {}
    known = set(_load_question_words())
    for kind in CLASSES:
        for labels in find_labels(store, kind).values():
            known.update(word for label in labels for word in re.findall(r"[^\W\d_]{4,}", fold(label)))
    stems = {stem(word) for word in known}
    strange = [word for word in dict.fromkeys(asked) if stem(fold(word)) not in stems]
    found = {word: _choose(known, stems, set(_find_near(fold(word)))) for word in strange}
    return {word: meant for word, meant in found.items() if meant}


def _choose(known: set[str], stems: set[str], near: set[str]) -> str:
    """The first of these that is known, or the plural of what is; "" if none is."""
    plurals = (word for word in near if word.endswith("s") and stem(word) in stems)
    return min(known & near, default="") or min(plurals, default="")


@cache
def _load_question_words() -> frozenset[str]:
    text = files("kg.query").joinpath("synonyms.txt").read_text(encoding="utf-8")
    return STOP_WORDS | frozenset(re.findall(r"[a-z]{4,}", text))


def correct(question: str, slips: Mapping[str, str]) -> str:
    """The question with the words that were meant."""
    return re.sub(r"[^\W_]+", lambda match: slips.get(match[0], match[0]), question)


def _find_near(word: str) -> Iterator[str]:
    """Every word that one letter more, less, another vowel for a vowel, or two turned, make; the first letter stays."""
    letters, vowels = "abcdefghijklmnopqrstuvwxyz", "aeiouy"
    for i in range(1, len(word) + 1):
        head, tail = word[:i], word[i:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        if len(word) < MIN_LETTERS:
            continue
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in vowels if tail[0] in vowels)
