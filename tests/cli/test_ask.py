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


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("who are the most productive authors in Brazil", "no query for this asks for 'Brazil' too"),
        ("which remedies for data silos in Utopia?", "'Utopia' is not understood"),
        ("which dilemmas does Smith (2019) state?", "'Smith (2019)' is not understood"),
        ("what are the best remedies for data silos?", "'best' is not understood"),
        ("most cited works since 2019", "no query for this asks for 'since 2019' too"),
        ('who proposes "flying carpets"?', "'flying carpets' is not understood"),
        ("which technologies are used against data silos?", "no query for this asks for 'technologies' too"),
    ],
)
def test_table_that_would_leave_out_a_part_of_the_question_is_not_shown(
    library: Path, question: str, said: str
) -> None:
    with pytest.raises(QueryError) as caught:
        run(library, question)
    message = str(caught.value)
    assert said in message
    assert "\n  kg query " in message
    assert message.endswith("'kg queries' lists them all.")


def test_dry_run_shows_the_reading_and_what_it_leaves_out(library: Path) -> None:
    result = run(library, "--dry-run", "who are the most productive authors in Brazil")
    assert "Not taken into account: Brazil" in result.stderr


def test_question_outside_the_graph_is_an_error(library: Path) -> None:
    with pytest.raises(QueryError, match="'kg queries' lists what can be asked"):
        run(library, "hello world")


def test_questions_of_the_workspace_are_asked_too(library: Path) -> None:
    own = library / "queries" / "own_moons.rq"
    own.parent.mkdir(exist_ok=True)
    own.write_text(
        '# title: Moons\n# question: which moons are there?\n# columns: moon\nSELECT ?moon { VALUES ?moon { "Io" } }\n',
        encoding="utf-8",
    )
    try:
        result = run(library, "which moons are there?", "-f", "csv")
    finally:
        own.unlink()
    assert (result.stdout, result.stderr.splitlines()[0]) == ("moon\nIo\n", "Moons: kg query own_moons")


def test_copy_of_the_library_in_the_workspace_does_not_hide_what_the_library_knows_now(library: Path) -> None:
    copy = library / "queries" / "author_coauthors.rq"
    copy.parent.mkdir(exist_ok=True)
    before = copy.read_bytes() if copy.exists() else None
    copy.write_text("# title: Old\nSELECT ?old { VALUES ?old { 1 } }\n", encoding="utf-8")
    try:
        result = run(library, "--dry-run", "co-authors of Zhang")
    finally:
        if before is None:
            copy.unlink()
        else:
            copy.write_bytes(before)
    assert result.stderr.splitlines()[0] == "Co-authors: kg query author_coauthors -p author=Zhang"
