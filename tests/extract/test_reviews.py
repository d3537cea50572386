"""What people decided is applied to what is found."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from kg.extract.doubtful import DOUBTFUL_END
from kg.extract.reviews import apply_decisions
from kg.model import Assertion, Evidence, make_fields
from kg.model.decision import Decision

TEXT = "Data are locked away in silos. Towns should open their regis-\nters. It rains."
SILOS, OPEN = "Data are locked away in silos.", "Towns should open their regis-\nters."


@pytest.fixture
def annotated(make_annotated: Any) -> Any:
    return make_annotated(TEXT)


def find(annotated: Any) -> tuple[Assertion, ...]:
    def make(kind: str, quote: str, key: str, **fields: str) -> Assertion:
        start = annotated.document.text.index(quote)
        evidence = Evidence(start, start + len(quote), quote)
        return Assertion(kind, f"a {kind}", evidence, key, make_fields(**fields), 0.4, "m")

    remedy = make("remedy", OPEN, "r", part_of_key="d")
    ends = make_fields(remedy_key="r", dilemma_key="d")
    link = Assertion("addresses", "l", remedy.evidence, "", ends, 0.5, "m", "candidate", ("near",))
    return make("dilemma", SILOS, "d", type="t"), remedy, link


def decide(item: str, verdict: str, quote: str, other: str = "", **more: str) -> Decision:
    return Decision("x.md", "sha", item, verdict, quote, other, reviewer="Ana", **more)


def show(found: Sequence[Assertion]) -> list[tuple[str, str, float, str]]:
    return [(a.kind, a.label, a.confidence, a.status) for a in found]


def test_rejected_statement_goes_with_its_links_and_leaves_its_parts(annotated: Any) -> None:
    (left,) = apply_decisions(annotated, find(annotated), [decide("dilemma", "rejected", SILOS)])
    assert (left.kind, left.get("part_of_key")) == ("remedy", None)


def test_accepted_statement_is_certain_and_called_as_decided(annotated: Any) -> None:
    decision = decide("dilemma", "accepted", "data are LOCKED away in silos", label="data silos", type="u", note="sure")
    dilemma = apply_decisions(annotated, find(annotated), [decision])[0]
    assert show([dilemma]) == [("dilemma", "data silos", 1.0, "asserted")]
    assert (dilemma.get("type"), dilemma.reasons) == ("u", ("reviewed by Ana: sure",))


def test_statement_of_the_other_kind_loses_type_and_links(annotated: Any) -> None:
    found = apply_decisions(annotated, find(annotated), [decide("dilemma", "accepted", SILOS, kind="remedy")])
    assert [(a.kind, a.get("type")) for a in found] == [("remedy", None), ("remedy", None)]


def test_accepted_words_that_were_not_found_are_found_again(annotated: Any) -> None:
    decision = decide("remedy", "accepted", "Towns should open their registers", label="open registers")
    (made,) = apply_decisions(annotated, (), [decision])
    assert (made.label, made.evidence.quote, made.method) == ("open registers", OPEN, "extract.reviews/person")
    assert apply_decisions(annotated, (), [decide("remedy", "accepted", "Not in the text")]) == ()


def test_candidate_link_is_confirmed_rejected_or_made(annotated: Any) -> None:
    found = find(annotated)
    accepted = apply_decisions(annotated, found, [decide("link", "accepted", OPEN, SILOS)])
    assert show(accepted)[2:] == [("addresses", "l", 1.0, "asserted")]
    assert accepted[2].reasons == ("near", "reviewed by Ana")
    assert len(apply_decisions(annotated, found, [decide("link", "rejected", OPEN, SILOS)])) == 2
    made = apply_decisions(annotated, found[:2], [decide("link", "accepted", OPEN, SILOS)])[2]
    assert (made.get("remedy_key"), made.get("dilemma_key"), made.confidence) == ("r", "d", 1.0)
    assert apply_decisions(annotated, found[:1], [decide("link", "accepted", OPEN, SILOS)]) == found[:1]


def test_who_confirms_a_link_confirms_its_doubtful_ends(annotated: Any) -> None:
    dilemma, remedy, link = find(annotated)
    found = (replace(dilemma, status="candidate"), remedy, link)
    assert [a.status for a in apply_decisions(annotated, found, [])] == ["candidate", "asserted", "candidate"]
    decided = apply_decisions(annotated, found, [decide("link", "accepted", OPEN, SILOS)])
    assert [a.status for a in decided] == ["asserted"] * 3
    other = replace(remedy, key="s", evidence=replace(remedy.evidence, quote="Another."))
    ends = make_fields(remedy_key="s", dilemma_key="d")
    said = replace(link, fields=ends, evidence=other.evidence, reasons=(DOUBTFUL_END,))
    both = apply_decisions(annotated, (*found, other, said), [decide("link", "accepted", OPEN, SILOS)])
    assert [a.status for a in both if a.kind == "addresses"] == ["asserted"] * 2
    doubted = (*found[:2], replace(link, reasons=(DOUBTFUL_END,)))
    trusted = apply_decisions(annotated, doubted, [decide("dilemma", "accepted", SILOS)])[2]
    assert (trusted.status, trusted.reasons) == ("asserted", ())
    (alone,) = apply_decisions(annotated, found[:1], [decide("dilemma", "accepted", SILOS)])
    assert (alone.status, alone.confidence) == ("asserted", 1.0)
