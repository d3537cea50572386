"""Scores against gold files."""

import json
from pathlib import Path

import pytest

from kg.model import KgError, ReadError
from kg.pipeline.evaluate import Counts, compute_f1, compute_scores, count_matches, summarise

GOLD = Path(__file__).parents[1] / "gold"


def test_stretches_that_hold_one_another_are_the_same() -> None:
    found = ["Registers are scattered, and nobody knows.", "Towns are small."]
    assert count_matches(found, ["registers are scattered", "clerks leave"]) == Counts(2, 2, 1, 1)


def test_precision_recall_and_f1_over_all_documents() -> None:
    precision, recall, f1 = compute_f1([Counts(2, 1, 1, 1), Counts(2, 3, 2, 2)])
    assert (precision, recall) == (0.75, 0.75)
    assert f1 == 0.75
    assert compute_f1([Counts(0, 2, 0, 0)]) == (0.0, 0.0, 0.0)


def test_the_interval_holds_the_score_and_is_the_same_each_time() -> None:
    counts = [Counts(4, 4, 4, 4), Counts(4, 4, 0, 0), Counts(2, 4, 2, 2)]
    score = summarise("task", counts)
    assert score.low <= score.f1 <= score.high
    assert score == summarise("task", counts)


def test_the_gold_set_of_the_project_is_scored_on_every_task() -> None:
    scores = {s.task: s for s in compute_scores(GOLD, ())}
    assert {task: s.documents for task, s in scores.items()} == {
        "dilemma sentences": 3,
        "remedy sentences": 3,
        "remedy -> dilemma links": 3,
        "authors": 2,
        "references": 1,
        "in-text citations": 1,
        "places": 2,
    }
    assert scores["authors"].f1 == scores["references"].f1 == scores["in-text citations"].f1 == 1.0
    assert min(scores["dilemma sentences"].f1, scores["remedy sentences"].f1) >= 0.7


def test_broken_gold_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no gold files"):
        compute_scores(tmp_path, ())
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.json"):
        compute_scores(tmp_path, ())
    (tmp_path / "a.json").write_text(json.dumps({"dilemmas": []}), encoding="utf-8")
    with pytest.raises(ReadError, match="'document' must name"):
        compute_scores(tmp_path, ())
