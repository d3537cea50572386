import json
from pathlib import Path

import pytest

from kg.model import KgError
from kg.pipeline.statements_filter import filter_statements, find_statements, find_statements_in_text

TEXT = (
    "Risks\n\nThe lack of skills is a serious problem. It is Monday.\n\nActions\n\nAgencies should publish their data."
)


def test_each_request_has_one_answer_with_a_label_and_two_scores_a_sentence() -> None:
    lines = ['{"id": "a", "sentences": ["It is Monday."]}\n', "\n", '{"id": 2, "sentences": []}\n']
    answers = [json.loads(line) for line in filter_statements(lines, encoder="none")]
    assert [set(answer) for answer in answers] == [{"id", "labels", "scores"}] * 2
    assert [(answer["id"], answer["labels"]) for answer in answers] == [("a", ["N"]), (2, [])]
    assert [[len(pair) for pair in answer["scores"]] for answer in answers] == [[2], []]


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"sentences": "text"}', '{"sentences": [1]}'])
def test_bad_request_is_named_by_its_line(line: str) -> None:
    with pytest.raises(KgError, match="line 2: "):
        list(filter_statements(['{"id": 1, "sentences": []}', line]))


def test_sentences_of_a_text_are_listed_with_kind_and_confidence() -> None:
    table = find_statements_in_text(TEXT, encoder="none")
    assert table.columns == ("kind", "confidence", "sentence")
    assert [(row[0].value, row[2].value) for row in table.rows if row[0] and row[2]] == [
        ("dilemma", "The lack of skills is a serious problem."),
        ("remedy", "Agencies should publish their data."),
    ]


def test_file_gives_what_its_text_gives(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(TEXT.replace("Risks", "# Risks").replace("Actions", "# Actions"), encoding="utf-8")
    assert find_statements(path, encoder="none").rows == find_statements_in_text(TEXT, encoder="none").rows
