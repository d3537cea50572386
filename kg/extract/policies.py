"""Policies, plans, laws and programmes that a text names."""

import re
from collections.abc import Iterator

from kg.annotate import Annotated
from kg.extract.evidence import is_prose, sentence_around
from kg.model import Assertion, make_fields

_HEAD = (
    r"(?:Plan|Strategy|Act|Law|Regulation|Directive|Policy|Agenda|Framework|Programme|Program|Charter|White Paper|"
    r"Green Paper|Action Plan|Roadmap|Declaration|Constitution|Code|Convention|Treaty|Memorandum|Order|Decree|Bill|"
    r"Guidelines|Opinions|Congress|Plenary Session|Manifesto|Mandate|Partnership|Initiative|Blueprint|Playbook|"
    r"Standard)"
)
_WORD = r"(?:[A-Z0-9][\w’'\-–]*|\d+(?:st|nd|rd|th))"
_LINK = r"(?:of|for|on|and|the|to|in|&)"
#: Capitalised words that end in the kind of thing it is, and what it is of or on.
_NAMED = re.compile(
    rf"(?<![\w-])(?:{_WORD}\s+)(?:(?:{_WORD}|{_LINK})\s+){{0,7}}?{_HEAD}(?:s)?\b"
    rf"(?:\s+(?:of|for|on)\s+(?:the\s+)?{_WORD}(?:\s+(?:{_WORD}|of|and|the)){{0,5}}(?<!\band)(?<!\bof)(?<!\bthe))?"
    rf"(?:\s+\(?\d{{4}}(?:[-–]\d{{2,4}})?\)?)?"
)
_LEAD = re.compile(r"^(?:(?:the|The|This|That|These|Our|Its|In|Under|Since|See|A|An|By|From|With|For|At|As|On)\s+)+")
#: What looks like a policy and is a part of this text.
_NOT_POLICY = re.compile(
    r"^(?:\d+\b|Figure|Table|Section|Chapter|Annex|Appendix|Box|Step|Action \d|Source|Open Standard$)|"
    r"^(?:\w+\s)?(?:Initiative|Plan|Order|Standard|Framework|Policy|Code|Program|Programme|Strategy|Law|Act)$"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()


def extract(annotated: Annotated, earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """Each named policy once, at its first mention; then remarks on names that differ in their ordinal alone."""
    if annotated.document.language != "en":
        return
    text = annotated.document.text
    seen: dict[str, Assertion] = {}
    for found in _NAMED.finditer(text):
        start, end = trim_name(found.group(), found.start())
        label = " ".join(text[start:end].split())
        if (
            len(label.split()) < 2
            or _NOT_POLICY.search(label)
            or "\n\n" in text[start:end]
            or not is_prose(annotated, start)
        ):
            continue
        evidence = sentence_around(annotated, start)
        assertion = Assertion("policy", label, evidence, confidence=0.8, method="extract.policies/name")
        seen.setdefault(_key(label), assertion)
    yield from seen.values()
    yield from find_odd_ordinals(tuple(seen.values()))


def trim_name(name: str, offset: int) -> tuple[int, int]:
    """Where the name lies in the text without the function words before it; offsets count from the text's start."""
    lead = _LEAD.match(name)
    start = lead.end() if lead else 0
    return offset + start, offset + len(name.rstrip())


def _key(label: str) -> str:
    return re.sub(r"\W+", " ", label.casefold()).strip()


def split_ordinal(label: str) -> tuple[int, str]:
    """The ordinal in a name and the name without it: "9th Growth Plan" -> (9, "growth plan"); 0 if there is none."""
    words = label.casefold().split()
    for position, word in enumerate(words):
        digits = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", word)
        number = int(digits[1]) if digits else _ORDINALS.index(word) + 1 if word in _ORDINALS else 0
        if number:
            return number, " ".join(words[:position] + words[position + 1 :])
    return 0, ""


def find_odd_ordinals(policies: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """Remarks on a plan named with two ordinals, one in words and one in figures: often a slip of translation."""
    ordinals = [(split_ordinal(policy.label), policy) for policy in policies]
    for (number, name), policy in ordinals:
        others = [p for (n, other), p in ordinals if n and other == name and n != number]
        if number and others and not any(c.isdigit() for c in policy.label.split()[0]):
            label = f"The text names both '{policy.label}' and '{others[0].label}': check which is meant."
            fields = make_fields(severity="warning")
            yield Assertion("remark", label, policy.evidence, fields=fields, method="extract.policies/ordinal")
