"""What refers to things that are no longer there goes with them, or does without."""

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Assertion, make_fields

#: References that a thing can do without: a part stands without its whole, a case without a remedy.
_LOOSE = frozenset({("case", "remedy_key")})


def drop_half_edges(kept: Sequence[Assertion], found: Sequence[Assertion]) -> list[Assertion]:
    """Assertions without references to what is gone or is of another kind now."""
    before = {assertion.key: assertion.kind for assertion in found if assertion.key}
    now = {assertion.key: assertion.kind for assertion in kept if assertion.key}
    lost = {key for key, kind in before.items() if now.get(key) != kind}
    whole: list[Assertion] = []
    for assertion in kept:
        broken = {name for name, value in assertion.fields if name.endswith("_key") and value in lost}
        if any(name != "part_of_key" and (assertion.kind, name) not in _LOOSE for name in broken):
            continue
        left = {name: value for name, value in assertion.fields if name not in broken}
        whole.append(replace(assertion, fields=make_fields(**left)) if broken else assertion)
    return whole
