"""Narrow columns set to both edges."""

from kg.readers.pdf.lines import Line
from kg.readers.pdf.narrow import join_spread


def line(text: str, x0: float, x1: float, y: float) -> Line:
    return Line(text, 1, x0, x1, y, 8.0)


WHOLE = [line(text, 400, 450, y) for text, y in (("the council", 700), ("asked how", 690), ("takes to get", 670))]


def show(lines: list[Line]) -> list[tuple[str, float, float]]:
    return [(line.text, line.x0, line.x1) for line in lines]


def test_words_spread_to_both_edges_are_one_line() -> None:
    spread = [line("it", 400, 406, 680), line("is", 420, 426, 680), line("a", 446, 450, 680)]
    assert show(join_spread([*WHOLE[:2], *spread, WHOLE[2]])) == [
        ("the council", 400, 450),
        ("asked how", 400, 450),
        ("it is a", 400, 450),
        ("takes to get", 400, 450),
    ]


def test_stretches_that_end_elsewhere_are_cells() -> None:
    cells = [line("law", 400, 412, 680), line("41", 430, 440, 680)]
    lines = [*WHOLE[:2], *cells, WHOLE[2]]
    assert join_spread(lines) == lines


def test_stretches_without_whole_lines_near_them_are_cells() -> None:
    lines = [line(text, x, x + 10, y) for y in (700, 690, 680) for text, x in (("law", 400), ("41", 440))]
    assert join_spread(lines) == lines


def test_stretches_across_a_wide_column_are_cells() -> None:
    whole = [line("a line of a wide column that holds much more", 100, 400, y) for y in (700, 690, 670)]
    cells = [line("law", 100, 112, 680), line("41", 390, 400, 680)]
    assert join_spread([*whole, *cells]) == [*whole, *cells]
