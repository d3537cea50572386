"""Filled forms with drawn rules: names on the left, on the right short values and texts of several paragraphs."""

from collections.abc import Sequence
from dataclasses import replace

from kg.readers.hyphens import join_hyphenated
from kg.readers.pdf.lines import Line
from kg.readers.pdf.tables import Grid, fill_cells, make_row
from kg.readers.structure.forms import is_form

#: A value of so many lines is a text under its name, a shorter one stands in a row beside it.
MIN_TEXT_LINES = 3
#: A name stands above its text by so much of the size of its letters at most.
MAX_RISE_SIZES = 1.3


def is_filled_form(grid: Grid, lines: Sequence[Line]) -> bool:
    """Whether a grid of two columns is a filled form."""
    if len(grid.xs) != 3:
        return False
    rows = _find_rows(grid, lines)
    texts = [[_join(cell) for cell in row] for row in rows]
    headed = len(rows[0]) > 1 and all(line.bold for cell in rows[0] for line in cell) if rows else False
    return is_form(texts, [all(line.bold for line in row[0]) for row in rows], headed=headed)


def lay_forms(lines: Sequence[Line], forms: Sequence[Grid]) -> list[Line]:
    """The lines of a page; in a form each name stands above its text, or in a row with its value."""
    laid = list(lines)
    for grid in forms:
        laid = _lay_form(laid, grid)
    return laid


def _find_rows(grid: Grid, lines: Sequence[Line]) -> list[list[list[Line]]]:
    """The cells of each row from top to foot, each with its lines in reading order."""
    cells = fill_cells(grid, lines)
    rows = sorted({row for row, _ in cells})
    return [
        [sorted(cells[key], key=lambda line: (-round(line.y), line.x0)) for key in sorted(cells) if key[0] == row]
        for row in rows
    ]


def _join(cell: Sequence[Line]) -> str:
    return join_hyphenated((line.text for line in cell), frozenset())


def _lay_form(lines: Sequence[Line], grid: Grid) -> list[Line]:
    laid: list[Line] = []
    above = float("inf")
    rows = _find_rows(grid, lines)
    inside = {id(line) for row in rows for cell in row for line in cell}
    for row in rows:
        if len(row) == 2 and len(row[1]) >= MIN_TEXT_LINES:
            laid += [_make_heading(row[0], row[1], above), *row[1]]
        elif len(row) == 2:
            line = make_row(row, grid)
            name, _, value = line.text.partition(" | ")
            laid.append(replace(line, text=f"{name.rstrip(': ')} | {value}", bold=False))
        else:
            laid += row[0]
        above = min(line.y for cell in row for line in cell)
    first = next((i for i, line in enumerate(lines) if id(line) in inside), len(lines))
    return [*lines[:first], *laid, *(line for line in lines[first:] if id(line) not in inside)]


def _make_heading(name: Sequence[Line], text: Sequence[Line], above: float) -> Line:
    """The name of a text as a bold line over it. above: baseline of the line over the row."""
    top = text[0]
    y = min(top.y + MAX_RISE_SIZES * top.size, (above + top.y) / 2)
    words = _join(name)
    return replace(name[0], text=words, x0=top.x0, x1=top.x1, y=y, bold=True, lead=len(words))
