"""Files that records name become part of their documents."""

from pathlib import Path

import pytest

from kg.corpus.attach import attach_files, normalise_path
from kg.corpus.parts import Part
from kg.corpus.sources import Source


def record(*attachments: str, file: str = "refs.bib") -> Source:
    return Source(file, "b", "auto", Path(), Part("wu", "p", 0, 0, attachments))


def pdf(file: str) -> Source:
    return Source(file, f"sha of {file}", "auto", Path())


@pytest.mark.parametrize(
    ("path", "normal"),
    [
        ("files/12/Wu 2022.pdf", "files/12/Wu 2022.pdf"),
        ("C:\\papers\\a.pdf", "/papers/a.pdf"),
        ("file:///C:/my%20papers/a.pdf", "/my papers/a.pdf"),
        ("internal-pdf://12/a.pdf", "12/a.pdf"),
        ("attachments:12/a.pdf", "12/a.pdf"),
        ("./a.pdf", "a.pdf"),
    ],
)
def test_paths_of_every_reference_manager_are_understood(path: str, normal: str) -> None:
    assert normalise_path(path) == normal


@pytest.mark.parametrize("path", ["files/12/a.pdf", "C:\\Zotero\\12\\a.pdf", "/elsewhere/A.pdf"])
def test_file_that_a_record_names_is_no_document_of_its_own(path: str) -> None:
    (found,) = attach_files([pdf("files/12/a.pdf"), record(path)], {})
    assert (found.name, found.attached, found.content) == (
        "refs.bib#wu", pdf("files/12/a.pdf"), "p sha of files/12/a.pdf",
    )  # fmt: skip


def test_paths_count_from_the_folder_of_the_bibliography() -> None:
    sources = [pdf("deep/files/a.pdf"), pdf("files/a.pdf"), record("files/a.pdf", file="deep/refs.bib")]
    assert [(s.name, s.attached and s.attached.file) for s in attach_files(sources, {})] == [
        ("deep/refs.bib#wu", "deep/files/a.pdf"),
        ("files/a.pdf", None),
    ]


def test_a_name_that_two_files_have_says_nothing() -> None:
    sources = [pdf("1/a.pdf"), pdf("2/a.pdf"), record("/elsewhere/a.pdf")]
    assert [s.attached for s in attach_files(sources, {})] == [None] * 3


def test_file_known_to_be_the_same_work_stays_attached() -> None:
    (found,) = attach_files([pdf("x.pdf"), record()], {"refs.bib#wu": "x.pdf"})
    assert found.attached == pdf("x.pdf")
