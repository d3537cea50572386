from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli

TEXT = "Actions\n\nAgencies should publish their data.\n"
TABLE = """\
kind    confidence  sentence
------  ----------  -----------------------------------
remedy        {}  Agencies should publish their data.
"""


def test_table_of_standard_input_is_printed() -> None:
    result = CliRunner().invoke(cli, ["statements", "--encoder", "none", "-"], input=TEXT)
    confidence = result.stdout.split()[7]
    assert (result.exit_code, result.stdout) == (0, TABLE.format(confidence))


def test_several_files_are_named_on_standard_error(tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in ("a.md", "b.md")]
    for name in names:
        Path(name).write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(cli, ["statements", "--encoder", "none", *names])
    assert result.stderr == f"{names[0]}:\n{names[1]}:\n"


def test_filter_answers_each_line() -> None:
    line = '{"id": "x", "sentences": []}\n'
    result = CliRunner().invoke(cli, ["statements", "--jsonl", "--encoder", "none"], input=line)
    assert result.stdout == '{"id": "x", "labels": [], "scores": []}\n'


@pytest.mark.parametrize("arguments", [[], ["--jsonl", "a.md"]])
def test_files_or_the_filter_must_be_asked_for(arguments: list[str]) -> None:
    result = CliRunner().invoke(cli, ["statements", *arguments])
    assert result.exit_code == 2
    assert "--jsonl" in result.stderr


def test_encoder_of_the_workspace_is_used_and_missed_aloud(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "kg.toml").write_text('[encoder]\nfolder = "minds"\n', encoding="utf-8")
    line = '{"id": "x", "sentences": ["Trust is low."]}\n'
    result = CliRunner().invoke(cli, ["--workspace", str(tmp_path), "statements", "--jsonl"], input=line)
    assert result.exit_code == 0
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [str(tmp_path / "minds")]


def test_named_workspace_must_be_one(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--workspace", str(tmp_path), "statements", "--jsonl"], input="")
    assert result.exit_code == 1
    assert "kg.toml" in str(result.exception)
