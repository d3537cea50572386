import numpy as np

from kg.annotate.statements import THRESHOLDS, find_label, score_sentences

DEFAULT = "none"
SENTENCES = [
    "Challenges",
    "The lack of trained staff is a serious barrier to open data.",
    "Recommendations",
    "Governments should train civil servants in data protection.",
    "This paper is organised as follows.",
]


def test_plain_dilemma_and_remedy_are_told_apart() -> None:
    assert [find_label(pair) for pair in score_sentences(SENTENCES, encoder=DEFAULT)] == ["N", "D", "N", "R", "N"]


def test_no_sentences_give_no_scores() -> None:
    assert score_sentences([], encoder=DEFAULT) == []


def test_scores_are_the_same_every_time() -> None:
    first = score_sentences(SENTENCES, encoder=DEFAULT)
    assert score_sentences(SENTENCES, encoder=DEFAULT) == first
    assert np.isfinite(first).all()


def test_odd_sentences_are_scored_too() -> None:
    odd = ["", " ", "\x00\ud800", "。", "a" * 100_000, "1" * 30]
    assert [find_label(pair) for pair in score_sentences(odd, encoder=DEFAULT)] == ["N"] * 6


def test_label_joins_both_thresholds() -> None:
    low, high = (0.0, 0.0), THRESHOLDS
    pairs = [(high[0], high[1]), (high[0], low[1]), (low[0], high[1]), low]
    assert [find_label(pair) for pair in pairs] == ["B", "D", "R", "N"]
