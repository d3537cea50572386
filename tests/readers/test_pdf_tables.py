"""Tables with rules, on lines and shapes without files."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from kg.readers.pdf.bullets import Shape
from kg.readers.pdf.forms import is_filled_form, lay_forms
from kg.readers.pdf.lines import Line, Rule
from kg.readers.pdf.tables import Grid, find_grids, is_table, join_rows

XS, YS = (50.0, 200.0, 400.0), (700.0, 650.0, 600.0)


def line(text: str, x: float, y: float, *, bold: bool = False) -> Line:
    return Line(text, 1, x, x + 5.0 * len(text), y, 10.0, bold=bold)


def draw_grid(xs: Sequence[float], ys: Sequence[float]) -> list[Shape]:
    upright = [Shape(x - 0.5, ys[-1], x + 0.5, ys[0]) for x in xs]
    return upright + [Shape(xs[0], y - 0.5, xs[-1], y + 0.5) for y in ys]


def texts(lines: Sequence[Line]) -> list[tuple[str, bool]]:
    return [(entry.text, entry.is_row) for entry in lines]


CELLS = (
    line("Barrier", 55, 680, bold=True),
    line("Answers", 205, 680, bold=True),
    line("No staff with dig-", 55, 635),
    line("ital skills", 55, 623),
    line("112 offices", 205, 635),
)


def test_lines_between_rules_are_one_line_a_row() -> None:
    above, below = line("Words above", 50, 720), line("Words below", 50, 580)
    joined = join_rows([above, *CELLS, below], [Grid(XS, YS)])
    assert texts(joined) == [
        ("Words above", False),
        ("Barrier | Answers", True),
        ("No staff with digital skills | 112 offices", True),
        ("Words below", False),
    ]
    assert [(row.x0, row.x1, row.bold) for row in joined[1:3]] == [(50, 400, True), (50, 400, False)]


def test_cells_drawn_as_boxes_make_the_same_grid_as_rules() -> None:
    boxes = [
        Shape(x0 + 1, y1 + 1, x1 - 1, y0 - 1) for x0, x1 in itertools.pairwise(XS) for y0, y1 in itertools.pairwise(YS)
    ]
    assert [(len(grid.xs), len(grid.ys)) for grid in find_grids(boxes)] == [(3, 3)]
    levels = tuple((y, 50.0, 400.0) for y in YS)
    assert find_grids(draw_grid(XS, YS)) == [Grid(XS, YS, tuple(Rule(x, 600.0, 700.0) for x in XS), levels)]


def test_box_chart_and_frame_are_no_tables() -> None:
    clauses = [line("a) a clause of the law", 55, 690), line("b) another clause", 55, 670), line("Aim", 205, 690)]
    below = line("More words", 55, 630)
    for lines, shapes in (
        ([*clauses, below], draw_grid(XS, YS)),
        ([line("12", 55, 680)], draw_grid(XS, YS)),
        (list(CELLS), draw_grid((50, 400), (700, 600))),
        (list(CELLS), [Shape(50, 640, 400, 641)]),
    ):
        assert not any(is_table(grid, lines) for grid in find_grids(shapes))
    assert is_table(Grid(XS, YS), CELLS)


def test_rows_that_are_all_bold_have_no_header() -> None:
    bold = [replace(entry, bold=True) for entry in CELLS]
    assert [row.bold for row in join_rows(bold, [Grid(XS, YS)])] == [False, False]


def test_text_of_a_form_stands_below_its_name_and_a_short_value_beside_it() -> None:
    grid = Grid((50.0, 200.0, 500.0), (700.0, 670.0, 600.0))
    told = (
        "The two registers are not linked. A family that",
        "moves reports it three times. Nobody checks it",
        "at all.",
    )
    value = [line(text * (2 if i < 2 else 1), 205, 655 - 12 * i) for i, text in enumerate(told)]
    lines = [line("Town:", 55, 685), line("Lund", 205, 685), line("Problem:", 55, 640), *value, line("Behind", 50, 580)]
    assert is_filled_form(grid, lines)
    assert not is_filled_form(grid, [replace(entry, text=entry.text.rstrip(":")) for entry in lines])
    laid = lay_forms(lines, [grid])
    assert texts(laid) == [
        ("Town | Lund", True), ("Problem:", False), *((entry.text, False) for entry in value), ("Behind", False)
    ]  # fmt: skip
    assert (laid[1].x0, laid[1].bold, value[0].y < laid[1].y < 685) == (205, True, True)


def test_outlines_of_letters_and_short_rules_make_no_columns() -> None:
    letter = Shape(80, 620, 160, 690, is_curved=True)
    shade = Shape(260, 655, 330, 662)
    assert find_grids([*draw_grid(XS, YS), letter, shade]) == find_grids(draw_grid(XS, YS))


def test_schedule_with_bars_is_a_table_whose_bars_are_no_rows() -> None:
    xs, ys = (50.0, 150.0, 200.0, 240.0, 280.0, 320.0, 360.0), (700.0, 680.0, 660.0, 640.0, 620.0)
    bars = [Shape(205, y + 5, 340, y + 15) for y in ys[2:]]
    names = [line(name, xs[i] + 5, 687) for i, name in enumerate(("Project", "Cost", "Q1", "Q2", "Q3", "Q4"))]
    rows = [(line(name, 55, y), line(cost, 155, y)) for name, cost, y in (("Maps", "9 K", 667), ("Keys", "5 K", 647))]
    last = [line("Own", 155, 631), line("Forms", 55, 627), line("staff", 155, 622)]
    lines = [*names, *itertools.chain(*rows), *last]
    (grid,) = find_grids([*draw_grid(xs, ys), *bars])
    assert is_table(grid, lines)
    assert texts(join_rows(lines, [grid])) == [
        ("Project | Cost | Q1 | Q2 | Q3 | Q4", True),
        ("Maps | 9 K", True),
        ("Keys | 5 K", True),
        ("Forms | Own staff", True),
    ]


def test_grid_filled_here_and_there_is_no_table() -> None:
    xs, ys = (50.0, 150.0, 200.0, 240.0, 280.0, 320.0, 360.0), (700.0, 680.0, 660.0, 640.0, 620.0)
    lines = [line("Maps", 205, 687), line("9", 245, 667), line("Keys", 55, 647), line("x", 285, 627)]
    assert not is_table(Grid(xs, ys), lines)


def test_cell_that_no_rule_parts_stands_in_each_row_it_covers() -> None:
    ys = (700.0, 680.0, 660.0, 640.0)
    rules = [Shape(x - 0.5, ys[-1], x + 0.5, ys[0]) for x in XS] + [
        Shape(50 if y != 660 else 200, y - 0.5, 400, y + 0.5) for y in ys
    ]
    rows = [line("Kind", 55, 687), line("Barrier", 205, 687), line("Legal", 55, 660), line("No law", 205, 667)]
    (grid,) = find_grids(rules)
    assert texts(join_rows([*rows, line("No duty", 205, 647)], [grid])) == [
        ("Kind | Barrier", True),
        ("Legal | No law", True),
        ("Legal | No duty", True),
    ]
    assert texts(join_rows(rows, [grid]))[1:] == [("Legal | No law", True)]
