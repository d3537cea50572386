"""PDF files: lines with their places, pages to columns, lines to paragraphs, headings, notes and references."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kg.model import ReadError
from kg.readers.drafts import Reading
from kg.readers.pdf.bullets import read_shapes, write_bullets
from kg.readers.pdf.forms import is_filled_form, lay_forms
from kg.readers.pdf.layout import Layout, lay_out
from kg.readers.pdf.lines import Line, read_lines
from kg.readers.pdf.narrow import join_spread
from kg.readers.pdf.reading import find_chunks
from kg.readers.pdf.spacing import find_glued, part_words
from kg.readers.pdf.tables import find_grids, is_table, join_rows
from kg.readers.pdf.unruled import find_column_rules
from kg.readers.structure import find_structure

MAX_PAGES = 3000
#: A page with fewer letters has no text layer worth the name.
MIN_PAGE_CHARS = 20
MAX_UNREADABLE_SHARE = 0.3
#: What has more upright rules is a drawing if its cells cannot be told without them.
MAX_PARTED_PLACES = 12


def read(path: Path) -> Reading:
    """A PDF file. Raises ReadError if it cannot be opened, is locked, or has no text to read."""
    document = _open(path)
    try:
        if len(document) > MAX_PAGES:
            raise ReadError(f"{path.name}: {len(document)} pages are too many (limit {MAX_PAGES}); split it")
        pages, heights = _read_pages(document)
        title = _read_stated_title(document)
    finally:
        document.close()
    _refuse_without_text(path.name, pages)
    layout = lay_out(pages, heights)
    chunks, columned = find_chunks(layout, title_hint=title)
    return Reading(tuple(find_structure(chunks)), notes=tuple(_describe(layout, pages, columned)))


def _read_stated_title(document: pdfium.PdfDocument) -> str:
    """The title in a file's properties, "" if there is none or its characters are damaged."""
    try:
        return str(document.get_metadata_value("Title"))
    except UnicodeDecodeError:
        return ""


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
        len(document)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise ReadError(
                f"{path.name}: locked with a password; remove it (qpdf --decrypt) and add the file again"
            ) from error
        raise ReadError(f"{path.name}: {_explain_fault(path, error)}") from error
    return document


def _explain_fault(path: Path, error: pdfium.PdfiumError) -> str:
    """Why a file is no PDF, and what to do."""
    with path.open("rb") as file:
        head = file.read(1024).lstrip().lower()
    if not head:
        return "not a whole PDF but an empty file; download it again"
    if head.startswith((b"<!doctype html", b"<html", b"<?xml")):
        return "no PDF but a web page, often that of a login; open its address in a browser and save the PDF from there"
    return f"not a whole PDF ({str(error).rstrip('.')}); download it again or print it to a new PDF"


def _read_pages(document: pdfium.PdfDocument) -> tuple[list[list[Line]], list[float]]:
    """The lines and the height in points of every page; a page that cannot be loaded has none."""
    pages: list[list[Line]] = []
    heights: list[float] = []
    narrow: set[str] = set()
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            pages.append([])
            heights.append(1.0)
            continue
        pages.append(_read_page(page, index + 1, narrow))
        heights.append(page.get_height())
        page.close()
    glued = find_glued(narrow, [line.text for page in pages for line in page])
    return [part_lines(page, glued) for page in pages] if glued else pages, heights


def part_lines(lines: Sequence[Line], glued: dict[str, str]) -> list[Line]:
    """Lines with their glued words apart; bold words that a line begins with stay bold as a whole."""
    texts = [part_words(line.text, glued) for line in lines]
    return [
        replace(line, text=text, lead=len(part_words(line.text[: line.lead], glued))) if text != line.text else line
        for line, text in zip(lines, texts, strict=True)
    ]


def _read_page(page: pdfium.PdfPage, number: int, narrow: set[str]) -> list[Line]:
    """The lines of a page, bullets written and the rows of tables joined; words with narrow gaps go into the set."""
    shapes, lines = read_shapes(page), join_spread(read_lines(page, number))
    narrow.update(word for line in lines for word in line.narrow)
    grids = find_grids(shapes)
    tables = [grid for grid in grids if is_table(grid, lines)]
    others = [grid for grid in grids if grid not in tables and len(grid.xs) <= MAX_PARTED_PLACES]
    if others:  # a name and its value may stand as near as two words
        parted = read_lines(page, number, rules=[rule for grid in others for rule in grid.uprights])
        tables += [grid for grid in others if is_table(grid, parted)]
        others = [grid for grid in others if grid not in tables and len(grid.xs) == 3 and is_filled_form(grid, parted)]
    rules = [rule for grid in (*tables, *others) for rule in grid.uprights] + find_column_rules(lines)
    if rules:
        lines = join_spread(read_lines(page, number, rules=rules))
    return lay_forms(join_rows(write_bullets(lines, shapes), tables), others)


def _refuse_without_text(name: str, pages: Sequence[Sequence[Line]]) -> None:
    """Raise ReadError if most pages hold no text, or text that no table of characters explains."""
    texts = ["".join(line.text for line in page) for page in pages]
    empty = [number for number, text in enumerate(texts, start=1) if len(text.strip()) < MIN_PAGE_CHARS]
    if not pages or 2 * len(empty) > len(pages):
        page = empty[0] if empty else 1
        stem = name.rsplit(".", 1)[0]
        raise ReadError(f"{name} page {page}: no text layer; run OCR or add {stem}.txt beside it")
    whole = "".join(texts)
    unreadable = len(re.findall(r"[\ufffd\ue100-\uf8ff\x00-\x08]", whole))
    if unreadable > MAX_UNREADABLE_SHARE * len(whole):
        raise ReadError(f"{name}: its fonts do not say which characters they draw; run OCR (ocrmypdf --force-ocr)")


def _describe(layout: Layout, pages: Sequence[Sequence[Line]], columned: Sequence[int]) -> list[str]:
    """How the pages were read, in plain words."""
    notes = [f"{len(pages)} pages, {len(columned)} of them in columns"]
    empty = [str(n) for n, page in enumerate(pages, start=1) if sum(len(line.text) for line in page) < MIN_PAGE_CHARS]
    if empty:
        notes.append(f"no text layer on page {', '.join(empty[:10])}")
    if layout.contents:
        notes.append(f"table of contents left out on page {', '.join(map(str, layout.contents))}")
    if layout.heads:
        notes.append(f"{len(layout.heads)} running heads, feet and page numbers left out")
    return notes
