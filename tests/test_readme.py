"""What the README shows is what a new user gets from the corpus that ships, at the level of the plain installation."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter corpus, built without a sentence encoder."""
    root = tmp_path_factory.mktemp("starter") / "library"
    run("init", str(root), "--starter")
    settings = root / "kg.toml"
    text = settings.read_text(encoding="utf-8").replace("[encoder]\n", '[encoder]\nfolder = "none"\n')
    settings.write_text(text, encoding="utf-8")
    run("--workspace", str(root), "build")
    return root


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def read_table(text: str) -> list[list[str]]:
    """The cells of the first four columns of a printed table, without its head."""
    _, dashes, *lines = text.splitlines()
    edges = [found.span() for found in re.finditer("-+", dashes)]
    return [[line[start:end].strip() for start, end in edges[:4]] for line in lines if line != "…"]


def test_the_first_table_is_what_the_query_answers(starter: Path) -> None:
    shown = re.search(r'\$ kg query (\w+) -p (\w+)="([^"]+)"\n(.+?)\n```', README, re.DOTALL)
    assert shown
    expected = read_table(shown[4])
    answered = run("--workspace", str(starter), "query", shown[1], "-p", f"{shown[2]}={shown[3]}")
    assert len(expected) >= 4
    assert read_table(answered)[: len(expected)] == expected


def test_the_map_of_the_two_commands_is_drawn(starter: Path, tmp_path: Path) -> None:
    topic = re.search(r'kg map "([^"]+)" -o map\.html', README)
    assert topic
    run("--workspace", str(starter), "map", topic[1], "-o", str(tmp_path / "map.html"))
    assert topic[1] in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_the_question_in_plain_words_is_answered(starter: Path) -> None:
    question = re.search(r'`kg ask "([^"]+)"`', README)
    assert question
    answer = run("--workspace", str(starter), "ask", question[1], "--format", "csv")
    assert len(answer.splitlines()) > 1


def test_every_quote_of_the_starter_corpus_stands_where_the_graph_says(starter: Path) -> None:
    said = run("--workspace", str(starter), "verify").strip()
    assert re.fullmatch(r"All 1,\d{3} quotes of 42 documents stand where the graph says\.", said)
