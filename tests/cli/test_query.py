"""`kg query` from the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.model.errors import CorpusError, QueryError

BASE = "https://w3id.org/digital-government/kg/"


def run(library: Path, *arguments: str, input: bytes | None = None) -> Result:
    command = ["--workspace", str(library), "query", *arguments]
    return CliRunner().invoke(cli, command, input=input, catch_exceptions=False)


def test_named_query_prints_a_table(library: Path) -> None:
    result = run(library, "author_coauthors", "--param", "author=Ana Silva")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "author     coauthor   works\n"  #
        "---------  ---------  -----\n"
        "Ana Silva  Wei Zhang      1\n"
    )


def test_json_is_that_of_the_standard(library: Path) -> None:
    result = run(library, "document_keywords", "-p", "document=silva-2022", "--format", "json")
    assert json.loads(result.stdout) == {
        "head": {"vars": ["document", "keyword"]},
        "results": {
            "bindings": [
                {
                    "document": {"type": "uri", "value": BASE + "document/silva-2022"},
                    "keyword": {"type": "literal", "value": "digital skills"},
                }
            ]
        },
    }


def test_words_find_remedies_by_place_and_year(library: Path) -> None:
    values = ["-p", "place=China", "-p", "dilemma=information islands", "-p", "since=2019"]
    result = run(library, "dilemma_remedies_in_place", *values, "-f", "csv")
    assert [line.split(",")[2:5] for line in result.stdout.splitlines()[1:]] == [
        [BASE + "remedy/shared-data-platform", BASE + "document/wang-2020", "2020"]
    ]


def test_query_from_standard_input_and_file_sees_all_graphs(library: Path, tmp_path: Path) -> None:
    text = b"SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a <https://w3id.org/digital-government/ontology#Dilemma> }"
    (tmp_path / "own.rq").write_bytes(text)
    assert run(library, "-", "-f", "csv", input=text).stdout_bytes == b"n\r\n7\r\n"
    assert run(library, str(tmp_path / "own.rq"), "-f", "csv").stdout_bytes == b"n\r\n7\r\n"


def test_construct_is_printed_as_turtle(library: Path) -> None:
    text = b"CONSTRUCT { ?s a ?c } WHERE { VALUES ?c { <http://purl.org/spar/fabio/Policy> } ?s a ?c }"
    assert run(library, "-", "-f", "ttl", input=text).stdout == (
        f"@prefix fabio: <http://purl.org/spar/fabio/> .\n\n<{BASE}policy/14th-five-year-plan>\n    a fabio:Policy .\n"
    )


def test_explain_prints_what_any_endpoint_takes(library: Path) -> None:
    result = run(
        library, "dilemma_documents", "-p", "dilemma=low adoption of services", "-p", "since=2020", "--explain"
    )
    assert f"VALUES ?dilemma {{ <{BASE}dilemma/low-adoption-of-services> }}" in result.stdout
    assert "VALUES ?since { 2020 }" in result.stdout


def test_workspace_query_of_the_same_name_is_run_under_guard(library: Path, tmp_path: Path) -> None:
    own = library / "queries" / "work_counts.rq"
    own.write_text("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", encoding="utf-8")
    try:
        with pytest.raises(QueryError, match="SERVICE would ask another server"):
            run(library, "work_counts")
    finally:
        own.unlink()


def test_result_goes_to_a_file_that_is_not_overwritten_unasked(library: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    assert run(library, "document_keywords", "-f", "csv", "-o", str(output)).stdout == ""
    assert output.read_bytes().startswith(b"document,keyword\r\n")
    with pytest.raises(CorpusError, match="--force"):
        run(library, "document_keywords", "-f", "csv", "-o", str(output))
    assert run(library, "document_keywords", "-f", "csv", "-o", str(output), "--force").exit_code == 0


def test_slow_pattern_is_pointed_out(library: Path) -> None:
    text = b"SELECT * { ?s ?p ?o FILTER(REGEX(?o, 'x')) FILTER NOT EXISTS { ?o ?q ?r } } LIMIT 1"
    lines = run(library, "-", input=text).stderr.splitlines()
    assert [line.split(":")[0] for line in lines] == ["Note", "Note"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["dilema_remedies"], "Did you mean dilemma_remedies"),
        (["document_authors", "-p", "documnt=x"], r"no parameter 'documnt'; known: document \(document\)"),
        (["document_authors", "-p", "document=x"], "no document is called 'x'"),
        (["dilemma_remedies", "-p", "since=soon"], "'soon' is not a number of the type integer"),
        (["nowhere.rq"], "cannot be read"),
    ],
)
def test_wrong_name_or_value_is_answered_with_the_next_step(library: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run(library, *arguments)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "stopped after 1 s"),
        (b"SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 11", "more than 10 rows"),
        (b"\xff", "not UTF-8 at byte 0"),
        (b"#" * 200_001, "too large for a query"),
    ],
)
def test_query_from_outside_meets_its_limits(library: Path, text: bytes, message: str) -> None:
    rows = "10" if b"LIMIT" in text else "10000000"
    with pytest.raises(QueryError, match=message):
        run(library, "-", "--timeout", "1", "--max-rows", rows, input=text)


def test_parameter_without_equals_sign_is_wrong_usage(library: Path) -> None:
    result = run(library, "document_authors", "-p", "wang-2020")
    assert result.exit_code == 2
    assert "--param is NAME=VALUE, not 'wang-2020'." in result.stderr


def test_question_loads_no_heavy_package(library: Path) -> None:
    code = (
        "import sys; from kg.cli import cli; "
        f"cli.main(['-w', {str(library)!r}, 'query', 'document_metadata'], standalone_mode=False); "
        "print([m for m in ('spacy', 'networkx', 'pyvis', 'rdflib', 'rich', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
