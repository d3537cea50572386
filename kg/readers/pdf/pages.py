"""Pages to chunks: which paragraph is a heading, a row, a note, a line of the author block."""

import re
from collections.abc import Iterator, Sequence

from kg.readers.characters import squeeze
from kg.readers.marks import resolve, split_marked, write_front
from kg.readers.names import is_organisation
from kg.readers.pdf.columns import has_columns, is_figure, order_page
from kg.readers.pdf.layout import Layout
from kg.readers.pdf.lines import Line
from kg.readers.pdf.notes import split_notes
from kg.readers.pdf.paragraphs import CAPTION, Paragraph, find_paragraphs
from kg.readers.pdf.styles import NO_STYLE, Style
from kg.readers.structure.chunks import Chunk
from kg.readers.structure.front import ends_front
from kg.readers.structure.headings import is_heading_text, is_known_heading, is_reference_heading
from kg.readers.structure.markers import BULLET, find_marker

#: A paragraph set larger than the body by this factor is a heading.
MIN_HEADING_FACTOR = 1.08
MAX_HEADING_LINES = 4
_URL = re.compile(r"https?:|www\.")


class PageReader:
    """Pages to chunks, remembering between pages whether head and reference list have been passed."""

    def __init__(self, layout: Layout, *, cites: bool) -> None:
        self.layout = layout
        self.cites = cites
        self.in_front = True
        self.in_references = False
        self.columned: list[int] = []

    def read_page(self, lines: Sequence[Line], number: int) -> Iterator[tuple[Chunk, Style]]:
        """The chunks of one page, each with the style it is set in; footnotes last."""
        self.in_front = self.in_front and number == 1
        body, notes = split_notes(lines, self.layout.size, in_references=self.in_references, is_first=number == 1)
        marks = {note.number for note in notes}
        regions = order_page(body)
        if has_columns(regions):
            self.columned.append(number)
        for region in regions:
            if not self.in_front and not self.in_references and is_figure(region, self.layout.size):
                labels = " | ".join(squeeze(line.text) for line in region)
                yield Chunk(labels, role="code", label="figure", page=number), NO_STYLE
                continue
            for paragraph in find_paragraphs(region, self.layout.size, in_references=self.in_references):
                yield from self._read_paragraph(paragraph, marks, number)
        for note in notes:
            text = squeeze(resolve(Paragraph(note.lines).write(self.layout.words), set(), cites=False))
            yield Chunk(text, role=_name_note(text, note.number, number), number=note.number, page=number), NO_STYLE

    def _read_paragraph(self, paragraph: Paragraph, marks: set[str], page: int) -> Iterator[tuple[Chunk, Style]]:
        raw = paragraph.write(self.layout.words)
        text = squeeze(resolve(raw, marks, cites=self.cites))
        if not any(char.isalnum() for char in text):
            return
        if self.in_front and ends_front(text):
            self.in_front = False
        if self.in_front:
            for piece in split_marked(raw):
                yield Chunk(squeeze(write_front(piece)), page=page), NO_STYLE
            return
        if is_reference_heading(text):
            self.in_references = True
        style = Style.of(paragraph)
        if paragraph.is_row:
            yield Chunk(text, role="table", page=page), NO_STYLE
        elif self._is_heading(paragraph, text, style):
            self.in_references = is_reference_heading(text)
            yield Chunk(text.rstrip(": "), role="heading", page=page), style
        else:
            lead = 0 if self.in_references else paragraph.measure_lead()
            yield Chunk(text, page=page, lead=lead if lead < len(text) else 0), NO_STYLE

    def _is_heading(self, paragraph: Paragraph, text: str, style: Style) -> bool:
        """Whether a paragraph is set as a heading: larger, bold as a whole, or numbered and set apart."""
        marker = find_marker(text)
        title = text[marker.length :] if marker else text
        if len(paragraph.lines) > MAX_HEADING_LINES or BULLET.match(text) or CAPTION.match(text):
            return False
        if not is_heading_text(title.rstrip(":")):
            return False
        if style.size >= MIN_HEADING_FACTOR * self.layout.size:
            return len(title) > 2
        if self.in_references and not is_known_heading(text):
            return False
        numbered = marker is not None and marker.style.startswith(("decimal", "roman", "letter", "word"))
        smaller = style.size < 0.9 * self.layout.size
        return (style.bold and not smaller) or (style.italic and numbered) or (is_known_heading(text) and style.bold)


def _name_note(text: str, mark: str, page: int) -> str:
    """What a note is: on a first page an address of the authors or a line about them, else a footnote."""
    if page == 1 and is_organisation(text) and mark and not _URL.search(text):
        return "affiliation"
    return "metadata" if page == 1 and not mark and "@" in text else "footnote"
