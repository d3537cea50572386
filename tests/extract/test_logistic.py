"""Logistic regression over named features."""

import math

import pytest

from kg.extract.logistic import fit_logistic


def test_without_a_penalty_a_constant_is_the_log_odds_of_the_gold() -> None:
    gold = [True, True, True, False]
    assert fit_logistic([{"bias": 1.0}] * 4, gold, ["bias"], l2=0.0)["bias"] == pytest.approx(math.log(3), abs=1e-3)


def test_a_penalty_draws_weights_to_nothing() -> None:
    rows, gold = [{"a": 1.0}, {"b": 2.0}] * 20, [True, False] * 20
    weak, strong = (fit_logistic(rows, gold, ["a", "b"], l2=l2) for l2 in (0.1, 10.0))
    assert weak["a"] > strong["a"] > 0 > strong["b"] > weak["b"]


def test_features_that_were_not_asked_for_do_not_count() -> None:
    rows = [{"a": 1.0, "rare": 5.0}, {"a": 1.0}]
    assert fit_logistic(rows, [True, False], ["a"], l2=1.0) == {"a": pytest.approx(0.0, abs=1e-6)}


def test_nothing_to_learn_from_gives_weights_of_nothing() -> None:
    assert fit_logistic([], [], ["a"], l2=1.0) == {"a": 0.0}
