"""Questions in plain words, as they are compared with those in the headers of queries."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from kg.query.files import QueryFile
from kg.query.words import fold, stem


@cache
def _load_synonyms() -> dict[str, str]:
    """Stem of a word -> stem of the word that the headers use for it, "" for words without meaning.

    A word behind "=" is meant just so, not by its stem: what is leading is not what leads to something.
    """
    text = files("kg.query").joinpath("synonyms.txt").read_text(encoding="utf-8")
    same: dict[str, str] = {}
    for line in re.sub(r"\n[ \t]+", " ", text).splitlines():
        instead, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            same |= {word if word[0] == "=" else stem(word): stem(instead.strip()) for word in words.split()}
    return same


def find_telling_words(text: str) -> list[str]:
    """The words that say what a question asks for, as stems, synonyms made one."""
    same = _load_synonyms()
    words = re.findall(r"[^\W_]+", fold(text.replace("co-", "co ")))
    return [word for word in (same.get("=" + found, same.get(stem(found), stem(found))) for found in words) if word]


_ARTICLES = frozenset({"a", "an", "the"})


def find_all_words(text: str) -> list[str]:
    """Every word but articles as a stem, each {blank} as "_"."""
    words = re.findall(r"[^\W_]+|_", fold(re.sub(r"\{\w+\}", " _ ", text)))
    return [stem(word) for word in words if word not in _ARTICLES]


def find_phrasings(query: QueryFile) -> list[str]:
    """Every way in which the header of a query puts its question."""
    return [query.title, *query.questions, query.name.replace("_", " ")]


def weigh_words(queries: Mapping[str, QueryFile]) -> dict[str, float]:
    """How much each word tells queries apart, 0..1."""
    from kg.query.words import compute_rarity

    return compute_rarity(
        [word for phrasing in find_phrasings(query) for word in find_telling_words(phrasing)]
        for query in queries.values()
    )


#: What the order of words counts, against 1 for the words: "dilemmas without a remedy" and the reverse differ in it.
ORDER_WEIGHT = 0.1


def compute_fit(asked: Sequence[str], phrasing: Sequence[str], weights: Mapping[str, float]) -> float:
    """How well a phrasing fits the words asked: the harmonic mean of what it covers of them and they of it, 0..1.

    Of two phrasings with the same words the one in the order of the words asked fits better.
    """
    one, other = set(asked), set(phrasing)
    common = sum(weights.get(word, 1.0) for word in one & other)
    if not common:
        return 0.0
    share = 2 * common / (sum(weights.get(w, 1.0) for w in one) + sum(weights.get(w, 1.0) for w in other))
    in_order = SequenceMatcher(None, asked, phrasing, autojunk=False).ratio()
    return (1 - ORDER_WEIGHT) * share + ORDER_WEIGHT * in_order
