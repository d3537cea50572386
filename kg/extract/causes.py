"""Causes and effects between dilemmas, where a sentence says so."""

import re
from collections.abc import Iterator

from kg.annotate import Annotated
from kg.annotate.statements import score_phrases
from kg.extract.labels import find_phrase_after, find_phrase_before, make_label
from kg.model import Assertion, make_fields

#: "X leads to Y": the cause stands before.
_FORWARD = re.compile(
    r"\b(?:leads?|leading|led) to\b|\bresult(?:s|ed|ing)? in\b|\bcaus(?:es?|ed|ing)\b|\bgives? rise to\b|"
    r"\bcontribut(?:es?|ed|ing) to\b|\btrigger(?:s|ed|ing)?\b",
    re.IGNORECASE,
)
#: "Y because of X": the cause stands after.
_BACKWARD = re.compile(
    r"\b(?:because of|due to|owing to|as a result of|result(?:s|ed|ing)? from|caused by|stem(?:s|med|ming)? from|"
    r"attributed to|thanks to)\b",
    re.IGNORECASE,
)
#: An end is a dilemma where the plain classifier gives it this probability by itself: "high failure rates" is one, "the
#: two administrations" is none, and an edge to it would say nothing.
MIN_READS = 0.08


def extract(annotated: Annotated, earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """For each sentence that states a dilemma and says what brings it about: both ends as dilemmas, and the edge.

    The end that is named already is not named again.
    """
    stated = [a for a in earlier if a.kind == "dilemma" and a.method == "extract.statements/sentence"]
    stated = [a for a in stated if a.status == "asserted"]
    for dilemma in stated:
        quote = dilemma.evidence.quote
        for pattern, forward in ((_FORWARD, True), (_BACKWARD, False)):
            found = pattern.search(quote)
            if found:
                yield from _make_edge(annotated, dilemma, found, forward=forward)
                break


def _make_edge(annotated: Annotated, dilemma: Assertion, found: re.Match[str], *, forward: bool) -> Iterator[Assertion]:
    offset = dilemma.evidence.start
    middle, end = offset + found.start(), dilemma.evidence.end
    before = _choose(make_label(annotated, offset, middle, "dilemma"), find_phrase_before(annotated, offset, middle))
    middle = offset + found.end()
    after = _choose(find_phrase_after(annotated, middle, end), make_label(annotated, middle, end, "dilemma"))
    cause, effect = (before, after) if forward else (after, before)
    if not cause or not effect or cause.casefold() == effect.casefold():
        return
    keys = []
    for name, label in (("cause", cause), ("effect", effect)):
        if label.casefold() == dilemma.label.casefold():
            keys.append(dilemma.key)
            continue
        key = f"{dilemma.key}-{name}"
        keys.append(key)
        yield Assertion(
            "dilemma",
            label,
            dilemma.evidence,
            key,
            dilemma.fields,
            round(dilemma.confidence * 0.8, 4),
            "extract.causes/end",
        )
    yield Assertion(
        "causes",
        found.group().casefold(),
        dilemma.evidence,
        fields=make_fields(cause_key=keys[0], effect_key=keys[1]),
        confidence=round(dilemma.confidence * 0.9, 4),
        method="extract.causes/" + ("forward" if forward else "backward"),
    )


def _choose(*labels: str) -> str:
    """The label that reads most like a dilemma, the first of equals; "" if none does."""
    known = [label for label in labels if label]
    scores = [dilemma for dilemma, _ in score_phrases([f"{label[:1].upper()}{label[1:]}." for label in known])]
    best = max(scores, default=0.0)
    return known[scores.index(best)] if best >= MIN_READS else ""
