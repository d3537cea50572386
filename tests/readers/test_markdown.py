"""Markdown files to blocks."""

import pytest

from kg.model import BlockKind, Document
from kg.readers import make_document
from kg.readers.markdown import read_markdown

NOTE = """---
title: Sharing data
authors:
  - name: Ana Silva
    affiliation: Example University
  - Bo Rossi
year: 2021
publisher: Office of Data
kind: note
language: en
licence: CC BY 4.0
doi: 10.1000/182
keywords: [open data, trust]
---

# Sharing data

Offices hold data.[^1] See the [guide](https://example.org/guide).

## Problems

* no rules
* no staff
  1. too few
  2. too old

**Missing money.** The offices have no money for new systems and they know it.

| Barrier | Count |
|---------|-------|
| no law  | 12    |

[^1]: As the *law* says.
"""


def read(text: str) -> Document:
    return make_document(read_markdown(text), file="x.md")


def show(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind.value, b.number or b.label, document.block_text(b)) for b in document.blocks]


def test_front_matter_and_body_become_blocks() -> None:
    assert show(read(NOTE)) == [
        ("title", "", "Sharing data"),
        ("author", "", "Ana Silva"),
        ("affiliation", "", "Example University"),
        ("author", "", "Bo Rossi"),
        ("metadata", "year", "2021"),
        ("metadata", "publisher", "Office of Data"),
        ("metadata", "doi", "10.1000/182"),
        ("metadata", "kind", "note"),
        ("metadata", "language", "en"),
        ("metadata", "licence", "CC BY 4.0"),
        ("keywords", "", "open data"),
        ("keywords", "", "trust"),
        ("paragraph", "", "Offices hold data. See the guide."),
        ("heading", "", "Problems"),
        ("item", "", "no rules"),
        ("item", "", "no staff"),
        ("item", "1", "too few"),
        ("item", "2", "too old"),
        ("heading", "", "Missing money"),
        ("paragraph", "", "The offices have no money for new systems and they know it."),
        ("table", "header", "Barrier | Count"),
        ("table", "", "no law | 12"),
        ("footnote", "1", "As the law says."),
    ]


def test_kind_and_language_of_the_front_matter_are_taken() -> None:
    assert (read(NOTE).kind, read(NOTE).language) == ("note", "en")


def test_toml_front_matter_is_read_and_its_nested_doi_found() -> None:
    text = '+++\ntitle = "A *Short* Title"\nauthors = ["Ana Silva"]\ndate = "2013-01-02"\n[[links]]\nurl = "http://dx.doi.org/10.1000/9"\n+++\n'
    assert show(read(text)) == [
        ("title", "", "A Short Title"),
        ("author", "", "Ana Silva"),
        ("metadata", "year", "2013"),
        ("metadata", "doi", "10.1000/9"),
    ]
    assert "Date: 2013-01-02" in read(text).text


def test_broken_front_matter_is_read_line_by_line() -> None:
    assert show(read('---\ntitle: "A title: with [colon\nyear: 2019\n---\nThe text.'))[:2] == [
        ("title", "", "A title: with [colon"),
        ("metadata", "year", "2019"),
    ]


def test_heading_without_a_space_and_template_tags() -> None:
    text = "##The problem\nNobody {{ site.x }}knows.\n{% include a.html %}\n<!-- hidden -->\n{: .note}\n"
    assert show(read(text)) == [("title", "", "The problem"), ("paragraph", "", "Nobody knows.")]


def test_comment_between_two_lists_parts_them() -> None:
    text = "Words that come first.\n\n1. one\n2. two\n\n<!-- parts -->\n\n7. seven\n"
    assert show(read(text))[1:] == [("item", "1", "one"), ("item", "2", "two"), ("item", "7", "seven")]


def test_bold_line_is_a_heading_below_the_marked_ones() -> None:
    document = read("# Guide\n\n## First\n\n**What to do:**\n\n- ask\n")
    assert [(b.kind.value, b.level) for b in document.blocks] == [
        ("title", 0),
        ("heading", 1),
        ("heading", 2),
        ("item", 1),
    ]


def test_inverted_and_joined_author_lines_are_split() -> None:
    assert show(read("---\ntitle: T\nauthor: Ana Silva, Bo Rossi and Cy Li\n---\nx"))[1:4] == [
        ("author", "", "Ana Silva"),
        ("author", "", "Bo Rossi"),
        ("author", "", "Cy Li"),
    ]


