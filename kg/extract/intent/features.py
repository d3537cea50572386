"""What a citing sentence looks like to the intent classifier: five families of hashed features.

words: words as written, single and in pairs; letters: groups of three to five letters inside words.
In the others citations and numbers are replaced by signs. masked: up to three words in a row; skips: two words with
one to four others between; near: words around each citation, where it stands, and how the sentence begins.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

#: Size of the hashed feature space of each family.
BUCKETS = 1 << 17
FAMILIES: tuple[str, ...] = ("words", "letters", "masked", "skips", "near")
#: Families whose classifiers weigh features by log ratios and tell each label from all others.
RATIO_FAMILIES = frozenset({"masked", "near"})
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


#: Words between the two of a skip, at most.
_MOST_BETWEEN = 4
#: Words on either side of a citation that are looked at; from the third on they count alike.
_NEAR_WORDS, _FAR = 5, 3


def _find_skips(words: list[str]) -> Iterator[str]:
    for i, first in enumerate(words):
        for second in words[i + 2 : i + 2 + _MOST_BETWEEN]:
            yield f"{first}~{second}"


def _find_near(words: list[str]) -> Iterator[str]:
    for i, word in enumerate(words):
        if word not in ("cited", "authors"):
            continue
        for distance in range(1, _NEAR_WORDS + 1):
            if i >= distance:
                yield f"before{min(distance, _FAR)} {words[i - distance]}"
            if i + distance < len(words):
                yield f"behind{min(distance, _FAR)} {words[i + distance]}"
        yield f"place {5 * i // len(words)}"
    for size in (1, 2, 3):
        yield f"begins {' '.join(words[:size])}"


def find_features(text: str) -> dict[str, dict[int, float]]:
    """Family -> bucket -> damped count (1 + log count)."""
    text = text[:MAX_CHARS]
    masked = mask_citations(text)
    counts = {
        "words": Counter(_find_runs(text.lower().split(), 2)),
        "letters": Counter(_find_letters(text.lower())),
        "masked": Counter(_find_runs(masked, 3)),
        "skips": Counter(_find_skips(masked)),
        "near": Counter(_find_near(masked)),
    }
    found: dict[str, dict[int, float]] = {}
    for family, grams in counts.items():
        buckets: dict[int, float] = {}
        for gram, count in grams.items():
            bucket = crc32(gram.encode()) % BUCKETS
            buckets[bucket] = buckets.get(bucket, 0.0) + 1 + math.log(count)
        found[family] = buckets
    return found
