"""The key of a phrase: what its spellings have in common, whatever their hyphens, number, British or American letters.

"Multi-Agent Systems" and "multi agent system" meet, and so do "organisation" and "organization", "eGovernment" and
"e-government". A key is for comparing only; what is shown is a spelling of the text.
"""

import re
from functools import lru_cache

#: The stems of a phrase.
Key = tuple[str, ...]
_PARTS = re.compile(r"[^\W_]+")
#: British letters -> American ones; what is no word of either language may come out, the same for both spellings.
_SPELLINGS = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"(?<=[a-z]{3})is(?=(?:e|ed|er|ers|es|ing|ation|ations)\Z)", "iz"),
        (r"(?<=[a-z]{3})ys(?=(?:e|ed|er|ers|es|ing)\Z)", "yz"),
        (r"(?<=[a-z]{3})our(?=(?:s|ed|ing|al|able|ite|ites)?\Z)", "or"),
        (r"(?<=[a-z]{3})tre(?=s?\Z)", "ter"),
        (r"(?<=[a-z]{3})ll(?=(?:ing|ed|er|ers)\Z)", "l"),
        (r"(?<=[a-z]{3})ogue(?=s?\Z)", "og"),
        (r"(?<=[a-z]{2}[fc]en)ce(?=s?\Z)", "se"),
        (r"(?<=progra)mme(?=s?\Z)", "m"),
    )
)
#: Endings of plurals -> of singulars; the first that fits counts.
_NUMBERS = tuple(
    (re.compile(pattern), singular)
    for pattern, singular in (
        (r"(?:ss|us|is|ics|bias|news|series|species|canvas|atlas|chaos|ethos|means)\Z", r"\g<0>"),
        (r"(?<=[a-z]{2})ies\Z", "y"),
        (r"(?<=aly|the|cri|nos|gno)ses\Z", "sis"),
        (r"(?<=ss|sh|ch)es\Z", ""),
        (r"(?<=[a-z]x)es\Z", ""),
        (r"(?<=[^aeo]us)es\Z", ""),
        (r"(?<=bus|gas|ias)es\Z", ""),
    )
)
_IRREGULAR = {"indices": "index", "matrices": "matrix", "vertices": "vertex", "criteria": "criterion"}
_ENDINGS = (("ation", "at"), ("ing", ""), ("ed", ""), ("e", ""))
_DOUBLED = re.compile(r"([bgmnprt])\1\Z")
_PLURAL_CAPITALS = re.compile(r"[A-Z]{2,}s\Z")
_PREFIX_E = re.compile(
    r"e(?=gov(?:ernment|ernance)?s?\Z|participation|democracy|procure|commerce|learning|health|business|voting|service)"
)
_CAMEL_E = re.compile(r"e(?=[A-Z][a-z]{2})")


def make_key(text: str) -> Key:
    """The stems of a phrase, hyphens and slashes opened: "Multi-Agent systems" -> ("multi", "agent", "system")."""
    return tuple(part for word in text.split() for part in split_word(word))


@lru_cache(maxsize=65536)
def split_word(word: str) -> tuple[str, ...]:
    """The stems of the parts of one word: "Multi-Agent" -> ("multi", "agent"), "eGovernment" -> ("e", "government")."""
    parts: list[str] = []
    for found in _PARTS.findall(word):
        folded = (found[:-1] if _PLURAL_CAPITALS.match(found) else found).casefold()
        if _CAMEL_E.match(found) or _PREFIX_E.match(folded):
            parts.append("e")
            folded = folded[1:]
        parts.append(fold(folded))
    return tuple(parts)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The stem of a lower-case word, the same for both numbers and spellings: "organisations" -> "organizat"."""
    word = make_singular(word)
    for pattern, american in _SPELLINGS:
        word = pattern.sub(american, word)
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            return word[:-1] if _DOUBLED.search(word) and ending != "e" else word + replacement
    return word


def make_singular(word: str) -> str:
    """A lower-case word without the ending of an English plural: "policies" -> "policy", "analyses" -> "analysis"."""
    if len(word) < 4 or not word.endswith("s"):
        return _IRREGULAR.get(word, word)
    for pattern, singular in _NUMBERS:
        if pattern.search(word):
            return pattern.sub(singular, word)
    return _IRREGULAR.get(word, word[:-1])
