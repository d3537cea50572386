"""Named policies."""

from typing import Any

import pytest

from kg.extract.policies import extract, split_ordinal


def find_labels(annotated: Any, kind: str = "policy") -> list[str]:
    return [a.label for a in extract(annotated, ()) if a.kind == kind]


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("The Digital Economy Act 2017 sets the rules.", ["Digital Economy Act 2017"]),
        ("Under the 12th Malaysia Plan, offices moved online.", ["12th Malaysia Plan"]),
        ("The White Paper on Artificial Intelligence was late.", ["White Paper on Artificial Intelligence"]),
        ("They want a plan and a strategy.", []),
        ("Figure 3 shows the Plan.", []),
    ],
)
def test_capitalised_names_of_policies_are_found(make_annotated: Any, sentence: str, labels: list[str]) -> None:
    assert find_labels(make_annotated(sentence)) == labels


def test_a_policy_is_named_once_with_its_first_sentence(make_annotated: Any) -> None:
    found = list(extract(make_annotated("The Open Data Directive helps. The Open Data Directive binds."), ()))
    assert [(a.label, a.evidence.quote) for a in found] == [("Open Data Directive", "The Open Data Directive helps.")]


def test_two_ordinals_of_one_plan_are_remarked(make_annotated: Any) -> None:
    annotated = make_annotated("The Third National Growth Plan says so. The 13th National Growth Plan ended.")
    assert find_labels(annotated, "remark") == [
        "The text names both 'Third National Growth Plan' and '13th National Growth Plan': check which is meant."
    ]


def test_ordinals_in_words_and_figures() -> None:
    assert split_ordinal("14th Growth Plan") == (14, "growth plan")
    assert split_ordinal("Tenth Growth Plan") == (10, "growth plan")
    assert split_ordinal("Growth Plan") == (0, "")
