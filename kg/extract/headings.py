"""Headings as names of dilemmas and remedies."""

import re

#: "Challenge 3:", "Action 10 -", "(a)": an ordinal in front of the name proper.
_ORDINAL = re.compile(
    r"^(?:(?:challenge|problem|barrier|issue|risk|obstacle|solution|action|recommendation|practice|measure|step|play|"
    r"principle|guideline|strategy|goal|objective|priority|area|theme)\s+)?(?:\d+|[ivx]+|[a-z])\s*[.:)\-–—]\s+",
    re.IGNORECASE,
)
_KIND_LEAD = re.compile(
    r"^(?:the\s+)?(?:challenge|problem|barrier|issue|risk|obstacle|solution|action|recommendation|measure)s?\s*"
    r"(?:\([^)]*\)\s*)?[:\-–—]\s+",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"^(?:there\s+(?:is|are|was|were|exists?|remains?)|it\s+is|we\s+(?:should|must|need\s+to))\s+", re.I
)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\w)", re.IGNORECASE)
#: "Federal employees should:" leaves the naming to its list.
_BROKEN_OFF = re.compile(r"\b(?:should|must|shall|would|to|of|and|or|the|a|an)\W*$", re.IGNORECASE)
#: "Communicate effectively by:" names what stands before the "by".
_TAIL = re.compile(r"\s+(?:by|through|such as|for example|including)\W*$", re.IGNORECASE)
MAX_LABEL_WORDS = 12


def breaks_off(title: str) -> bool:
    """Whether a heading ends on a word that asks for more."""
    return bool(_BROKEN_OFF.search(title))


def clean_heading(title: str) -> tuple[int, int]:
    """Where the name proper lies in a heading: half-open offsets into `title`.

    Cut off: ordinals ("Challenge 3:"), expletives ("There is a"), articles, a "by:" at the end, closing punctuation.
    """
    start, end = 0, len(_TAIL.sub("", title).rstrip(" .:;,–—-"))
    for pattern in (_ORDINAL, _KIND_LEAD, _EXPLETIVE, _ARTICLE):
        found = pattern.match(title[start:end])
        if found and found.end() < end - start:
            start += found.end()
    return start, end


def lower_first(label: str) -> str:
    """A label with its first word in lower case, unless the word is an acronym or a name by its other capitals."""
    first, _, rest = label.partition(" ")
    if len(first) > 1 and any(c.isupper() for c in first[1:]):
        return label
    if re.match(r"[A-Z]\w*-[A-Z]", first):
        return label
    return f"{first[:1].lower()}{first[1:]} {rest}".strip()


def lower_title(label: str) -> str:
    """A heading in title case as running text: "Training Digital Talents" -> "training digital talents".

    Acronyms and words with inner capitals keep theirs; a heading in sentence case loses only its first capital.
    """
    words = label.split()
    long_words = [w for w in words if len(w) > 3 and w[0].isalpha()]
    if label.isupper() and len(words) > 1:
        return label.lower()
    if len(long_words) > 1 and all(w[0].isupper() for w in long_words):
        return " ".join(w if _has_capitals_inside(w) else w.lower() for w in words)
    return lower_first(label)


def _has_capitals_inside(word: str) -> bool:
    """Whether a word keeps its capitals in running text: "EU", "PROV-O", "eID", but not "Data" or "Top-Level"."""
    return any(sum(c.isupper() for c in part) > 1 or part[1:] != part[1:].lower() for part in word.split("-"))
