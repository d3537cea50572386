"""Digests are remembered as long as size and time of a file speak for it, and no longer."""

import os
from pathlib import Path

import pytest

from kg.corpus import Settings, Workspace, digests
from kg.corpus.digests import Digests
from kg.corpus.files import hash_bytes


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "corpus").mkdir()
    return Workspace(tmp_path, Settings())


def write(workspace: Workspace, content: bytes, seconds: int) -> Path:
    path = workspace.corpus / "a.md"
    path.write_bytes(content)
    os.utime(path, (seconds, seconds))
    return path


def test_settled_file_is_hashed_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(workspace, b"one", 1_000)
    first = Digests(workspace)
    assert first.digest(path) == hash_bytes(b"one")
    first.save()
    monkeypatch.setattr(digests, "hash_file", lambda path: pytest.fail("hashed again"))
    assert Digests(workspace).digest(path) == hash_bytes(b"one")


@pytest.mark.parametrize(("content", "seconds"), [(b"two", 1_001), (b"longer", 1_000)])
def test_other_time_or_size_is_hashed_again(workspace: Workspace, content: bytes, seconds: int) -> None:
    found = Digests(workspace)
    found.digest(write(workspace, b"one", 1_000))
    assert found.digest(write(workspace, content, seconds)) == hash_bytes(content)


def test_file_changed_a_moment_ago_is_not_remembered(workspace: Workspace) -> None:
    path = workspace.corpus / "a.md"
    path.write_bytes(b"one")
    stat = path.stat()
    found = Digests(workspace)
    found.digest(path)
    path.write_bytes(b"two")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert found.digest(path) == hash_bytes(b"two")


def test_files_that_are_gone_are_forgotten(workspace: Workspace) -> None:
    path = write(workspace, b"one", 1_000)
    found = Digests(workspace)
    found.digest(path)
    path.unlink()
    found.save()
    assert (workspace.kg / "digests.json").read_text() == "{}"


@pytest.mark.parametrize(
    "content", ["", "[]", '{"corpus/a.md": 1}', '{"corpus/a.md": []}', '{"corpus/a.md": [3, 1000000000000, 5]}']
)
def test_damaged_memory_is_as_none(workspace: Workspace, content: str) -> None:
    path = write(workspace, b"one", 1_000)
    workspace.kg.mkdir()
    (workspace.kg / "digests.json").write_text(content)
    assert Digests(workspace).digest(path) == hash_bytes(b"one")
