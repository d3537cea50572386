"""How words are compared."""

import pytest

from kg.query.words import compute_overlap, compute_rarity, find_words, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("data silos", "Data Silo"),
        ("policies", "policy"),
        ("sharing", "shares"),
        ("digitalisation", "digitalization"),
        ("digitise", "digitized"),
        ("Städte", "stadte"),
        ("businesses", "business"),
    ],
)
def test_forms_of_a_word_are_one_word(one: str, other: str) -> None:
    assert find_words(one) == find_words(other)


@pytest.mark.parametrize(("one", "other"), [("status", "state"), ("access", "acces"), ("use", "us")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert find_words(one) != find_words(other)


def test_stop_words_are_left_out_unless_nothing_else_is_there() -> None:
    assert find_words("Which remedies are there for the silos?") == ["remedy", "silo"]
    assert find_words("Which of them") == ["which", "of", "them"]


def test_fold_takes_case_and_accents_away() -> None:
    assert fold("São Paulo") == "sao paulo"


def test_overlap_is_one_for_the_same_words_and_none_for_no_common_word() -> None:
    assert compute_overlap(["a", "b"], ["b", "a"]) == 1.0
    assert compute_overlap(["a"], ["b"]) == 0.0


def test_rare_word_counts_more_than_a_common_one() -> None:
    rarity = compute_rarity([["data", "silo"], ["data", "leak"], ["data", "law"], ["data", "skill"]])
    wanted = ["data", "silo"]
    assert compute_overlap(wanted, ["silo", "x"], rarity) > compute_overlap(wanted, ["data", "x"], rarity)
