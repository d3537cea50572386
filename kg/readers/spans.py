"""Tables whose cells reach over several rows: every row with all that stands in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.readers.numbers import read_whole

#: A longer text is written in its first row only: repeated, it would be said several times.
MAX_REPEATED_CHARS = 80
#: No cell reaches over more.
MAX_SPAN = 500


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, and over how many rows and columns it reaches."""

    text: str
    rows: int = 1
    columns: int = 1


def read_span(value: str | None) -> int:
    """A rowspan or colspan as a number; 1 for what is none."""
    return min(max(read_whole(value, 1), 1), MAX_SPAN)


def spread_cells(rows: Iterable[Iterable[Cell]]) -> Iterator[list[str]]:
    """The filled cells of each row from left to right, those that reach down from above among them."""
    open_cells: dict[int, tuple[int, str]] = {}
    for row in rows:
        texts: list[str] = []
        column = 0
        reaching: dict[int, tuple[int, str]] = {}
        for cell in row:
            column = _pass_open(open_cells, column, texts)
            texts.append(cell.text)
            if cell.rows > 1:
                repeated = cell.text if len(cell.text) <= MAX_REPEATED_CHARS else ""
                reaching |= {column + i: (cell.rows, "" if i else repeated) for i in range(cell.columns)}
            column += cell.columns
        _pass_open(open_cells, column, texts)
        both = {**open_cells, **reaching}
        open_cells = {at: (left - 1, text) for at, (left, text) in both.items() if left > 1}
        yield [text for text in texts if text]


def _pass_open(open_cells: dict[int, tuple[int, str]], column: int, texts: list[str]) -> int:
    """The first column at or behind one that no cell reaches down into; the texts of those passed are added."""
    while column in open_cells:
        texts.append(open_cells[column][1])
        column += 1
    return column
