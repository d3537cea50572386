"""Pages to chunks: which paragraph is a heading, a row, a note, a line of the author block."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.readers.characters import squeeze
from kg.readers.marks import RAISED_OPEN, resolve, split_marked, write_front
from kg.readers.names import clean_name, is_country, is_organisation, is_person, split_names
from kg.readers.pdf.columns import has_columns, is_figure, order_page
from kg.readers.pdf.layout import Layout
from kg.readers.pdf.lines import Line
from kg.readers.pdf.notes import split_notes
from kg.readers.pdf.paragraphs import CAPTION, Paragraph, find_paragraphs
from kg.readers.pdf.styles import NO_STYLE, Style
from kg.readers.pdf.title import is_prose
from kg.readers.structure.chunks import Chunk, is_done
from kg.readers.structure.fields import DATE, find_field, find_loose_metadata, name_field
from kg.readers.structure.front import ends_front
from kg.readers.structure.headings import is_heading_text, is_known_heading, is_reference_heading
from kg.readers.structure.markers import BULLET, find_marker

#: A paragraph set larger than the body by this factor is a heading.
MIN_HEADING_FACTOR = 1.08
MAX_HEADING_LINES = 4
#: A line of so many words that ends in a stop is the end of a sentence; an author block holds few.
MIN_SENTENCE_WORDS = 5
MAX_HEAD_SENTENCES = 2
MAX_COVER_LINES = 25
#: A small line at the foot of a first page that names a date is no note up to this length: "Lund, 3 May 2021".
MAX_FACT_CHARS = 60
MAX_KEYWORDS = 15
MAX_KEYWORD_WORDS = 5
_URL = re.compile(r"https?:|www\.")


class PageReader:
    """Pages to chunks, remembering between pages whether head and reference list have been passed."""

    def __init__(self, layout: Layout, *, cites: bool) -> None:
        self.layout = layout
        self.cites = cites
        self.in_front = True
        self.is_cover = self.after_row = False
        self.in_references = False
        self.columned: list[int] = []
        self.indents: list[float] = []
        letters = [(len(line.text), line.is_code) for page in layout.pages for line in page]
        self.has_code = 2 * sum(n for n, is_code in letters if is_code) < sum(n for n, _ in letters)

    def read_page(self, lines: Sequence[Line], number: int) -> Iterator[tuple[Chunk, Style]]:
        """The chunks of one page, each with the style it is set in; footnotes last."""
        self.in_front = self.in_front and number == 1
        self.is_cover = number == 1 and len(self.layout.pages) > 1 and _is_cover(lines)
        body, notes = split_notes(lines, self.layout.size, in_references=self.in_references, is_first=number == 1)
        marks = {note.number for note in notes}
        head, rest = _split_head(body) if self.in_front else ([], body)
        blocks = order_page(head, tables=False)
        for region in blocks:
            paragraphs = find_paragraphs(region, self.layout.size, holds="head")
            texts = [paragraph.write(self.layout.words) for paragraph in paragraphs]
            for text in _join_addresses(texts, one_person=has_columns(blocks)):
                yield from self._read_head(text, number)
        self.in_front = self.in_front and not head
        regions = order_page(rest)
        if has_columns(regions):
            self.columned.append(number)
        yield from _move_asides([list(self._read_region(region, marks, number)) for region in regions])
        for note in notes:
            text = squeeze(resolve(Paragraph(note.lines).write(self.layout.words), set(), cites=False))
            yield Chunk(text, role=_name_note(text, note.number, number), number=note.number, page=number), NO_STYLE

    def _read_region(self, region: Sequence[Line], marks: set[str], number: int) -> Iterator[tuple[Chunk, Style]]:
        """The chunks of a stretch of one column; a table or figure among the references is none of them."""
        is_float = self.in_references and CAPTION.match(region[0].text.strip()) is not None
        holds = "references" if self.in_references and not is_float else "head" if self.is_cover else "text"
        if not self.in_front and not self.in_references and is_figure(region, self.layout.size):
            labels = " | ".join(squeeze(line.text) for line in region)
            yield Chunk(labels, role="code", label="figure", page=number), NO_STYLE
            return
        self.after_row = False
        region = _join_keywords(region) if number == 1 else region
        for paragraph in find_paragraphs(region, self.layout.size, holds=holds):
            for chunk, style in self._read_paragraph(paragraph, marks, number):
                named = is_float and chunk.role == "" and CAPTION.match(chunk.text)
                yield (replace(chunk, role="caption") if named else chunk), style
            self.after_row = paragraph.is_row

    def _read_paragraph(self, paragraph: Paragraph, marks: set[str], page: int) -> Iterator[tuple[Chunk, Style]]:
        raw = paragraph.write(self.layout.words)
        text = squeeze(resolve(raw, marks, cites=self.cites))
        if not any(char.isalnum() for char in text):
            return
        style = Style.of(paragraph)
        is_heading = not paragraph.is_row and self._is_heading(paragraph, text, style)
        if self.is_cover and is_heading and not _is_of_head(text):
            yield Chunk(text, role="metadata", label="subtitle", page=page), NO_STYLE
            return
        if self.in_front and (ends_front(text) or (is_heading and not _is_of_head(text))):
            self.in_front = False
        if self.in_front and not paragraph.is_row:
            if self.is_cover and not _is_of_head(text):
                yield Chunk(text, role="metadata", page=page), NO_STYLE
            else:
                yield from self._read_head(raw, page)
            return
        if is_reference_heading(text):
            self.in_references = True
        if self.has_code and all(line.is_code for line in paragraph.lines):
            yield Chunk(text, role="code", page=page), NO_STYLE
        elif paragraph.is_row and (items := _split_items(text)):
            for item in items:
                yield replace(item, page=page), NO_STYLE
        elif paragraph.is_row:
            names = paragraph.first.bold if paragraph.first.is_row else self._names_columns(paragraph)
            label = "header" if names else ""
            yield Chunk(text, role="table", label=label, page=page), NO_STYLE
        elif is_heading:
            self.in_references = is_reference_heading(text)
            self.indents = []
            yield Chunk(text.rstrip(": "), role="heading", page=page), style
        else:
            lead = 0 if self.in_references else paragraph.measure_lead()
            level = self._find_depth(paragraph, text)
            lead = lead if lead < len(text) else 0
            yield Chunk(text, level=level, page=page, lead=lead, is_open=paragraph.is_open), style

    def _names_columns(self, paragraph: Paragraph) -> bool:
        """Whether a row of a table without rules is the first of it and bold as a whole."""
        return not self.after_row and all(line.bold for line in paragraph.lines)

    def _find_depth(self, paragraph: Paragraph, text: str) -> int:
        """Depth of an item by its indent among those of the items before it, 0 for what begins like no item."""
        step = 0.5 * paragraph.first.size
        if not BULLET.match(text) and not find_marker(text):
            self.indents = [indent for indent in self.indents if indent < paragraph.indent - step]
            return 0
        self.indents = [indent for indent in self.indents if indent < paragraph.indent - step] + [paragraph.indent]
        return len(self.indents)

    def _read_head(self, raw: str, page: int) -> Iterator[tuple[Chunk, Style]]:
        """A paragraph of the author block, its marks kept behind the names; addresses run together are parted."""
        for piece in split_marked(raw):
            text = squeeze(write_front(piece))
            if any(char.isalnum() for char in text):
                yield Chunk(text, page=page), NO_STYLE

    def _is_heading(self, paragraph: Paragraph, text: str, style: Style) -> bool:
        """Whether a paragraph is set as a heading: larger, bold as a whole, or numbered and set apart."""
        marker = find_marker(text)
        title = text[marker.length :] if marker and marker.length < len(text) else text
        if len(paragraph.lines) > MAX_HEADING_LINES or BULLET.match(text) or CAPTION.match(text):
            return False
        if not is_heading_text(title.rstrip(":")) or _AMOUNT.fullmatch(title):
            return False
        if style.size >= MIN_HEADING_FACTOR * self.layout.size:
            return len(title) > 2
        if self.in_references and not is_known_heading(text):
            return False
        numbered = marker is not None and marker.style.startswith(("decimal", "roman", "letter", "word"))
        smaller = style.size < 0.9 * self.layout.size
        return (style.bold and not smaller) or (style.italic and numbered) or (is_known_heading(text) and style.bold)


#: "349 K" is a label in a drawing or a cell.
_AMOUNT = re.compile(r"[^\w\s]?\d[\d.,\s]*(?:[A-Za-z]{1,2}|%)?")


def _join_keywords(lines: Sequence[Line]) -> list[Line]:
    """Lines with the keywords that stand one below the other, under their name, on one."""
    at = next((i for i, line in enumerate(lines) if name_field(squeeze(line.text)) == "keywords"), -1)
    listed = list(itertools.takewhile(_is_keyword, lines[at + 1 : at + 1 + MAX_KEYWORDS])) if at >= 0 else []
    if len(listed) < 2:
        return list(lines)
    words = "; ".join(squeeze(line.text) for line in listed)
    field = replace(lines[at], text=f"{squeeze(lines[at].text).rstrip(':')}: {words}")
    return [*lines[:at], field, *lines[at + 1 + len(listed) :]]


def _is_keyword(line: Line) -> bool:
    text = squeeze(line.text)
    return len(text.split()) <= MAX_KEYWORD_WORDS and not re.search(r"[,;·•.:]", text) and not _names_part(text)


def _move_asides(regions: list[list[tuple[Chunk, Style]]]) -> Iterator[tuple[Chunk, Style]]:
    """The chunks of a page's regions, the text of a box behind the paragraph that goes on below it."""
    for before, aside, behind in zip(regions, regions[1:], regions[2:], strict=False):
        if not before or not aside or not behind or aside[0][0].role != "heading":
            continue
        last, first, end = before[-1][0], behind[0][0], aside[-1][0]
        goes_on = last.role == "" and first.role == "" and first.text[:1].islower() and not is_done(last.text)
        if goes_on and (is_done(end.text) or end.role != ""):
            before.append(behind.pop(0))
    for region in regions:
        yield from region


