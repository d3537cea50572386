"""The filter behind `kg keyphrases`."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kg.model import Concept, Iri, ReadError
from kg.pipeline.keyphrases_filter import filter_keyphrases, find_files, label_concepts, rank_text, tabulate_phrases

SHARED = Path(__file__).parents[3] / "shared"
TEXT = (
    "Open government data portals in small towns. Open government data portals help firms to find data. "
    "We study the metadata quality of open government data portals and propose automatic metadata repair."
)


def test_each_request_line_gets_one_answer_line() -> None:
    lines = [json.dumps({"id": "a", "title": "Portals", "text": TEXT}), "", json.dumps({"id": "b", "text": ""})]
    answers = [json.loads(line) for line in filter_keyphrases(lines)]
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert answers[1]["phrases"] == []
    assert any("data portals" in phrase for phrase in answers[0]["phrases"][:5])
    assert all(phrase.casefold() in TEXT.casefold() for phrase in answers[0]["phrases"])


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": 1, "text": 3}', '{"text": "a", "title": 3}'])
def test_a_line_that_is_no_request_is_named(line: str) -> None:
    with pytest.raises(ReadError, match="line 1"):
        list(filter_keyphrases([line]))


def test_phrases_come_best_first_with_their_places() -> None:
    phrases = rank_text(TEXT, limit=5)
    assert [p.score for p in phrases] == sorted((p.score for p in phrases), reverse=True)
    assert all(TEXT[start:].casefold().startswith(p.text.split()[0].casefold()) for p in phrases for start in p.starts)
    table = tabulate_phrases({"-": phrases}, {phrases[0].key: "open data (concepts)"})
    assert table.columns == ("rank", "phrase", "short", "count", "score", "concept")
    assert table.rows[0][-1] is not None
    assert table.rows[0][-1].value == "open data (concepts)"


def test_parts_of_better_phrases_are_left_out_and_abbreviations_stand_beside_theirs() -> None:
    text = "Open source software (OSS) is free. Towns like open source software. OSS needs clerks."
    found = {p.text: (p.short, len(p.starts)) for p in rank_text(text)}
    assert found["open source software"] == ("OSS", 3)
    assert "source software" not in found


def test_labels_of_one_concept_are_one_phrase() -> None:
    concepts = [Concept(Iri("c:e"), "concepts", "e-government", ("e-government", "electronic government"))]
    names = label_concepts(concepts)
    text = "Electronic government is slow. E-government is cheap. Towns like e-government."
    found = [(p.text, len(p.starts), names[p.key]) for p in rank_text(text, names=names) if p.key in names]
    assert found == [("e-government", 3, "e-government (concepts)")]


@pytest.mark.parametrize(
    "text", ["", " \n", "?!", "12 34", "\ud800", "Les portails de données ouvertes. " * 3, "a" * 5000]
)
def test_any_text_has_an_answer(text: str) -> None:
    (answer,) = map(json.loads, filter_keyphrases([json.dumps({"id": 1, "text": text})]))
    assert isinstance(answer["phrases"], list)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gone\.txt"):
        list(find_files([tmp_path / "gone.txt"]))


@pytest.mark.skipif(not SHARED.exists(), reason="the benchmark texts lie beside the repository, not in it")
def test_the_ranker_holds_its_floor_on_abstracts_it_was_not_trained_on() -> None:
    command = shlex.join([sys.executable, "-m", "kg", "keyphrases", "--jsonl"])
    scorer = [sys.executable, str(SHARED / "bench/keyphrase_f1.py"), "--limit", "120", "--json"]
    data = ["--data", str(SHARED / "data/benchmarks/inspec/dev.jsonl.gz"), "--cmd", command]
    result = json.loads(subprocess.run([*scorer, *data], capture_output=True, text=True, check=True).stdout)
    assert result["stem_F1@5"] >= 31
    assert result["stem_F1@10"] >= 37
    assert result["stem_F1@15"] >= 36
