"""Lines of a column to paragraphs, headings, items and rows."""

import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.readers.hyphens import join_hyphenated
from kg.readers.marks import RAISED_OPEN
from kg.readers.pdf.lines import Line
from kg.readers.structure.chunks import is_done
from kg.readers.structure.fields import find_field
from kg.readers.structure.markers import BULLET, find_marker

#: Lines further apart than this share of the usual distance belong to different paragraphs.
MAX_PITCH_SHARE = 1.3
MIN_INDENT_SIZES = 0.8
MAX_SIZE_CHANGE = 0.06
MAX_HEADING_LINES = 5
_ENTRY = re.compile(r"\[\s*\d{1,3}\s*\]|\(?\d{1,3}[.)]\s")
CAPTION = re.compile(
    r"(?:Figure|Fig\.?|Table|Tab\.|Chart|Graph|Box)\s*\d+(?:\.\d+)*\s*[.:|–—-]|(?:Figure|Fig\.|Table)\s*\d+\s+[A-Z]|(?:FIGURE|TABLE)\s+(?:\d+|[IVX]+)"
)


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge of a column and the usual distance of its lines, in points."""

    left: float
    right: float
    pitch: float


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. rows: cells of a table, row by row, instead of lines."""

    lines: list[Line] = field(default_factory=list)
    is_row: bool = False

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.lines[-1]

    def write(self, words: frozenset[str]) -> str:
        """Its text on one line, words cut at line ends mended."""
        if self.is_row:
            return " | ".join(" ".join(line.text.split()) for line in self.lines)
        return join_hyphenated((" ".join(line.text.split()) for line in self.lines), words)

    def measure_lead(self) -> int:
        """Length of the bold text it begins with, as far as its first lines go."""
        length = 0
        for line in self.lines:
            text = " ".join(line.text.split())
            if line.lead < len(line.text.rstrip()):
                return length + min(len(" ".join(line.text[: line.lead].split())), len(text))
            length += len(text) + 1
        return max(length - 1, 0)


