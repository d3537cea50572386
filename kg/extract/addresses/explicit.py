"""Wording that says which problem a remedy is for."""

import re
from functools import lru_cache

from kg.extract.words import AGAINST, find_content_stems

#: A verb against something, and what it is against.
_VERB = re.compile(rf"\b{AGAINST}\w*\s+(?P<object>[^.;:,]{{3,160}})", re.IGNORECASE)
#: "To meet this challenge", "these problems": what was said just before.
_POINTING = re.compile(
    rf"\b(?:{AGAINST}\w*|meet(?:ing)?|for|to|against|with)\s+(?:\w+\s+)?"
    r"(?:this|these|those|such|the above|that)\s+(?:\w+\s+)?"
    r"(?:challenges?|problems?|issues?|barriers?|dilemmas?|obstacles?|risks?|difficult\w+|gaps?|concerns?|shortcomings?|"
    r"limitations?|weakness\w*|constraints?|threats?|situation)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    rf"\b(?:to|in order to|so as to|for|by|helps?|which|that|and)\s+(?:\w+\s+)?{AGAINST}\w*\b", re.IGNORECASE
)
#: Share of a dilemma's content words that must stand behind the verb.
MIN_OVERLAP = 0.6


def names_dilemma(remedy_sentence: str, dilemma_label: str) -> bool:
    """Whether the sentence has a verb against something and behind it most content words of the label."""
    wanted = find_content_stems(dilemma_label)
    if not wanted:
        return False
    for target in find_targets(remedy_sentence):
        held = wanted & target
        if len(held) >= max(1, MIN_OVERLAP * len(wanted)) and (len(held) > 1 or len(wanted) == 1):
            return True
    return False


@lru_cache(maxsize=8192)
def find_targets(sentence: str) -> tuple[frozenset[str], ...]:
    """The content words behind each verb against something."""
    return tuple(find_content_stems(found["object"]) for found in _VERB.finditer(sentence))


@lru_cache(maxsize=8192)
def points_back(remedy_sentence: str) -> bool:
    """Whether the sentence says that it answers the problems named just before."""
    return bool(_POINTING.search(remedy_sentence))


def has_purpose(sentence: str) -> bool:
    """Whether the sentence does something in order to lessen something."""
    return bool(_PURPOSE.search(sentence)) or bool(_VERB.match(sentence.strip()))
