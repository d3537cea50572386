"""reStructuredText files to blocks."""

from kg.model import Document
from kg.readers import make_document
from kg.readers.rst import read_rst

GUIDE = """============
Sharing data
============

:Author: Ana Silva
:Date: 2019-05-01

Offices keep *data* for themselves\\ [1]_. See `the guide <https://example.org>`_.

Problems
--------

**Missing law.** No law tells an office what it may hand over to others.

1. first rule

   a. inner rule

2. second rule goes
   on here

.. note::

   Mind this.

+---------+-------+
| Barrier | Count |
+=========+=======+
| no law  | 4     |
+---------+-------+

.. [1] As ``said``.

.. comment that is not shown
"""


def read(text: str) -> Document:
    return make_document(read_rst(text), file="x.rst")


def show(document: Document) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.number or b.label, document.block_text(b)) for b in document.blocks]


def test_guide_becomes_blocks() -> None:
    assert show(read(GUIDE)) == [
        ("title", 0, "", "Sharing data"),
        ("author", 0, "", "Ana Silva"),
        ("metadata", 0, "year", "2019"),
        ("paragraph", 0, "", "Offices keep data for themselves. See the guide."),
        ("heading", 1, "", "Problems"),
        ("heading", 2, "", "Missing law"),
        ("paragraph", 0, "", "No law tells an office what it may hand over to others."),
        ("item", 1, "1", "first rule"),
        ("item", 2, "a", "inner rule"),
        ("item", 1, "2", "second rule goes on here"),
        ("paragraph", 0, "", "Mind this."),
        ("table", 0, "header", "Barrier | Count"),
        ("table", 0, "", "no law | 4"),
        ("footnote", 0, "1", "As said."),
    ]


def test_two_top_sections_leave_the_document_without_title() -> None:
    assert [entry[:2] for entry in show(read("A\n====\n\nx\n\nB\n====\n\ny\n"))] == [
        ("heading", 1),
        ("paragraph", 0),
        ("heading", 1),
        ("paragraph", 0),
    ]


def test_literal_block_is_code() -> None:
    assert show(read("T\n===\n\nSee::\n\n    x = 1\n\nend"))[1:] == [
        ("paragraph", 0, "", "See:"),
        ("code", 0, "", "x = 1"),
        ("paragraph", 0, "", "end"),
    ]


def test_subtitle_substitutions_definitions_and_versions_are_read() -> None:
    text = (
        "====\nBook\n====\n----------\nFor clerks\n----------\n\n.. |town| replace:: Norrby\n\n"
        "Why\n===\n\nIn |town| and |no|.\n\n"
        "#. Name one.\n\n   In writing.\n#. Oblige\n   users.\n\nOption : text\n  What it means.\n\n  - a case\n\n"
        ".. versionadded:: 2.0\n   Form 3 is new.\n\nA long line that\n  goes on here.\n\nHow\n===\n\nSo.\n"
    )
    assert show(read(text)) == [
        ("title", 0, "", "Book"),
        ("metadata", 0, "subtitle", "For clerks"),
        ("heading", 1, "", "Why"),
        ("paragraph", 0, "", "In Norrby and no."),
        ("item", 1, "", "Name one."),
        ("paragraph", 0, "", "In writing."),
        ("item", 1, "", "Oblige users."),
        ("item", 1, "Option", "What it means."),
        ("item", 1, "", "a case"),
        ("paragraph", 0, "", "Form 3 is new."),
        ("item", 1, "A long line that", "goes on here."),
        ("heading", 1, "", "How"),
        ("paragraph", 0, "", "So."),
    ]
