"""What a citing sentence looks like to the intent classifier: hashed words and letter groups."""

import math
import re
from collections import Counter
from itertools import pairwise
from zlib import crc32

#: Size of the hashed feature space.
BUCKETS = 1 << 18
_WORD = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
#: Longer contexts are cut: the cue stands near the citation.
MAX_CHARS = 1200


def find_features(text: str) -> dict[int, float]:
    """Bucket -> weight; words (one and two) and letter groups (two to five) each have length 1.

    Counts are damped (1 + log count) as in tf-idf; the classifier's weights carry the rest.
    """
    text = text[:MAX_CHARS].lower()
    words = _WORD.findall(text)
    grams = Counter(f"w {word}" for word in words)
    grams.update(f"w {a} {b}" for a, b in pairwise(words))
    letters: Counter[str] = Counter()
    for word in words:
        padded = f" {word} "
        for size in (2, 3, 4, 5):
            if size <= len(padded):
                letters.update(padded[i : i + size] for i in range(len(padded) - size + 1))
    found: dict[int, float] = {}
    for counts, prefix in ((grams, ""), (letters, "c")):
        damped = {gram: 1 + math.log(count) for gram, count in counts.items()}
        length = math.sqrt(sum(value * value for value in damped.values()))
        for gram, value in damped.items():
            bucket = crc32(f"{prefix}{gram}".encode()) % BUCKETS
            found[bucket] = found.get(bucket, 0.0) + value / length
    return found
