"""Words of questions."""

import pytest

from kg.query.files import load_queries
from kg.query.phrases import compute_fit, find_all_words, find_phrasings, find_telling_words, weigh_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Which problems have no solution?", "dilemmas without a remedy"),
        ("Which scholars have papers?", "authors with documents"),
        ("List all countries, please", "places"),
        ("co-authors", "together author"),
    ],
)
def test_other_words_for_the_same_are_one(one: str, other: str) -> None:
    assert find_telling_words(one) == find_telling_words(other)


def test_blank_of_a_phrasing_stands_for_any_name() -> None:
    assert find_all_words("What does {place} do?") == ["what", "do", "_", "do"]


def test_order_decides_between_two_phrasings_with_the_same_words() -> None:
    asked = find_telling_words("which remedies have no dilemma")
    right, wrong = find_telling_words("remedies without a dilemma"), find_telling_words("dilemmas without a remedy")
    assert compute_fit(asked, right, {}) == 1.0
    assert 0.9 < compute_fit(asked, wrong, {}) < 1.0


def test_rare_word_weighs_more() -> None:
    weights = weigh_words(load_queries())
    assert weights["licenc"] > weights["dilemma"] > 0


def test_nothing_in_common_does_not_fit() -> None:
    assert compute_fit(["a"], ["b"], {}) == 0.0
    assert compute_fit([], [], {}) == 0.0


def test_title_questions_and_name_are_all_phrasings() -> None:
    phrasings = find_phrasings(load_queries()["concept_pairs"])
    assert phrasings == [
        "Concepts most often together",
        "which concepts are most often used together?",
        "top pairs of concepts",
        "concept pairs",
    ]
