"""Footnotes: small lines at the foot of a column that begin with a mark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.readers.marks import RAISED_CLOSE, RAISED_OPEN, find_numbers
from kg.readers.pdf.lines import Line
from kg.readers.structure.headings import is_reference_heading

#: Footnotes are set smaller than the body by this factor.
MAX_NOTE_FACTOR = 0.93
#: They lie in this lower share of the page's used height.
MAX_NOTE_HEIGHT = 0.55
#: Lines of one footnote follow each other within so many letter sizes; the next one begins with its mark.
MAX_NOTE_PITCH = 2.0
_RAISED_START = re.compile(rf"\s*{RAISED_OPEN}\s*(?P<mark>\d{{1,3}}|[*†‡§a-z])\s*{RAISED_CLOSE}\s*")
_PLAIN_START = re.compile(r"\s*(?P<mark>\d{1,3})\s+(?=\S)")


@dataclass(slots=True)
class Note:
    """A footnote: its mark and its lines, the mark taken off the first."""

    number: str
    lines: list[Line] = field(default_factory=list)


def split_notes(
    lines: Sequence[Line], size: float, *, in_references: bool, is_first: bool = False
) -> tuple[list[Line], list[Note]]:
    """A page's lines without its footnotes, and the footnotes in the order of their marks.

    size: letter size of the body. in_references: a reference list is set small too, so only raised marks count.
    is_first: on a first page small lines under a column are notes even without a mark.
    """
    if not lines:
        return [], []
    top, foot = max(line.y for line in lines), min(line.y for line in lines)
    limit = foot + MAX_NOTE_HEIGHT * (top - foot)
    small = [line for line in lines if line.size <= MAX_NOTE_FACTOR * size and line.y <= limit]
    used = {number for line in lines if line.size > MAX_NOTE_FACTOR * size for number in find_numbers(line.text)}
    is_first = is_first and not any(is_reference_heading(line.text) for line in lines)
    notes: list[Note] = []
    taken: set[int] = set()
    for column in _split_columns(small):
        current: Note | None = None
        for line in sorted(column, key=lambda line: -line.y):
            if _has_body_below(line, lines, size):
                current = None
                continue
            mark, rest = _read_mark(line.text, used, in_references=in_references)
            if mark:
                current = Note(mark, [_with_text(line, rest)])
                notes.append(current)
            elif is_first and (current is None or _stands_apart(current.lines[-1], line)):
                current = Note("", [line])
                notes.append(current)
            elif current is None or _stands_apart(current.lines[-1], line):
                current = None
                continue
            else:
                current.lines.append(line)
            taken.add(id(line))
    return [line for line in lines if id(line) not in taken], sorted(notes, key=_order)


def _stands_apart(before: Line, line: Line) -> bool:
    return before.y - line.y > MAX_NOTE_PITCH * line.size or line.text.lstrip().startswith(("*", "✉"))


def _order(note: Note) -> tuple[int, str]:
    return (int(note.number), "") if note.number.isdecimal() else (0, note.number)


def _split_columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Small lines grouped by their left edges, a column each."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.x0):
        group = next((g for g in groups if any(_overlap(line, other) for other in g)), None)
        if group is None:
            groups.append([line])
        else:
            group.append(line)
    return groups


def _overlap(first: Line, second: Line) -> bool:
    return min(first.x1, second.x1) - max(first.x0, second.x0) > 0


def _has_body_below(line: Line, lines: Sequence[Line], size: float) -> bool:
    """Whether text of the body's size stands below the line in its column."""
    return any(
        other.y < line.y - 1 and other.size > MAX_NOTE_FACTOR * size and _overlap(line, other) for other in lines
    )


def _read_mark(text: str, used: set[str], *, in_references: bool) -> tuple[str, str]:
    """The mark a footnote begins with and its text, ("", text) if it begins none."""
    found = _RAISED_START.match(text)
    if found and not text[found.end() :].lstrip().startswith(("st ", "nd ", "rd ", "th ")):
        return found.group("mark"), text[found.end() :]
    found = _PLAIN_START.match(text)
    if found and not in_references and found.group("mark") in used:
        return found.group("mark"), text[found.end() :]
    return "", text


def _with_text(line: Line, text: str) -> Line:
    return Line(text, line.page, line.x0, line.x1, line.y, line.size, line.bold, line.italic, 0, line.font)
