import gzip
import json
import random
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is needed in training only")

from kg.extract.references.training.__main__ import make_epochs, write_metrics
from kg.extract.references.training.labelling import Example
from kg.extract.references.training.rows import FILES, Row, keep_sources, keep_strings, read_rows, strip_marks


def _row(source: str, number: int) -> Row:
    return Row(f"Meier, A. ({number}). Title.", {}, source, f"{source}-{number}")


def _make_rows() -> list[Row]:
    sources = ("anystyle-core", "anystyle-good", "citations.xml", "kisti_valid_fr", "1708.01150.pdf", "paper.pdf")
    return [_row(source, i) for source in sources for i in range(300)]


def test_rows_are_read_with_the_paper_they_come_from(tmp_path: Path) -> None:
    for name in FILES:
        line = json.dumps({"id": "paper.pdf-12", "ref": "A. Title.", "gold": {"title": "Title"}})
        (tmp_path / f"{name}.jsonl.gz").write_bytes(gzip.compress((line + "\n").encode()))
    rows = read_rows(tmp_path)
    assert [row.source for row in rows] == ["anystyle-core", "anystyle-good", "anystyle-ugly", "paper.pdf"]
    assert rows[3] == Row("A. Title.", {"title": "Title"}, "paper.pdf", "paper.pdf-12")


def test_strings_kept_out_are_not_learnt_and_the_same_each_time() -> None:
    learnt, kept = keep_strings(_make_rows(), random.Random(5))
    counts = {name: len(rows) for name, rows in kept.items()}
    assert {name: counts[name] for name in ("humanities", "mixed", "computer science", "physics")} == {
        "humanities": 120,
        "mixed": 120,
        "computer science": 60,
        "physics": 300,
    }
    assert counts["no punctuation"] == 240
    ids = {row.id for row in learnt}
    assert ids.isdisjoint(row.id for rows in kept.values() for row in rows)
    assert keep_strings(_make_rows(), random.Random(5)) == (learnt, kept)


def test_sources_kept_out_are_kept_out_whole() -> None:
    learnt, kept = keep_sources(_make_rows(), random.Random(5))
    assert {row.source for row in learnt} == {"anystyle-core", "anystyle-good", "citations.xml", "paper.pdf"}
    assert {name: len(rows) for name, rows in kept.items()} == {
        "humanities": 250,
        "mixed": 250,
        "physics": 300,
        "languages": 300,
        "no punctuation": 500,
    }


def test_marks_are_stripped_but_hyphens_and_dashes() -> None:
    assert strip_marks("Meier, A.-B. (1999): “Title”, pp. 3–5_x") == "Meier A -B 1999 Title pp 3–5 x"


def test_an_epoch_holds_every_example_and_a_share_written_anew() -> None:
    words = ("Meier", ",", "Anna", ".", "Open", "data", "for", "everyone", ".", "1999", ".")
    bits = (1, 3, 3, 0, 6, 6, 6, 6, 0, 11, 0)
    other = 1 << 0 | 1 << 12 | 1 << 13
    example = Example(words, (True,) * 11, tuple(1 << bit if bit else other for bit in bits), "core")
    make = make_epochs([example] * 10, restyled=0.5)
    assert len(make(random.Random(1))) == 15
    assert make(random.Random(1)) == make(random.Random(1))


def test_figures_of_one_part_leave_those_of_others(tmp_path: Path) -> None:
    scores = {"mixed": {"precision": 90.0, "recall": 80.0, "all": 84.7, "whole": 50.0}}
    write_metrics(tmp_path, "sources kept out", scores, command="one")
    write_metrics(tmp_path, "strings kept out", scores, command="two")
    record = json.loads((tmp_path / "metrics.json").read_text(encoding="utf-8"))
    assert record["sources kept out"] == {"command": "one", "sets": scores}
    assert record["strings kept out"] == {"command": "two", "sets": scores}
    assert (record["precision"], record["recall"], record["f1"], record["whole"]) == (90.0, 80.0, 84.7, 50.0)
