"""What a citing sentence looks like to the intent classifier: three families of hashed features.

words: words as written, single and in pairs; letters: groups of three to five letters inside words;
masked: up to three words in a row, with citations and numbers replaced by signs.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

#: Size of the hashed feature space of each family.
BUCKETS = 1 << 17
FAMILIES: tuple[str, ...] = ("words", "letters", "masked")
#: Longer contexts are cut: the cue stands near the citation.
MAX_CHARS = 1200
_GROUP = re.compile(
    r"\(\s*[^()]*?(?:19|20)\d\d[a-z]?[^()]*\)|\[\s*\d+(?:\s*[,–-]\s*\d+)*\s*\]|\(\s*\d+(?:\s*[,–-]\s*\d+)*\s*\)"
)
_AUTHORS = re.compile(
    r"[A-Z][\w'-]+(?: et al\.?,?| and [A-Z][\w'-]+| & [A-Z][\w'-]+)? {0,2}(?:CITED|\(?(?:19|20)\d\d\w?\)?)"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORD = re.compile(r"\w+(?:'\w+)?|[^\w\s]")


def mask_citations(text: str) -> list[str]:
    """The words of a text in lower case; "cited" for a citation, "authors" for authors and year, "number"."""
    text = _AUTHORS.sub(" AUTHORS ", _GROUP.sub(" CITED ", text))
    return _WORD.findall(_NUMBER.sub("NUMBER", text).lower())


def _find_runs(words: list[str], longest: int) -> Iterator[str]:
    """Every run of one to `longest` words."""
    for size in range(1, longest + 1):
        for i in range(len(words) - size + 1):
            yield " ".join(words[i : i + size])


def _find_letters(text: str) -> Iterator[str]:
    for word in text.split():
        padded = f" {word} "
        for size in (3, 4, 5):
            for i in range(max(1, len(padded) - size + 1)):
                yield padded[i : i + size]


def find_features(text: str) -> dict[str, dict[int, float]]:
    """Family -> bucket -> damped count (1 + log count)."""
    text = text[:MAX_CHARS]
    counts = {
        "words": Counter(_find_runs(text.lower().split(), 2)),
        "letters": Counter(_find_letters(text.lower())),
        "masked": Counter(_find_runs(mask_citations(text), 3)),
    }
    found: dict[str, dict[int, float]] = {}
    for family, grams in counts.items():
        buckets: dict[int, float] = {}
        for gram, count in grams.items():
            bucket = crc32(gram.encode()) % BUCKETS
            buckets[bucket] = buckets.get(bucket, 0.0) + 1 + math.log(count)
        found[family] = buckets
    return found
