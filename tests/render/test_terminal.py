"""How long names are broken in the tables of a terminal."""

import pytest

from kg.model.table import Cell, Table
from kg.render.table import render_for_terminal
from kg.render.terminal import wrap_pieces


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("a-b c", 2, ["a-", "b", "c"]),
        ("dilemma/privacy-and-leakage", 16, ["dilemma/privacy-", "and-leakage"]),
        ("uninterrupted", 5, ["uninterrupted"]),
        ("数字-政府", 5, ["数字-", "政府"]),
        ("", 5, [""]),
    ],
)
def test_text_breaks_between_words_and_behind_hyphens(text: str, width: int, lines: list[str]) -> None:
    assert wrap_pieces(text, width) == lines


def test_identifier_is_not_cut_inside_a_word_where_it_can_break_elsewhere() -> None:
    table = Table(("thing", "text"), ((Cell("remedy-types/security-and-privacy"), Cell("words of it, many more")),))
    drawn = render_for_terminal(table, width=36).decode()
    assert [line.split("  ")[0].strip() for line in drawn.splitlines()[3:5]] == ["remedy-types/", "security-and-"]
