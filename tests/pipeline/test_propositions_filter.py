"""The filter behind `kg propositions`."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kg.model import Concept, Iri, ReadError
from kg.pipeline.propositions_filter import (
    MAX_PROPOSITIONS,
    Row,
    choose_rows,
    filter_propositions,
    find_in_document,
    join_lines,
    make_plain_document,
    tabulate_propositions,
)

SHARED = Path(__file__).parents[3] / "shared"
SENTENCE = "The city publishes its maps on a public portal."


def test_each_request_line_gets_one_answer_line() -> None:
    lines = [json.dumps({"id": "a", "text": SENTENCE}), "", json.dumps({"id": "b", "text": ""})]
    answers = [json.loads(line) for line in filter_propositions(lines)]
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert answers[1]["triples"] == []
    assert all(subject in SENTENCE and target in SENTENCE for subject, _, target in answers[0]["triples"])


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": 1, "text": 3}'])
def test_a_line_that_is_no_request_is_named(line: str) -> None:
    with pytest.raises(ReadError, match="line 1"):
        list(filter_propositions([line]))


def test_lines_are_blocks_and_the_text_is_unchanged() -> None:
    document = make_plain_document("One.\n\n  Two.\r\n")
    assert document.text == "One.\n\n  Two.\r\n"
    assert [document.block_text(block) for block in document.blocks] == ["One.", "Two."]


def make_row(subject: str, *, plain: bool = True) -> Row:
    return Row(subject, "has", "boats", 0.7, f"{subject} has boats.", plain, ("", ""))


def test_a_long_text_is_cut_to_what_a_map_can_show() -> None:
    line = json.dumps({"id": 1, "text": (SENTENCE + " ") * 200})
    assert len(json.loads(next(filter_propositions([line])))["triples"]) <= MAX_PROPOSITIONS


def test_what_can_be_read_alone_is_kept_first_and_stays_in_order() -> None:
    rows = [make_row("it", plain=False), *(make_row(f"town {n}") for n in range(MAX_PROPOSITIONS - 1)), make_row("x")]
    assert choose_rows(rows) == rows[1:]
    assert choose_rows(rows[:3]) == rows[:3]


def test_ends_come_with_the_concepts_they_speak_of() -> None:
    concepts = (Concept(Iri("c:portal"), "technologies", "data portal", ("public portal",)),)
    (row,) = find_in_document(make_plain_document(SENTENCE), concepts)
    assert row == Row(
        "city", "publishes", "its maps on a public portal", row.confidence, SENTENCE, True, ("", "data portal")
    )


def test_pronouns_are_left_out_unless_all_are_wanted() -> None:
    document = make_plain_document("It publishes new maps every year.")
    assert find_in_document(document) == []
    assert [row.subject for row in find_in_document(document, every=True)] == ["It"]


def test_several_files_are_told_apart_in_one_table() -> None:
    rows = {"a.txt": [make_row("town\n hall")], "b.txt": []}
    table = tabulate_propositions(rows, with_concepts=True)
    assert table.columns == ("file", "subject", "phrase", "object", "confidence", "sentence", *table.columns[-2:])
    assert [cell.value for cell in table.rows[0] if cell][:5] == ["a.txt", "town hall", "has", "boats", "0.70"]
    assert tabulate_propositions({"a.txt": []}).columns[0] == "subject"


def test_lines_broken_within_a_sentence_are_joined() -> None:
    assert join_lines("The town\nhas boats.\n\nIt is old.") == "The town has boats.\n\nIt is old."


@pytest.mark.parametrize(
    "text", ["", "\n\n", "?", "\ud800", "Les villes publient des données.", "word " * 3000, "(" * 500]
)
def test_any_text_has_an_answer(text: str) -> None:
    (answer,) = map(json.loads, filter_propositions([json.dumps({"id": 1, "text": text})]))
    sound = text.encode("utf-8", "replace").decode()
    assert all(subject in sound and target in sound for subject, _, target in answer["triples"])


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the benchmark essays lie beside the repository, not in it")
def test_facts_of_the_development_essays_are_kept() -> None:
    command = shlex.join([sys.executable, "-m", "kg", "propositions", "--jsonl"])
    scorer = [sys.executable, str(SHARED / "bench/proposition_f1.py"), "--limit", "12", "--json"]
    data = ["--data", str(SHARED / "data/benchmarks/mine/dev.jsonl.gz"), "--cmd", command]
    done = subprocess.run([*scorer, *data], capture_output=True, text=True, check=False)
    if "snowballstemmer" in done.stderr:
        pytest.skip("the scorer needs snowballstemmer")
    result = json.loads(done.stdout)
    assert result["grounded"] == 1.0
    assert result["best_single"] >= 78
    assert result["retained"] >= 90
    assert result["triples"] <= MAX_PROPOSITIONS
