"""`kg ask` from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.model.errors import QueryError


def run(library: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-w", str(library), "ask", *arguments], catch_exceptions=False)


def test_answer_comes_with_the_query_that_was_run(library: Path) -> None:
    result = run(library, "which remedies for data silos in China since 2019?", "-f", "csv")
    assert result.stderr == (
        "Remedies for a dilemma in a place: "
        "kg query dilemma_remedies_in_place -p since=2019 -p dilemma='data silos' -p place=China\n"
    )
    assert result.stdout.splitlines()[1].split(",")[4:] == [
        "2020",
        "A shared data platform removes data silos",
        "asserted",
    ]


def test_dry_run_names_other_readings_too(library: Path) -> None:
    result = run(library, "--dry-run", "co-authors", "of", "Zhang")
    assert result.stdout == ""
    assert result.stderr.splitlines()[0] == "Co-authors: kg query author_coauthors -p author=Zhang"
    assert [line[:3] for line in result.stderr.splitlines()[1:]] == ["or "] * 3


def test_part_that_could_not_be_used_is_said(library: Path) -> None:
    assert "Not taken into account: Brazil\n" in run(library, "who are the most productive authors in Brazil").stderr


def test_question_outside_the_graph_is_an_error(library: Path) -> None:
    with pytest.raises(QueryError, match="'kg queries' lists what can be asked"):
        run(library, "hello world")
