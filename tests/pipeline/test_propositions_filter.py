"""The filter behind `kg propositions`."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kg.model import KgError
from kg.pipeline.propositions_filter import (
    MAX_PROPOSITIONS,
    filter_propositions,
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
    with pytest.raises(KgError, match="line 1"):
        list(filter_propositions([line]))


def test_lines_are_blocks_and_the_text_is_unchanged() -> None:
    document = make_plain_document("One.\n\n  Two.\r\n")
    assert document.text == "One.\n\n  Two.\r\n"
    assert [document.block_text(block) for block in document.blocks] == ["One.", "Two."]


def test_a_long_text_is_cut_to_what_a_map_can_show() -> None:
    assert len(tabulate_propositions(None, (SENTENCE + " ") * 200).rows) <= MAX_PROPOSITIONS


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
    assert result["best_single"] >= 60
    assert result["retained"] >= 90
    assert result["triples"] <= MAX_PROPOSITIONS
