import numpy as np
import pytest

from kg.annotate.statements.calibration import (
    Calibration,
    ReliabilityBin,
    compute_probabilities,
    compute_reliability,
    find_threshold,
    fit_calibration,
)


def test_higher_score_never_means_lower_probability() -> None:
    scores = np.linspace(-50, 50, 101, dtype=np.float32)[:, None].repeat(2, axis=1)
    p = compute_probabilities([scores, scores], Calibration(((0.5, 2.0), (0.0, 0.1)), (-1.0, 1.0)))
    assert (np.diff(p, axis=0) >= 0).all()
    assert p.min() > 0
    assert p.max() < 1


def test_fitted_calibration_recovers_the_odds_it_was_made_of() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(20_000, 2)).astype(np.float32)
    truth = Calibration(((2.0, 0.5),), (-1.0, 0.3))
    gold = rng.random(scores.shape) < compute_probabilities([scores], truth)
    fitted = fit_calibration([scores], gold)
    assert fitted.slopes[0] == pytest.approx(truth.slopes[0], abs=0.1)
    assert fitted.offsets == pytest.approx(truth.offsets, abs=0.1)


def test_misleading_model_is_left_out_beside_a_good_one() -> None:
    good = np.linspace(-1, 1, 40, dtype=np.float32)[:, None].repeat(2, axis=1)
    gold = good + np.sin(np.arange(40))[:, None] > 0
    fitted = fit_calibration([good, np.cos(5 * np.arange(80).reshape(40, 2)).astype(np.float32) - gold], gold)
    assert fitted.slopes[1] == (0.0, 0.0)
    assert min(fitted.slopes[0]) > 0


def test_reliability_table_lists_only_filled_bins() -> None:
    table = compute_reliability(np.array([0.05, 0.15, 1.0, 0.95]), np.array([False, True, True, False]))
    assert table == [
        ReliabilityBin(0.0, 0.1, 1, 0.05, 0.0),
        ReliabilityBin(0.1, 0.2, 1, 0.15, 1.0),
        ReliabilityBin(0.9, 1.0, 2, 0.975, 0.5),
    ]


def test_threshold_lies_between_the_kinds_when_they_part_cleanly() -> None:
    assert find_threshold(np.array([0.2, 0.3, 0.6, 0.7]), np.array([False, False, True, True])) == 0.31
