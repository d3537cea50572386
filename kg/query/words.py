"""Words as they are compared: without case, accents, plural and other common endings."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log

#: Words that say nothing about what a question or a label is about.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about against all also an and any are as at be been between by can could do does for from had has have how
        if in into is it its may more most much no not of on or over s say says should since so some such that the
        their them there these they this those to under until up us use used was we were what when where which who
        whom whose why will with within without would
        """,
    )
)
#: ending -> what stands in its place; the first that fits and leaves three letters is taken.
_ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("isation", "iz"),
    ("ization", "iz"),
    ("ising", "iz"),
    ("izing", "iz"),
    ("ised", "iz"),
    ("ized", "iz"),
    ("ise", "iz"),
    ("ize", "iz"),
    ("ing", ""),
    ("ed", ""),
    ("s", ""),
)


def fold(text: str) -> str:
    """The text in lower case without accents: "São Paulo" -> "sao paulo"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word without its ending: "silos" -> "silo", "sharing" and "shares" -> "shar"."""
    if word.endswith(("ss", "us", "is")):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return (word[: -len(ending)] + instead).rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def find_words(text: str) -> list[str]:
    """The stems of a text's words in order, without stop words; all of them where nothing else is left."""
    words = re.findall(r"[^\W_]+", fold(text))
    telling = [word for word in words if word not in STOP_WORDS]
    return [stem(word) for word in telling or words]


def compute_rarity(texts: Iterable[Iterable[str]]) -> dict[str, float]:
    """How much each word tells, from how few of the texts hold it: 1 for a word of one text, less for common ones.

    Source: inverse document frequency, Spärck Jones 1972, scaled to 0..1.
    """
    counts: Counter[str] = Counter()
    total = 0
    for words in texts:
        total += 1
        counts.update(set(words))
    return {word: log(1 + total / count) / log(1 + total) for word, count in counts.items()}


def compute_overlap(wanted: Iterable[str], label: Iterable[str], rarity: dict[str, float] | None = None) -> float:
    """How well a label fits the words wanted: 1 for the same words, 0 for none in common.

    The share of wanted words found counts three times as much as the share of the label that they make up.
    rarity: weight of each word, 1 where missing.
    """
    known = rarity or {}
    asked, found = set(wanted), set(label)
    common = sum(known.get(word, 1.0) for word in asked & found)
    if not common:
        return 0.0
    return 0.75 * common / sum(known.get(w, 1.0) for w in asked) + 0.25 * common / sum(known.get(w, 1.0) for w in found)
