"""A doubtful statement stays only with a likely link."""

import pytest

from kg.extract.doubtful import settle
from kg.model import Assertion, Evidence, make_fields


def make(kind: str, key: str, status: str = "asserted", confidence: float = 0.9, **fields: str) -> Assertion:
    evidence = Evidence(0, 5, "words")
    return Assertion(kind, key, evidence, key, make_fields(**fields), confidence, "m", status=status)


def make_link(confidence: float) -> Assertion:
    return make("addresses", "", confidence=confidence, remedy_key="r", dilemma_key="d")


@pytest.mark.parametrize(("confidence", "kinds"), [(0.5, ["dilemma", "remedy", "addresses"]), (0.49, ["dilemma"])])
def test_a_likely_link_speaks_for_its_doubtful_end(confidence: float, kinds: list[str]) -> None:
    found = [make("dilemma", "d"), make("remedy", "r", "candidate"), make_link(confidence)]
    settled = settle(found)
    assert [assertion.kind for assertion in settled] == kinds
    assert {assertion.status for assertion in settled} == {"asserted"}


def test_two_doubtful_ends_speak_for_each_other() -> None:
    found = [make("dilemma", "d", "candidate"), make("remedy", "r", "candidate"), make_link(0.8)]
    assert [assertion.kind for assertion in settle(found)] == ["dilemma", "remedy", "addresses"]


def test_what_refers_to_a_doubtful_statement_goes_with_it() -> None:
    found = [make("remedy", "r", "candidate"), make("case", "", remedy_key="r", place="p")]
    assert settle(found) == ()


def test_other_candidates_and_what_is_sure_are_left_alone() -> None:
    found = (
        make("dilemma", "d"),
        make("remedy", "r"),
        make("addresses", "", "candidate", 0.3, remedy_key="r", dilemma_key="d"),
    )
    assert settle(found) == found
