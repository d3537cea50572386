"""Scores against gold files."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.clauses import OWN_SUBJECT
from kg.model import KgError, ReadError
from kg.pipeline.evaluate import (
    Bin,
    Judged,
    compute_reliability,
    compute_scores,
    judge_folder,
    read_folder,
    summarise,
)
from kg.pipeline.evaluate.tables import tabulate_figures, tabulate_reliability, tabulate_scores
from kg.pipeline.evaluate.tasks import (
    TASKS,
    compute_overlap,
    is_same_triple,
    judge_exact,
    judge_stretches,
)
from kg.pipeline.evaluate.trained import Figures, read_figures

GOLD = Path(__file__).parents[1] / "gold"
RIGHT, WRONG = (0.9, True), (0.9, False)


def judge(tmp_path: Path, text: str, **gold: Any) -> dict[str, list[Judged]]:
    """What the judges make of one text."""
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"document": "a.txt", **gold}), encoding="utf-8")
    return judge_folder(read_folder(tmp_path, ()))


def test_stretches_that_hold_one_another_are_the_same() -> None:
    found = [("Registers are scattered, and nobody knows.", 0.5), ("Towns are small.", 0.4)]
    judged = judge_stretches(found, ["registers are scattered", "clerks leave"])
    assert judged == Judged(((0.5, True), (0.4, False)), 2, 1)


def test_a_stretch_found_twice_counts_once_with_the_better_confidence() -> None:
    assert judge_stretches([("A b.", 0.3), ("a B", 0.6)], ["a b"]) == Judged(((0.6, True),), 1, 1)


def test_exact_facts_must_be_whole() -> None:
    assert judge_exact([("Ines Kallas", 1.0), ("Per", 1.0)], ["ines kallas", "Per Olsen"]) == Judged(
        ((1.0, True), (1.0, False)), 2, 1
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("the town", "runs", "four ferries"), ("town", "runs", "four ferries"), True),
        (("town", "runs four", "ferries"), ("town", "runs", "four ferries"), True),
        (("town", "does not run", "ferries"), ("town", "does run", "ferries"), False),
        (("managers", "have", "no overview"), ("managers", "have no", "overview"), True),
        (("town", "runs", "ferries"), ("village", "runs", "ferries"), False),
        (("town", "runs", "ferries on Sunday"), ("town", "sells", "bread on Monday"), False),
    ],
)
def test_propositions_are_the_same_if_ends_and_denial_are(
    one: tuple[str, ...], other: tuple[str, ...], same: bool
) -> None:
    assert is_same_triple(one, other) is same


def test_overlap_leaves_out_articles() -> None:
    assert compute_overlap("the open data", "open data") == 1.0
    assert compute_overlap("open data", "open registers") == 0.5
    assert compute_overlap("", "the") == 0.0


def test_precision_recall_and_f1_are_over_all_documents() -> None:
    score = summarise("task", [Judged((RIGHT, WRONG), 1, 1), Judged((RIGHT, RIGHT), 3, 2)])
    assert (score.precision, score.recall, score.f1, score.gold) == (0.75, 0.75, 0.75, 4)
    assert summarise("task", [Judged((), 2, 0)]).f1 == 0.0


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=8))
def test_the_interval_lies_within_zero_and_one_and_is_the_same_each_time(sizes: list[tuple[int, int]]) -> None:
    documents = [Judged((RIGHT,) * right + (WRONG,) * wrong, right + 1, right) for right, wrong in sizes]
    score = summarise("task", documents)
    assert 0 <= score.low <= score.high <= 1
    assert score == summarise("task", documents)


def test_reliability_puts_facts_in_bins_of_their_confidence() -> None:
    judged = {"task": [Judged(((0.1, False), (0.19, True)), 1, 1), Judged(((1.0, True),), 1, 1)]}
    assert compute_reliability(judged) == (
        Bin("task", 0.0, 0.2, 2, pytest.approx(0.145), 0.5),  # type: ignore[arg-type]
        Bin("task", 0.8, 1.0, 1, 1.0, 1.0),
    )


def test_tasks_without_gold_are_left_out(tmp_path: Path) -> None:
    assert set(judge(tmp_path, "Towns are small.", places=[])) == {"places"}


def test_propositions_are_asked_for_only_in_the_sentences_of_the_gold_file(tmp_path: Path) -> None:
    text = "The city publishes its budget on a portal. The county sells old books. The mayor bought two ferries."
    wanted = ["city", "publishes", "its budget on a portal"]
    gold = {"The city publishes its budget on a portal.": [wanted], "The mayor bought two ferries.": []}
    found = judge(tmp_path, text, propositions=gold)["propositions"]
    assert found == [Judged(((OWN_SUBJECT, True), (OWN_SUBJECT, False)), 1, 1)]


def test_concepts_are_right_by_any_of_their_spellings(tmp_path: Path) -> None:
    text = "Parking permits are slow. Parking permits are paper. Nobody likes parking permits."
    (judged,) = judge(tmp_path, text, concepts=["Parking-permit", "paper"])[f"concepts, first {10}"]
    assert (judged.right_found, judged.right_gold, judged.gold) == (1, 1, 2)


def test_the_gold_set_of_the_project_is_scored_on_every_task() -> None:
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in GOLD.glob("*.json")]
    keys = Counter(key for gold in golds for key in gold)
    scores = {s.task: s for s in compute_scores(judge_folder(read_folder(GOLD, ())))}
    assert {task: s.documents for task, s in scores.items()} == {task: keys[key] for task, (key, _) in TASKS.items()}
    assert min(scores[task].f1 for task in ("authors", "references", "in-text citations")) >= 0.8
    doubtful_too = ("dilemma sentences, doubtful too", "remedy sentences, doubtful too")
    assert min(scores[task].f1 for task in (*doubtful_too, "propositions")) >= 0.55
    assert min(scores[task].f1 for task in ("dilemma sentences", "remedy sentences")) >= 0.5


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem)
def test_every_gold_quote_stands_in_its_document(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = (GOLD / gold["document"]).read_text(encoding="utf-8")
    quotes = [
        *gold.get("dilemmas", ()),
        *gold.get("remedies", ()),
        *gold.get("places", ()),
        *gold.get("propositions", ()),
    ]
    assert [quote for quote in quotes if quote not in text] == []
    ends = {end for link in gold.get("links", ()) for end in link}
    assert ends <= {*gold.get("dilemmas", ()), *gold.get("remedies", ())}


def test_broken_gold_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no gold files"):
        read_folder(tmp_path, ())
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.json"):
        read_folder(tmp_path, ())
    (tmp_path / "a.json").write_text(json.dumps({"dilemmas": []}), encoding="utf-8")
    with pytest.raises(ReadError, match="'document' must name"):
        read_folder(tmp_path, ())


def test_figures_of_trained_parts_are_read_from_beside_them(tmp_path: Path) -> None:
    (tmp_path / "annotate/model").mkdir(parents=True)
    metrics = {"texts": 3, "note": "by hand", "dev": {"F1": 0.5, "bins": [[1, 2]], "a": {"P": 1}}}
    (tmp_path / "annotate/model/metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    figures = read_figures(tmp_path)
    assert figures == (
        Figures("annotate", "", (("texts", 3.0),)),
        Figures("annotate", "dev", (("F1", 0.5),)),
        Figures("annotate", "dev, a", (("P", 1.0),)),
    )
    assert [cell.value for cell in tabulate_figures(figures).rows[1] if cell] == ["annotate", "dev", "F1 0.5"]


def test_tables_have_one_row_a_task_and_bin() -> None:
    judged = {"task": [Judged((RIGHT,), 1, 1)]}
    rows = [tabulate_scores(compute_scores(judged)).rows, tabulate_reliability(compute_reliability(judged)).rows]
    assert [[cell.value for cell in row if cell] for table in rows for row in table] == [
        ["task", "1", "1", "1.00", "1.00", "1.00", "1.00", "1.00"],
        ["task", "0.8", "1.0", "1", "0.90", "1.00"],
    ]
