"""Tables with drawn rules: the lines between them to one line a row, its cells parted by bars."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.readers.hyphens import join_hyphenated
from kg.readers.pdf.bullets import Shape
from kg.readers.pdf.lines import Line, Rule
from kg.readers.spans import MAX_REPEATED_CHARS, MAX_SPAN
from kg.readers.structure.markers import BULLET, find_marker

#: A rule is no thicker and no shorter than this, in points.
MAX_THICKNESS = 2.5
MIN_LENGTH = 6.0
#: Rules that come as near as this touch.
MAX_GAP = 3.0
#: A page with more rules is a drawing.
MAX_RULES = 4000
#: Rules are looked for near each other in squares of this side; none reaches over more of them.
SQUARE_POINTS = 24.0
MAX_SQUARES = 200
MIN_FILLED_SHARE = 0.5
#: A schedule has so many rows at least; columns count as full with this share of them.
MIN_SCHEDULE_ROWS = 4
MIN_FULL_SHARE = 0.75
#: The border of a column runs along this share of a table's height at least, that of a row of its width.
MIN_COLUMN_POINTS = 9.0
MIN_UPRIGHT_SHARE = 0.35
MIN_LEVEL_SHARE = 0.2
MAX_CELL_LINES = 12


@dataclass(frozen=True, slots=True)
class Grid:
    """The places of a table's rules, from left to right and from top to foot, and its upright rules as drawn.

    levels: place, left and right end of its level rules as drawn.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    uprights: tuple[Rule, ...] = ()
    levels: tuple[tuple[float, float, float], ...] = ()

    def find_cell(self, line: Line) -> tuple[int, int] | None:
        """Row and column that a line stands in, None if it lies outside."""
        middle, start = line.y + 0.3 * line.size, line.x0 + min(1.0, (line.x1 - line.x0) / 2)
        row = next((i for i in range(len(self.ys) - 1) if self.ys[i + 1] <= middle < self.ys[i]), None)
        column = next((i for i in range(len(self.xs) - 1) if self.xs[i] <= start < self.xs[i + 1]), None)
        return None if row is None or column is None else (row, column)


def is_table(grid: Grid, lines: Sequence[Line]) -> bool:
    """Whether a grid is a table: most of its cells are filled, none with a text of its own."""
    cells = fill_cells(grid, lines)
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    if len(rows) < 2 or len(columns) < 2:
        return False
    is_filled = len(cells) >= MIN_FILLED_SHARE * len(rows) * (len(grid.xs) - 1)
    return (is_filled or _is_schedule(cells, len(rows))) and not any(map(_holds_text, cells.values()))


def _is_schedule(cells: Collection[tuple[int, int]], rows: int) -> bool:
    """Whether the first columns are filled from top to foot, and the others hold bars or crosses below their names."""
    filled = Counter(column for _, column in cells)
    full = [column for column, count in filled.items() if count >= MIN_FULL_SHARE * rows]
    return rows >= MIN_SCHEDULE_ROWS and len(full) > 1 and min(filled) in full


def join_rows(lines: Sequence[Line], tables: Sequence[Grid]) -> list[Line]:
    """The lines of a page, those of each table as one line a row ("cell | cell"), in the place of its first."""
    joined = list(lines)
    for grid in tables:
        joined = _join_table(joined, grid)
    return joined


def find_grids(boxes: Sequence[Shape]) -> list[Grid]:
    """The grids of at least two rows and two columns that the rules among the boxes make, page order left open."""
    rules = [rule for box in boxes if not box.is_curved for rule in _find_rules(box)]
    if len(rules) > MAX_RULES:
        return []
    grids: list[Grid] = []
    for group in _group_touching(rules):
        upright = [((rule.x0 + rule.x1) / 2, rule.y0, rule.y1) for rule in group if _is_upright(rule)]
        level = [((rule.y0 + rule.y1) / 2, rule.x0, rule.x1) for rule in group if not _is_upright(rule)]
        xs = _merge(_find_places(upright, MIN_UPRIGHT_SHARE), least=MIN_COLUMN_POINTS)
        ys = _find_places(level, MIN_LEVEL_SHARE)
        if len(xs) > 2 and len(ys) > 2:
            uprights = tuple(Rule((rule.x0 + rule.x1) / 2, rule.y0, rule.y1) for rule in group if _is_upright(rule))
            grids.append(Grid(tuple(xs), tuple(reversed(ys)), uprights, tuple(level)))
    return grids


