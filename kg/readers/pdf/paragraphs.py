"""Lines of a column to paragraphs, headings, items and rows."""

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.readers.hyphens import join_hyphenated
from kg.readers.marks import RAISED_OPEN
from kg.readers.names import PARTICLES, is_person
from kg.readers.pdf.lines import Line
from kg.readers.pdf.rows import Margins, group_rows, merge_all
from kg.readers.structure.chunks import OPEN_WORDS, is_done
from kg.readers.structure.fields import find_field
from kg.readers.structure.markers import BULLET, find_marker

#: Lines further apart than this share of the usual distance belong to different paragraphs.
MAX_PITCH_SHARE = 1.3
MIN_INDENT_SIZES = 0.8
#: A distance is usual if at least this share of the lines of a column keep it.
MIN_PITCH_SHARE = 0.25
MAX_SIZE_CHANGE = 0.06
MAX_HEADING_LINES = 5
#: Lines set larger than the body by this factor are headings, broken where it looks well.
MIN_HEADING_FACTOR = 1.15
#: A last line of a column that leaves less room than so many letter sizes may be one inside a paragraph.
MAX_OPEN_SIZES = 3.0
#: A line that leaves this share of its column empty was ended on purpose.
MAX_EMPTY_SHARE = 0.4
_ENTRY = re.compile(r"\[\s*\d{1,3}\s*\]|\(?\d{1,3}[.)]\s")
CAPTION = re.compile(
    r"(?:Figure|Fig\.?|Table|Tab\.|Chart|Graph|Box)\s*\d+(?:\.\d+)*\s*[.:|–—-]|(?:Figure|Fig\.|Table)\s*\d+\s+[A-Z]"
    r"|(?:FIGURE|TABLE)\s+(?:\d+|[IVX]+)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of a column: its edges, the letter size of the document's body, and what it holds.

    holds: "text", "references" or "head" (the lines of an author block). pitches: usual line distance by letter size.
    hangs: whether the further lines of its items stand behind their bullets.
    """

    margins: Margins
    size: float
    holds: str
    pitches: Mapping[int, float]
    hangs: bool = False


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together.

    is_row: the cells of a row of a table instead of lines. is_open: it ends at the very end of its column.
    indent: distance of its first line from the edge of its column, in points.
    """

    lines: list[Line] = field(default_factory=list)
    is_row: bool = False
    is_open: bool = False
    indent: float = 0.0

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
            if not is_bold_whole(line):
                return length + min(len(" ".join(line.text[: line.lead].split())), len(text))
            length += len(text) + 1
        return max(length - 1, 0)


def is_bold_whole(line: Line) -> bool:
    """Whether a line is bold from its first to its last letter."""
    return line.lead >= len(line.text.rstrip())


def find_margins(lines: Sequence[Line]) -> Margins:
    """The edges of a column and its usual line distance."""
    lefts = sorted(line.x0 for line in lines)
    rights = sorted(line.x1 for line in lines)
    return Margins(lefts[len(lefts) // 20], rights[-1 - len(rights) // 20], max(_find_pitch(lines), 1.0))


def _find_pitches(lines: Sequence[Line]) -> dict[int, float]:
    """Letter size in whole points -> the usual distance of such lines, where there are at least two."""
    sizes: dict[int, list[Line]] = {}
    for line in lines:
        if not line.is_code:
            sizes.setdefault(round(line.size), []).append(line)
    return {size: _find_pitch(group) for size, group in sizes.items() if len(group) > 1}


def _find_pitch(lines: Sequence[Line]) -> float:
    """The usual distance of lines: the smallest that occurs often, since that between paragraphs may be as frequent."""
    gaps = Counter(round(a.y - b.y) for a, b in itertools.pairwise(lines) if 0 < a.y - b.y < 3 * a.size)
    if not gaps:
        return 1.2 * lines[0].size
    least = 0.9 * statistics.median(line.size for line in lines)
    often = [gap for gap, count in gaps.items() if gap >= least and count >= max(2, MIN_PITCH_SHARE * gaps.total())]
    return float(min(often, default=gaps.most_common(1)[0][0]))


def find_paragraphs(lines: Sequence[Line], size: float, *, holds: str = "text") -> list[Paragraph]:
    """The paragraphs of one column, its lines given from top to foot.

    size: letter size of the document's body. holds: as for `Column`.
    """
    column = Column(find_margins(lines), size, holds, _find_pitches(lines), _hangs(lines))
    paragraphs: list[Paragraph] = []
    for row in group_rows(lines, column.margins):
        if paragraphs and _is_side_label(row, paragraphs[-1]):
            paragraphs.insert(-1, Paragraph([row[0]]))
            paragraphs[-1].lines.append(row[1])
            continue
        if row[0].is_row or (len(row) > 1 and holds != "references"):
            paragraphs.append(Paragraph(list(row), is_row=True))
            continue
        for line in row:
            last = paragraphs[-1] if paragraphs else None
            if last is None or last.is_row or _starts_anew(last, line, column):
                paragraphs.append(Paragraph([line]))
            else:
                last.lines.append(line)
    paragraphs = _drop_single_rows(paragraphs)
    for paragraph in paragraphs:
        paragraph.indent = paragraph.first.x0 - column.margins.left
    if paragraphs and not paragraphs[-1].is_row:
        last = paragraphs[-1]
        room = column.margins.right - last.last.x1
        last.is_open = len(last.lines) > 1 and room < MAX_OPEN_SIZES * last.last.size
    return paragraphs


def _is_side_label(row: Sequence[Line], last: Paragraph) -> bool:
    """Whether a row is a label in the margin and a line that goes on with the paragraph above it."""
    if len(row) != 2 or last.is_row:
        return False
    label, line = row
    before = last.last
    goes_on = abs(before.x0 - line.x0) < 3 and before.y - line.y < 1.6 * line.size and label.x1 < before.x0
    return goes_on and abs(before.size - line.size) < 0.5 and len(label.text.split()) <= 6


def _drop_single_rows(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Rows that stand alone are lines with a gap, not a table."""
    for i, paragraph in enumerate(paragraphs):
        near = paragraphs[max(i - 2, 0) : i] + paragraphs[i + 1 : i + 3]
        if paragraph.is_row and not paragraph.first.is_row and not any(other.is_row for other in near):
            paragraph.is_row = False
            paragraph.lines = [merge_all(paragraph.lines)]
    return paragraphs


def _starts_anew(last: Paragraph, line: Line, column: Column) -> bool:
    """Whether a line begins a new paragraph."""
    before, text = last.last, line.text.strip()
    gap = before.y - line.y
    pitch = column.pitches.get(round(line.size), column.margins.pitch)
    if gap > MAX_PITCH_SHARE * max(pitch, line.size) or gap < 0 or _changes_style(last, line):
        return True
    if before.size > MIN_HEADING_FACTOR * column.size and before.bold == line.bold:
        named = line.page == 1 and (is_person(text) or is_person(before.text.strip()) or find_field(text))
        return bool(named or find_marker(text)) or len(last.lines) >= MAX_HEADING_LINES
    if column.holds == "references":
        return text.startswith("©") or _starts_entry(last, line, column.margins)
    if column.holds == "head":
        return _starts_head_line(before, line, column.margins)
    if BULLET.match(text) or CAPTION.match(text) or text.startswith("©") or before.is_code != line.is_code:
        return True
    if CAPTION.match(last.first.text.strip()) and before.font == line.font and not is_done(before.text):
        return _leaves_room(before, line, column.margins)
    if text[:1].isupper() and _is_centred(line, column.margins) != _is_centred(before, column.margins):
        return True
    if _follows_in_row(last.first.text.strip(), text) and is_done(before.text):
        return True
    if (column.hangs and _ends_item(last, line)) or _starts_by_mark(before, line, column.margins):
        return True
    return _starts_by_place(last, line, column.margins)


def _follows_in_row(first: str, text: str) -> bool:
    """Whether a line begins with the number behind that of the paragraph: "Question 1: ...", "Question 2: ..."."""
    own, following = find_marker(first), find_marker(text)
    if own is None or following is None or not own.style.startswith("word:"):
        return False
    return own.style == following.style and following.value == own.value + 1


def _starts_by_mark(before: Line, line: Line, margins: Margins) -> bool:
    """Whether a line begins with what begins a paragraph: a field, a number, a footnote's mark."""
    text = line.text.strip()
    ended = _leaves_room(before, line, margins)
    named = find_field(text)
    if named and (ended or named.name == "keywords" or (named.name == "abstract" and is_done(before.text))):
        return True
    if not ended and not is_done(before.text):
        return False
    marker = find_marker(text)
    if marker and marker.style != "decimal1" and not marker.style.startswith("word"):
        return True
    return text.startswith(RAISED_OPEN) or (marker is not None and text[marker.length - 2 : marker.length - 1] in ".)")


def _starts_by_place(last: Paragraph, line: Line, margins: Margins) -> bool:
    """Whether a line's indent, or the room that the line before left, begins a paragraph."""
    before, text = last.last, line.text.strip()
    indent = MIN_INDENT_SIZES * line.size
    if len(last.lines) > 1 and line.x0 - last.first.x0 > indent and line.x0 - before.x0 > indent:
        return True
    if len(last.lines) > 1 and before.x0 - line.x0 > 1.5 * line.size:
        return True
    if not _leaves_room(before, line, margins):
        return False
    empty = (margins.right - before.x1) / max(margins.right - margins.left, 1.0)
    if empty > MAX_EMPTY_SHARE and not _is_centred(before, margins):
        return True
    starts_new = text[:1].isupper() or not text[:1].isalpha()
    return is_done(before.text) or (starts_new and not _is_open(before.text))


def _hangs(lines: Sequence[Line]) -> bool:
    """Whether items of a column go on behind their bullets, and none plainly goes on left of its own."""
    pairs = [
        (a, b) for a, b in itertools.pairwise(lines) if BULLET.match(a.text.strip()) and 0 < a.y - b.y < 3 * a.size
    ]
    behind = any(b.x0 - a.x0 > MIN_INDENT_SIZES * a.size and not BULLET.match(b.text.strip()) for a, b in pairs)
    return behind and not any(a.x0 - b.x0 > MIN_INDENT_SIZES * a.size and not is_done(a.text) for a, b in pairs)


def _ends_item(last: Paragraph, line: Line) -> bool:
    """Whether a line that stands left of the bullet before it is no part of that item, which ended as a sentence."""
    outdented = last.first.x0 - line.x0 > MIN_INDENT_SIZES * line.size
    return outdented and BULLET.match(last.first.text.strip()) is not None and is_done(last.last.text)


def _starts_head_line(before: Line, line: Line, margins: Margins) -> bool:
    """Whether a line of an author block is one of its own: most are, unless the one before plainly goes on."""
    text = line.text.strip()
    if "@" in text or "@" in before.text:
        return True
    if _is_open(before.text):
        return False
    full = not _leaves_room(before, line, margins) and abs(before.x0 - line.x0) < 2 * line.size
    wide = before.x1 - before.x0 > 25 * before.size
    return not (text[:1].islower() or (full and wide)) or text.startswith(RAISED_OPEN)


def _is_open(text: str) -> bool:
    """Whether a line plainly goes on: it ends in a comma, a hyphen or a short connecting word."""
    last = (text.split()[-1:] or [""])[0].lower()
    cut = text.rstrip().endswith((",", "&")) or re.search(r"\w[-–]$", text.rstrip()[-2:]) is not None
    return cut or last in OPEN_WORDS or last in PARTICLES


def _is_centred(line: Line, margins: Margins) -> bool:
    """Whether a line stands in the middle of its column, clear of both edges."""
    left, right = line.x0 - margins.left, margins.right - line.x1
    return min(left, right) > 2 * line.size and abs(left - right) < 1.5 * line.size


def _changes_style(last: Paragraph, line: Line) -> bool:
    """Whether a line is set larger, smaller, bolder or lighter as a whole than the lines before it."""
    before = last.last
    if abs(before.size - line.size) > MAX_SIZE_CHANGE * before.size:
        return True
    if is_bold_whole(before) and not line.bold and line.lead == 0:
        is_lead = BULLET.match(last.first.text.strip()) and before.text.rstrip().endswith((":", "."))
        return all(map(is_bold_whole, last.lines)) and not is_lead
    lighter = before.lead == 0 and not before.bold
    return is_bold_whole(line) and lighter and (is_done(before.text) or find_marker(line.text.strip()) is not None)


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
