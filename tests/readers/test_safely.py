"""Reading in a process with limits: whatever a file does, the next one is read."""

import signal
from pathlib import Path
from typing import Any

import pytest

from kg.model import ReadError
from kg.readers import SafeReader, read_document, read_safely
from kg.readers.records import from_record, to_record

NOTE = "---\ntitle: T\nauthor: Ana Silva\n---\n\n# One\n\nWords — “quoted” \U0001f600 stand here.\n"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    (tmp_path / "x.md").write_text(NOTE, encoding="utf-8")
    return tmp_path / "x.md"


def test_document_comes_back_as_it_was_read(note: Path) -> None:
    assert read_safely(note, file="a/x.md", kind="note") == read_document(note, file="a/x.md", kind="note")


def test_record_of_a_document_is_lossless(note: Path) -> None:
    document = read_document(note)
    assert from_record(to_record(document)) == document


def test_error_of_a_reader_is_passed_on(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"junk")
    with pytest.raises(ReadError, match=r"^x\.pdf: not a whole PDF"):
        read_safely(tmp_path / "x.pdf")


def test_folder_bibliography_and_diagnosis_are_read_in_the_same_process(note: Path) -> None:
    (note.parent / "x.bib").write_text("@book{a, title={B}}\n@book{b}")
    with SafeReader() as reader:
        assert reader.read_folder(note.parent, file="f").id == "f"
        documents, problems = reader.read_bibliography(note.parent / "x.bib")
        assert ([document.text for document in documents], problems) == (
            ["B\n\nType: book"],
            ["x.bib line 2: record b has no title; skipped"],
        )
        assert reader.diagnose(note)[1] == ["read by kg.readers.markdown"]


class _Dying(SafeReader):
    """A reader whose process gets a signal or a broken request instead of a file."""

    sent: bytes = b""
    signal: int = 0

    def _exchange(self, process: Any, request: bytes) -> bytes:
        if self.signal:
            process.send_signal(self.signal)
        return super()._exchange(process, self.sent or request)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (signal.SIGSEGV, r"^x\.md: crashed the reader \(signal 11\); it is damaged, hostile or needs over 1024 MB$"),
        (signal.SIGXCPU, r"^x\.md: not read within 30 s of work; split it or raise the limit$"),
    ],
    ids=["crash", "time"],
)
def test_killed_process_is_explained_and_replaced(note: Path, number: int, message: str) -> None:
    with _Dying() as reader:
        reader.signal = number
        with pytest.raises(ReadError, match=message):
            reader.read(note)
        reader.signal = 0
        assert reader.read(note).text.startswith("T")


def test_exception_in_the_process_is_one_line_and_the_next_file_is_read(note: Path) -> None:
    with _Dying() as reader:
        reader.sent = b'{"what": "document"}\n'
        with pytest.raises(ReadError, match=r"^x\.md: cannot be read \(KeyError: 'seconds'\)$"):
            reader.read(note)
        reader.sent = b""
        assert reader.read(note).text.startswith("T")


def test_silent_process_is_stopped(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.readers.safely.GRACE_SECONDS", 0.1)
    with _Dying(seconds=0.1) as reader:
        reader.signal = signal.SIGSTOP
        with pytest.raises(ReadError, match=r"^x\.md: not read within 0\.1 s; split it or raise the limit$"):
            reader.read(note)


def test_file_that_needs_too_much_memory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"word " * 30_000_000)
    with SafeReader(megabytes=300) as reader, pytest.raises(ReadError, match=r"x\.txt: needs more than 300 MB"):
        reader.read(tmp_path / "x.txt")
