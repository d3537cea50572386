"""Stretches on one baseline: one line with gaps, a number before its title, or the cells of a row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.readers.pdf.lines import Line
from kg.readers.pdf.unruled import find_starts, is_start, join_cells

#: Stretches closer than this many letter sizes are one line; behind a number or bullet the gap may be wider.
MAX_GAP_SIZES = 2.2
MAX_MARK_GAP_SIZES = 7.0
_MARK = re.compile(r"\W*(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,4})?\W*")


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge of a column and the usual distance of its lines, in points."""

    left: float
    right: float
    pitch: float


def group_rows(lines: Sequence[Line], margins: Margins) -> list[list[Line]]:
    """Lines on one baseline together; what is one line with gaps in it is made one."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][-1].y - line.y) < 0.4 * line.size and line.x0 >= rows[-1][-1].x1 - 1:
            rows[-1].append(line)
        else:
            rows.append([line])
    has_text = any(len(row) == 1 and _reaches_edges(row, margins) for row in rows)
    justified = {i for i, row in enumerate(rows) if has_text and _is_justified(row, margins)}
    starts = find_starts([row for i, row in enumerate(rows) if i not in justified])
    return join_cells([[merge_all(row)] if i in justified else _join_near(row, starts) for i, row in enumerate(rows)])


def _join_near(row: Sequence[Line], starts: Sequence[float]) -> list[Line]:
    """The stretches of a baseline, those that belong together as one."""
    joined = [row[0]]
    for line in row[1:]:
        if _belongs(joined[-1], line, starts, is_first=len(joined) == 1):
            joined[-1] = merge(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _belongs(before: Line, line: Line, starts: Sequence[float], *, is_first: bool) -> bool:
    """Whether two stretches on one baseline are one: a short gap, or a number or bullet before its text.

    starts: left edges of the columns of a table, where no stretch goes on with the one before it.
    is_first: nothing stands before the first of them; behind the name of a row a number is a value.
    """
    gap = line.x0 - before.x1
    is_mark = is_first and _MARK.fullmatch(before.text.strip()) is not None
    short = gap < MAX_GAP_SIZES * line.size and not is_start(line, starts)
    return short or (is_mark and gap < MAX_MARK_GAP_SIZES * line.size)


def _is_justified(row: Sequence[Line], margins: Margins) -> bool:
    """Whether a row is a line of few words spread to both edges: every stretch is one word."""
    words = all(len(line.text.split()) == 1 for line in row)
    return len(row) > 2 and words and _reaches_edges(row, margins)


def _reaches_edges(row: Sequence[Line], margins: Margins) -> bool:
    return abs(row[0].x0 - margins.left) < 1.5 and abs(row[-1].x1 - margins.right) < 1.5


def merge(before: Line, line: Line) -> Line:
    """Two stretches of one baseline as one line."""
    lead = len(before.text) + 1 + line.lead if before.lead >= len(before.text.rstrip()) else before.lead
    text = f"{before.text.rstrip()} {line.text}"
    return replace(
        line, text=text, x0=before.x0, size=max(before.size, line.size), bold=before.bold or line.bold, lead=lead
    )


def merge_all(row: Sequence[Line]) -> Line:
    """All stretches of a row as one line."""
    merged = row[0]
    for line in row[1:]:
        merged = merge(merged, line)
    return merged
