"""`kg search` from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.model.errors import QueryError


def run(library: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-w", str(library), "search", *arguments], catch_exceptions=False)


def test_names_and_quotes_are_found_with_the_words_marked(library: Path) -> None:
    lines = run(library, "skill").stdout.splitlines()
    assert lines[2].split() == ["concept", "concepts/digital-skills", "Digital", "«skills»"]
    assert any("few officials" not in line and "document/silva-2022" in line for line in lines)


def test_kind_and_limit_narrow_the_answer(library: Path) -> None:
    result = run(library, "data", "silos", "--kind", "dilemma", "-f", "csv", "-n", "1")
    assert result.stdout.splitlines() == [
        "kind,thing,document,text,section,start",
        "dilemma,https://w3id.org/digital-government/kg/dilemma/data-silos-between-departments,"
        ",data silos between departments,,",
    ]


def test_index_is_kept_for_the_next_time(library: Path) -> None:
    run(library, "law")
    (kept,) = (library / ".kg" / "search").glob("*")
    before = kept.stat().st_mtime_ns
    run(library, "law")
    assert kept.stat().st_mtime_ns == before


def test_words_that_nothing_holds_together_are_said_to_be_found_apart(library: Path) -> None:
    note = "Nothing holds all of these words; what holds some of them is shown.\n"
    assert [run(library, *words).stderr for words in (["skill", "xylophone"], ["data", "silos"])] == [note, ""]


def test_nothing_found_is_said(library: Path) -> None:
    result = run(library, "xylophone")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing holds xylophone.\n")


@pytest.mark.parametrize(
    ("arguments", "message"), [(["law", "-k", "lawyer"], "no kind 'lawyer'; known: case"), (["?!"], "holds no word")]
)
def test_wrong_use_is_explained(library: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run(library, *arguments)
