"""A doubtful statement stays with a likely link or when it is likelier right than wrong, and stays doubtful."""

from dataclasses import replace

import pytest

from kg.extract.doubtful import DOUBTFUL_END, WHY, WHY_ITSELF, settle, trust_links
from kg.model import Assertion, Evidence, make_fields


def make(kind: str, key: str, status: str = "asserted", confidence: float = 0.9, **fields: str) -> Assertion:
    evidence = Evidence(0, 5, "words")
    return Assertion(kind, key, evidence, key, make_fields(**fields), confidence, "m", status=status)


def make_link(confidence: float) -> Assertion:
    return make("addresses", "", confidence=confidence, remedy_key="r", dilemma_key="d")


@pytest.mark.parametrize(("confidence", "kinds"), [(0.5, ["dilemma", "remedy", "addresses"]), (0.49, ["dilemma"])])
def test_a_likely_link_speaks_for_its_doubtful_end(confidence: float, kinds: list[str]) -> None:
    found = [make("dilemma", "d"), make("remedy", "r", "candidate", 0.4), make_link(confidence)]
    settled = settle(found)
    assert [assertion.kind for assertion in settled] == kinds
    assert [WHY in a.reasons for a in settled if a.kind == "remedy"] == [True] * kinds.count("remedy")
    assert [a.status for a in settled if a.kind == "remedy"] == ["candidate"] * kinds.count("remedy")


@pytest.mark.parametrize(("confidence", "reasons"), [(0.5, [(WHY_ITSELF,)]), (0.49, [])])
def test_what_is_likelier_right_than_wrong_stays_without_a_link(confidence: float, reasons: list[tuple[str]]) -> None:
    settled = settle([make("dilemma", "d", "candidate", confidence)])
    assert [(a.status, a.reasons) for a in settled] == [("candidate", why) for why in reasons]


def test_no_link_is_surer_than_its_ends() -> None:
    settled = settle([make("dilemma", "d"), make("remedy", "r", "candidate"), make_link(0.9)])
    (link,) = (a for a in settled if a.kind == "addresses")
    assert (link.status, link.reasons, link.confidence) == ("candidate", (DOUBTFUL_END,), 0.9)
    assert trust_links(settled) == list(settled)
    confirmed = [replace(a, status="asserted") if a.kind == "remedy" else a for a in settled]
    assert [(a.status, a.reasons) for a in trust_links(confirmed) if a.kind == "addresses"] == [("asserted", ())]


def test_two_doubtful_ends_speak_for_each_other() -> None:
    found = [make("dilemma", "d", "candidate", 0.4), make("remedy", "r", "candidate", 0.4), make_link(0.8)]
    assert [assertion.kind for assertion in settle(found)] == ["dilemma", "remedy", "addresses"]


def test_what_refers_to_a_doubtful_statement_goes_with_it() -> None:
    found = [make("remedy", "r", "candidate", 0.4), make("dilemma", "d"), make_link(0.4)]
    assert [assertion.kind for assertion in settle(found)] == ["dilemma"]


def test_a_case_and_a_part_stand_without_the_doubtful_remedy_that_they_belong_to() -> None:
    case, part = (make(kind, kind, remedy_key="r") for kind in ("case", "remedy"))
    part = replace(part, fields=make_fields(part_of_key="r"))
    settled = settle([make("remedy", "r", "candidate", 0.4), case, part])
    assert [(assertion.key, dict(assertion.fields)) for assertion in settled] == [("case", {}), ("remedy", {})]


def test_other_candidates_and_what_is_sure_are_left_alone() -> None:
    found = (
        make("dilemma", "d"),
        make("remedy", "r"),
        make("addresses", "", "candidate", 0.3, remedy_key="r", dilemma_key="d"),
    )
    assert settle(found) == found


@pytest.mark.parametrize(("least", "kinds"), [(0.9, ["dilemma", "remedy", "addresses"]), (0.91, []), (0.0, None)])
def test_what_is_less_sure_than_a_workspace_asks_for_goes_whatever_speaks_for_it(
    least: float, kinds: list[str] | None
) -> None:
    found = (make("dilemma", "d"), make("remedy", "r"), make_link(0.9), make("remedy", "s", confidence=0.5))
    settled = settle(found, least=least)
    assert settled == found if kinds is None else [assertion.kind for assertion in settled] == kinds


def test_what_is_sure_enough_for_a_workspace_is_not_doubtful() -> None:
    found = (make("dilemma", "d", "candidate", 0.3), make("remedy", "r", "candidate", 0.2))
    assert [(a.key, a.status, a.reasons) for a in settle(found, least=0.25)] == [("d", "asserted", ())]
