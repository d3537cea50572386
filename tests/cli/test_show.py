"""`kg show` from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.model.errors import CorpusError, QueryError

BASE = "https://w3id.org/digital-government/kg/"


def run(library: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-w", str(library), "show", *arguments], catch_exceptions=False)


def test_document_is_shown_with_what_it_states_and_says(library: Path) -> None:
    lines = run(library, "estonia-plan-2019").stdout.splitlines()
    assert lines[:6] == [
        "Digital Estonia Plan",
        f"document  <{BASE}document/estonia-plan-2019>",
        "kind: policy",
        "year: 2019",
        "file: policies/estonia-plan-2019.txt",
        "language: en",
    ]
    assert [line for line in lines if line.endswith(")")] == [
        "Authors (1)",
        "Dilemmas (1)",
        "Remedies (3)",
        "Which remedy addresses which dilemma (1)",
        "Concepts (2)",
        "Names (2)",
        "Speaks of the same things (3)",
        "Remarks (1)",
    ]


def test_dilemma_is_shown_with_quotes_and_remedies(library: Path) -> None:
    found = json.loads(run(library, "data silos between departments", "-f", "json").stdout)
    assert (found["kind"], found["facts"]) == ("dilemma", {"type": "Data silo"})
    parts = {part["title"]: part for part in found["parts"]}
    assert list(parts) == ["Stated by", "Remedies", "Stated together with"]
    assert parts["Remedies"]["rows"][0] == [
        BASE + "remedy/shared-data-platform",
        BASE + "document/wang-2020",
        "asserted",
        "A shared data platform removes data silos",
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("once-only law", "remedy"),
        ("Ana Silva", "person"),
        ("Brazil", "place"),
        ("AI", "technology"),
        ("information island", "type"),
        ("digital literacy", "concept"),
        ("14th Five-Year Plan", "policy"),
        ("Open government data", "work"),
        ("papers/wang-2020.txt", "document"),
        (BASE + "case/x-road", "case"),
        ("dg:dilemma-types", "scheme of concepts"),
    ],
)
def test_every_kind_of_thing_can_be_shown_by_name(library: Path, name: str, kind: str) -> None:
    assert json.loads(run(library, name, "--format", "json").stdout)["kind"] == kind


def test_long_part_is_cut_aloud_and_all_shows_the_rest(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.query.describe.MAX_ROWS", 1)
    more = f"... 1 more: kg query dilemma_documents -p dilemma={BASE}dilemma/low-adoption-of-services"
    assert more in run(library, "low adoption of services").stdout.splitlines()
    assert more not in run(library, "low adoption of services", "--all").stdout


def test_text_is_printed_unchanged(library: Path) -> None:
    assert run(library, "memo", "--text").stdout == "Data silos between departments are everywhere."


def test_text_of_a_changed_file_comes_with_a_warning(library: Path) -> None:
    path = library / "corpus" / "notes" / "memo.txt"
    before = path.read_bytes()
    path.write_bytes(b"Changed.")
    try:
        result = run(library, "memo", "--text")
    finally:
        path.write_bytes(before)
    assert result.stdout == "Changed."
    assert "has changed since it was built" in result.stderr


def test_structure_is_an_outline_with_offsets(library: Path) -> None:
    assert run(library, "wang-2020", "--structure").stdout == (
        "1 Dilemmas  [110-357]\n"
        "  1.1 Data silos between departments  [120-288]\n"
        "  1.2 Shortage of digital skills  [288-357]\n"
        "2 Remedies  [357-606]\n"
        "  2.1 A shared data platform  [367-606]\n"
    )


def test_name_of_several_things_lists_them(library: Path) -> None:
    with pytest.raises(
        QueryError, match=r"'Wang' may mean 2 things. Name one:\n  kg show person/wang-l   person: L. Wang"
    ):
        run(library, "Wang")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["no such thing"], QueryError, "nothing in the graph is called 'no such thing'"),
        (["https://example.org/none"], QueryError, "the graph knows nothing of <https://example.org/none>"),
        (["Brazil", "--structure"], QueryError, "only a document has a structure"),
        (["nobody", "--text"], CorpusError, "nobody"),
    ],
)
def test_wrong_name_says_what_to_do(library: Path, arguments: list[str], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        run(library, *arguments)
