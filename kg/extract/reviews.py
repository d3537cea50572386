"""What people have decided, applied to what was found in a document."""

from collections.abc import Sequence
from dataclasses import replace

from kg.annotate import Annotated
from kg.extract.doubtful import trust_links
from kg.extract.evidence import make_evidence
from kg.extract.half_edges import drop_half_edges
from kg.model import Assertion, Evidence, make_fields
from kg.model.decision import ACCEPTED, REJECTED, Decision, fold_quote

METHOD = "extract.reviews/person"
_KINDS = frozenset({"dilemma", "remedy"})


def apply_decisions(
    annotated: Annotated, found: Sequence[Assertion], decisions: Sequence[Decision]
) -> tuple[Assertion, ...]:
    """The assertions without what was rejected, and with what was accepted even where it was not found this time."""
    kept = list(found)
    for decision in decisions:
        if decision.item in _KINDS:
            kept = _decide_statement(annotated, kept, decision)
    kept = drop_half_edges(kept, found)
    for decision in decisions:
        if decision.item == "link":
            kept = _decide_link(kept, decision)
    return tuple(trust_links(kept))


def _decide_statement(annotated: Annotated, found: list[Assertion], decision: Decision) -> list[Assertion]:
    words = fold_quote(decision.quote)
    about = [a for a in found if a.kind in {decision.item, decision.kind} and fold_quote(a.evidence.quote) == words]
    if decision.verdict == REJECTED:
        return [assertion for assertion in found if assertion not in about or assertion.kind != decision.item]
    if not about:
        evidence = _find_words(annotated, decision.quote)
        return [*found, _make_statement(decision, evidence)] if evidence else found
    return [_accept(assertion, decision) if assertion in about else assertion for assertion in found]


def _accept(assertion: Assertion, decision: Decision) -> Assertion:
    fields = dict(assertion.fields) | ({"type": decision.type} if decision.type else {})
    kind = decision.kind or assertion.kind
    if kind != assertion.kind and not decision.type:
        fields.pop("type", None)
    return replace(
        assertion,
        kind=kind,
        label=decision.label or assertion.label,
        fields=make_fields(**fields),
        confidence=1.0,
        status="asserted",
        reasons=(*assertion.reasons, _name_reviewer(decision)),
    )


def _make_statement(decision: Decision, evidence: Evidence) -> Assertion:
    kind = decision.kind or decision.item
    label = decision.label or " ".join(evidence.quote.split())
    fields = make_fields(level=2, stance="plain", type=decision.type)
    key = f"{kind[0]}r{evidence.start}"
    return Assertion(kind, label, evidence, key, fields, 1.0, METHOD, reasons=(_name_reviewer(decision),))


def _decide_link(found: list[Assertion], decision: Decision) -> list[Assertion]:
    ends = [
        {a.key: a for a in found if a.kind == kind and fold_quote(a.evidence.quote) == fold_quote(quote)}
        for kind, quote in (("remedy", decision.quote), ("dilemma", decision.other))
    ]
    about = [
        a for a in found if a.kind == "addresses" and a.get("remedy_key") in ends[0] and a.get("dilemma_key") in ends[1]
    ]
    rest = [assertion for assertion in found if assertion not in about]
    if decision.verdict == REJECTED or not all(ends):
        return rest if decision.verdict == REJECTED else found
    remedy, dilemma = (next(iter(side.values())) for side in ends)
    confirmed = {remedy.key, dilemma.key}
    rest = [replace(a, status="asserted") if a.key in confirmed and a.status == "candidate" else a for a in rest]
    link = about[0] if about else Assertion(
        "addresses", remedy.label, remedy.evidence,
        fields=make_fields(remedy_key=remedy.key, dilemma_key=dilemma.key), method=METHOD,
    )  # fmt: skip
    reasons = (*link.reasons, _name_reviewer(decision))
    return [*rest, replace(link, confidence=1.0, status="asserted", reasons=reasons)]


def _find_words(annotated: Annotated, quote: str) -> Evidence | None:
    """Where the document has these words, spaced, hyphenated and stopped as it likes; None if it has them not."""
    text, words = annotated.document.text, fold_quote(quote)
    places = [i for i, char in enumerate(text) for folded in char.casefold() if folded.isalnum()]
    at = fold_quote(text).find(words)
    if not words or at < 0:
        return None
    start, end = places[at], places[at + len(words) - 1] + 1
    return make_evidence(annotated, start, end + (text[end : end + 1] in {".", "!", "?"}))


def _name_reviewer(decision: Decision) -> str:
    verb = "reviewed" if decision.verdict == ACCEPTED else "rejected"
    return f"{verb} by {decision.reviewer or 'a person'}" + (f": {decision.note}" if decision.note else "")
