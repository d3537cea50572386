"""The graph is held against its sources, file by file and quote by quote."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import toy

from kg.corpus import Workspace
from kg.graph.canonical import read_graph_table
from kg.graph.store import open_for_reading
from kg.model import CorpusError
from kg.pipeline import reading
from kg.pipeline.build import build
from kg.pipeline.stages import read_source
from kg.pipeline.verify import Verdict, verify_documents, verify_store


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = toy.make_workspace(tmp_path, a_md="# Alpha\n\nDilemma: fear.\n", b_md="# Beta\n\nConcept: open data.\n")
    build(workspace, toy.make_tools())
    return workspace


def test_graph_just_built_holds(workspace: Workspace) -> None:
    assert list(verify_documents(workspace)) == [Verdict("a", "a.md", 2), Verdict("b", "b.md", 2)]
    assert verify_store(workspace) == ""


def test_document_changed_since_is_named(workspace: Workspace) -> None:
    (workspace.corpus / "a.md").write_text("# Alpha\n\nDilemma: hope.\n")
    (workspace.corpus / "b.md").unlink()
    assert [verdict.fault for verdict in verify_documents(workspace)] == [
        "corpus/a.md: changed since it was built; run 'kg build'",
        "corpus/b.md: No such file or directory",
    ]


def test_damaged_graph_is_named(workspace: Workspace) -> None:
    path = next((workspace.kg / "documents").glob("a.*.nq"))
    path.write_bytes(path.read_bytes().replace(b"fear", b"hope"))
    first, second = verify_documents(workspace)
    assert first.fault.endswith(
        "its content is not what the manifest says. Run 'kg build' to make it again from corpus/."
    )
    assert second == Verdict("b", "b.md", 2)


def test_reader_that_reads_otherwise_breaks_the_quotes(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    def read(path: Path, file: str, kind: str) -> object:
        document = read_source(path, file, kind)
        return replace(document, text=document.text.replace("fear", "hope"))

    monkeypatch.setattr(reading, "read_source", read)
    broken = [(b.quote, b.found) for verdict in verify_documents(workspace) for b in verdict.broken]
    assert broken == [("Dilemma: fear.", "Dilemma: hope.")]


def test_workspace_without_a_graph_has_nothing_to_verify(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="there is no graph yet"):
        list(verify_documents(toy.make_workspace(tmp_path)))


def test_store_with_a_rotten_block_is_made_again(workspace: Workspace) -> None:
    open_for_reading(workspace.root)
    for path in (workspace.kg / "store").glob("copy-*/db/*.sst"):
        stat = path.stat()
        if stat.st_size > 2_000:  # the smaller ones are read when the store is opened
            path.write_bytes(b"\0" * 30 + path.read_bytes()[30:])
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert verify_store(workspace) == "the store did not hold what the canonical text does; it was made again"
    assert verify_store(workspace) == ""
    assert sum(1 for _ in open_for_reading(workspace.root)) == sum(
        g.quads for g in read_graph_table(workspace.root).graphs
    )


def test_records_of_a_bibliography_are_verified(workspace: Workspace) -> None:
    (workspace.corpus / "refs.bib").write_text("@article{one, title={One}, abstract={Dilemma: slow sharing.}}\n")
    build(workspace, toy.make_tools())
    assert list(verify_documents(workspace))[2:] == [Verdict("refs-one", "refs.bib#one", 2)]
