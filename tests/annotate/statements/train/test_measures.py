import numpy as np
import pytest

from kg.annotate.statements.train.measures import compute_average_precision, compute_measures


def test_average_precision_is_the_mean_precision_at_the_hits() -> None:
    value = compute_average_precision(np.array([0.9, 0.8, 0.7, 0.1]), np.array([True, False, True, False]))
    assert value == pytest.approx((1 + 2 / 3) / 2)


def test_nothing_to_find_is_no_precision() -> None:
    assert compute_average_precision(np.array([0.9]), np.array([False])) == 0.0


def test_measures_of_a_perfect_model_are_one() -> None:
    gold = np.array([[True, False], [False, True]])
    found = compute_measures(np.where(gold, 0.95, 0.05), gold)
    reliability = [[0.0, 1, 0.05, 0.0], [0.9, 1, 0.95, 1.0]]
    one = {"threshold": 0.1, "P": 1.0, "R": 1.0, "F1": 1.0, "AP": 1.0, "reliability": reliability}
    assert found == {"dilemma": one, "remedy": one}
