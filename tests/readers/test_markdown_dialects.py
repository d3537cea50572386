"""What programs add to Markdown, written as CommonMark."""

import pytest

from kg.readers import make_document
from kg.readers.markdown import read_markdown
from kg.readers.markdown_dialects import write_commonmark


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("## Aims {#aims .unnumbered}\n", "## Aims\n"),
        ("::: warning\nWords.\n:::\n", "\nWords.\n\n"),
        ("> [!NOTE]\n> Words.\n", "> \n> Words.\n"),
        ("- [x] done\n1. [ ] open\n", "- done\n1. open\n"),
        ("Data\n: What offices keep.\n", "Data: What offices keep.\n"),
        (": Barriers by office {#tbl:b}\n", "<figcaption>Barriers by office</figcaption>\n"),
        ('!!! note "Mind"\n    Words.\n\n    More.\n\nText.\n', "\nWords.\n\nMore.\n\nText.\n"),
        ('=== "City"\n    Words.\n\nText.\n', "\nWords.\n\nText.\n"),
        ("[TOC]\n\n[[_TOC_]]\n", "\n\n\n"),
        ("A set {a, b} and a time 12:30.\n", "A set {a, b} and a time 12:30.\n"),
    ],
)
def test_marks_of_other_programs_are_taken_off(source: str, written: str) -> None:
    assert write_commonmark(source) == written


def test_title_block_of_pandoc_gives_title_authors_and_date() -> None:
    document = make_document(
        read_markdown("% Data plan\n% Ana Silva; Bo Rossi\n% May 2020\n\n# Aims\n\nWords.\n"), file="x.md"
    )
    assert [(block.kind.value, document.block_text(block)) for block in document.blocks] == [
        ("title", "Data plan"),
        ("author", "Ana Silva"),
        ("author", "Bo Rossi"),
        ("metadata", "2020"),
        ("heading", "Aims"),
        ("paragraph", "Words."),
    ]


def test_shortcodes_of_hugo_are_left_out_and_what_they_hold_stays() -> None:
    text = "# Plan\n\n{{% notice %}}\nStaff are few.\n{{% /notice %}}\n\n{{< toc >}}\n"
    document = make_document(read_markdown(text), file="x.md")
    assert [document.block_text(block) for block in document.blocks] == ["Plan", "Staff are few."]
