"""Lines of narrow columns set to both edges, whose few words stand so far apart that they look like cells."""

from collections.abc import Sequence

from kg.readers.pdf.lines import Line
from kg.readers.pdf.rows import merge_all

#: A column is narrow up to so many letter sizes.
MAX_WIDTH_SIZES = 16.0
#: Edges that differ by less, in points, are the same.
MAX_EDGE_SHIFT = 1.5
#: So many whole lines must reach from edge to edge, no further away than so many letter sizes.
MIN_WHOLE_LINES = 3
MAX_REACH_SIZES = 14.0
#: One of them, or of the lines that are joined, stands next to each line.
MAX_PITCH_SIZES = 2.0
#: A page with more such rows is a table.
MAX_ROWS = 300


def join_spread(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those that are the spread words of one line in a narrow column as one."""
    rows = _find_rows(lines)
    if len(rows) > MAX_ROWS:
        return list(lines)
    merged: dict[int, Line] = {}
    dropped: set[int] = set()
    for row in rows:
        if _is_spread(row, lines):
            merged[id(row[0])] = merge_all(row)
            dropped.update(id(line) for line in row[1:])
    return [merged.get(id(line), line) for line in lines if id(line) not in dropped]


def _find_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Stretches that follow each other on one baseline, as the page draws them, within a narrow width."""
    rows: list[list[Line]] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        near = last is not None and abs(last.y - line.y) < 0.1 * line.size and abs(last.size - line.size) < 0.3
        if last and near and last.x1 < line.x0 and line.x1 - rows[-1][0].x0 <= MAX_WIDTH_SIZES * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [row for row in rows if len(row) > 1 and not any(line.is_row for line in row)]


def _is_spread(row: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether whole lines near a row begin where it begins and end where it ends, one of them next to it."""
    first, last = row[0], row[-1]
    same = [
        line
        for line in lines
        if abs(line.x0 - first.x0) < MAX_EDGE_SHIFT
        and abs(line.size - first.size) < 0.3
        and 0 < abs(line.y - first.y) < MAX_REACH_SIZES * first.size
    ]
    whole = [line for line in same if abs(line.x1 - last.x1) < MAX_EDGE_SHIFT]
    beside = any(abs(line.y - first.y) < MAX_PITCH_SIZES * first.size for line in same)
    return beside and len(whole) >= MIN_WHOLE_LINES