def _split_items(row: str) -> list[Chunk]:
    """The cells of a row as items where each begins with a bullet or number: a list that is set in columns."""
    items: list[Chunk] = []
    for cell in row.split(" | "):
        bullet, marker = BULLET.match(cell), find_marker(cell)
        if bullet:
            items.append(Chunk(cell[bullet.end() :], role="item", level=1))
        elif marker and cell[: marker.length].rstrip()[-1:] in {".", ")"} and not marker.style.startswith("word"):
            items.append(Chunk(cell[marker.length :], role="item", level=1, number=marker.number))
        else:
            return []
    return items if len(items) > 1 else []


def _is_cover(lines: Sequence[Line]) -> bool:
    """Whether a first page holds no text of its own: a few lines, none of them a sentence or the name of a section."""
    if len(lines) > MAX_COVER_LINES or is_prose(lines) or any(_names_part(squeeze(line.text)) for line in lines):
        return False
    return not any(is_done(line.text) and len(line.text.split()) >= MIN_SENTENCE_WORDS for line in lines)


def _split_head(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """A first page's lines above its abstract, keywords or introduction, and the rest; ([], all) if none is seen."""
    starts = [line for line in lines if _names_part(squeeze(line.text))]
    first = max(starts, default=None, key=lambda line: line.y + 0.5 * line.size)
    top = first.y + 0.5 * first.size if first else 0.0
    head = [line for line in lines if line.y > top and not (first and _begins_column(line, first))]
    sentences = sum(1 for line in head if is_done(line.text) and len(line.text.split()) >= MIN_SENTENCE_WORDS)
    if not starts or sentences > MAX_HEAD_SENTENCES or is_prose(head):
        return [], list(lines)
    above = set(map(id, head))
    return head, [line for line in lines if id(line) not in above]


def _begins_column(line: Line, first: Line) -> bool:
    """Whether a line is the first of a column beside one that begins a little lower."""
    return line.y - first.y < 1.3 * first.size and (line.x0 >= first.x1 or line.x1 <= first.x0)


def _names_part(text: str) -> bool:
    field = find_field(text)
    return (
        (field is not None and field.name in {"abstract", "keywords"})
        or name_field(text) == "abstract"
        or is_known_heading(text)
    )


def _join_addresses(texts: Sequence[str], *, one_person: bool) -> list[str]:
    """The lines of an author block with those of one address on one line: department, university, city.

    one_person: the block stands beside others, so that whatever follows an organisation is its address.
    """
    joined: list[str] = []
    for text in texts:
        goes_on = joined and is_organisation(joined[-1]) and not text.startswith(RAISED_OPEN) and "@" not in text
        address = one_person or is_organisation(text) or is_country(text.split(",")[-1])
        if goes_on and address and not find_field(text):
            joined[-1] = f"{joined[-1].rstrip(' ,')}, {text}"
        else:
            joined.append(text)
    return joined


def _is_of_head(text: str) -> bool:
    """Whether a line that is set like a heading is a name, an address or a date all the same."""
    names = [clean_name(part)[0] for part in split_names(text)]
    return (
        all(map(is_person, names))
        or is_organisation(text)
        or bool(find_loose_metadata(text))
        or find_field(text) is not None
    )


def _name_note(text: str, mark: str, page: int) -> str:
    """What a note is: on a first page an address of the authors or a line about them, else a footnote."""
    if page == 1 and is_organisation(text) and mark and not _URL.search(text):
        return "affiliation"
    is_fact = "@" in text or (len(text) <= MAX_FACT_CHARS and DATE.search(text))
    return "metadata" if page == 1 and not mark and is_fact else "footnote"
