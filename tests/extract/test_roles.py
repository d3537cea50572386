"""What titles announce."""

import pytest

from kg.extract.roles import Role, assign_roles, find_said_role, is_announcing, is_bare, is_structural, judge_title
from kg.model import Section


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Challenges", Role.DILEMMA),
        ("Barriers to open data in small towns", Role.DILEMMA),
        ("The Dilemma of Smart Governance", Role.DILEMMA),
        ("Recommendations", Role.REMEDY),
        ("Ways to Improve Digital Services", Role.REMEDY),
        ("Overcoming the barriers", Role.REMEDY),
        ("Problems and Countermeasures", Role.BOTH),
        ("Lack of funding", Role.NONE),
        ("Funding", Role.OWN),
        ("References", Role.OWN),
        ("Research Methodology", Role.OWN),
        ("A short history of tax portals", Role.NONE),
    ],
)
def test_title_announces_a_role(title: str, role: Role) -> None:
    assert judge_title(title) is role


@pytest.mark.parametrize("title", ["Introduction", "The background", "Conclusions", "Literature review"])
def test_some_titles_only_say_where_they_stand(title: str) -> None:
    assert is_structural(title)


@pytest.mark.parametrize(
    ("title", "bare"),
    [("The challenge", True), ("Our main challenges", True), ("Challenges of data sharing", False), ("Solution", True)],
)
def test_a_bare_title_names_nothing_it_is_about(title: str, bare: bool) -> None:
    assert is_bare(title) is bare


def test_a_section_without_a_cue_has_the_role_of_the_one_around_it() -> None:
    sections = (
        Section("1", "Barriers", 1, 0, 90, 8),
        Section("1.1", "Old software", 2, 10, 50, 22, parent=0),
        Section("1.2", "Solutions tried", 2, 50, 90, 65, parent=0),
        Section("2", "History", 1, 90, 120, 97),
    )
    assert [(r.own, r.inherited, r.role) for r in assign_roles(sections)] == [
        (Role.DILEMMA, Role.NONE, Role.DILEMMA),
        (Role.NONE, Role.DILEMMA, Role.DILEMMA),
        (Role.REMEDY, Role.DILEMMA, Role.REMEDY),
        (Role.NONE, Role.NONE, Role.NONE),
    ]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Solution: one register", Role.REMEDY),
        ("Challenge 3: slow portals", Role.DILEMMA),
        ("Solutions", Role.REMEDY),
        ("Removal of legal barriers", Role.NONE),
        ("Passive response to public opinion", Role.NONE),
    ],
)
def test_a_title_claims_a_role_before_a_colon_or_by_naming_nothing_else(title: str, role: Role) -> None:
    assert find_said_role(title) is role


@pytest.mark.parametrize(("before", "role"), [("Challenge", Role.REMEDY), ("History", Role.NONE)])
def test_an_approach_beside_a_challenge_is_the_remedy(before: str, role: Role) -> None:
    sections = (Section("1", before, 1, 0, 50, 9), Section("2", "Approach", 1, 50, 90, 58))
    assert assign_roles(sections)[1].role is role


@pytest.mark.parametrize(
    ("title", "announces"),
    [
        ("3.2 Challenges of e-government adoption", True),
        ("What are the barriers?", True),
        ("Problems and challenges faced by towns", True),
        ("Ways to improve registers", True),
        ("How to raise take-up", True),
        ("Make security measures frictionless", False),
        ("Policy on registers and guidelines for its implementation", False),
        ("Learn from users what problems they have", False),
        ("Registers in action", False),
    ],
)
def test_a_title_announces_what_it_is_of(title: str, announces: bool) -> None:
    assert is_announcing(title) is announces


@pytest.mark.parametrize(("title", "listed"), [("Barriers to sharing", True), ("Learn what problems they have", False)])
def test_what_stands_below_is_named_only_where_the_title_announces(title: str, listed: bool) -> None:
    sections = (
        Section("1", title, 1, 0, 90, 20),
        Section("1.1", "Scope", 2, 20, 90, 30, parent=0),
        Section("1.1.1", "Old software", 3, 30, 90, 40, parent=1),
    )
    assert [roled.listed for roled in assign_roles(sections)] == [listed] * 3


@pytest.mark.parametrize(("title", "structural"), [("Review questions", True), ("Limited resources", False)])
def test_questions_and_helps_are_structure_and_a_lack_of_means_is_none(title: str, structural: bool) -> None:
    assert is_structural(title) is structural
