"""What programs add to Markdown, written as CommonMark."""

import pytest

from kg.readers import make_document
from kg.readers.markdown import read_markdown
from kg.readers.markdown_dialects import write_commonmark
from kg.readers.markdown_tables import write_pipe_tables


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("## Aims {#aims .unnumbered}\n", "## Aims\n"),
        ("::: warning\nWords.\n:::\n", "\nWords.\n\n"),
        ("> [!NOTE]\n> Words.\n", "> \n> Words.\n"),
        (":::{tip} Mind\n:class: wide\nWords.\n:::\n", "\nWords.\n\n"),
        ("> [!WARNING] Not final\n> Words.\n", "> Not final\n> \n> Words.\n"),
        ("%% a remark %%\n", "\n"),
        ("Use ==all of it==, H~2~O, a == b and ~~none~~.\n", "Use all of it, H2O, a == b and ~~none~~.\n"),
        (
            "See [[Aims|the aims]], [[Costs#year]], [[1]](#r1) and [[2]].\n",
            "See the aims, Costs, [[1]](#r1) and [[2]].\n",
        ),
        ("- [x] done\n1. [ ] open\n", "- done\n1. open\n"),
        ("Data\n: What offices keep.\n", "Data: What offices keep.\n"),
        (": Barriers by office {#tbl:b}\n", "<figcaption>Barriers by office</figcaption>\n"),
        ('!!! note "Mind"\n    Words.\n\n    More.\n\nText.\n', "\nWords.\n\nMore.\n\nText.\n"),
        ('=== "City"\n    Words.\n\nText.\n', "\nWords.\n\nText.\n"),
        ("[TOC]\n\n[[_TOC_]]\n", "\n\n\n"),
        ("(@) one\n(@good) two\n", "1. one\n1. two\n"),
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


def test_tables_drawn_by_borders_or_dashes_become_pipe_tables() -> None:
    grid = "+-----+-----+\n| No  | 14  |\n| law |     |\n+=====+=====+\n| x|y | 9   |\n+-----+-----+\nText.\n"
    assert write_pipe_tables(grid) == "\n| No law | 14 |\n| --- | --- |\n| x\\|y | 9 |\n\nText.\n"
    simple = "  Barrier   Count\n  -------- ------\n  No law       14\n\nText -- more.\n"
    assert write_pipe_tables(simple) == "\n| Barrier | Count |\n| --- | --- |\n| No law | 14 |\n\n\nText -- more.\n"
    for text in ("Title\n-----\n\nText.\n", "+ one\n+ two\n", "a -- b\n--- ---\n", "+--+\n"):
        assert write_pipe_tables(text) == text


def test_filled_form_has_sections_and_what_leads_elsewhere_is_left_out() -> None:
    text = "The two registers are not linked. A family that moves reports it three times, and nobody checks it. " * 2
    source = (
        "# One\n\n**Organisation:** City of Lund  \n**Date:** May 2021\n\n## Case\n\n| | |\n|---|---|\n"
        f"| **Problem** | {text} |\n| **Budget** | 2 million |\n\nnext.md\n\n[Back to top](#a) | [Home](/)\n"
    )
    document = make_document(read_markdown(source), file="x.md")
    assert [(b.kind.value, b.label, document.block_text(b)) for b in document.blocks] == [
        ("title", "", "One"),
        ("metadata", "publisher", "City of Lund"),
        ("metadata", "year", "2021"),
        ("heading", "", "Case"),
        ("heading", "", "Problem"),
        ("paragraph", "", text.strip()),
        ("table", "", "Budget | 2 million"),
    ]
