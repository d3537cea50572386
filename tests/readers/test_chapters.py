"""A folder of chapters in one archive reads as the folder does."""

import zipfile
from pathlib import Path

import pytest

from kg.model import ReadError
from kg.readers import read_document
from kg.readers.chapters import write_chapters
from kg.readers.folder import read_folder_as_one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "index.md": "# A strategy\n\nWhat it is.",
        "2.md": "# How\n\nBy law.",
        "10.md": "# When\n\nSoon.",
        "x.png": "p",
    }
    (tmp_path / "book").mkdir()
    for name, text in files.items():
        (tmp_path / "book" / name).write_text(text)
    return tmp_path / "book"


def test_an_archive_of_chapters_reads_as_the_folder_does(folder: Path, tmp_path: Path) -> None:
    assert write_chapters(folder, tmp_path / "book.zip") == 3
    document = read_document(tmp_path / "book.zip")
    assert document.text == read_folder_as_one(folder).text
    assert document.text.split("\n\n") == ["A strategy", "What it is.", "How", "By law.", "When", "Soon."]


def test_the_same_chapters_make_the_same_archive(folder: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write_chapters(folder, tmp_path / name)
        (folder / "2.md").touch()
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_members_that_lead_out_of_the_archive_and_inner_archives_are_left_out(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name in ("../out.md", "/abs.md", "a\\..\\b.md", "inner.zip"):
            archive.writestr(name, "# Out\n\nNo.")
        archive.writestr("deep/in.md", "# In\n\nYes.")
    assert read_document(tmp_path / "x.zip").text == "X\n\nIn\n\nYes."
    assert not (tmp_path / "out.md").exists()


def test_a_folder_or_archive_without_chapters_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match="empty: no file in the folder that can be read"):
        write_chapters(tmp_path / "empty", tmp_path / "x.zip")
    with zipfile.ZipFile(tmp_path / "y.zip", "w") as archive:
        archive.writestr("a.png", "x")
    with pytest.raises(ReadError, match="y: no file in the folder that can be read"):
        read_document(tmp_path / "y.zip")
