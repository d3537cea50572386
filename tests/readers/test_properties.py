"""What holds for every text, however odd: blocks lie in the text, and bad bytes end in a ReadError."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Document, ReadError
from kg.readers import Reading, make_document, read_document
from kg.readers.asciidoc import read_asciidoc
from kg.readers.characters import normalise
from kg.readers.html import read_html
from kg.readers.hyphens import join_hyphenated
from kg.readers.markdown import read_markdown
from kg.readers.rst import read_rst
from kg.readers.text import read_text

PIECES = [
    *(
        "A Title of Words",
        "1. ",
        "(1) ",
        "- ",
        "References",
        "[1] Silva A. 2019.",
        "Abstract: ",
        "Keywords: a; b",
        "\n",
    ),
    *("\n\n", "Ana Silva", "# ", "**bold.** ", "= ", "----\n", "<p>", "</p>", "| a | b |", "footnote:[x]", "\f"),
    *("text goes on", "Fig. 1. ", "\ue0001\ue001", "\u00ad", "é", "数据", ". "),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).map("".join)
READ: dict[str, Callable[[str], Reading]] = {
    "text": read_text,
    "markdown": read_markdown,
    "asciidoc": read_asciidoc,
    "rst": read_rst,
    "html": read_html,
}


def check(document: Document) -> None:
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert document.block_text(block) == document.block_text(block).strip()
        end = block.end


@pytest.mark.parametrize("name", READ)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_blocks_lie_in_the_text_in_order(name: str, text: str) -> None:
    try:
        check(make_document(READ[name](text), file="x"))
    except ReadError:
        return


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=st.text(max_size=200))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(lines=st.lists(st.text("ab -", min_size=1, max_size=8), max_size=6))
def test_joining_lines_keeps_every_letter(lines: list[str]) -> None:
    joined = join_hyphenated(lines, frozenset())
    assert [char for char in joined if char.isalpha()] == [char for line in lines for char in line if char.isalpha()]


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".pdf", ".docx", ".epub", ".xml"])
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
def test_any_bytes_are_a_document_or_refused(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(data)
    try:
        check(read_document(path))
    except ReadError as error:
        assert str(error).startswith(path.name)  # noqa: PT017
