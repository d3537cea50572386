"""Tables of AsciiDoc: cells in rows as wide as the table says or its first line shows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.readers.asciidoc_inline import render_inline
from kg.readers.spans import Cell, read_span, spread_cells
from kg.readers.structure import Chunk

_COLUMNS = re.compile(r'cols\s*=\s*(?:"(?P<quoted>[^"]{1,400})"|(?P<plain>[^\s",\]]{1,100}))')
_REPEAT = re.compile(r"(\d{1,2})\*")
_ITEMS = re.compile(r"\n[ \t]*[*-][ \t]+(?=\S)")
MAX_COLUMNS = 100


def read_table(lines: Sequence[str], mark: str, attributes: str = "") -> Iterator[Chunk]:
    """One chunk per row. mark: the sign before each cell; attributes: of the table, as written in brackets."""
    width = _read_width(attributes)
    cell = re.compile(
        rf"(?:^|\s)(?P<spec>(?:(?P<columns>\d{{1,3}})?(?:\.(?P<rows>\d{{1,3}}))?\+|\d{{1,2}}\*)?[.<>^]*[a-z]?){re.escape(mark)}"
    )
    rows: list[list[Cell]] = []
    waiting: list[Cell] = []
    for stretch in re.split(r"\n\s*\n", "\n".join(lines)):
        text = " " + stretch.replace("\n", "\n ")
        found = list(cell.finditer(text))
        _continue_cell(waiting or (rows[-1] if rows else []), text[: found[0].start()] if found else text)
        if not found:
            continue
        ends = [*(other.start() for other in found[1:]), len(text)]
        cells = [
            Cell(text[one.end() : end].strip(), read_span(one["rows"]), read_span(one["columns"]))
            for one, end in zip(found, ends, strict=True)
        ]
        first = [part for part in stretch.strip().split("\n")[0].split(mark) if part.strip()]
        width = width or max(len(first), 1)
        if width == 1 and cells:
            rows.append(cells)
            continue
        waiting += cells
        rows += _take_rows(waiting, width, rows)
    rows += [waiting] if waiting else []
    for i, row in enumerate(spread_cells(rows)):
        text = " | ".join(rendered for one in row if (rendered := _render_cell(one)))
        yield Chunk(text, role="table", label="header" if i == 0 else "")


def _render_cell(text: str) -> str:
    """A cell on one line, the items of a list in it parted by semicolons."""
    parts = _ITEMS.split(f"\n{text}")
    lead, *items = (render_inline(part) for part in parts)
    listed = "; ".join(item.rstrip(";") for item in items if item)
    return " ".join(filter(None, [lead, listed]))


def _continue_cell(cells: list[Cell], text: str) -> None:
    """Add the text before the first mark of a stretch, a further paragraph, to the last cell."""
    if cells and text.strip():
        cells[-1] = replace(cells[-1], text=f"{cells[-1].text} {text.strip()}".strip())


def _read_width(attributes: str) -> int:
    """The number of columns that the attributes of a table state, 0 if they do not."""
    found = _COLUMNS.search(attributes)
    if not found:
        return 0
    names = re.split(r"[,;]", found["quoted"] or found["plain"])
    return min(
        sum(int(repeat.group(1)) if (repeat := _REPEAT.match(name.strip())) else 1 for name in names), MAX_COLUMNS
    )


def _take_rows(waiting: list[Cell], width: int, above: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows that the waiting cells fill, taken from them; cells that reach down from above fill theirs too."""
    rows: list[list[Cell]] = []
    while waiting:
        free = width - _count_reaching([*above, *rows])
        taken = 0
        while taken < len(waiting) and free > 0:
            free -= waiting[taken].columns
            taken += 1
        if free > 0 or not taken:
            return rows
        rows.append(waiting[:taken])
        del waiting[:taken]
    return rows


def _count_reaching(rows: Sequence[Sequence[Cell]]) -> int:
    """The columns of the next row that cells of the rows above reach down into."""
    near = list(enumerate(reversed(rows[-20:]), start=1))
    return sum(cell.columns for distance, row in near for cell in row if cell.rows > distance)
