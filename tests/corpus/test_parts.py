"""The records of a bibliography are read once, and each can be had alone."""

import os
from pathlib import Path

import pytest

from kg.corpus import Settings, Workspace, parts
from kg.corpus.digests import Digests
from kg.corpus.parts import Listing, Part, clear_listings, find_listing, list_parts, read_part
from kg.model import CorpusError, ReadError

BIBLIOGRAPHY = """
@article{wu2022, title={Sharing data}, author={Wu, Ana}, year={2022}, abstract={Agencies do not share their data.}}
@book{li2020, title={Trust}, author={Li, Bo}, year={2020}}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "corpus").mkdir()
    write(tmp_path / "corpus" / "refs.bib", BIBLIOGRAPHY)
    return Workspace(tmp_path, Settings())


def write(path: Path, text: str) -> Path:
    """A file old enough for its digest to be remembered."""
    path.write_text(text)
    os.utime(path, (1_000, 1_000))
    return path


def list_again(workspace: Workspace, version: str = "1") -> Listing:
    return list_parts(workspace, workspace.corpus / "refs.bib", Digests(workspace), version=version)


def test_record_can_be_had_alone(workspace: Workspace) -> None:
    listing = list_again(workspace)
    assert [part.name for part in listing.parts] == ["wu2022", "li2020"]
    first, second = (read_part(listing.lines, part) for part in listing.parts)
    assert (first.kind, first.text.splitlines()[0], second.text.splitlines()[0]) == (
        "abstract",
        "Sharing data",
        "Trust",
    )


def test_bibliography_is_read_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    first = list_again(workspace)
    monkeypatch.setattr(parts, "SafeReader", lambda: pytest.fail("read again"))
    assert list_again(workspace) == first


def test_other_code_reads_it_again(workspace: Workspace) -> None:
    assert list_again(workspace, "1").lines != list_again(workspace, "2").lines


@pytest.mark.parametrize("ending", ["json", "lines"])
def test_damaged_listing_is_made_again(workspace: Workspace, ending: str) -> None:
    first = list_again(workspace)
    first.lines.with_suffix(f".{ending}").write_text("{}")
    assert list_again(workspace) == first


def test_listing_that_is_not_kept_is_not_found(workspace: Workspace) -> None:
    assert find_listing(workspace, "0" * 64, Digests(workspace), version="1") is None


@pytest.mark.parametrize("part", [Part("wu", "0" * 64, 0, 10), Part("wu", "0" * 64, 10**9, 10)])
def test_record_that_is_not_as_listed_is_refused(workspace: Workspace, part: Part) -> None:
    with pytest.raises(CorpusError, match="record wu is not as it was"):
        read_part(list_again(workspace).lines, part)
    with pytest.raises(CorpusError, match="record wu is not as it was"):
        read_part(Path("missing.lines"), part)


def test_file_that_is_no_bibliography_is_refused(workspace: Workspace) -> None:
    path = write(workspace.corpus / "data.json", "[")
    with pytest.raises(ReadError):
        list_parts(workspace, path, Digests(workspace), version="1")


def test_listings_no_longer_needed_are_cleared(workspace: Workspace) -> None:
    old, new = list_again(workspace, "1"), list_again(workspace, "2")
    clear_listings(workspace, [new.lines])
    assert not old.lines.exists()
    assert sorted(path.suffix for path in new.lines.parent.iterdir()) == [".json", ".lines"]
    clear_listings(workspace, [])
    assert list(new.lines.parent.iterdir()) == []
