"""Content words of short texts, cut to stems that meet across inflections."""

import re
from functools import lru_cache

#: Words that say nothing about the subject, in labels and sentences of the field.
STOP_WORDS = frozenset(
    (
        "a about above across after against all also although among an and any are as at be because been before being "
        "below between both but by can cannot could do does done due during each either especially etc even every few "
        "for from further had has have having he her here his how however i if in into is it its itself just less like "
        "made make makes making many may might more most much must need needs new no nor not now of off often on one "
        "only or other others our out over own per rather same several shall she should since so some still such than "
        "that the their them then there therefore these they this those through thus to too toward towards under until "
        "up upon us use used using very was we well were what when where whether which while who whom whose why will "
        "with within without would yet you your"
    ).split()
)
#: Stems of verbs against something, as a pattern: to address, to overcome, to deal with a problem.
AGAINST = (
    r"(?:address|solv|resolv|overcom|reduc|tackl|mitigat|eliminat|avoid|prevent|combat|counter|remed(?:y|i)|bridg|"
    r"clos|break|remov|minimi[sz]|alleviat|fight|cop(?:e|ing) with|deal(?:ing)? with|respon(?:d|se) to|"
    r"protect(?:s|ing)? against|"
    r"narrow|curb|cure|fix|ease|limit|lower|lessen|reliev|abolish|"
    # As nouns these two say nothing: "by the end of the year", "at each stop".
    r"(?:end(?:s|ed|ing)?|stop(?:s|ped|ping)?)(?=\s+[a-z])(?!\s+(?:of|at|in|on|and|or|for|to|with|when|if|by|is|was)\b))"
)
_ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ations", "at"),
    ("ation", "at"),
    ("ing", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("e", ""),
)


def stem(word: str) -> str:
    """A lower-case word without its common endings: "sharing" and "shares" -> "shar", "policies" -> "policy"."""
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)] + replacement
    return word


@lru_cache(maxsize=16384)
def find_stems(text: str) -> tuple[str, ...]:
    """Stems of all words, in order."""
    return tuple(stem(word) for word in re.findall(r"[^\W_]+", text.casefold()))


@lru_cache(maxsize=16384)
def find_content_stems(text: str) -> frozenset[str]:
    """Stems of the words that are not stop words."""
    return frozenset(stem(w) for w in re.findall(r"[^\W_]{2,}", text.casefold()) if w not in STOP_WORDS)
