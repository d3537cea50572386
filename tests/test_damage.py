"""Every file of a workspace flipped, cut and deleted in turn: noticed, named, and made again from what is whole."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "pipeline"))
import toy

from kg.corpus import Workspace, open_workspace
from kg.corpus.files import hash_bytes
from kg.corpus.journal import find_source
from kg.graph.store import open_for_reading, refresh_store
from kg.model.errors import KgError
from kg.pipeline.build import build
from kg.pipeline.undo import undo
from kg.pipeline.verify import verify_documents, verify_store

TOOLS = toy.make_tools()
FILES = {
    "a_md": "# A\n\nDilemma: slow sharing. Remedy: open by default for slow sharing.\n",
    "b_md": "# B\n\nDilemma: fear. Concept: open data.\n",
    "refs_bib": "@book{one, title={One}, abstract={Dilemma: fear.}} @book{two, title={Two}}",
}


def flip(path: Path) -> None:
    """One bit in the middle, without a trace in the file's size or time."""
    stat, content = path.stat(), bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


DAMAGES: dict[str, Callable[[Path], None]] = {"flip": flip, "cut": cut, "delete": Path.unlink}


def dump(workspace: Workspace) -> list[str]:
    """All quads but those with blank nodes, whose names change with every loading."""
    return sorted(line for line in map(str, open_for_reading(workspace.root)) if "_:" not in line)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Built twice, so that there is a state to go back to."""
    workspace = toy.make_workspace(tmp_path_factory.mktemp("whole") / "w", **FILES)
    build(workspace, TOOLS)
    (workspace.corpus / "c.md").write_text("# C\n\nDilemma: cost.\n")
    build(workspace, TOOLS)
    refresh_store(workspace.root)
    return workspace


def list_files(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def copy(whole: Workspace, target: Path) -> Workspace:
    shutil.copytree(whole.root, target)
    return open_workspace(target)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_below_kg_is_noticed_and_made_good(whole: Workspace, tmp_path: Path, damage: str) -> None:
    graphs, quads = toy.read_graph_files(whole), dump(whole)
    for number, name in enumerate(list_files(whole.kg)):
        workspace = copy(whole, tmp_path / str(number))
        DAMAGES[damage](workspace.kg / name)
        try:
            assert dump(workspace) == quads, name
        except (KgError, RuntimeError) as error:
            assert name.name in str(error), name  # noqa: PT017 either is right: the answer, or the name of the file
        build(workspace, TOOLS)
        verify_store(workspace)
        assert (toy.read_graph_files(workspace), dump(workspace)) == (graphs, quads), name
        shutil.rmtree(workspace.root)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_earlier_state_does_not_keep_new_documents_out(whole: Workspace, tmp_path: Path, damage: str) -> None:
    workspace = copy(whole, tmp_path / "w")
    DAMAGES[damage](sorted((workspace.kg / "history").iterdir())[-1])
    (workspace.corpus / "d.md").write_text("# D\n\nDilemma: delay.\n")
    assert build(workspace, TOOLS).changes.added == (("d", "d.md"),)
    assert undo(workspace, TOOLS).operation == "build"
    assert toy.read_graph_files(workspace) == toy.read_graph_files(whole)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_below_corpus_is_named_and_the_original_is_kept(whole: Workspace, tmp_path: Path, damage: str) -> None:
    graphs, corpus = toy.read_graph_files(whole), toy.read_corpus(whole)
    for number, name in enumerate(list_files(whole.corpus)):
        workspace = copy(whole, tmp_path / str(number))
        DAMAGES[damage](workspace.corpus / name)
        faults = {verdict.file.partition("#")[0] for verdict in verify_documents(workspace) if verdict.fault}
        assert faults == {name.as_posix()}
        original = corpus[name.as_posix()]
        assert find_source(workspace, hash_bytes(original)).read_bytes() == original
        if damage == "delete":
            build(workspace, TOOLS)
            undo(workspace, TOOLS)
            assert (toy.read_graph_files(workspace), toy.read_corpus(workspace)) == (graphs, corpus)
        shutil.rmtree(workspace.root)
