"""Files are written whole, and never over somebody else's work."""

import os
from pathlib import Path

import click
import pytest

from kg.cli.output import find_format, write_output
from kg.model import CorpusError

OURS = b"<!-- made with kg --> one"


def test_content_goes_to_standard_output_without_a_file(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_output(b"one\n", None)
    write_output(b"two\n", Path("-"))
    assert capfdbinary.readouterr().out == b"one\ntwo\n"


@pytest.mark.parametrize(
    ("output", "name"), [(None, "html"), ("map", "html"), ("-", "html"), ("MAP.SVG", "svg"), ("a.b/map.svg", "svg")]
)
def test_ending_asks_for_a_format(output: str | None, name: str) -> None:
    assert find_format(Path(output) if output else None, {".html": "html", ".svg": "svg"}, default="html") == name


@pytest.mark.parametrize("ending", [".png", ".pdf"])
def test_no_file_gets_an_ending_that_its_content_is_not(ending: str) -> None:
    with pytest.raises(click.UsageError, match=rf"map{ending}: kg makes no {ending} here, but \.html, \.svg; or name"):
        find_format(Path(f"map{ending}"), {".html": "html", ".svg": "svg"}, default="html")


@pytest.mark.parametrize("before", [OURS, b""])
def test_own_and_empty_files_are_replaced(tmp_path: Path, before: bytes) -> None:
    path = tmp_path / "map.html"
    path.write_bytes(before)
    write_output(b"two", path)
    assert path.read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["map.html"]


def test_mark_far_down_is_somebody_elses_text_about_kg(tmp_path: Path) -> None:
    path = tmp_path / "thesis.html"
    path.write_bytes(b"x" * 5000 + OURS)
    with pytest.raises(CorpusError, match="was not made by kg"):
        write_output(b"two", path)
    write_output(b"two", path, force=True)
    assert path.read_bytes() == b"two"


def test_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="a folder"):
        write_output(b"two", tmp_path)


def test_failed_write_leaves_the_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "map.html"
    path.write_bytes(OURS)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(CorpusError, match="cannot be written: No space left"):
        write_output(b"two", path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"map.html": OURS}


def test_new_file_can_be_read_by_others_as_the_mask_says(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_output(b"one", tmp_path / "map.svg")
    finally:
        os.umask(mask)
    assert (tmp_path / "map.svg").stat().st_mode & 0o777 == 0o640
