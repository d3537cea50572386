"""The same work from several sources is one document, and it says so."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import toy

from kg.corpus import Workspace
from kg.corpus.manifest import GraphRecord, read_manifest
from kg.corpus.parts import Part
from kg.corpus.sources import Source
from kg.pipeline.build import Report, add, build, remove
from kg.pipeline.records import Record
from kg.pipeline.same_works import SameWork, find_same_works
from kg.pipeline.undo import undo
from kg.pipeline.verify import verify_documents

TOOLS = toy.make_tools()
BIB = "@article{wu, title={Sharing of data}, file={files/1/wu.html}}\n"


def record(title: str, *, doi: str = "", year: int | None = 2020, family: str = "Wu", quads: int = 1) -> Record:
    work = {"title": title, "doi": doi, "year": year}
    return Record(GraphRecord("", "", quads), summary={"work": work, "authors": [{"family": family}]})


def find(records: dict[str, Record]) -> list[tuple[str, str]]:
    parts = {n: Source(n.split("#")[0], n, "auto", Path(), Part("x", "", 0, 0) if "#" in n else None) for n in records}
    return [(same.name, same.kept) for same in find_same_works(parts, records)]


def test_doi_or_title_year_and_author_make_the_same_work() -> None:
    records = {
        "a.bib#1": record("The sharing of data", doi="10.1/A"),
        "b.ris#1": record("Sharing of data", doi="10.1/a"),
    }
    assert find(records) == [("b.ris#1", "a.bib#1")]
    records = {"a.bib#1": record("Sharing of Data"), "b.ris#1": record("Sharing of data."), "c.bib#1": record("Trust")}
    assert find(records) == [("b.ris#1", "a.bib#1")]


@pytest.mark.parametrize(
    "other",
    [
        record("Quite another matter", doi="10.1/a"),
        record("Sharing of data", year=2021),
        record("Sharing of data", family="Li"),
        record("Sharing of data", year=None),
        record("Editorial"),
    ],
)
def test_shared_doi_of_other_titles_and_like_titles_are_not_enough(other: Record) -> None:
    assert (
        find({"a.bib#1": record("Sharing of data", doi="10.1/a"), "b.bib#1": other, "c.bib#1": record("Editorial")})
        == []
    )


def test_kept_is_the_file_before_the_record_and_the_fuller_record_before_the_other() -> None:
    same = {"a.bib#1": record("Sharing of data"), "b.bib#1": record("Sharing of data", quads=9)}
    assert find(same) == [("a.bib#1", "b.bib#1")]
    assert find(same | {"c.pdf": record("Sharing of data")}) == [("a.bib#1", "c.pdf"), ("b.bib#1", "c.pdf")]
    assert SameWork("a", "b", "DOI 10.1/a").key == "DOI 10.1/a"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bibliography and a file beside it that its record names, a saved page."""
    (tmp_path / "in" / "files" / "1").mkdir(parents=True)
    (tmp_path / "in" / "refs.bib").write_text(BIB)
    (tmp_path / "in" / "files" / "1" / "wu.html").write_text("<h1>A file</h1><p>Dilemma: slow sharing.</p>")
    return tmp_path / "in"


@pytest.fixture
def workspace(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr("kg.corpus.parts.SafeReader", InProcess)
    monkeypatch.setattr("kg.corpus.incoming.SafeReader", InProcess)
    made = toy.make_workspace(tmp_path / "w")
    build(made, TOOLS)
    return made


class InProcess:
    """Reads bibliographies in this process, so that what is patched holds."""

    def __enter__(self) -> "InProcess":
        return self

    def __exit__(self, *_: object) -> None: ...

    def read_works(self, path: Path) -> object:
        from kg.readers.bibliography import read_works

        return read_works(path)


def test_file_beside_a_bibliography_deepens_its_record(workspace: Workspace, folder: Path) -> None:
    report = add(workspace, [folder / "refs.bib"], TOOLS)
    assert report.changes.added == (("refs-wu", "refs.bib#wu"),)
    assert b"slow sharing" in toy.read_graph_files(workspace)["refs-wu"]
    assert sorted(toy.read_corpus(workspace)) == ["files/1/wu.html", "refs.bib"]
    assert read_manifest(workspace).attached == {"refs.bib#wu": "files/1/wu.html"}
    assert build(workspace, TOOLS) == Report()
    assert add(workspace, [folder], TOOLS).changes == Report().changes


def test_file_added_later_deepens_the_record_and_undo_takes_it_out_again(workspace: Workspace, folder: Path) -> None:
    file = (folder / "files" / "1" / "wu.html").rename(folder.parent / "wu.html")
    first = add(workspace, [folder / "refs.bib"], TOOLS)
    assert [skipped.reason.split("; ")[0] for skipped in first.skipped] == [
        "1 files that its records name are not beside it, the first files/1/wu.html"
    ]
    before = toy.read_graph_files(workspace)
    assert add(workspace, [file], TOOLS).changes.replaced == (("refs-wu", "refs.bib#wu"),)
    undo(workspace, TOOLS)
    assert (toy.read_graph_files(workspace), sorted(toy.read_corpus(workspace))) == (before, ["refs.bib"])


def test_removed_file_leaves_the_record_and_a_removed_bibliography_takes_its_files(
    workspace: Workspace, folder: Path
) -> None:
    add(workspace, [folder / "refs.bib"], TOOLS)
    assert remove(workspace, ["files/1/wu.html"], TOOLS).changes.replaced == (("refs-wu", "refs.bib#wu"),)
    undo(workspace, TOOLS)
    assert remove(workspace, ["refs.bib"], TOOLS).changes.removed == (("refs-wu", "refs.bib#wu"),)
    assert toy.read_corpus(workspace) == {}


def test_file_that_cannot_be_read_is_reported_and_the_record_goes_in_alone(workspace: Workspace, folder: Path) -> None:
    (folder / "files" / "1" / "wu.html").write_text("Crash!")
    report = add(workspace, [folder / "refs.bib"], TOOLS)
    assert (report.changes.added, [f.name for f in report.failures]) == (
        (("refs-wu", "refs.bib#wu"),),
        ["files/1/wu.html"],
    )
    assert toy.read_corpus(workspace).keys() == {"refs.bib"}


def test_text_of_a_deepened_record_is_shown_and_verified(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(workspace, [folder / "refs.bib"], TOOLS)
    status, text, _ = toy.invoke(workspace.root, "show", "refs-wu", "--text")
    assert (status, text.split("\n\n")[0], text.split("\n\n")[-1]) == (0, "Sharing of data", "Dilemma: slow sharing.")
    assert [(v.fault, bool(v.quotes), v.broken) for v in verify_documents(workspace)] == [("", True, ())]
