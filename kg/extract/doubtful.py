"""Dilemmas and remedies that may be wrong stay if something speaks for them: a likely link to another one.

`statements` finds them as candidates, so that links can be drawn to them; here they are settled.
"""

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.half_edges import drop_half_edges
from kg.model import Assertion

#: A link of at least this confidence speaks for both its ends.
LEAST_LINK = 0.5
#: No link helps what is less sure than this: of such labels on documents kept apart one in seven was right.
LEAST_LINKED = 0.4


def settle(found: Sequence[Assertion], *, least: float = 0.0) -> tuple[Assertion, ...]:
    """What was found without the doubtful statements that no likely link joins to another, and what refers to them.

    least: statements of less confidence go in any case.
    """
    linked: set[str] = set()
    for link in found:
        if link.kind == "addresses" and link.confidence >= LEAST_LINK:
            linked |= {link.get_text("remedy_key"), link.get_text("dilemma_key")}
    kept = []
    for assertion in found:
        if assertion.kind not in {"dilemma", "remedy"}:
            kept.append(assertion)
            continue
        doubtful = assertion.status == "candidate"
        needed = max(least, LEAST_LINKED if doubtful else 0.0)
        if assertion.confidence >= needed and (assertion.key in linked or not doubtful):
            kept.append(replace(assertion, status="asserted"))
    return tuple(drop_half_edges(kept, found))
