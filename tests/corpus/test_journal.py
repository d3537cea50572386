"""A change is made in one step, is finished by whoever comes next, and can be gone back from."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.corpus import Settings, Workspace, journal
from kg.corpus.files import hash_bytes
from kg.corpus.journal import (
    Change,
    clean,
    commit,
    find_states,
    hold_for_change,
    keep_source,
    read_earlier,
    recover,
)
from kg.corpus.manifest import Entry, GraphRecord, Manifest, read_manifest
from kg.model import CorpusError

ONE, TWO = hash_bytes(b"one"), hash_bytes(b"two")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "in").mkdir()
    workspace = Workspace(tmp_path, Settings())
    for content in (b"one", b"two"):
        (tmp_path / "in" / "x").write_bytes(content)
        keep_source(workspace, tmp_path / "in" / "x", hash_bytes(content))
    return workspace


def state(number: int, **values: object) -> Manifest:
    return replace(Manifest(number=number, previous=number - 1, operation=f"step {number}"), **values)  # type: ignore[arg-type]


def read_files(workspace: Workspace) -> dict[str, bytes]:
    found = (path for path in workspace.corpus.rglob("*") if path.is_file())
    return {path.relative_to(workspace.corpus).as_posix(): path.read_bytes() for path in found}


def test_change_places_and_deletes_files_and_moves_the_state(workspace: Workspace) -> None:
    (workspace.corpus / "old.md").write_bytes(b"old")
    commit(workspace, Change(state(1), {"deep/a.md": ONE}, ("old.md", "gone.md")))
    assert read_files(workspace) == {"deep/a.md": b"one"}
    assert read_manifest(workspace) == state(1)
    assert read_earlier(workspace, state(1)) == Manifest()


def test_empty_folder_goes_with_its_last_file(workspace: Workspace) -> None:
    commit(workspace, Change(state(1), {"deep/er/a.md": ONE, "deep/b.md": TWO}))
    commit(workspace, Change(state(2), delete=("deep/er/a.md",)))
    assert sorted(path.name for path in (workspace.corpus / "deep").iterdir()) == ["b.md"]
    commit(workspace, Change(state(3), delete=("deep/b.md",)))
    assert list(workspace.corpus.iterdir()) == []


def test_change_begun_by_another_is_finished_before_the_next(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "recover", lambda workspace, last: False)
    commit(workspace, Change(state(1), {"a.md": ONE}))
    assert read_manifest(workspace) == Manifest()
    monkeypatch.undo()
    with hold_for_change(workspace, "kg add") as undone:
        assert (read_manifest(workspace), undone) == (state(1), "")
        assert read_files(workspace) == {"a.md": b"one"}
    assert recover(workspace) is False


def test_journal_may_not_lead_out_of_corpus(workspace: Workspace) -> None:
    record = {"place": {"../kg.toml": ONE}, "delete": [], "manifest": state(1).encode().decode()}
    (workspace.kg / "journal.json").write_text(json.dumps(record))
    with pytest.raises(CorpusError, match=r"'\.\./kg\.toml' is no file below"):
        recover(workspace)
    assert not (workspace.root / "kg.toml").exists()


def test_journal_may_not_place_just_any_file(workspace: Workspace) -> None:
    record = {"place": {"a.md": "../manifest.json"}, "delete": [], "manifest": state(1).encode().decode()}
    (workspace.kg / "journal.json").write_text(json.dumps(record))
    with pytest.raises(CorpusError, match="is no SHA-256"):
        recover(workspace)


@pytest.mark.parametrize("text", ["{", "{}", "[]", "1"])
def test_damaged_journal_says_what_to_do(workspace: Workspace, text: str) -> None:
    (workspace.kg / "journal.json").write_text(text)
    with pytest.raises(CorpusError, match=r"journal\.json: damaged .* delete it, then run 'kg build'"):
        recover(workspace)


def test_missing_copy_is_named(workspace: Workspace) -> None:
    with pytest.raises(CorpusError, match=r"corpus/a\.md: no copy of it is kept"):
        commit(workspace, Change(state(1), {"a.md": hash_bytes(b"three")}))


def test_file_that_changes_while_it_is_kept_is_not_kept(workspace: Workspace) -> None:
    path = workspace.corpus / "a.md"
    path.write_bytes(b"three")
    with pytest.raises(CorpusError, match=r"a\.md: changed while it was read"):
        keep_source(workspace, path, hash_bytes(b"four"))
    assert len(list((workspace.kg / "sources").iterdir())) == 2


def test_full_disk_is_told_in_plain_words(workspace: Workspace) -> None:
    with pytest.raises(CorpusError) as caught, hold_for_change(workspace, "kg add"):
        raise OSError(28, "No space left on device", "/x/y")
    assert str(caught.value) == (
        "/x/y: No space left on device. Nothing is lost: put it right and run the same command again."
    )


def test_states_are_kept_as_far_back_as_undo_goes(workspace: Workspace) -> None:
    for number in range(1, 25):
        commit(workspace, Change(state(number)))
    assert [found.number for found in find_states(workspace)] == list(range(24, 3, -1))
    clean(workspace)
    assert len(list((workspace.kg / "history").iterdir())) == 20
    assert [found.number for found in find_states(workspace)] == list(range(24, 3, -1))


def test_cleaning_keeps_what_the_kept_states_need(workspace: Workspace) -> None:
    (workspace.kg / "documents").mkdir()
    for name in ("a.1.nq", "a.1.json", "b.2.nq", "b.2.json", ".part"):
        (workspace.kg / "documents" / name).touch()
    graphs = (("http://x/graph/a", GraphRecord("documents/a.1.nq", "", 0)),)
    commit(workspace, Change(state(1, graphs=graphs, entries=(Entry("a", "a.md", "auto", ONE, "1"),))))
    commit(workspace, Change(state(2)))
    clean(workspace)
    assert sorted(path.name for path in (workspace.kg / "documents").iterdir()) == ["a.1.json", "a.1.nq"]
    assert [path.name for path in (workspace.kg / "sources").iterdir()] == [ONE]


def test_cleaning_takes_nothing_away_through_a_link(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "precious").touch()
    (workspace.kg / "documents").symlink_to(tmp_path / "home")
    with pytest.raises(CorpusError, match="documents: a link; delete it"):
        clean(workspace)
    assert (tmp_path / "home" / "precious").exists()


def test_state_of_the_same_number_takes_the_place_of_the_present_one(workspace: Workspace) -> None:
    commit(workspace, Change(state(1)))
    commit(workspace, Change(state(1, kinds=ONE)))
    assert read_manifest(workspace) == state(1, kinds=ONE)
    assert [found.number for found in find_states(workspace)] == [1, 0]


def test_damaged_history_stops_at_the_damage(workspace: Workspace) -> None:
    commit(workspace, Change(state(1)))
    (workspace.kg / "history" / "000000.json").write_text("{")
    with pytest.raises(CorpusError, match=r"000000\.json: damaged"):
        read_earlier(workspace, state(1))
