"""Text is escaped where it would be markup, and only there."""

import pytest
from markdown_it import MarkdownIt

from kg.render.markup import escape_latex, escape_markdown

PARSER = MarkdownIt("gfm-like", {"linkify": False})
PLAIN = ("Data silos - between (all) departments, 50% & more: e-government!", "once-only", "3.1 Silos")
MARKED = (
    "# title", "- item", "+ item", "1. item", "2022) item", "> quote", "*a* **b** _c_ `d`", "<b>x</b>", "[a](b)",
    "![a](b)", "a | b", "&lt;b&gt;", "&#60;", "~~a~~", "\\*", "```", "===", "<!-- x -->",
)  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert escape_markdown(text) == text


@pytest.mark.parametrize("text", MARKED)
def test_markup_is_shown_letter_by_letter(text: str) -> None:
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert PARSER.render(escape_markdown(text)) == f"<p>{shown}</p>\n"


def test_addresses_formulas_and_citations_are_not_made_links() -> None:
    assert escape_markdown("http://x www.x $a$ @b ^c^ #tag %%d%%") == (
        "http\\://x www\\.x \\$a\\$ \\@b \\^c\\^ \\#tag \\%%d\\%%"
    )


def test_latex_prints_what_it_would_act_on() -> None:
    assert escape_latex("\\input{x} $5 & 50% #1 a_b ^ ~") == (
        "\\textbackslash{}input\\{x\\} \\$5 \\& 50\\% \\#1 a\\_b \\textasciicircum{} \\textasciitilde{}"
    )
