"""`kg review` from table and terminal, and what it leaves in the graph."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.annotate import Annotated
from kg.cli import cli
from kg.corpus import init_workspace, open_workspace
from kg.extract import statements
from kg.extract.labels import Asked, make_label
from kg.model import CorpusError
from kg.pipeline.build import add, build, make_tools

TEXT = """# On registers

## What is seen

Towns lack shared registers. Clerks lack training in all offices.

## What follows

Towns should open their registers to end that they lack shared registers.
"""


def judge_by_word(texts: Sequence[str], **_: object) -> list[tuple[float, float]]:
    return [(0.9 if "lack" in t and "should" not in t else 0.05, 0.7 if "should" in t else 0.05) for t in texts]


def name_plainly(annotated: Annotated, asked: Sequence[Asked], **_: object) -> list[tuple[str, float]]:
    return [(make_label(annotated, one.start, one.end, one.kind), one.stated) for one in asked]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(statements, "score_sentences", judge_by_word)
    monkeypatch.setattr(statements, "make_sure_labels", name_plainly)
    monkeypatch.setattr("os.fsync", lambda handle: None)
    init_workspace(tmp_path / "w")
    (tmp_path / "registers.md").write_text(TEXT)
    workspace = open_workspace(tmp_path / "w")
    add(workspace, [tmp_path / "registers.md"], make_tools(workspace, workers=1))
    return tmp_path / "w"


def run(root: Path, *arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(cli, ["-w", str(root), *arguments], input=answers, catch_exceptions=False)


def read_table(root: Path, *arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(root, "review", "--export", "-", *arguments).stdout.lstrip("\ufeff"))))


def write_table(root: Path, rows: list[dict[str, str]], *, delimiter: str = ",") -> str:
    with (root / "t.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return str(root / "t.csv")


def test_table_has_the_least_certain_first_and_decisions_in_it_hold(root: Path) -> None:
    rows = read_table(root, "--only", "statement")
    assert [(r["item"], r["confidence"], r["quote"].split()[0]) for r in rows] == [
        ("remedy", "0.70", "Towns"),
        ("dilemma", "0.90", "Clerks"),
        ("dilemma", "0.90", "Towns"),
    ]
    rows[0] |= {"label": "open registers", "type": "open data"}
    rows[1] |= {"verdict": "Rejected"}
    result = run(root, "review", "--import", write_table(root, rows, delimiter=";"), "--as", "Ana")
    assert "2 decisions kept in corpus/reviews.tsv" in result.stderr
    after = read_table(root, "--only", "statement")
    assert [(r["confidence"], r["verdict"], r["label"], r["type"]) for r in after if r["item"] == "remedy"] == [
        ("1.00", "accepted", "open registers", "open data")
    ]
    assert [r["quote"] for r in after if r["item"] == "dilemma"] == ["Towns lack shared registers."]
    workspace = open_workspace(root)
    assert not build(workspace, make_tools(workspace)).processed
    assert run(root, "undo").stderr.startswith("Undone: kg review")
    assert read_table(root, "--only", "statement")[1]["verdict"] == ""
    assert not (root / "corpus" / "reviews.tsv").exists()


def test_same_table_again_changes_nothing(root: Path) -> None:
    rows = read_table(root, "--only", "statement")
    rows[0] |= {"verdict": "y", "type": "open data"}
    rows[1] |= {"verdict": "no", "type": "skills shortage"}
    rows[2] |= {"verdict": "a", "kind": "remedy", "type": "low adoption"}
    table = write_table(root, rows)
    run(root, "review", "--import", table, "--as", "Ana")
    kept = [(root / name).read_bytes() for name in ("corpus/reviews.tsv", ".kg/manifest.json")]
    result = run(root, "review", "--import", table, "--as", "Bo")
    assert result.stderr == "Nothing was decided that is not in corpus/reviews.tsv already.\n"
    assert [(root / name).read_bytes() for name in ("corpus/reviews.tsv", ".kg/manifest.json")] == kept
    rows[2] |= {"type": "training and recruitment"}
    assert "1 decision kept" in run(root, "review", "--import", write_table(root, rows)).stderr


def test_row_with_words_that_were_missed_adds_them(root: Path) -> None:
    row = read_table(root)[0] | {
        "verdict": "accepted",
        "item": "dilemma",
        "quote": "What follows",
        "label": "x y",
        "type": "",
    }
    run(root, "review", "--import", write_table(root, [row]))
    assert ("x y", "What follows") in {(r["label"], r["quote"]) for r in read_table(root)}


def test_rows_that_cannot_be_understood_change_nothing(root: Path) -> None:
    rows = read_table(root, "--only", "statement")
    rows[0] |= {"verdict": "perhaps"}
    rows[1] |= {"type": "No such type"}
    rows[2] |= {"document": "nobody", "verdict": "accepted"}
    with pytest.raises(CorpusError, match="3 rows cannot be understood, nothing was changed") as found:
        run(root, "review", "--import", write_table(root, rows))
    assert "row 2: 'perhaps' is neither accepted nor rejected" in str(found.value)
    assert not (root / "corpus" / "reviews.tsv").exists()
    (root / "t.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CorpusError, match="no column document, item, quote, verdict"):
        run(root, "review", "--import", str(root / "t.csv"))


def test_terminal_asks_one_by_one_and_keeps_what_was_decided_before_q(root: Path) -> None:
    result = run(root, "review", "registers", "--only", "statement", answers="l\nopen registers\na\ns\nq\n")
    assert "1 of 3  remedy: " in result.stdout
    assert "3 of 3  dilemma: " in result.stdout
    kept = (root / "corpus" / "reviews.tsv").read_text().split("\n")[1].split("\t")
    assert kept[2:4] + kept[6:7] == ["remedy", "accepted", "open registers"]
    assert "1 of 2  " in run(root, "review", "--only", "statement", answers="q\n").stdout


def test_type_that_is_none_is_asked_again_and_nothing_decided_before_is_lost(root: Path) -> None:
    result = run(
        root, "review", "--only", "statement", answers="r\nt\nskill shortag\nSkills shortage\na\nt\nwhatever\n"
    )
    assert "no type of a dilemma; there are skills shortage" in result.stdout
    assert "2 decisions kept" in result.stderr
    lines = (root / "corpus" / "reviews.tsv").read_text().splitlines()[1:]
    assert [(line.split("\t")[3], line.split("\t")[7].rpartition("/")[2]) for line in lines] == [
        ("accepted", "skills-shortage"),
        ("rejected", ""),
    ]


def test_nothing_to_ask_is_said(root: Path) -> None:
    result = run(root, "review", "--topic", "zebra")
    assert (result.stdout, result.stderr) == ("", "There is nothing to review; --all shows what was decided before.\n")


def test_topic_narrows_what_is_asked(root: Path) -> None:
    assert [row["quote"][:6] for row in read_table(root, "--topic", "In All OFFICES", "--only", "statement")] == [
        "Clerks"
    ]