def find_margins(lines: Sequence[Line]) -> Margins:
    """The edges of a column and its usual line distance."""
    lefts = sorted(line.x0 for line in lines)
    rights = sorted(line.x1 for line in lines)
    gaps = [a.y - b.y for a, b in itertools.pairwise(lines) if 0 < a.y - b.y < 3 * a.size]
    pitch = statistics.mode([round(gap, 0) for gap in gaps]) if gaps else 1.2 * lines[0].size
    return Margins(lefts[len(lefts) // 20], rights[-1 - len(rights) // 20], max(pitch, 1.0))


def find_paragraphs(lines: Sequence[Line], size: float, *, in_references: bool = False) -> list[Paragraph]:
    """The paragraphs of one column, its lines given from top to foot.

    size: letter size of the document's body. in_references: whether the column lies in a reference list.
    """
    margins = find_margins(lines)
    paragraphs: list[Paragraph] = []
    for row in _group_rows(lines):
        if paragraphs and _is_side_label(row, paragraphs[-1]):
            paragraphs.insert(-1, Paragraph([row[0]]))
            paragraphs[-1].lines.append(row[1])
            continue
        if len(row) > 1 and not in_references:
            paragraphs.append(Paragraph(list(row), is_row=True))
            continue
        for line in row:
            last = paragraphs[-1] if paragraphs else None
            if last is None or last.is_row or _starts_anew(last, line, (margins, size), in_references=in_references):
                paragraphs.append(Paragraph([line]))
            else:
                last.lines.append(line)
    return _drop_single_rows(paragraphs)


def _is_side_label(row: Sequence[Line], last: Paragraph) -> bool:
    """Whether a row is a label in the margin and a line that goes on with the paragraph above it."""
    if len(row) != 2 or last.is_row:
        return False
    label, line = row
    before = last.last
    goes_on = abs(before.x0 - line.x0) < 3 and before.y - line.y < 1.6 * line.size and label.x1 < before.x0
    return goes_on and abs(before.size - line.size) < 0.5 and len(label.text.split()) <= 6


def _group_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines on one baseline together; a number and the title behind it count as one line."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][-1].y - line.y) < 0.4 * line.size and line.x0 >= rows[-1][-1].x1 - 1:
            before = rows[-1][-1]
            if _belongs(before, line):
                rows[-1][-1] = _merge(before, line)
            else:
                rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _belongs(before: Line, line: Line) -> bool:
    """Whether two stretches on one baseline are one: a short gap, or a number or bullet before its text."""
    gap = line.x0 - before.x1
    is_mark = re.fullmatch(r"\W*(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,4})?\W*", before.text.strip()) is not None
    return gap < 2.2 * line.size or (is_mark and gap < 7 * line.size)


def _merge(before: Line, line: Line) -> Line:
    bold = before.bold and line.bold
    lead = len(before.text) + 1 + line.lead if before.lead >= len(before.text.rstrip()) else before.lead
    return Line(
        f"{before.text.rstrip()} {line.text}", line.page, before.x0, line.x1, line.y, max(before.size, line.size),
        bold=bold or line.bold, italic=line.italic, lead=lead, font=line.font,
    )  # fmt: skip


def _drop_single_rows(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Rows that stand alone are lines with a gap, not a table."""
    for i, paragraph in enumerate(paragraphs):
        near = paragraphs[max(i - 2, 0) : i] + paragraphs[i + 1 : i + 3]
        if paragraph.is_row and not any(other.is_row for other in near):
            paragraph.is_row = False
            merged = paragraph.lines[0]
            for line in paragraph.lines[1:]:
                merged = _merge(merged, line)
            paragraph.lines = [merged]
    return paragraphs


def _starts_anew(last: Paragraph, line: Line, column: tuple[Margins, float], *, in_references: bool) -> bool:
    """Whether a line begins a new paragraph."""
    margins, size = column
    before, text = last.last, line.text.strip()
    gap = before.y - line.y
    if gap > MAX_PITCH_SHARE * max(margins.pitch, 1.0 * line.size) or gap < 0:
        return True
    if _changes_style(last, line):
        return True
    if before.size > 1.15 * size and before.bold == line.bold:
        # Lines of one large heading, broken to balance them.
        return bool(find_marker(text) or find_field(text)) or len(last.lines) >= MAX_HEADING_LINES
    if in_references:
        return text.startswith("©") or _starts_entry(last, line, margins)
    if BULLET.match(text) or CAPTION.match(text) or text.startswith("©"):
        return True
    ended = _leaves_room(before, line, margins)
    field = find_field(text)
    if field and (ended or (field.name in {"abstract", "keywords"} and is_done(before.text))):
        return True
    marker = find_marker(text)
    if (
        marker
        and marker.style != "decimal1"
        and not marker.style.startswith("word")
        and (ended or is_done(before.text))
    ):
        return True
    if marker and (is_done(before.text) or ended) and text[marker.length - 2 : marker.length - 1] in ".)":
        return True
    if text.startswith(RAISED_OPEN) and (is_done(before.text) or ended):
        return True
    indented = (
        line.x0 - last.first.x0 > MIN_INDENT_SIZES * line.size and line.x0 - before.x0 > MIN_INDENT_SIZES * line.size
    )
    if indented and len(last.lines) > 1:
        return True
    if before.x0 - line.x0 > 1.5 * line.size and len(last.lines) > 1:
        return True
    starts_new = text[:1].isupper() or not text[:1].isalpha()
    return ended and (is_done(before.text) or (starts_new and not _is_open(before.text)))


def _is_open(text: str) -> bool:
    """Whether a line plainly goes on: it ends in a comma, a hyphen or a short connecting word."""
    return text.rstrip().endswith((",", "-", "–")) or text.split()[-1:] in (
        [w] for w in ("and", "of", "the", "for", "to", "in", "&", "or", "with", "a", "on")
    )


def _changes_style(last: Paragraph, line: Line) -> bool:
    """Whether a line is set larger, smaller, bolder or lighter as a whole than the lines before it."""
    before = last.last
    if abs(before.size - line.size) > MAX_SIZE_CHANGE * before.size:
        return True
    whole_before = before.lead >= len(before.text.rstrip())
    whole = line.lead >= len(line.text.rstrip())
    if whole_before and not line.bold and line.lead == 0:
        return len(last.lines) == 1 or all(other.lead >= len(other.text.rstrip()) for other in last.lines)
    return (
        whole
        and before.lead == 0
        and not before.bold
        and (is_done(before.text) or find_marker(line.text.strip()) is not None)
    )


def _leaves_room(before: Line, line: Line, margins: Margins) -> bool:
    """Whether the first word of the next line would have fitted behind the line before: it was ended on purpose."""
    words = line.text.split()
    width = (line.x1 - line.x0) / max(len(line.text.strip()), 1) * (len(words[0]) + 1.5) if words else 0
    return before.x1 + width < margins.right


def _starts_entry(last: Paragraph, line: Line, margins: Margins) -> bool:
    """Whether a line of a reference list begins an entry: by its number, else by the hanging indent."""
    text = line.text.strip()
    if _ENTRY.match(text):
        return True
    if _ENTRY.match(last.first.text.strip()):
        return False
    hanging = line.x0 - margins.left < 0.5 * line.size and any(
        other.x0 - margins.left > MIN_INDENT_SIZES * line.size for other in last.lines[1:]
    )
    return hanging or (_leaves_room(last.last, line, margins) and is_done(last.last.text))
