"""The reading order of a page: bands across it, columns within them.

After the recursive X-Y cut (Nagy and Seth 1984), with lines that span a gutter parting the page into bands first.
"""

import itertools
import re
import statistics
from collections.abc import Collection, Sequence

from kg.readers.pdf.lines import Line
from kg.readers.pdf.side_heads import find_side_heads
from kg.readers.structure.markers import BULLET, find_marker

#: A gutter is at least this many letter sizes wide.
MIN_GUTTER_SIZES = 0.9
#: Each side of a gutter holds at least so many lines that stand beside one of the other side.
MIN_SIDE_LINES = 2
MAX_DEPTH = 12
#: A blank strip across all columns of so many line distances parts them.
MIN_STRIP_LINES = 2.4
MIN_FIGURE_LINES = 4
_INFO = re.compile(r"(?:key ?words|article info|a\s?r\s?t\s?i\s?c\s?l\s?e\s+i\s?n\s?f\s?o)\b", re.IGNORECASE)
#: A column beside an abstract, with its keywords, holds so many lines at least.
MIN_ASIDE_LINES = 3
#: Labels beside a text hold at most this share of its words.
MAX_LABEL_SHARE = 0.4
MAX_LABEL_WORDS = 4
#: A line stands in the middle if it is off by no more than this share of the width.
CENTRED_SHARE = 0.015
#: Values behind the names of rows, and how many rows make a table.
MAX_VALUE_WORDS = 3
MIN_ROWS = 3


def order_page(lines: Sequence[Line], *, tables: bool = True) -> list[list[Line]]:
    """The lines of a page as stretches of one column each, in reading order, each from top to foot.

    tables: whether short stretches side by side are rows; the names over an article are columns.
    """
    regions: list[list[Line]] = []
    rest = list(lines)
    for head in find_side_heads(lines) if tables else ():
        regions += _order([line for line in rest if line.y > head.top], tables=tables)
        regions += [list(head.label), list(head.text)]
        rest = [line for line in rest if line.y < head.foot]
    return regions + _order(rest, tables=tables)


def _order(lines: list[Line], *, tables: bool) -> list[list[Line]]:
    return [_sort(region) for region in _cut(lines, 0, tables=tables) if region]


