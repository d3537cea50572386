"""Years and kinds of document in a question."""

import re
from dataclasses import dataclass

_YEAR = r"(1[89]\d\d|20\d\d)"
#: pattern -> names and offsets of the bounds it gives.
_PATTERNS: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    (rf"\b(?:between|from)\s+{_YEAR}\s*(?:and|to|until|till|-|–)\s*{_YEAR}", (("since", 0), ("until", 0))),
    (rf"\b{_YEAR}\s*(?:-|–|to)\s*{_YEAR}", (("since", 0), ("until", 0))),
    (rf"\b{_YEAR}\s+(?:on|onwards?|and\s+(?:later|after))\b", (("since", 0),)),
    (rf"\bsince\s+{_YEAR}", (("since", 0),)),
    (r"\bthe\s+(?=((?:19|20)\d0)s\b)((?:19|20)\d0)s\b", (("since", 0), ("until", 9))),
    (rf"\b(?:(?:later|newer|more\s+recent)\s+than|after|post[-\s])\s*{_YEAR}", (("since", 1),)),
    (rf"\b(?:until|till|up\s+to|by)\s+{_YEAR}", (("until", 0),)),
    (rf"\b(?:before|prior\s+to|(?:earlier|older)\s+than|pre[-\s])\s*{_YEAR}", (("until", -1),)),
)
_SINGLE = re.compile(rf"\b(?:in|of|from|during)\s+(?:the\s+year\s+)?{_YEAR}", re.IGNORECASE)
_ALONE = re.compile(rf"(?<![\w-]){_YEAR}(?![\w-])")
_KINDS = {
    "policy": r"\b(?:policies|policy\s+(?:documents?|papers?|texts?)|white\s+papers?"
    r"|government\s+(?:documents?|strategies)|national\s+strategies)\b",
    "note": r"\b(?:reading\s+)?notes\b",
    "abstract": r"\babstracts\b",
    "paper": r"\b(?:papers|articles|(?<!case\s)(?<!who\s)studies|researchers|scholars)\b",
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A value that the wording alone gives: name "since", "until" or "kind"; start and end in the question."""

    name: str
    value: str
    start: int
    end: int


def find_years(question: str) -> tuple[Bound, ...]:
    """The first and last year that the question asks about; () if it names none.

    "since 2019" gives since 2019, "before 2020" until 2019, "in 2020" both.
    """
    for pattern, bounds in _PATTERNS:
        match = re.search(pattern, question, re.IGNORECASE)
        if match:
            years = [int(year) for year in match.groups()]
            pairs = zip(bounds, years, strict=True)
            return tuple(Bound(name, str(year + offset), match.start(), match.end()) for (name, offset), year in pairs)
    return _name_both(_SINGLE.search(question))


def find_lone_year(question: str) -> tuple[Bound, ...]:
    """The year of a question that names one by its number alone, "2020 papers", in a question without other years."""
    return _name_both(_ALONE.search(question))


def _name_both(match: re.Match[str] | None) -> tuple[Bound, ...]:
    if not match:
        return ()
    return tuple(Bound(name, match[1], match.start(), match.end()) for name in ("since", "until"))


def find_kind(question: str) -> Bound | None:
    """The kind of document that the question asks about, None if it names none or more than one."""
    found = []
    for kind, pattern in _KINDS.items():
        match = re.search(pattern, question, re.IGNORECASE)
        if match:
            found.append(Bound("kind", kind, match.start(), match.end()))
    return found[0] if len(found) == 1 else None
