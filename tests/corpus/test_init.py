"""A workspace is laid out whole or not at all."""

import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from kg.corpus import files, find_share, init, init_workspace, open_workspace
from kg.corpus.settings import Settings
from kg.extract.statements import LEAST_RIGHT
from kg.model import CorpusError


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_new_folder_becomes_a_workspace(tmp_path: Path) -> None:
    root = init_workspace(tmp_path / "deep" / "library")
    assert list_names(root) == ["corpus", "kg.toml", "ontology", "queries"]
    assert list_names(root / "corpus") == []
    assert [list_names(root / "queries"), list(root.glob("queries/*.rq"))] == [["federation"], []]
    assert list_names(root / "ontology") == list_names(find_share("ontology"))
    assert open_workspace(root).settings == Settings()


def test_the_settings_tell_what_is_too_doubtful(tmp_path: Path) -> None:
    told = (init_workspace(tmp_path / "library") / "kg.toml").read_text(encoding="utf-8").replace("\n# ", " ")
    assert "dilemmas below {}, remedies below {})".format(*LEAST_RIGHT) in told


def test_folder_with_other_things_in_it_becomes_one_too(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("mine")
    init_workspace(tmp_path)
    assert list_names(tmp_path) == ["README", "corpus", "kg.toml", "ontology", "queries"]


def test_starter_brings_the_notes_that_come_with_kg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "share" / "federation").mkdir(parents=True)
    (tmp_path / "share" / "note.md").write_text("a note")
    monkeypatch.setattr(init, "find_share", lambda name: tmp_path / "share")
    root = init_workspace(tmp_path / "library", starter=True)
    assert (root / "corpus" / "note.md").read_text() == "a note"


def test_second_init_changes_nothing(tmp_path: Path) -> None:
    init_workspace(tmp_path)
    (tmp_path / "kg.toml").write_text("# mine")
    with pytest.raises(CorpusError, match="is a workspace already; nothing was changed"):
        init_workspace(tmp_path)
    assert (tmp_path / "kg.toml").read_text() == "# mine"


def test_folder_in_the_way_is_named_and_left(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "mine.rq").touch()
    with pytest.raises(CorpusError, match="queries already there; choose another folder"):
        init_workspace(tmp_path)
    assert [list_names(tmp_path), list_names(tmp_path / "queries")] == [["queries"], ["mine.rq"]]


def test_file_in_the_way_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "library").touch()
    with pytest.raises(CorpusError, match="cannot lay out a workspace here"):
        init_workspace(tmp_path / "library")


@pytest.mark.parametrize("failing", ["copytree", "mkdir", "ontology", "queries", "corpus", "kg.toml"])
def test_init_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    (tmp_path / "mine").touch()
    break_at(monkeypatch, failing, OSError(28, "No space left on device"))
    with pytest.raises(CorpusError, match="No space left on device"):
        init_workspace(tmp_path)
    assert list_names(tmp_path) == ["mine"]


@pytest.mark.parametrize("killed", ["copytree", "mkdir", "ontology", "queries", "corpus", "kg.toml"])
def test_init_after_a_killed_one_succeeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: str) -> None:
    break_at(monkeypatch, killed, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        init_workspace(tmp_path)
    monkeypatch.undo()
    assert not (tmp_path / "kg.toml").exists()
    init_workspace(tmp_path)
    assert list_names(tmp_path) == ["corpus", "kg.toml", "ontology", "queries"]


def test_part_of_a_file_that_a_killed_init_left_is_taken_away(tmp_path: Path) -> None:
    part = files._name_part(tmp_path / "kg.toml")
    part.write_text("[gra")
    init_workspace(tmp_path)
    assert not part.exists()


def break_at(monkeypatch: pytest.MonkeyPatch, place: str, error: BaseException) -> None:
    """Let init end with this error at a call, or when it moves this part into place."""
    rename, write = Path.rename, files.write_durably

    def fail(*arguments: object, **options: object) -> NoReturn:
        raise error

    def rename_or_fail(path: Path, target: Path) -> Path:
        return rename(path, target) if path.name != place else fail()

    def write_or_fail(path: Path, content: bytes) -> None:
        write(path, content) if path.name != place else fail()

    if place == "copytree":
        monkeypatch.setattr(shutil, "copytree", fail)
    elif place == "mkdir":
        monkeypatch.setattr(Path, "mkdir", fail)
    else:
        monkeypatch.setattr(Path, "rename", rename_or_fail)
        monkeypatch.setattr(init, "write_durably", write_or_fail)
