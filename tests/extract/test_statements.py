"""Dilemmas and remedies from headings and sentences; the classifier is stood in for by words."""

from collections.abc import Sequence
from typing import Any

import pytest

from kg.extract import statements


def judge_by_word(texts: Sequence[str], **_: object) -> list[tuple[float, float]]:
    return [(0.9 if "lack" in t else 0.05, 0.9 if "should" in t else 0.05) for t in texts]


@pytest.fixture(autouse=True)
def _plain_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "score_sentences", judge_by_word)


def read(annotated: Any) -> list[tuple[str, str, object, object]]:
    return [(a.kind, a.label, a.get("level"), a.get("part_of_key")) for a in statements.extract(annotated, ())]


def test_titles_under_an_announcing_heading_are_top_level(make_annotated: Any) -> None:
    annotated = make_annotated(
        "# Challenges", "## The fragmented registers", "Nothing here.", "# Solutions", "## One register"
    )
    assert read(annotated) == [("dilemma", "fragmented registers", 1, None), ("remedy", "one register", 1, None)]


def test_a_sentence_is_part_of_what_its_section_is_named_after(make_annotated: Any) -> None:
    annotated = make_annotated("# Challenges", "## Weak skills", "Towns lack trained staff.")
    found = list(statements.extract(annotated, ()))
    assert [(a.kind, a.get("part_of_key")) for a in found] == [("dilemma", None), ("dilemma", found[0].key)]
    assert found[1].evidence.quote == "Towns lack trained staff."
    assert found[1].evidence.section == "Weak skills"


def test_structural_titles_name_nothing(make_annotated: Any) -> None:
    assert (
        read(make_annotated("# Challenges", "## Introduction", "## Why do registers lack links?", "## References"))
        == []
    )


def test_a_title_that_breaks_off_leaves_the_naming_to_its_list(make_annotated: Any) -> None:
    annotated = make_annotated(
        "# Solutions", "## Federal employees should:", "Nothing here.", "## Ask what people need"
    )
    assert read(annotated) == [("remedy", "ask what people need", 1, None)]


def test_one_sentence_may_state_both(make_annotated: Any) -> None:
    annotated = make_annotated("Towns lack staff and should train clerks.")
    assert [kind for kind, *_ in read(annotated)] == ["dilemma", "remedy"]


def test_references_and_other_languages_state_nothing(make_annotated: Any) -> None:
    assert read(make_annotated("REFERENCE Towns lack staff. 2019.")) == []
    import dataclasses

    annotated = make_annotated("Towns lack staff.")
    foreign = dataclasses.replace(annotated, document=dataclasses.replace(annotated.document, language="fr"))
    assert list(statements.extract(foreign, ())) == []


def test_types_come_from_the_schemes(make_annotated: Any, few_concepts: Any) -> None:
    annotated = make_annotated("# Challenges", "## Lack of skills in towns", concepts=few_concepts)
    assert [a.get("type") for a in statements.extract(annotated, ())] == ["t:skills"]


@pytest.mark.parametrize(
    ("score", "taken"),
    [(0.1, ["Buses come late."]), (0.01, [])],
)
def test_the_likeliest_sentence_under_the_problem_is_one(
    make_annotated: Any, monkeypatch: pytest.MonkeyPatch, score: float, taken: list[str]
) -> None:
    def judge(texts: Sequence[str], **_: object) -> list[tuple[float, float]]:
        return [(score if "late" in t else 0.005, 0.0) for t in texts]

    monkeypatch.setattr(statements, "score_sentences", judge)
    annotated = make_annotated("# Buses", "## The problem", "Buses are red.", "Buses come late.", "## Costs", "Late.")
    found = [a.evidence.quote for a in statements.extract(annotated, ()) if a.kind == "dilemma"]
    assert found == taken


def test_a_problem_section_with_a_clear_dilemma_needs_no_second(make_annotated: Any) -> None:
    annotated = make_annotated("# Buses", "## The problem", "Towns lack buses.", "Buses are red.")
    assert [a.evidence.quote for a in statements.extract(annotated, ())] == ["Towns lack buses."]


