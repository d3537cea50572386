"""Rows of a filled-in table become decisions."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import toy

from kg.corpus import Workspace
from kg.model.decision import Decision, ReviewItem
from kg.pipeline.build import build
from kg.pipeline.reviewing import make_row, mark_decided, read_rows

ITEM = ReviewItem("a", "dilemma", "slow sharing", "", "Dilemma: slow sharing.", 0.4)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = toy.make_workspace(tmp_path, a_md="Dilemma: slow sharing.\n")
    (tmp_path / "ontology" / "types.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
        "@prefix dg: <https://w3id.org/digital-government/ontology#> . "
        'dg:silo a skos:Concept ; skos:inScheme dg:dilemma-types ; skos:prefLabel "data silo"@en .'
    )
    build(made, toy.make_tools())
    return made


def decide(workspace: Workspace, **cells: str) -> tuple[list[Decision], list[str]]:
    return read_rows(workspace, [make_row(ITEM) | cells], [ITEM], reviewer="Ana")


@pytest.mark.parametrize("word", ["accepted", "Accept", "y", "YES"])
def test_verdict_is_understood_as_people_write_it(workspace: Workspace, word: str) -> None:
    (found,), problems = decide(workspace, verdict=word)
    assert (found.document, found.item, found.verdict, found.reviewer, problems) == (
        "a.md",
        "dilemma",
        "accepted",
        "Ana",
        [],
    )


def test_row_left_as_it_was_is_no_decision_and_a_changed_one_accepts(workspace: Workspace) -> None:
    assert decide(workspace) == ([], [])
    (found,), _ = decide(workspace, label="sharing is slow", type="Data Silo", kind="remedy")
    assert (found.verdict, found.label, found.kind) == ("accepted", "sharing is slow", "remedy")
    assert found.type.endswith("silo")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"verdict": "perhaps"}, "row 2: 'perhaps' is neither accepted nor rejected"),
        ({"type": "nothing"}, "row 2: 'nothing' is no type of the ontology"),
        ({"verdict": "y", "document": "b"}, "row 2: there is no document 'b'"),
        ({"verdict": "y", "quote": "..."}, "row 2: the words it is about are missing"),
        ({"verdict": "y", "item": "claim"}, "row 2: item is dilemma, remedy or link; kind is dilemma, remedy or empty"),
    ],
)
def test_row_that_cannot_be_understood_is_named(workspace: Workspace, cells: dict[str, str], problem: str) -> None:
    assert decide(workspace, **cells) == ([], [problem])


def test_text_that_a_spreadsheet_would_calculate_goes_out_and_comes_back_as_text(workspace: Workspace) -> None:
    item = ReviewItem("a", "dilemma", "=1+1", "", "@now is slow", 0.4)
    row = make_row(item)
    assert (row["label"], row["quote"]) == ("'=1+1", "'@now is slow")
    assert read_rows(workspace, [row], [item]) == ([], [])
    (found,), _ = read_rows(workspace, [row | {"verdict": "r"}], [item])
    assert (found.quote, found.label) == ("@now is slow", "=1+1")


def test_what_was_decided_is_marked(workspace: Workspace) -> None:
    assert [item.verdict for item in mark_decided(workspace, [ITEM])] == [""]
    head = "document\tcontent\titem\tverdict\tquote\tother\tlabel\ttype\tkind\treviewer\tnote\n"
    (workspace.corpus / "reviews.tsv").write_text(head + "a.md\tsha\tdilemma\trejected\tDILEMMA slow sharing\n")
    assert [item.verdict for item in mark_decided(workspace, [ITEM])] == ["rejected"]


def test_second_decision_keeps_the_type_chosen_first_and_a_type_of_the_old_kind_is_none(workspace: Workspace) -> None:
    head = "document\tcontent\titem\tverdict\tquote\tother\tlabel\ttype\tkind\treviewer\tnote\n"
    (first,), _ = decide(workspace, verdict="a", type="data silo")
    line = f"a.md\t{first.content}\tdilemma\taccepted\t{first.quote}\t\tslow sharing\t"
    reviews = workspace.corpus / "reviews.tsv"
    reviews.write_text(head + line + f"{first.type}\t\tAna\twhy\n")
    (second,), _ = decide(workspace, verdict="a", label="sharing is slow")
    assert (second.label, second.type, second.note) == ("sharing is slow", first.type, "why")
    reviews.write_text(head + line + "\tremedy\tAna\t\n")
    assert read_rows(workspace, [make_row(ITEM) | {"verdict": "a", "kind": "remedy", "type": "data silo"}], []) == (
        [],
        [],
    )
