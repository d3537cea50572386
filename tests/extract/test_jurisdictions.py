"""The place whose government a policy document comes from or speaks for."""

from dataclasses import replace
from typing import Any

import pytest

from kg.extract.jurisdictions import find_jurisdiction
from kg.model import Concept, Iri

PLACES = tuple(
    Concept(Iri(f"p:{name}"), "places", name, (name,), place_kind="Country")
    for name in ("Estonia", "Ghana", "Portugal")
)


def find(make_annotated: Any, lines: tuple[str, ...], *, kind: str = "policy") -> list[tuple[str, str, str]]:
    annotated = make_annotated(*lines, concepts=PLACES)
    annotated = replace(annotated, document=replace(annotated.document, kind=kind))
    return [(a.label, a.evidence.quote, a.method.split("/")[1]) for a in find_jurisdiction(annotated)]


SPEAKS = "The Government of Ghana opens its data. The Ghana City Council follows. Ghana’s government pays."


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ("FIELD publisher: Estonia Information System Authority",),
            ("Estonia Information System Authority", "issuer"),
        ),
        (
            ("AUTHOR Ana Silva", "AFFILIATION Ministry of Finance of Estonia"),
            ("Ministry of Finance of Estonia", "issuer"),
        ),
        (
            ("TITLE Data plan of the Government of Estonia", SPEAKS),
            ("Data plan of the Government of Estonia", "issuer"),
        ),
    ],
)
def test_place_in_the_name_of_the_issuing_body_is_the_jurisdiction(
    make_annotated: Any, lines: tuple[str, ...], found: tuple[str, str]
) -> None:
    assert find(make_annotated, lines) == [("Estonia", *found)]


def test_government_that_a_text_speaks_of_far_more_than_of_others_is_the_jurisdiction(make_annotated: Any) -> None:
    lines = ("TITLE Open data", f"{SPEAKS} Estonia publishes more. The Government of Portugal waits.")
    assert find(make_annotated, lines) == [("Ghana", "The Government of Ghana opens its data.", "government")]


@pytest.mark.parametrize(
    "lines",
    [
        ("TITLE Open data in Ghana", "Ghana has offices. People of Ghana wait. Ghana grows. Ghana pays."),
        ("TITLE Open data", f"{SPEAKS} The Government of Estonia does too. The Government of Estonia leads."),
        ("TITLE Open data", "The Government of Ghana opens its data. The Government of Ghana pays."),
        ("FIELD jurisdiction: Portugal", SPEAKS),
        ("FIELD publisher: Ghana University Press", "Offices share data."),
    ],
)
def test_places_of_examples_presses_and_stated_jurisdictions_are_left_alone(
    make_annotated: Any, lines: tuple[str, ...]
) -> None:
    assert find(make_annotated, lines) == []


def test_paper_has_no_jurisdiction(make_annotated: Any) -> None:
    assert find(make_annotated, ("TITLE Open data", SPEAKS), kind="paper") == []


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("TITLE Digital strategy for Estonia", "Offices share data."), [("Estonia", "issuer")]),
        (("TITLE Night buses", "AUTHOR Government of Ghana", "Buses run."), [("Ghana", "issuer")]),
        (("FIELD country: Ghana, Portugal", "Offices share data."), [("Ghana", "field"), ("Portugal", "field")]),
        (
            (
                "TITLE Open data",
                "Ghana has agencies. The council of a town in Ghana shares data. The agency of Ghana pays.",
            ),
            [("Ghana", "place")],
        ),
        (
            ("TITLE Open data", "See data.gov.gh. Also plan.gov.gh, and www.finance.gov.gh/plan. Offices follow."),
            [("Ghana", "address")],
        ),
    ],
)
def test_place_that_a_document_names_as_its_own_is_the_jurisdiction(
    make_annotated: Any, lines: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    assert [(label, rule) for label, _, rule in find(make_annotated, lines)] == found


@pytest.mark.parametrize(
    "lines",
    [
        ("TITLE Lessons of Estonia and Ghana for a strategy", "Offices share data."),
        (
            "TITLE Open data",
            "Ghana has agencies. The council of a town in Ghana pays. The agency of Ghana, as Estonia does.",
        ),
        ("TITLE Open data", "See data.gov.gh and plan.gov.gh. Portugal leads. Offices follow."),
        ("TITLE Open data", "See a.gov.gh, b.gov.gh, c.gov.gh, d.gov.pt and e.gov.pt. Offices follow."),
        ("TITLE Open data", "Write to ana@data.gov.gh, bo@data.gov.gh, cy@data.gov.gh. Offices follow."),
    ],
)
def test_places_and_addresses_that_do_not_agree_are_left_alone(make_annotated: Any, lines: tuple[str, ...]) -> None:
    assert find(make_annotated, lines) == []


def test_city_in_a_country_does_not_speak_against_the_country(make_annotated: Any) -> None:
    accra = Concept(Iri("p:Accra"), "places", "Accra", ("Accra",), broader=(Iri("p:Ghana"),), place_kind="City")
    text = "Ghana has agencies. The agency in Accra pays. The council of a town in Ghana waits. Ghana has departments."
    annotated = make_annotated("TITLE Open data", text, concepts=(*PLACES, accra))
    annotated = replace(annotated, document=replace(annotated.document, kind="policy"))
    assert [a.label for a in find_jurisdiction(annotated)] == ["Ghana"]