@pytest.mark.parametrize(("judged", "kinds"), [(False, ["dilemma", "remedy"]), (True, ["remedy"])])
def test_where_an_encoder_judged_a_title_must_be_likelier_than_not(
    make_annotated: Any, monkeypatch: pytest.MonkeyPatch, judged: bool, kinds: list[str]
) -> None:
    monkeypatch.setattr(statements, "score_sentences", lambda texts, **_: [(0.4, 0.0), (0.0, 0.56)][: len(texts)])
    monkeypatch.setattr(statements, "has_judge", lambda encoder: judged)
    annotated = make_annotated("# Towns lack trained staff", "# Train clerks in towns")
    assert [a.kind for a in statements.extract(annotated, ())] == kinds


@pytest.mark.parametrize(("judged", "kinds"), [(False, ["dilemma", "remedy"]), (True, ["remedy"])])
def test_where_an_encoder_judged_a_sentence_must_be_likelier_than_not(
    make_annotated: Any, monkeypatch: pytest.MonkeyPatch, judged: bool, kinds: list[str]
) -> None:
    monkeypatch.setattr(statements, "score_sentences", lambda texts, **_: [(0.45, 0.51)] * len(texts))
    monkeypatch.setattr(statements, "has_judge", lambda encoder: judged)
    annotated = make_annotated("Towns lack staff and should train clerks.")
    assert [a.kind for a in statements.extract(annotated, ())] == kinds


@pytest.mark.parametrize(("given", "status"), [(0.81, "asserted"), (0.79, "candidate")])
@pytest.mark.parametrize("heading", ["Harbours", "Solutions"])
def test_what_is_not_sure_enough_is_a_candidate_whatever_announces_it(
    make_annotated: Any, monkeypatch: pytest.MonkeyPatch, given: float, status: str, heading: str
) -> None:
    monkeypatch.setattr(statements, "score_sentences", lambda texts, **_: [(0.0, 0.9)] * len(texts))
    monkeypatch.setattr(statements, "make_sure_labels", lambda *_, **__: [("train clerks", given)])
    monkeypatch.setattr(statements, "has_judge", lambda encoder: False)
    annotated = make_annotated(f"# {heading}", "Towns should train clerks.")
    (found,) = (a for a in statements.extract(annotated, ()) if a.method.endswith("sentence"))
    assert (found.label, found.status, found.confidence) == ("train clerks", status, given)


def test_what_a_title_promises_is_no_candidate_however_doubtful(
    make_annotated: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "score_sentences", lambda texts, **_: [(0.1, 0.0)] * len(texts))
    monkeypatch.setattr(statements, "make_sure_labels", lambda *_, **__: [("late buses", 0.001)])
    monkeypatch.setattr(statements, "has_judge", lambda encoder: False)
    annotated = make_annotated("# Buses", "## The problem", "Buses come late.")
    assert [(a.label, a.status) for a in statements.extract(annotated, ())] == [("late buses", "asserted")]


def test_a_question_under_the_challenge_is_the_challenge_unless_another_sentence_is_likely(
    make_annotated: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = {"Laws ask for respect.": 0.1, "How are rights kept?": 0.08, "Rights are at stake.": 0.3}
    monkeypatch.setattr(
        statements, "score_sentences", lambda texts, **_: [(scores.get(text, 0.01), 0.01) for text in texts]
    )

    def find(*sentences: str) -> list[str]:
        found = statements.extract(make_annotated("# Challenge", *sentences), ())
        return [a.evidence.quote for a in found if a.kind == "dilemma"]

    assert find("Laws ask for respect.", "How are rights kept?") == ["How are rights kept?"]
    assert find("Rights are at stake.", "How are rights kept?") == ["Rights are at stake."]


@pytest.mark.parametrize(
    "text",
    ["Should towns train clerks?", "Have towns checked what they should do?*", "At a minimum every town should:"],
)
def test_what_asks_or_breaks_off_states_nothing(make_annotated: Any, text: str) -> None:
    assert read(make_annotated(text)) == []


def test_what_stands_under_a_title_that_announces_nothing_has_to_read_as_a_statement(make_annotated: Any) -> None:
    title = "# Make security measures frictionless"
    assert read(make_annotated(title, "## Similar matters", "Nothing here.")) == []


def test_one_word_names_nothing(make_annotated: Any) -> None:
    assert read(make_annotated("# Solutions", "## Reuse", "## Shared registers")) == [
        ("remedy", "shared registers", 1, None)
    ]
