"""Dilemmas and remedies that may be wrong stay, as candidates, if something speaks for them.

`statements` finds them as candidates, so that links can be drawn to them; here those go that are likelier wrong than
right and that no likely link joins to another.
"""

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.half_edges import drop_half_edges
from kg.model import Assertion

#: A link of at least this confidence speaks for both its ends.
LEAST_LINK = 0.5
WHY = "kept because a likely link needs it"
#: A dilemma or remedy of at least this confidence speaks for itself: it is likelier right than wrong.
LEAST_ITSELF = 0.5
WHY_ITSELF = "likelier right than wrong, but not sure enough"
DOUBTFUL_END = "one of its ends is doubtful"


def settle(found: Sequence[Assertion], *, least: float = 0.0) -> tuple[Assertion, ...]:
    """What was found without the doubtful statements for which nothing speaks, and without what refers to them.

    least: what a workspace asks for instead, if not 0: statements of this confidence are asserted, all others go.
    """
    linked: set[str] = set()
    for link in found:
        if link.kind == "addresses" and link.confidence >= LEAST_LINK:
            linked.update(_list_ends(link))
    kept = []
    for assertion in found:
        if assertion.kind not in {"dilemma", "remedy"}:
            kept.append(assertion)
        elif least:
            kept += [replace(assertion, status="asserted")] if assertion.confidence >= least else []
        elif assertion.status != "candidate":
            kept.append(assertion)
        elif assertion.key in linked or assertion.confidence >= LEAST_ITSELF:
            why = WHY if assertion.key in linked else WHY_ITSELF
            kept.append(replace(assertion, reasons=(*assertion.reasons, why)))
    return tuple(doubt_links(drop_half_edges(kept, found)))


def doubt_links(found: Sequence[Assertion]) -> list[Assertion]:
    """The same, but links that the text states are candidates where an end is one: no link is surer than its ends."""
    doubted = {assertion.key for assertion in found if assertion.status == "candidate" and assertion.key}
    return [
        replace(a, status="candidate", reasons=(*a.reasons, DOUBTFUL_END))
        if a.kind == "addresses" and a.status == "asserted" and not doubted.isdisjoint(_list_ends(a))
        else a
        for a in found
    ]


def trust_links(found: Sequence[Assertion]) -> list[Assertion]:
    """The same, but links that were candidates only for a doubtful end are stated where none is doubtful any more."""
    doubted = {assertion.key for assertion in found if assertion.status == "candidate" and assertion.key}
    return [
        replace(a, status="asserted", reasons=tuple(reason for reason in a.reasons if reason != DOUBTFUL_END))
        if DOUBTFUL_END in a.reasons and doubted.isdisjoint(_list_ends(a))
        else a
        for a in found
    ]


def _list_ends(link: Assertion) -> tuple[str, str]:
    return link.get_text("remedy_key"), link.get_text("dilemma_key")
