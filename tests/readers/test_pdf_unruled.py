"""Tables without rules, on lines without files."""

from kg.readers.pdf.lines import Line
from kg.readers.pdf.rows import Margins, group_rows

MARGINS = Margins(50.0, 550.0, 12.0)


def line(text: str, x: float, y: float) -> Line:
    return Line(text, 1, x, x + 5.0 * len(text), y, 10.0)


def texts(lines: list[Line]) -> list[list[str]]:
    return [[entry.text for entry in row] for row in group_rows(lines, MARGINS)]


def test_lines_of_one_cell_are_one_row_where_rows_stand_further_apart() -> None:
    lines = [
        *(line("Barrier", 50, 700), line("Answer", 250, 700), line("Lead", 450, 700)),
        *(line("Staff lack", 50, 680), line("Train five hun-", 250, 680), line("Ministry of", 450, 680)),
        *(line("the skills", 50, 668), line("dred officers", 250, 668), line("Finance", 450, 668)),
        *(line("Old systems", 50, 648), line("Build one", 250, 648), line("Ministry of", 450, 648)),
        line("register", 250, 636),
        *(line("No budget", 50, 616), line("Set up a fund", 250, 616)),
    ]
    assert texts(lines) == [
        ["Barrier", "Answer", "Lead"],
        ["Staff lack the skills", "Train five hundred officers", "Ministry of Finance"],
        ["Old systems", "Build one register", "Ministry of"],
        ["No budget", "Set up a fund"],
    ]


def test_rows_of_numbers_below_a_header_stay_rows() -> None:
    rows = [("Office", "Count"), ("Health", "12"), ("Tax", "9"), ("Schools", "7")]
    places = [700.0, 680.0, 668.0, 656.0]
    lines = [
        line(text, x, y) for row, y in zip(rows, places, strict=True) for text, x in zip(row, (50, 250), strict=True)
    ]
    assert texts(lines) == [list(row) for row in rows]


def test_short_gap_before_a_column_of_the_table_parts_two_cells() -> None:
    lines = [
        entry
        for i, (first, second) in enumerate([("Chile", "Open"), ("Peru", "Linked"), ("Budget and execution", "Open")])
        for entry in (line(first, 80, 700 - 12 * i), line(second, 200, 700 - 12 * i))
    ]
    assert texts(lines)[2] == ["Budget and execution", "Open"]


def test_text_of_two_stretches_that_stand_nowhere_under_each_other_is_no_table() -> None:
    lines = [
        entry
        for i, x in enumerate((190, 230, 210))
        for entry in (line("Words of a text with", 50, 700 - 12 * i), line("a gap", x, 700 - 12 * i))
    ]
    assert texts(lines)[0] != ["Words of a text with Words of a text with"]
    assert len(texts(lines)) == 3
