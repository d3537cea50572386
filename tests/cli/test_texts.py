"""`kg keyphrases` and `kg propositions` for persons: files, folders, standard input, errors."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli

TEXT = "Open source software (OSS) is free. The city publishes its maps on a public portal. OSS helps small towns.\n"
COMMANDS = ("keyphrases", "propositions")


def run(*arguments: str, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=text)


def read_csv(result: Result) -> list[list[str]]:
    assert result.exit_code == 0, result.output
    return list(csv.reader(result.stdout.splitlines()))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_WORKSPACE", raising=False)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.md").write_text("# Boats\n\nThe harbour office keeps a register of boats.\n", encoding="utf-8")
    (tmp_path / "texts/b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "texts/c.pdf").write_bytes(b"no pdf")
    return tmp_path / "texts"


def test_a_file_becomes_a_ranked_table(folder: Path) -> None:
    rows = read_csv(run("keyphrases", str(folder / "b.txt"), "--format", "csv"))
    assert rows[0] == ["rank", "phrase", "short", "count", "score"]
    assert ["open source software", "OSS", "2"] in [[row[1].casefold(), *row[2:4]] for row in rows]


def test_a_file_becomes_propositions(folder: Path) -> None:
    rows = read_csv(run("propositions", str(folder / "b.txt"), "--format", "csv"))
    assert rows[0] == ["subject", "phrase", "object", "confidence", "sentence"]
    assert ["city", "publishes", "its maps on a public portal"] in [row[:3] for row in rows]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_is_read_file_by_file_and_what_cannot_be_read_is_told(folder: Path, command: str) -> None:
    result = run(command, str(folder), "--format", "csv")
    rows = read_csv(result)
    assert {Path(row[0]).name for row in rows[1:]} == {"a.md", "b.txt"}
    assert "Skipped" in result.stderr
    assert "c.pdf" in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_standard_input_is_a_text(folder: Path, command: str) -> None:
    assert len(read_csv(run(command, "-", "--format", "csv", text=TEXT))) > 1
    assert read_csv(run(command, "-", "--format", "csv", text=""))[1:] == []
    assert run(command, "-", text=b"caf\xe9 \xff").exit_code == 0


def test_formats(folder: Path) -> None:
    name = str(folder / "b.txt")
    assert json.loads(run("propositions", name, "--format", "json").stdout)["head"]["vars"][0] == "subject"
    assert run("keyphrases", name, "--format", "md").stdout.startswith("| rank |")
    assert "\t" in run("keyphrases", name, "--format", "tsv").stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_wrong_use_is_refused_in_plain_words(folder: Path, command: str) -> None:
    assert run(command).exit_code == 2
    assert run(command, "--jsonl", str(folder)).exit_code == 2
    gone = run(command, str(folder / "gone.txt"))
    assert gone.exit_code == 1
    assert "gone.txt" in str(gone.exception or gone.output)
    (folder.parent / "empty").mkdir()
    assert "no file that can be read" in run(command, str(folder.parent / "empty")).output


@pytest.mark.parametrize(("command", "key"), [("keyphrases", "phrases"), ("propositions", "triples")])
def test_json_lines_are_answered(command: str, key: str) -> None:
    result = run(command, "--jsonl", text=json.dumps({"id": 7, "text": TEXT}) + "\n")
    assert json.loads(result.stdout)["id"] == 7
    assert json.loads(result.stdout)[key]


def test_a_workspace_adds_its_concepts(folder: Path) -> None:
    assert run("init", str(folder.parent / "space")).exit_code == 0
    space = ["--workspace", str(folder.parent / "space")]
    rows = read_csv(run(*space, "keyphrases", str(folder / "b.txt"), "--format", "csv"))
    assert "open source software (technologies)" in {row[-1] for row in rows}
    rows = read_csv(run(*space, "propositions", str(folder / "b.txt"), "--format", "csv"))
    assert rows[0][-2:] == ["subject concept", "object concept"]
    assert any(cell for row in rows[1:] for cell in row[-2:])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_named_workspace_that_is_none_is_refused(folder: Path, command: str) -> None:
    assert run("--workspace", str(folder), command, str(folder / "b.txt")).exit_code == 1
