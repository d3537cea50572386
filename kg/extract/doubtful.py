"""Dilemmas and remedies that may be wrong stay, as candidates, if something speaks for them: a likely link.

`statements` finds them as candidates, so that links can be drawn to them; here those without such a link go.
"""

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.half_edges import drop_half_edges
from kg.model import Assertion

#: A link of at least this confidence speaks for both its ends.
LEAST_LINK = 0.5
WHY = "kept because a likely link needs it"


def settle(found: Sequence[Assertion], *, least: float = 0.0) -> tuple[Assertion, ...]:
    """What was found without the doubtful statements that no likely link joins to another, and what refers to them.

    least: what a workspace asks for instead, if not 0: statements of this confidence are asserted, all others go.
    """
    linked: set[str] = set()
    for link in found:
        if link.kind == "addresses" and link.confidence >= LEAST_LINK:
            linked |= {link.get_text("remedy_key"), link.get_text("dilemma_key")}
    kept = []
    for assertion in found:
        if assertion.kind not in {"dilemma", "remedy"}:
            kept.append(assertion)
        elif least:
            kept += [replace(assertion, status="asserted")] if assertion.confidence >= least else []
        elif assertion.status != "candidate":
            kept.append(assertion)
        elif assertion.key in linked:
            kept.append(replace(assertion, reasons=(*assertion.reasons, WHY)))
    return tuple(drop_half_edges(kept, found))
