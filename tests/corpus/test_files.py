"""Files are whole or not there."""

import errno
import os
from pathlib import Path

import pytest

from kg.corpus import files
from kg.corpus.files import (
    clear_parts,
    copy_durably,
    hash_bytes,
    hash_file,
    is_disk_error,
    make_folder,
    remove_durably,
    write_durably,
)


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_durably(tmp_path / "a" / "b" / "c.txt", b"new")
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == b"new"


def test_failed_write_leaves_the_old_content_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def fail(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        write_durably(path, b"new")
    with pytest.raises(OSError, match="No space left"):
        copy_durably(path, tmp_path / "b.txt")
    assert (list_names(tmp_path), path.read_bytes()) == (["a.txt"], b"old")


def test_content_reaches_the_disk_before_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    sync, replace = os.fsync, os.replace

    def tell_sync(handle: int) -> None:
        events.append("sync")
        sync(handle)

    def tell_rename(source: Path, target: Path) -> None:
        events.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", tell_sync)
    monkeypatch.setattr(os, "replace", tell_rename)
    write_durably(tmp_path / "a.txt", b"new")
    assert events == ["sync", "rename", "sync"]


def test_name_as_long_as_the_system_takes_can_be_written(tmp_path: Path) -> None:
    write_durably(tmp_path / ("x" * 255), b"new")
    assert list_names(tmp_path) == ["x" * 255]


@pytest.mark.parametrize("size", [10, files.MAX_COPIED_BYTES + 1])
def test_copy_replaces_what_is_there(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)
    (tmp_path / "b").write_bytes(b"old")
    copy_durably(tmp_path / "a", tmp_path / "b", may_link=True)
    copy_durably(tmp_path / "a", tmp_path / "b", may_link=True)
    assert ((tmp_path / "b").read_bytes(), list_names(tmp_path)) == (b"x" * size, ["a", "b"])


def test_only_a_large_file_is_linked_and_only_where_it_may_be(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"x")
    (tmp_path / "large").write_bytes(b"x" * (files.MAX_COPIED_BYTES + 1))
    copy_durably(tmp_path / "small", tmp_path / "a", may_link=True)
    copy_durably(tmp_path / "large", tmp_path / "b", may_link=True)
    copy_durably(tmp_path / "large", tmp_path / "c")
    assert [(tmp_path / name).stat().st_nlink for name in "abc"] == [1, 2, 1]


def test_large_file_is_copied_where_the_system_has_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*paths: object, **options: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", fail)
    (tmp_path / "large").write_bytes(b"x" * (files.MAX_COPIED_BYTES + 1))
    copy_durably(tmp_path / "large", tmp_path / "b", may_link=True)
    assert hash_file(tmp_path / "b") == hash_file(tmp_path / "large")


def test_what_a_killed_write_left_is_cleared(tmp_path: Path) -> None:
    write_durably(tmp_path / "a.txt", b"new")
    (tmp_path / files._name_part(tmp_path / "a.txt", "123").name).write_bytes(b"half")
    (tmp_path / files._name_part(tmp_path / "b.txt", "123").name).write_bytes(b"of another")
    clear_parts(tmp_path / "a.txt")
    assert len(list_names(tmp_path)) == 2


def test_removing_what_is_gone_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    remove_durably(tmp_path / "a")
    remove_durably(tmp_path / "a")
    assert list_names(tmp_path) == []


def test_making_a_folder_twice_is_no_fault(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_digest_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert hash_file(tmp_path / "a") == hash_bytes(b"abc")
    assert hash_bytes(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_full_disk_is_told_from_a_missing_file() -> None:
    assert is_disk_error(OSError(errno.ENOSPC, ""))
    assert not is_disk_error(FileNotFoundError(errno.ENOENT, ""))


def test_sealed_object_comes_back_and_any_change_is_noticed() -> None:
    sealed = files.seal_json({"a": [1, "é"], "b": None})
    assert files.read_sealed(sealed) | {"sha256-before": ""} == {"a": [1, "é"], "b": None, "sha256-before": ""}
    for i in range(len(sealed)):
        with pytest.raises(ValueError, match="has changed"):
            files.read_sealed(sealed[:i] + bytes([sealed[i] ^ 1]) + sealed[i + 1 :])
