"""The manifest says the same in the same bytes, and a damaged one is refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.corpus import Settings, Workspace
from kg.corpus.manifest import Entry, Failure, GraphRecord, Manifest, decode_manifest, read_manifest
from kg.model import CorpusError

MANIFEST = Manifest(
    number=3,
    previous=2,
    operation="add",
    placed=("数据.md",),
    kinds="5" * 64,
    entries=(
        Entry("a", "a.md", "auto", "1" * 64, "2" * 16),
        Entry("b-wu", "b.bib", "auto", "1" * 64, "2" * 16, "wu", "8" * 64),
    ),
    failures=(Failure("b.bib#x", "b.bib", "3" * 64, "4" * 16, "no text"),),
    graphs=(("http://x/graph/a", GraphRecord("documents/a.nq", "6" * 64, 7)),),
)


def test_manifest_is_read_as_it_was_written() -> None:
    assert decode_manifest(MANIFEST.encode(), Path()) == MANIFEST
    assert decode_manifest(Manifest().encode(), Path()) == Manifest()


def test_mark_changes_with_the_quads_and_with_nothing_else() -> None:
    other = replace(MANIFEST, number=4, operation="build", entries=(), failures=())
    assert other.mark == MANIFEST.mark
    for record in (GraphRecord("documents/a.nq", "7" * 64, 7), GraphRecord("documents/a.nq", "6" * 64, 8)):
        assert replace(MANIFEST, graphs=(("http://x/graph/a", record),)).mark != MANIFEST.mark


def test_workspace_without_manifest_has_an_empty_state(tmp_path: Path) -> None:
    assert read_manifest(Workspace(tmp_path, Settings())) == Manifest()


def change(**values: object) -> bytes:
    return json.dumps(json.loads(MANIFEST.encode()) | values).encode()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"{", b"[]", b"{}", change(entries=[{"id": "a"}]), change(graphs=[]), change(graphs={"a": {}})],
)
def test_damaged_manifest_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".kg").mkdir()
    (tmp_path / ".kg" / "manifest.json").write_bytes(content)
    with pytest.raises(CorpusError, match=r"manifest\.json: damaged .* 'kg build' makes it again"):
        read_manifest(Workspace(tmp_path, Settings()))


def test_manifest_of_a_later_version_is_not_guessed_at() -> None:
    with pytest.raises(CorpusError, match="written by a later version of kg"):
        decode_manifest(change(format=99), Path("manifest.json"))


@pytest.mark.parametrize("identifier", ["../x", "a/b", "a\\b", "..", "", "a\0b"])
def test_identifier_that_leads_elsewhere_is_refused(identifier: str) -> None:
    [entry, *_] = json.loads(MANIFEST.encode())["entries"]
    with pytest.raises(CorpusError, match="is no identifier of a document"):
        decode_manifest(change(entries=[entry | {"id": identifier}]), Path("manifest.json"))
