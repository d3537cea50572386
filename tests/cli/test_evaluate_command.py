"""`kg evaluate` and the scorecard made with it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.pipeline.evaluate.tasks import TASKS

ROOT = Path(__file__).parents[2]
SCORECARD = (ROOT / "SCORECARD.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("The register is in Norway.", encoding="utf-8")
    gold = {"document": "a.txt", "places": ["Norway"]}
    (tmp_path / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["evaluate", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_scores_are_a_table(folder: Path) -> None:
    assert run(str(folder), "--format", "csv").splitlines() == [
        "task,documents,gold,precision,recall,F1,low,high",
        "places,1,1,1.00,1.00,1.00,1.00,1.00",
    ]


def test_reliability_and_trained_parts_are_tables_of_their_own(folder: Path) -> None:
    assert run(str(folder), "--part", "reliability", "--format", "csv").splitlines()[1:] == [
        "places,0.8,1.0,1,0.95,1.00"
    ]
    assert run(str(folder), "--part", "trained", "--format", "csv").startswith("part,measured,figures")


def test_a_scorecard_names_the_command_it_was_made_with(folder: Path) -> None:
    page = run(str(folder), "--part", "scorecard")
    assert f"Made by `kg evaluate {folder} --part scorecard`" in page
    assert re.findall("^## (.*)", page, re.MULTILINE) == ["Scores", "Reliability of confidence", "Trained parts"]


def test_a_folder_without_gold_files_is_refused_in_plain_words(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["evaluate", str(tmp_path)])
    assert result.exit_code == 1
    assert "no gold files (*.json) in it" in str(result.exception or result.output)


def read_rows(title: str) -> list[list[str]]:
    part = SCORECARD.partition(f"## {title}")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip().replace("\\", "") for cell in line.strip("|").split(" |")] for line in lines[2:]]


def test_the_scorecard_of_the_project_holds_every_task_and_document() -> None:
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "tests/gold").glob("*.json")]
    expected = [[task, str(sum(key in gold for gold in golds))] for task, (key, _) in TASKS.items()]
    assert "`kg evaluate tests/gold --part scorecard`" in SCORECARD
    assert [row[:2] for row in read_rows("Scores")] == expected
    assert {row[0] for row in read_rows("Reliability")} <= set(TASKS)


def test_the_scorecard_of_the_project_names_the_trained_parts() -> None:
    rows = read_rows("Trained parts")
    assert {"annotate", "annotate/statements", "extract/keyphrases"} <= {row[0] for row in rows}
    assert all((ROOT / "kg" / row[0]).is_dir() and row[2] for row in rows)