def _sort(lines: Sequence[Line]) -> list[Line]:
    """Lines from top to foot; those on one baseline from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if rows and abs(rows[-1][0].y - line.y) < 0.4 * min(rows[-1][0].size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.x0)]


def _cut(lines: list[Line], depth: int, *, tables: bool) -> list[list[Line]]:
    if len(lines) < 2 * MIN_SIDE_LINES or depth > MAX_DEPTH:
        return [lines]
    gutter = find_gutter(lines, tables=tables)
    if gutter is None:
        return [lines]
    left = [line for line in lines if line.x1 <= gutter]
    right = [line for line in lines if line.x0 >= gutter]
    is_clear = len(left) + len(right) == len(lines)
    if is_clear and (centred := _find_centred(left, right)):
        bands = _part_at(lines, centred)
        return [region for band in bands for region in _cut(band, depth + 1, tables=tables)]
    labelled = _split_by_labels(left, right) if is_clear else []
    if labelled:
        return labelled
    stretches = _cut_across(lines)
    if len(stretches) > 1:
        return [region for stretch in stretches for region in _cut(stretch, depth + 1, tables=tables)]
    if is_clear:
        return _cut(left, depth + 1, tables=tables) + _cut(right, depth + 1, tables=tables)
    regions: list[list[Line]] = []
    for is_split, band in _find_bands(lines, gutter):
        regions += _cut(band, depth + 1, tables=tables) if is_split or _has_narrow_side(band) else [band]
    return regions


def _has_narrow_side(band: Sequence[Line]) -> bool:
    """Whether lines that cross the gutter of a page stand beside others in a column of their own, parted elsewhere."""
    gutter = find_gutter(band) if len(band) >= 2 * MIN_ASIDE_LINES else None
    if gutter is None:
        return False
    left = [line for line in band if line.x1 <= gutter]
    right = [line for line in band if line.x0 >= gutter]
    return len(left) + len(right) == len(band) and min(len(left), len(right)) >= MIN_ASIDE_LINES


def _find_centred(left: Sequence[Line], right: Sequence[Line]) -> set[int]:
    """Headings over both sides of a gutter: in the middle, bold, large or in capitals, with nothing beside them."""
    usual = statistics.median(line.size for line in right)
    first, last = min(line.x0 for line in left), max(line.x1 for line in right)
    near = CENTRED_SHARE * (last - first)
    set_off = [line for line in right if line.bold or line.size > 1.08 * usual or line.text.isupper()]
    centred = [
        line for line in set_off if abs(line.x0 + line.x1 - first - last) < 2 * near and line.x1 < last - 5 * near
    ]
    heights = sorted(line.y for line in left)
    return {id(line) for line in centred if not any(abs(height - line.y) < 0.8 * line.size for height in heights)}


def _part_at(lines: Sequence[Line], chosen: Collection[int]) -> list[list[Line]]:
    """Lines from top to foot, parted before and behind those chosen."""
    bands: list[list[Line]] = []
    was_chosen: bool | None = None
    for line in _sort(lines):
        if (id(line) in chosen) != was_chosen:
            bands.append([])
        was_chosen = id(line) in chosen
        bands[-1].append(line)
    return bands


def _split_by_labels(left: Sequence[Line], right: Sequence[Line]) -> list[list[Line]]:
    """Labels on the left, each beside its text on the right: label and text in turn; nothing if they are no labels.

    The border between two texts is the widest gap on the right between the middles of their labels.
    """
    if any(_INFO.match(line.text.strip()) for line in left):
        return []  # the facts of an article beside its abstract
    foot = min(line.y for line in right)
    below = [line for line in left if line.y < foot - 1.5 * line.size]
    left = [line for line in left if line.y >= foot - 1.5 * line.size]
    words = [sum(len(line.text.split()) for line in side) for side in (left, right)]
    labels = _group_close(left)
    if words[0] > MAX_LABEL_SHARE * words[1] or words[0] > MAX_LABEL_WORDS * len(left) or len(labels) < MIN_SIDE_LINES:
        return []
    middles = [(label[0].y + label[-1].y) / 2 for label in labels]
    ordered = sorted(right, key=lambda line: -line.y)
    borders: list[float] = []
    for upper, lower in itertools.pairwise(middles):
        gaps = [
            (a.y - b.y, (a.y + b.y) / 2)
            for a, b in itertools.pairwise(ordered)
            if lower - b.size < (a.y + b.y) / 2 < upper
        ]
        if not gaps:
            return []
        borders.append(max(gaps)[1])
    regions: list[list[Line]] = []
    for label, top, end in zip(labels, [float("inf"), *borders], [*borders, float("-inf")], strict=True):
        regions += [label, [line for line in ordered if end < line.y <= top]]
    return [region for region in (*regions, below) if region]


def _group_close(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines from top to foot, parted where they stand further apart than lines of one paragraph."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if groups and groups[-1][-1].y - line.y < 1.35 * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _cut_across(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines parted where a blank strip runs across all columns."""
    ordered = sorted(lines, key=lambda line: -line.y)
    gaps = sorted(a.y - b.y for a, b in itertools.pairwise(ordered) if a.y - b.y > 0.5 * b.size)
    pitch = gaps[len(gaps) // 2] if gaps else 0.0
    stretches: list[list[Line]] = [[ordered[0]]]
    for above, line in itertools.pairwise(ordered):
        if above.y - line.y > max(MIN_STRIP_LINES * pitch, 2.0 * line.size):
            stretches.append([])
        stretches[-1].append(line)
    return stretches


def has_columns(regions: Sequence[Sequence[Line]]) -> bool:
    """Whether two stretches of a page stand side by side for at least four lines."""
    boxes = [
        (min(line.x0 for line in region), max(line.x1 for line in region), region[-1].y, region[0].y)
        for region in regions
        if len(region) >= MIN_FIGURE_LINES
    ]
    return any(
        (a[1] <= b[0] or b[1] <= a[0]) and min(a[3], b[3]) - max(a[2], b[2]) > 0
        for a, b in itertools.combinations(boxes, 2)
    )


def is_figure(lines: Sequence[Line], size: float) -> bool:
    """Whether a stretch holds the labels of a drawing: a few words here and there, no sentence, no list."""
    if len(lines) < MIN_FIGURE_LINES:
        return False
    texts = [line.text.strip() for line in lines]
    short = sum(1 for text in texts if len(text.split()) <= 4 and not text.endswith((".", ";", ":", ",")))
    listed = any(BULLET.match(text) or find_marker(text) for text in texts)
    lefts = {round(line.x0 / 3) for line in lines}
    return (
        short > 0.8 * len(texts)
        and not listed
        and len(lefts) > 0.5 * len(texts)
        and max(line.size for line in lines) < 1.5 * size
    )


def find_gutter(lines: Sequence[Line], *, tables: bool = True) -> float | None:
    """The x of the best gutter, None if the lines stand in one column.

    The best has the most lines beside each other on both sides, and fewer lines across it than beside it.
    """
    best, best_score = None, 0.0
    for x in _find_candidates(lines):
        left = [line for line in lines if line.x1 <= x]
        right = [line for line in lines if line.x0 >= x]
        if min(len(left), len(right)) < MIN_SIDE_LINES:
            continue
        beside = _count_beside(left, right)
        across = len(lines) - len(left) - len(right)
        if beside < MIN_SIDE_LINES or (tables and _is_table(left, right)):
            continue
        score = beside - 0.1 * across
        if score > best_score:
            best, best_score = x, score
    return best


def _find_candidates(lines: Sequence[Line]) -> list[float]:
    """Left ends of lines that have a gap to whatever stands to their left on the same height."""
    starts = sorted({round(line.x0) for line in lines})
    groups: list[int] = []
    for start in starts:
        if not groups or start - groups[-1] > 4:
            groups.append(start)
    size = min(line.size for line in lines)
    return [group - MIN_GUTTER_SIZES * size / 2 - 1 for group in groups[1:]]


def _count_beside(left: Sequence[Line], right: Sequence[Line]) -> int:
    """Lines of the right side that have one of the left side within half a line's height."""
    heights = sorted(line.y for line in left)
    count = 0
    for line in right:
        reach = 0.8 * line.size
        count += any(abs(height - line.y) < reach for height in heights)
    return count


def _is_table(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the two sides are the cells of rows: short stretches on the same baselines."""
    if all(sum(1 for line in side if BULLET.match(line.text.strip())) >= MIN_SIDE_LINES for side in (left, right)):
        return False  # lists side by side
    words = [len(line.text.split()) for line in (*left, *right)]
    narrow = sum(1 for count in words if count <= MAX_LABEL_WORDS)
    return narrow > 0.7 * len(words) or _has_values(left, right)


def _has_values(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the right side holds a few words each behind names on the left, which end where they please."""
    rows = [
        (next((line for line in left if abs(line.y - value.y) < 0.15 * value.size), None), value) for value in right
    ]
    names = list({id(name): name for name, _ in rows if name}.values())
    short = sum(1 for name, value in rows if name and len(value.text.split()) <= MAX_VALUE_WORDS)
    reach = max((name.x1 for name in names), default=0.0)
    full = sum(1 for name in names if name.x1 > reach - name.size)
    return len(names) >= MIN_ROWS and short >= 0.8 * len(right) and 2 * full <= len(names)


def _find_bands(lines: Sequence[Line], gutter: float) -> list[tuple[bool, list[Line]]]:
    """Runs of lines from top to foot: (True, lines beside the gutter) and (False, lines across it)."""
    bands: list[tuple[bool, list[Line]]] = []
    for line in _sort(lines):
        is_across = line.x0 < gutter < line.x1
        if not bands or bands[-1][0] == is_across:
            bands.append((not is_across, []))
        bands[-1][1].append(line)
    merged: list[tuple[bool, list[Line]]] = []
    for band in (_check_band(band, gutter) for band in bands):
        if merged and not merged[-1][0] and not band[0]:
            merged[-1][1].extend(band[1])
        else:
            merged.append(band)
    return merged


def _check_band(band: tuple[bool, list[Line]], gutter: float) -> tuple[bool, list[Line]]:
    """A run beside the gutter counts as columns only if it has lines on both sides."""
    is_split, lines = band
    sides = {line.x0 >= gutter for line in lines}
    return (is_split and len(sides) == 2, lines)
