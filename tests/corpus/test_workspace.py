"""A workspace is found from any folder inside it, and its names never lead out of it."""

from pathlib import Path

import pytest

from kg.corpus import Workspace, find_share, open_workspace
from kg.model import CorpusError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "w" / "corpus" / "deep").mkdir(parents=True)
    (tmp_path / "w" / "kg.toml").write_text('[language]\nmodel = "x"\n')
    return tmp_path / "w"


def test_workspace_is_found_in_the_nearest_parent(root: Path) -> None:
    workspace = open_workspace(start=root / "corpus" / "deep")
    assert (workspace.root, workspace.settings.language) == (root, "x")
    assert (workspace.corpus, workspace.queries, workspace.kg) == (root / "corpus", root / "queries", root / ".kg")


def test_inner_workspace_wins_over_the_outer_one(root: Path) -> None:
    (root / "corpus" / "kg.toml").write_text("")
    assert open_workspace(start=root / "corpus" / "deep").root == root / "corpus"


def test_relative_folder_becomes_absolute(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root.parent)
    assert open_workspace(Path("w")).root == root
    monkeypatch.chdir(root)
    assert open_workspace().root == root


def test_folder_without_settings_is_no_workspace(root: Path) -> None:
    with pytest.raises(CorpusError, match=r"no kg\.toml in it, so it is no workspace\. 'kg init"):
        open_workspace(root / "corpus")


def test_without_a_workspace_above_the_ways_to_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no kg\.toml here or in a folder above\. 'kg init'.*--workspace"):
        open_workspace(start=tmp_path)


def test_own_ontology_is_used_before_the_one_that_comes_with_kg(root: Path) -> None:
    workspace = open_workspace(root)
    assert workspace.ontology == find_share("ontology")
    (root / "ontology").mkdir()
    assert workspace.ontology == root / "ontology"


def test_unknown_share_is_refused() -> None:
    with pytest.raises(CorpusError, match="lacks its folder 'nothing'"):
        find_share("nothing")


@pytest.mark.parametrize("file", ["a.md", "deep/b.md", "new/c.md", "数据/…-1.md"])
def test_file_below_corpus_is_located(root: Path, file: str) -> None:
    assert open_workspace(root).locate(file) == root / "corpus" / file


@pytest.mark.parametrize("file", ["", ".", "..", "../kg.toml", "deep/../../kg.toml", "/etc/passwd", "a\0b", "out/x.md"])
def test_name_that_leads_out_of_corpus_is_refused(root: Path, file: str) -> None:
    (root / "corpus" / "out").symlink_to(root.parent)
    with pytest.raises(CorpusError, match="is no file below"):
        open_workspace(root).locate(file)


def test_workspace_is_a_value(root: Path) -> None:
    assert open_workspace(root) == open_workspace(root)
    assert isinstance(open_workspace(root), Workspace)
