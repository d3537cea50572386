"""Headings in the margin: a few words that stand at half the height of the text they head, beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.readers.pdf.lines import Line

MAX_LABEL_LINES = 6
MAX_LABEL_WORDS = 12
MIN_TEXT_LINES = 3
MIN_LETTERS = 3
#: The middles of label and text lie no further apart than this share of the letter size.
MAX_SHIFT_SIZES = 0.6
#: Lines of one text follow each other within so many letter sizes.
MAX_PITCH_SIZES = 1.7


@dataclass(frozen=True, slots=True)
class SideHead:
    """A label and the text beside it, each from top to foot; nothing else stands at their height."""

    label: tuple[Line, ...]
    text: tuple[Line, ...]

    @property
    def top(self) -> float:
        """The height of its first line."""
        return max(line.y for line in (*self.label, *self.text))

    @property
    def foot(self) -> float:
        """The height of its last line."""
        return min(line.y for line in (*self.label, *self.text))


def find_side_heads(lines: Sequence[Line]) -> list[SideHead]:
    """The side heads of a page, from top to foot; the lines of a label are given the width of its longest."""
    ordered = sorted(lines, key=lambda line: -line.y)
    found: list[SideHead] = []
    for label in _group_labels(ordered):
        text = _find_text(label, ordered)
        if text and _is_centred(label, text) and _is_alone(label, text, lines):
            left, right = min(line.x0 for line in label), max(line.x1 for line in label)
            found.append(SideHead(tuple(replace(line, x0=left, x1=right) for line in label), tuple(text)))
    return found


def _group_labels(ordered: Sequence[Line]) -> list[list[Line]]:
    """Short lines that have another line to their right, those that follow each other closely together."""
    groups: list[list[Line]] = []
    for line in ordered:
        beside = any(abs(other.y - line.y) < line.size and other.x0 > line.x1 + line.size for other in ordered)
        if not beside:
            continue
        last = groups[-1][-1] if groups else None
        overlaps = last is not None and min(last.x1, line.x1) > max(last.x0, line.x0)
        if last and overlaps and 0 < last.y - line.y < MAX_PITCH_SIZES * line.size and last.size == line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [group for group in groups if len(group) <= MAX_LABEL_LINES and _names_something(group)]


def _names_something(label: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in label)
    return len(text.split()) <= MAX_LABEL_WORDS and sum(map(str.isalpha, text)) >= MIN_LETTERS


def _find_text(label: Sequence[Line], ordered: Sequence[Line]) -> list[Line]:
    """The lines to the right of a label that begin at one edge and follow each other closely."""
    right, size = max(line.x1 for line in label), label[0].size
    middle = (label[0].y + label[-1].y) / 2
    beside = [line for line in ordered if line.x0 > right + 0.5 * size]
    start = min(beside, key=lambda line: abs(line.y - middle), default=None)
    if start is None:
        return []
    edge = [line for line in beside if abs(line.x0 - start.x0) < 0.5 * size]
    at = edge.index(start)
    first = last = at
    while first and edge[first - 1].y - edge[first].y < MAX_PITCH_SIZES * size:
        first -= 1
    while last + 1 < len(edge) and edge[last].y - edge[last + 1].y < MAX_PITCH_SIZES * size:
        last += 1
    text = edge[first : last + 1]
    return text if len(text) >= max(MIN_TEXT_LINES, len(label)) else []


def _is_centred(label: Sequence[Line], text: Sequence[Line]) -> bool:
    """Whether the middles meet; a label as high as its text is one only if it is bold throughout."""
    shift = (label[0].y + label[-1].y - text[0].y - text[-1].y) / 2
    is_lower = text[0].y - text[-1].y > label[0].y - label[-1].y + 1 or all(line.bold for line in label)
    return abs(shift) < MAX_SHIFT_SIZES * label[0].size and is_lower


def _is_alone(label: Sequence[Line], text: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether nothing else stands at the height of label and text."""
    own = set(map(id, (*label, *text)))
    return not any(
        id(line) not in own and text[-1].y - 0.5 * line.size < line.y < text[0].y + 0.5 * line.size for line in lines
    )
