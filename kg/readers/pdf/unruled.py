"""Tables without rules: lines whose stretches stand under each other, joined to the rows of the table."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.readers.hyphens import join_hyphenated
from kg.readers.pdf.lines import Line, Rule

#: Stretches whose left edges differ by less, in points, stand under each other.
MAX_EDGE_SHIFT = 2.5
#: So many lines with several stretches show the columns of a table.
MIN_LINES = 3
#: Lines further apart than this share of the least distance belong to different rows.
MIN_ROW_GAP_SHARE = 1.2
#: Lines of one cell are no further apart than so many letter sizes.
MAX_PITCH_SIZES = 1.7
#: Rows of a table are no further apart than so many letter sizes.
MAX_ROW_SIZES = 4.0
#: A table whose columns part lines has so many at least; its rows of so many cells stand no further apart than this.
MIN_COLUMNS = 3
MAX_RUN_SIZES = 7.0
#: The names of columns stand no higher above their first row, and words of two columns no nearer, in letter sizes.
MAX_HEADER_SIZES = 3.0
MIN_COLUMN_GAP = 0.55
_NUMBER = re.compile(r"[\d.,%€$£+–-]+\s?[A-Za-z%]?")
_Row = list[Line]


def find_starts(rows: Sequence[Sequence[Line]]) -> list[float]:
    """Left edges that stretches behind others have in at least MIN_LINES of the lines."""
    edges = sorted(line.x0 for row in rows for line in row[1:])
    return [
        edge
        for i, edge in enumerate(edges)
        if i + MIN_LINES <= len(edges) and edges[i + MIN_LINES - 1] - edge < MAX_EDGE_SHIFT
    ]


def is_start(line: Line, starts: Sequence[float]) -> bool:
    """Whether a stretch begins where a column of a table does."""
    return any(abs(line.x0 - start) < MAX_EDGE_SHIFT for start in starts)


def find_column_rules(lines: Sequence[Line]) -> list[Rule]:
    """Rules between the columns of tables without drawn ones, where a line runs over the beginning of a column.

    The name of a column may fill it, so that the next name stands no further away than another word.
    """
    rows: list[_Row] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if rows and abs(rows[-1][0].y - line.y) < 0.4 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    wide = [sorted(row, key=lambda line: line.x0) for row in rows if len(row) >= MIN_COLUMNS]
    found: list[Rule] = []
    for run in _find_near(wide):
        size = run[0][0].size
        top, foot = run[0][0].y + MAX_HEADER_SIZES * size, run[-1][0].y - size
        starts = find_starts(run)
        near = [line for line in lines if foot < line.y < top]
        if any(line.x0 < start - size and line.x1 > start + size for line in near for start in starts):
            found += [Rule(start - 0.5, foot, top, MIN_COLUMN_GAP) for start in starts]
    return found


def _find_near(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Runs of at least MIN_LINES rows that stand near each other."""
    runs: list[list[_Row]] = []
    for row in rows:
        if runs and runs[-1][-1][0].y - row[0].y < MAX_RUN_SIZES * row[0].size:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [run for run in runs if len(run) >= MIN_LINES]


def join_cells(rows: Sequence[_Row]) -> list[_Row]:
    """The lines of a column, those of each table row of several lines as one; what is no table stays as it is."""
    joined: list[_Row] = []
    for run in _find_runs(rows):
        joined += _join_run(run)
    return joined


def _find_runs(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Stretches of lines that may be one table, and the lines between them one by one."""
    run: list[_Row] = []
    columns: list[float] = []
    for row in rows:
        starts = [line.x0 for line in row]
        near = bool(run) and 0 < run[-1][0].y - row[0].y < MAX_ROW_SIZES * row[0].size
        several = len(row) > 1 and not row[0].is_row
        if several and (not run or (near and _fits(starts, columns))):
            columns = starts if len(starts) > len(columns) else columns
            run.append(row)
        elif run and near and not row[0].is_row and _fits(starts, columns[1:] if len(run) < 2 else columns):
            run.append(row)
        else:
            if run:
                yield run
            run, columns = ([row], starts) if several else ([], [])
            if not several:
                yield [row]
    if run:
        yield run


def _fits(starts: Sequence[float], columns: Sequence[float]) -> bool:
    """Whether the shorter of two lines of left edges stands under the longer one."""
    few, many = sorted((starts, columns), key=len)
    return bool(few) and all(any(abs(a - b) < MAX_EDGE_SHIFT for b in many) for a in few)


def _join_run(run: list[_Row]) -> list[_Row]:
    """The rows of a table, if a run is one with rows of several lines; else the run without change."""
    while run and len(run[-1]) == 1 and len(run) > 1 and run[-1][0].x1 > max(line.x0 for row in run for line in row):
        return [*_join_run(run[:-1]), run[-1]]  # running text below a table
    gaps = [a[0].y - b[0].y for a, b in itertools.pairwise(run)]
    several = sum(len(row) > 1 for row in run)
    if several < MIN_LINES or not gaps or min(gaps) > MAX_PITCH_SIZES * run[0][0].size:
        return run
    limit = MIN_ROW_GAP_SHARE * min(gaps)
    groups: list[list[_Row]] = [[run[0]]]
    for before, row, gap in zip(run, run[1:], gaps, strict=False):
        names = all(line.bold for line in before) and not any(line.bold for line in row)
        if gap > limit or (names and len(before) > 1):
            groups.append([row])
        else:
            groups[-1].append(row)
    columns = max(([line.x0 for line in row] for row in run), key=len)
    if len(groups) < MIN_LINES or any(_is_list_of_rows(group, len(columns)) for group in groups):
        return run
    return [_merge(group, columns) for group in groups]


def _is_list_of_rows(group: Sequence[_Row], columns: int) -> bool:
    """Whether lines that stand close are rows of their own: every cell of each is filled, or several end in numbers."""
    full = len(group) > 2 and all(len(row) == columns for row in group)
    return full or sum(1 for row in group if _NUMBER.fullmatch(row[-1].text.strip())) > 1


def _merge(group: Sequence[_Row], columns: Sequence[float]) -> _Row:
    """One row of a table: its lines by column, each column's as one."""
    cells: dict[int, list[Line]] = {}
    for line in (line for row in group for line in row):
        nearest = min(range(len(columns)), key=lambda i: abs(columns[i] - line.x0))
        cells.setdefault(nearest, []).append(line)
    return [
        replace(
            lines[0],
            text=join_hyphenated((line.text for line in lines), frozenset()),
            x1=max(line.x1 for line in lines),
            y=group[0][0].y,
            bold=all(line.bold for line in lines),
        )
        for _, lines in sorted(cells.items())
    ]
