"""`kg queries` from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.model.errors import QueryError
from kg.query.files import load_queries


def run(*arguments: str, workspace: Path | None = None) -> str:
    command = [*(["-w", str(workspace)] if workspace else []), "queries", *arguments]
    result = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_every_query_is_listed_with_its_aspect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = run("--format", "csv").splitlines()
    assert {line.split(",")[1] for line in lines[1:]} == set(load_queries())


def test_words_find_queries_best_first(library: Path) -> None:
    lines = run("remedies", "country", "-f", "csv", workspace=library).splitlines()
    assert lines[1] == 'place,remedy_places,Remedies by country,"place, type, since, until"'


def test_name_of_a_query_shows_all_of_its_header(library: Path) -> None:
    assert run("citation_intents", workspace=library) == (
        "citation_intents: Why works are cited\n"
        "In-text citations by intent.\n\n"
        "Columns\n  intent, citations, documents\n\n"
        "In plain words\n  why are works cited?\n  citation intents\n\n"
        "Example\n  kg query citation_intents\n"
    )


def test_parameters_are_shown_with_type_and_default(library: Path) -> None:
    assert "  since    integer, 0 if not given: first year\n" in run("dilemma_documents", workspace=library)


def test_own_queries_of_the_workspace_join_the_list(library: Path) -> None:
    own = library / "queries" / "my_question.rq"
    own.write_text("# title: Zebra crossings\nASK {}", encoding="utf-8")
    try:
        assert run("zebra", "-f", "csv", workspace=library).splitlines()[1] == "own,my_question,Zebra crossings,"
    finally:
        own.unlink()


def test_query_in_place_of_one_of_kg_is_said_to_be_of_the_workspace(library: Path) -> None:
    own = library / "queries" / "citation_intents.rq"
    own.write_text("# title: Mine\nASK {}", encoding="utf-8")
    said = "From queries/ of the workspace, in place of those of kg: citation_intents. Delete the file to ask kg's own."
    try:
        for words in ([], ["citation_intents"]):
            result = CliRunner().invoke(cli, ["-w", str(library), "queries", *words], catch_exceptions=False)
            assert result.stderr.splitlines()[-1] == said
        result = CliRunner().invoke(cli, ["-w", str(library), "query", "citation_intents"], catch_exceptions=False)
        assert result.stderr.startswith("Note: this is queries/citation_intents.rq of the workspace; kg comes with ano")
    finally:
        own.unlink()


def test_words_that_fit_nothing_point_to_the_list(library: Path) -> None:
    with pytest.raises(QueryError, match=r"no query is about 'xylophone'\. 'kg queries' lists all"):
        run("xylophone", workspace=library)


def test_queries_come_in_the_forms_of_other_tools_too(library: Path) -> None:
    assert "ex:citation_intents a sh:SPARQLExecutable" in run("citation_intents", "-f", "sib", workspace=library)
    grlc = run("citation_intents", "-f", "grlc", "--endpoint", "http://127.0.0.1/sparql", workspace=library)
    assert grlc.startswith("#+ summary: Why works are cited\n")
    result = CliRunner().invoke(cli, ["queries", "-f", "grlc"])
    assert (result.exit_code, "name one" in result.stderr) == (2, True)
