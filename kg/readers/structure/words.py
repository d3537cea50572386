"""Words of one document, to tell names from ordinary words."""

import re
from collections.abc import Iterable

_LOWER = re.compile(r"\b[a-zß-öø-ÿ][\w’'-]+\b")


def find_common_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that stand in lower case somewhere in the texts, e-mail and web addresses apart."""
    return frozenset(
        word
        for text in texts
        for part in text.split()
        if "@" not in part and "/" not in part
        for word in _LOWER.findall(part)
    )