def test_paragraph_that_begins_with_a_raised_number_is_a_footnote() -> None:
    text = "# T\n\nOffices keep data<sup>1</sup> that others need.\n\n<sup>1</sup> Lists and registers of all kinds.\n"
    assert show(read(text))[1:] == [
        ("paragraph", "", "Offices keep data that others need."),
        ("footnote", "1", "Lists and registers of all kinds."),
    ]


def test_headings_inside_a_division_are_read_and_a_date_among_them_is_the_year() -> None:
    text = '<div class="t">\n#Digital Strategy\n{:.x}\n\n####November 2012\n</div>\n\n## Aims\n\nOffices do more.\n'
    document = read(text)
    assert [(b.kind.value, b.label, document.block_text(b)) for b in document.blocks] == [
        ("title", "", "Digital Strategy"),
        ("metadata", "year", "2012"),
        ("heading", "", "Aims"),
        ("paragraph", "", "Offices do more."),
    ]


def test_lines_that_date_and_sign_a_text_are_its_facts() -> None:
    lines = "*January 8, 2013  \nData on Roads, a Study  \nKim Berg, Chief Information Officer  \nOffice of Roads*"
    document = read(f"---\ntitle: Data\n---\n{lines}\n\n## Summary\n\nOffices do more.\n")
    assert [(b.kind.value, b.label, document.block_text(b)) for b in document.blocks][1:5] == [
        ("metadata", "year", "2013"),
        ("metadata", "line", "Data on Roads, a Study"),
        ("author", "", "Kim Berg"),
        ("affiliation", "", "Office of Roads"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "---\n# SPDX-License-Identifier: CC0-1.0\n# SPDX-FileCopyrightText: 2019-2024 The Trust for Code <a@b.org>, https://b.org\n"
        "order: 1\n---\n",
        "<!-- SPDX-FileCopyrightText: © 2020 The Trust for Code -->\n<!-- SPDX-License-Identifier: CC0-1.0 -->\n",
    ],
)
def test_holder_of_the_rights_in_the_comments_of_a_file_is_its_publisher(head: str) -> None:
    document = make_document(read_markdown(f"{head}# On sharing\n\nOffices share code."), file="x.md")
    facts = [(b.label, document.block_text(b)) for b in document.find_blocks(BlockKind.METADATA)]
    assert facts == [("publisher", "The Trust for Code"), ("licence", "CC0-1.0")]


def test_person_who_holds_the_rights_is_no_publisher() -> None:
    document = make_document(
        read_markdown("<!-- SPDX-FileCopyrightText: 2020 Ana Silva -->\n# On sharing"), file="x.md"
    )
    assert not list(document.find_blocks(BlockKind.METADATA))


@pytest.mark.parametrize(
    "noise",
    [
        "[TODO: add text]",
        "* Last edited on {TIMESTAMP}",
        "* Will be replaced with the table of contents\n{:toc}",
        "[Watch on YouTube](https://example.org/v)",
        "[Read how offices respond »](https://example.org/r)",
        '* Also available in [PDF format](Data plan.pdf "Get it")',
        "*[CDO]: Chief Data Officer",
        "[Back to the plan page](..)",
    ],
)
def test_what_a_template_or_site_puts_around_a_text_is_left_out(noise: str) -> None:
    document = read(f"# Data plan\n\nOffices hold data.\n\n{noise}\n\nThey share it.\n")
    assert [text for _, _, text in show(document)] == ["Data plan", "Offices hold data.", "They share it."]


@pytest.mark.parametrize(
    "text",
    [
        "Read the guide and follow it.",
        "Next steps",
        "The notice says when it was last updated on the site",
        "Available in all offices",
        "Next year the office opens",
    ],
)
def test_line_that_only_looks_like_navigation_stays(text: str) -> None:
    assert text in read(f"# Data plan\n\nOffices hold data.\n\n{text}\n").text


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ('<div class="a">\n<p>Note</p>\n</div>\nThe [plan](/plan/) says so.\n', ["Note", "The plan says so."]),
        ("See the [open plan](Open Plan).\n", ["See the open plan."]),
        ("* first thing\n*second thing\n* third thing\n", ["first thing", "second thing", "third thing"]),
        ("**(Example Standard)**\n\nIt holds.\n", ["(Example Standard)", "It holds."]),
        ("| a | b |\n|---|---|\n| one | two |\n|----|----|\n| six | ten |\n", ["a | b", "one | two", "six | ten"]),
    ],
)
def test_markdown_that_commonmark_does_not_know_is_read_as_meant(source: str, blocks: list[str]) -> None:
    found = show(read(f"# Data plan\n\n{source}"))
    assert [text for _, _, text in found[1:]] == blocks
    assert "heading" not in [kind for kind, _, _ in found]
