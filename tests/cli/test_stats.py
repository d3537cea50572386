"""`kg stats` from the command line."""

import json
from pathlib import Path

from click.testing import CliRunner

from kg.cli import cli
from kg.graph.canonical import read_graph_table
from kg.graph.store import open_for_reading


def run(library: Path, *arguments: str) -> str:
    result = CliRunner().invoke(cli, ["-w", str(library), "stats", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_numbers_of_all_kinds_are_given(library: Path) -> None:
    found = json.loads(run(library, "--format", "json"))
    counts = dict(found["corpus_counts"]["rows"])
    assert {key: counts[key] for key in ("documents", "dilemmas", "remedies", "links asserted", "links to review")} == {
        "documents": "6",
        "dilemmas": "6",
        "remedies": "5",
        "links asserted": "3",
        "links to review": "3",
    }
    assert [row[1:] for row in found["place_counts"]["rows"]] == [["Brazil", "1"], ["China", "1"], ["Estonia", "1"]]
    assert found["graphs"] == 8


def test_parts_stand_under_their_titles(library: Path) -> None:
    lines = run(library).splitlines()
    assert lines[0].endswith("statements of RDF in 8 graphs")
    assert [line for line in lines if line.startswith(("Things", "Documents by", "Statements"))] == [
        "Things (18)",
        "Documents by kind and language (4)",
        "Documents by year (5)",
        "Documents by country (3)",
        "Statements by review status (2)",
    ]


def test_markdown_has_headings(library: Path) -> None:
    assert "## Dilemmas by type (6)\n" in run(library, "--format", "md")


def test_size_is_that_of_the_store(library: Path) -> None:
    store = open_for_reading(library)
    assert read_graph_table(library).size == (len(store), sum(1 for _ in store.named_graphs()))
