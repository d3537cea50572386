"""The documents of the graph, a row each."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import toy

from kg.model import Cell
from kg.pipeline.build import build
from kg.pipeline.listing import list_documents, make_table

XSD = "http://www.w3.org/2001/XMLSchema#"


def test_row_tells_what_a_document_states(tmp_path: Path) -> None:
    workspace = toy.make_workspace(
        tmp_path, kinds_toml='"a.md" = "policy"', a_md="# Alpha\n\nDilemma: fear. Remedy: hope for fear.\n"
    )
    build(workspace, toy.make_tools())
    quads = toy.read_graph_files(workspace)["a"].count(b"\n")
    rows = list_documents(workspace)
    assert rows == [("a", "policy", "", "Alpha", 1, 1, 1, quads, "a.md")]
    assert make_table(rows).rows[0][:5] == (
        Cell("a"),
        Cell("policy"),
        None,
        Cell("Alpha"),
        Cell("1", datatype=XSD + "integer"),
    )


def test_workspace_before_its_first_build_has_no_rows(tmp_path: Path) -> None:
    assert list_documents(toy.make_workspace(tmp_path, a_md="# A\n")) == []


def test_lost_record_leaves_the_row(tmp_path: Path) -> None:
    workspace = toy.make_workspace(tmp_path, a_md="# Alpha\n\nDilemma: fear.\n")
    build(workspace, toy.make_tools())
    next((workspace.kg / "documents").glob("a.*.json")).unlink()
    assert [(row[0], row[3], row[-1]) for row in list_documents(workspace)] == [("a", "", "a.md")]
