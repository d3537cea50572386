"""Links from remedies to dilemmas."""

import dataclasses
from typing import Any

import pytest

from kg.extract.addresses import extract
from kg.extract.addresses.explicit import has_purpose, names_dilemma, points_back
from kg.extract.addresses.pairs import (
    Item,
    compute_overlap,
    compute_weights,
    find_features,
    make_context,
    score_pairs,
)
from kg.model import Assertion, Evidence, make_fields


@pytest.mark.parametrize(
    ("sentence", "label", "named"),
    [
        ("A shared register will overcome fragmented records.", "fragmented records", True),
        ("Courses reduce the shortage of skilled staff.", "shortage of skilled staff", True),
        ("A shared register holds fragmented records.", "fragmented records", False),
        ("To end old forms, towns reduce paper, and keep records of fragmented data.", "fragmented records", False),
        ("Courses reduce the shortage of desks.", "shortage of skilled staff", False),
        ("To end the paper trail, offices share files.", "a long paper trail", True),
        ("Offices share files by the end of the paper trail.", "a long paper trail", False),
        ("They endorse the paper trail.", "a long paper trail", False),
    ],
)
def test_a_verb_against_the_dilemma_names_it(sentence: str, label: str, named: bool) -> None:
    assert names_dilemma(sentence, label) is named


def test_wording_that_points_back() -> None:
    assert points_back("To meet these challenges, towns pool their staff.")
    assert not points_back("Towns pool their staff in these buildings.")
    assert has_purpose("Towns pool staff to reduce cost.")


def item(kind: str, text: str, position: int, section: int = 0, role: str = "") -> Item:
    return Item(kind, text, text, position, section, role=role)


def test_overlap_is_a_share_of_common_words() -> None:
    items = [item("dilemma", "shortage of staff", 0), item("remedy", "training staff", 1)]
    weights = compute_weights(items)
    assert compute_overlap("staff shortage", "shortage of staff", weights) == 1.0
    assert compute_overlap("trust", "shortage of staff", weights) == 0.0


def test_a_remedy_of_the_same_words_close_by_fits_better() -> None:
    near = item("dilemma", "data silos between offices", 1)
    far = item("dilemma", "voters distrust machines", 40, section=9)
    remedy = item("remedy", "sharing data between offices ends silos", 2)
    context = make_context([near, far, remedy])
    close, distant = score_pairs(remedy, [near, far], context)
    assert close > 2 * distant


@pytest.mark.parametrize(
    ("remedy", "place"),
    [
        (Item("remedy", "sensors", "sensors", 1, 0), "opening"),
        (Item("remedy", "sensors", "sensors", 9, 2, role="remedy", announcing=2, announced_in=0), "beside"),
        (Item("remedy", "sensors", "sensors", 12, 3), "later"),
        (Item("remedy", "sensors", "sensors", 6, 1), ""),
    ],
)
def test_an_announced_challenge_has_remedies_in_the_opening_beside_it_or_later(remedy: Item, place: str) -> None:
    dilemmas = [
        Item("dilemma", text, text, position, 1, role="dilemma", announcing=1, announced_in=0)
        for text, position in (("drivers circle", 4), ("bays are full", 5))
    ]
    first, second = find_features(remedy, dilemmas, make_context([remedy, *dilemmas]))
    places = {"opening", "beside", "later"}
    assert places & first.keys() == places & second.keys() == ({place} if place else set())
    if place:
        assert first[f"{place} 2"] == first[f"{place} the first"] == 1.0
        assert f"{place} the first" not in second


def state(annotated: Any, kind: str, label: str, quote: str) -> Assertion:
    start = annotated.document.text.index(quote)
    evidence = Evidence(start, start + len(quote), quote)
    return Assertion(kind, label, evidence, f"{kind[0]}{start}", make_fields(level=2))


def test_a_section_of_solutions_beside_one_of_challenges_is_asserted(make_annotated: Any) -> None:
    annotated = make_annotated(
        "# Parking",
        "## The challenge",
        "Drivers circle for long.",
        "## The solution",
        "Sensors show free bays.",
    )
    earlier = (
        state(annotated, "dilemma", "drivers circle", "Drivers circle for long."),
        state(annotated, "remedy", "sensors", "Sensors show free bays."),
    )
    found = list(extract(annotated, earlier))
    assert [(a.get("remedy_key"), a.get("dilemma_key"), a.status, a.method) for a in found] == [
        (earlier[1].key, earlier[0].key, "asserted", "extract.addresses/structure")
    ]
    assert found[0].evidence == earlier[1].evidence


