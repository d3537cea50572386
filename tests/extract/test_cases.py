"""Initiatives from places."""

from typing import Any

import pytest

from kg.extract.cases import extract
from kg.model import Concept, Iri

PLACES = (
    Concept(Iri("p:estonia"), "places", "Estonia", ("Estonia",)),
    Concept(Iri("p:seoul"), "places", "Seoul", ("Seoul",)),
)


@pytest.mark.parametrize(
    ("sentence", "cases"),
    [
        ("Estonia launched a national identity card in 2002.", [("p:estonia", "national identity card")]),
        ("Seoul has achieved “one stop, any time” service.", [("p:seoul", "one stop, any time")]),
        ("Estonia is a small country.", []),
        ("The strategy of Estonia was published in 2014 by the ministry.", []),
        ("In Seoul the data market is used by many shops.", []),
        ("A portal was built, and Estonia joined.", []),
    ],
)
def test_what_a_place_did_is_a_case(make_annotated: Any, sentence: str, cases: list[tuple[str, str]]) -> None:
    found = extract(make_annotated(sentence, concepts=PLACES), ())
    assert [(a.get("place"), a.label) for a in found] == cases


def test_the_sentence_is_the_evidence(make_annotated: Any) -> None:
    annotated = make_annotated("Much was tried. Seoul opened a data market.", concepts=PLACES)
    assert [a.evidence.quote for a in extract(annotated, ())] == ["Seoul opened a data market."]