def _find_places(rules: Sequence[tuple[float, float, float]], least: float) -> list[float]:
    """The places of parallel rules that run along at least this share of all, from where they begin to where they end.

    What is shorter is the outline of a picture, or of letters of a watermark; what reaches no edge is a bar in a cell.
    """
    if not rules:
        return []
    first, last = min(start for _, start, _ in rules), max(end for _, _, end in rules)
    places = _merge([place for place, _, _ in rules])
    lengths = dict.fromkeys(places, 0.0)
    reached = dict.fromkeys(places, float("-inf"))
    starts: dict[float, float] = {}
    for place, start, end in sorted(rules, key=lambda rule: rule[1]):
        nearest = places[max(bisect_right(places, place) - 1, 0)]
        lengths[nearest] += max(0.0, end - max(start, reached[nearest]))
        reached[nearest] = max(reached[nearest], end)
        starts.setdefault(nearest, start)
    at_edge = {place for place, start in starts.items() if start < first + MAX_GAP or reached[place] > last - MAX_GAP}
    return [place for place in places if place in at_edge and lengths[place] >= least * (last - first)]


def _find_rules(box: Shape) -> list[Shape]:
    """The box itself if it is a rule, the edges of a larger one, nothing of a dot."""
    width, height = box.x1 - box.x0, box.y1 - box.y0
    if min(width, height) <= MAX_THICKNESS:
        return [box] if max(width, height) >= MIN_LENGTH else []
    if min(width, height) < MIN_LENGTH:
        return []
    return [
        Shape(box.x0, box.y0, box.x0, box.y1),
        Shape(box.x1, box.y0, box.x1, box.y1),
        Shape(box.x0, box.y0, box.x1, box.y0),
        Shape(box.x0, box.y1, box.x1, box.y1),
    ]


def _is_upright(rule: Shape) -> bool:
    return rule.y1 - rule.y0 > rule.x1 - rule.x0