def test_a_section_that_only_speaks_of_practices_leaves_a_candidate(make_annotated: Any) -> None:
    annotated = make_annotated(
        "# Parking",
        "## The challenge",
        "Drivers circle for long.",
        "## Why is this parking a best practice?",
        "Sensors show free bays.",
    )
    earlier = (
        state(annotated, "dilemma", "drivers circle", "Drivers circle for long."),
        state(annotated, "remedy", "sensors", "Sensors show free bays."),
    )
    assert {a.status for a in extract(annotated, earlier)} <= {"candidate"}


def test_what_a_heading_below_the_solution_names_is_a_candidate_at_most(make_annotated: Any) -> None:
    annotated = make_annotated(
        "# Parking", "## The challenge", "Drivers circle for long.", "## The solution", "### Free bays for drivers"
    )
    heading = state(annotated, "remedy", "free bays for drivers", "Free bays for drivers")
    earlier = (
        state(annotated, "dilemma", "drivers circle", "Drivers circle for long."),
        dataclasses.replace(heading, method="extract.statements/heading"),
    )
    assert {a.status for a in extract(annotated, earlier)} <= {"candidate"}


def test_beside_several_named_challenges_the_layout_says_nothing(make_annotated: Any) -> None:
    annotated = make_annotated("# Challenges", "## Slow portals", "## Weak skills", "# Solutions", "## Fast servers")
    titles = {"Slow portals": "dilemma", "Weak skills": "dilemma", "Fast servers": "remedy"}
    earlier = tuple(
        dataclasses.replace(state(annotated, kind, title.lower(), title), fields=make_fields(level=1))
        for title, kind in titles.items()
    )
    assert [a for a in extract(annotated, earlier) if a.status == "asserted"] == []


def test_without_wording_or_layout_a_link_is_a_candidate_with_reasons(make_annotated: Any) -> None:
    annotated = make_annotated("Offices lack data skills. Courses teach data skills.")
    earlier = (
        state(annotated, "dilemma", "offices lack data skills", "Offices lack data skills."),
        state(annotated, "remedy", "courses teach data skills", "Courses teach data skills."),
    )
    [found] = extract(annotated, earlier)
    assert found.status == "candidate"
    assert 0.25 <= found.confidence <= 1
    assert "the labels share words" in found.reasons[0]


@pytest.mark.parametrize(("stated", "most"), [(0.3, 0.3), (0.99, 0.8)])
def test_no_link_is_surer_than_that_its_remedy_is_one(make_annotated: Any, stated: float, most: float) -> None:
    annotated = make_annotated("# Parking", "## The challenge", "Drivers circle.", "## The solution", "Sensors guide.")
    remedy = dataclasses.replace(
        state(annotated, "remedy", "sensors guide drivers", "Sensors guide."),
        fields=make_fields(level=2, stated=stated),
    )
    [found] = extract(annotated, (state(annotated, "dilemma", "drivers circle", "Drivers circle."), remedy))
    assert found.confidence == most


def test_no_dilemma_no_link(make_annotated: Any) -> None:
    annotated = make_annotated("Courses teach data skills.")
    assert not list(extract(annotated, (state(annotated, "remedy", "courses", "Courses teach data skills."),)))


def test_what_a_part_says_holds_for_the_remedy_it_is_part_of(make_annotated: Any) -> None:
    annotated = make_annotated(
        "# Solutions", "## Training", "Courses reduce the shortage of staff.", "Towns face a shortage of staff."
    )
    head = dataclasses.replace(state(annotated, "remedy", "training", "Training"), fields=make_fields(level=1))
    part = state(annotated, "remedy", "courses", "Courses reduce the shortage of staff.")
    part = dataclasses.replace(part, fields=make_fields(level=2, part_of_key=head.key))
    dilemma = state(annotated, "dilemma", "shortage of staff", "Towns face a shortage of staff.")
    found = [a for a in extract(annotated, (head, part, dilemma)) if a.status == "asserted"]
    assert [(a.get("remedy_key"), a.evidence.quote) for a in found] == [
        (head.key, part.evidence.quote),
        (part.key, part.evidence.quote),
    ]


def test_a_sentence_against_what_a_heading_names_states_the_link(make_annotated: Any) -> None:
    annotated = make_annotated(
        "# Dilemmas",
        "## Resistance to change",
        "Clerks oppose the new desk.",
        "# Remedies",
        "## Early planning",
        "To prevent resistance to change, plan the new desk early.",
    )
    heading = state(annotated, "dilemma", "resistance to change", "Resistance to change")
    earlier = (
        dataclasses.replace(heading, fields=make_fields(level=1)),
        state(annotated, "dilemma", "clerks oppose the new desk", "Clerks oppose the new desk."),
        state(
            annotated, "remedy", "plan the new desk early", "To prevent resistance to change, plan the new desk early."
        ),
    )
    found = [(a.get("dilemma_key"), a.status, a.method) for a in extract(annotated, earlier)]
    assert (heading.key, "asserted", "extract.addresses/wording") in found
