"""Files on their way into corpus/ get names that are free, and are copied whole."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpus import Settings, Workspace
from kg.corpus.files import hash_bytes
from kg.corpus.incoming import MAX_NAME_BYTES, Incoming, clean_name, clear_incoming, pack_folders, take_in
from kg.corpus.sources import Skipped


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "w" / "corpus").mkdir(parents=True)
    return Workspace(tmp_path / "w", Settings())


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_file_is_copied_aside_under_its_name_to_be(workspace: Workspace, tmp_path: Path) -> None:
    path, known, skipped = write(tmp_path / "a.md", "one"), dict[str, str](), list[Skipped]()
    assert take_in(workspace, [path], known, skipped) == [
        Incoming(path, "a.md", workspace.kg / "incoming" / "a.md", hash_bytes(b"one"))
    ]
    assert (known, skipped) == ({hash_bytes(b"one"): "a.md"}, [])
    assert (workspace.kg / "incoming" / "a.md").read_text() == "one"
    clear_incoming(workspace)
    assert not (workspace.kg / "incoming").exists()


def names(workspace: Workspace, *paths: Path) -> list[str]:
    return [one.file for one in take_in(workspace, paths, {}, [])]


def test_name_that_is_taken_gets_the_next_free_number(workspace: Workspace, tmp_path: Path) -> None:
    write(workspace.corpus / "a.md", "zero")
    write(workspace.corpus / "a-3.md", "zero too")
    paths = [write(tmp_path / str(i) / "a.md", str(i)) for i in range(3)]
    assert names(workspace, *paths) == ["a-2.md", "a-4.md", "a-5.md"]


def test_folders_keep_their_order_inside(workspace: Workspace, tmp_path: Path) -> None:
    for name in ("b/x.md", "a/x.md", "x.md"):
        write(tmp_path / "papers" / name, name)
    assert names(workspace, tmp_path / "papers") == ["x.md", "a/x.md", "b/x.md"]


def test_chapters_named_by_a_number_alone_lie_in_their_folder(workspace: Workspace, tmp_path: Path) -> None:
    every = ("01.md", "2.1.md", "chapter_3.md", "annex1-data.md", "2021-report.md", "b2b.md", "x/4.md")
    for file in every:
        write(tmp_path / "playbook" / file, file)
    assert sorted(names(workspace, tmp_path / "playbook")) == [
        "2021-report.md", "annex1-data.md", "b2b.md", "playbook/01.md", "playbook/2.1.md", "playbook/chapter_3.md",
        "x/4.md",
    ]  # fmt: skip
    assert names(workspace, tmp_path / "playbook" / "01.md") == ["01.md"]


def test_files_beside_a_bibliography_keep_the_names_it_has_for_them(workspace: Workspace, tmp_path: Path) -> None:
    write(tmp_path / "library" / "1.md", "one")
    write(tmp_path / "library" / "all.bib", "@article{a, title={A title of all}}")
    assert sorted(names(workspace, tmp_path / "library")) == ["1.md", "all.bib"]


def test_file_already_in_corpus_stays_where_it_is(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(workspace.corpus / "deep" / "a.md", "one")
    monkeypatch.chdir(workspace.corpus)
    found = take_in(workspace, [Path("deep/a.md"), Path("deep")], {}, [])
    assert [(one.file, one.path) for one in found] == [("deep/a.md", path)]


def test_file_named_through_a_link_is_copied_with_its_content(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(write(tmp_path / "a.md", "one"))
    (found,) = take_in(workspace, [tmp_path / "link.md"], {}, [])
    assert (found.file, found.path.is_symlink(), found.path.read_text()) == ("link.md", False, "one")


def test_what_is_no_plain_file_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    skipped: list[Skipped] = []
    assert take_in(workspace, [tmp_path / "pipe.md", tmp_path / "loop.md"], {}, skipped) == []
    assert [(one.reason, one.fault) for one in skipped] == [("no plain file", True), ("no such file", True)]


@pytest.mark.parametrize(
    ("wished", "name"),
    [
        ("a b.md", "a b.md"),
        ("..hidden/.a.md", "hidden/a.md"),
        ("con\0trol\x1b[31m.md", "con_trol_[31m.md"),
        ("C:\\x|y?.md", "C_x_y_.md"),
        ("\u202egnp.md", "_gnp.md"),
        ("\udcff.md", "_.md"),
        ("数" * 100 + ".md", "数" * 59 + ".md"),
        ("...", "_"),
    ],
)
def test_name_is_made_fit_for_every_system(wished: str, name: str) -> None:
    assert clean_name(wished) == name


@given(st.text(min_size=1).filter(lambda text: text.strip("/.")))
def test_no_name_leads_out_or_is_too_long(wished: str) -> None:
    parts = Path(clean_name(wished.lstrip("/") or "x")).parts
    assert not {"..", "/"} & set(parts)
    assert all(len(part.encode()) <= MAX_NAME_BYTES and part.isprintable() for part in parts)


def test_folders_are_packed_as_one_document_each_and_those_without_chapters_reported(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name in ("book", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "book" / "1.md").write_text("# One\n\nText.")
    (tmp_path / "a.md").write_text("a")
    skipped: list[Skipped] = []
    paths = list(pack_folders(workspace, [tmp_path / "book", tmp_path / "a.md", tmp_path / "empty"], skipped))
    assert [path.name for path in paths] == ["book.zip", "a.md"]
    assert [(s.file, s.fault) for s in skipped] == [(str(tmp_path / "empty"), True)]
    known: dict[str, str] = {}
    assert [one.file for one in take_in(workspace, paths, known, skipped)] == ["book.zip", "a.md"]
    assert take_in(workspace, paths[:1], known, skipped) == []
    assert skipped[-1] == Skipped("book.zip", "the same content as book.zip")