def _group_touching(rules: Sequence[Shape]) -> list[list[Shape]]:
    """Rules that touch each other, directly or through others; found by the squares of the page that each crosses."""
    leaders = list(range(len(rules)))

    def find(i: int) -> int:
        while leaders[i] != i:
            leaders[i] = i = leaders[leaders[i]]
        return i

    squares: dict[tuple[int, int], list[int]] = {}
    for i, rule in enumerate(rules):
        for square in _find_squares(rule):
            near = squares.setdefault(square, [])
            for j in near:
                if find(i) != find(j) and _touches(rule, rules[j]):
                    leaders[find(i)] = find(j)
            near.append(i)
    groups: dict[int, list[Shape]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(find(i), []).append(rule)
    return list(groups.values())


def _find_squares(rule: Shape) -> Iterator[tuple[int, int]]:
    """The squares of the page that a rule crosses, and those it nearly touches."""
    left, foot = int((rule.x0 - MAX_GAP) // SQUARE_POINTS), int((rule.y0 - MAX_GAP) // SQUARE_POINTS)
    right, top = int((rule.x1 + MAX_GAP) // SQUARE_POINTS), int((rule.y1 + MAX_GAP) // SQUARE_POINTS)
    for x in range(left, min(right, left + MAX_SQUARES) + 1):
        for y in range(foot, min(top, foot + MAX_SQUARES) + 1):
            yield x, y


def _touches(first: Shape, second: Shape) -> bool:
    return (
        first.x0 - MAX_GAP <= second.x1
        and second.x0 - MAX_GAP <= first.x1
        and first.y0 - MAX_GAP <= second.y1
        and second.y0 - MAX_GAP <= first.y1
    )


def _merge(places: Sequence[float], *, least: float = 2 * MAX_GAP) -> list[float]:
    """Places in ascending order, those of the two sides of one rule as one."""
    merged: list[float] = []
    for place in sorted(places):
        if not merged or place - merged[-1] > least:
            merged.append(place)
    return merged


def fill_cells(grid: Grid, lines: Sequence[Line]) -> dict[tuple[int, int], list[Line]]:
    """Row and column -> the lines of that cell."""
    cells: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        if cell := grid.find_cell(line):
            cells.setdefault(cell, []).append(line)
    return cells


def _join_table(lines: Sequence[Line], grid: Grid) -> list[Line]:
    """The lines with those inside the grid joined by rows."""
    cells = fill_cells(grid, lines)
    inside = {id(line) for cell in cells.values() for line in cell}
    cells = _spread_cells(cells, grid)
    rows = sorted({row for row, _ in cells})
    made = [make_row([cells[key] for key in sorted(cells) if key[0] == row], grid) for row in rows]
    if all(row.bold for row in made):  # then the first is no more a header than the others
        made = [replace(row, bold=False) for row in made]
    first = next((i for i, line in enumerate(lines) if id(line) in inside), len(lines))
    return [*lines[:first], *made, *(line for line in lines[first:] if id(line) not in inside)]


def _spread_cells(cells: dict[tuple[int, int], list[Line]], grid: Grid) -> dict[tuple[int, int], list[Line]]:
    """Cells with the short text of one that reaches over several rows in each of them."""
    spread = dict(cells)
    columns = len(grid.xs) - 1
    filled = Counter(row for row, _ in cells)
    borders = [
        [rule for rule in grid.levels if abs(rule[0] - place) <= 2 * MAX_GAP] for place in grid.ys[1:-1][:MAX_SPAN]
    ]
    for column in range(columns):
        for rows in _find_open_rows(borders, (grid.xs[column] + grid.xs[column + 1]) / 2):
            held = [line for row in rows for line in cells.get((row, column), ())]
            beside = all(filled[row] > ((row, column) in cells) for row in rows)
            if held and beside and sum(len(line.text) for line in held) <= MAX_REPEATED_CHARS:
                spread |= {(row, column): held for row in rows}
    return spread


def _find_open_rows(borders: Sequence[Sequence[tuple[float, float, float]]], x: float) -> Iterator[list[int]]:
    """Runs of several rows that no level rule parts at a place, where rules are drawn that part others.

    borders: the rules between each row and the next.
    """
    rows = [0]
    for row, near in enumerate(borders, start=1):
        if not near or any(left - MAX_GAP < x < right + MAX_GAP for _, left, right in near):
            if len(rows) > 1:
                yield rows
            rows = []
        rows.append(row)
    if len(rows) > 1:
        yield rows


def _holds_text(cell: Sequence[Line]) -> bool:
    """Whether a cell holds what is a text of its own, so that its table is a box or only arranges the page."""
    items = sum(1 for line in cell if BULLET.match(line.text.lstrip()) or find_marker(line.text.lstrip()))
    return len(cell) > MAX_CELL_LINES or items > 1


def make_row(cells: Sequence[Sequence[Line]], grid: Grid) -> Line:
    """The filled cells of one row as a line as wide as its table."""
    ordered = [sorted(cell, key=lambda line: (-round(line.y), line.x0)) for cell in cells]
    texts = [join_hyphenated((line.text for line in cell), frozenset()) for cell in ordered]
    top = max((line for cell in cells for line in cell), key=lambda line: line.y)
    bold = all(line.bold for cell in cells for line in cell)
    return replace(top, text=" | ".join(texts), x0=grid.xs[0], x1=grid.xs[-1], bold=bold, lead=0, is_row=True)
