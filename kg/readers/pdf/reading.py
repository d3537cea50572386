"""A PDF's pages to chunks."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.readers.characters import squeeze
from kg.readers.marks import resolve
from kg.readers.pdf.layout import Layout, cites_by_superscript
from kg.readers.pdf.lines import Line
from kg.readers.pdf.pages import PageReader
from kg.readers.pdf.paragraphs import Paragraph
from kg.readers.pdf.styles import NO_STYLE, Style, rank_headings
from kg.readers.pdf.title import MIN_PROSE_LINES, MIN_PROSE_WORDS, find_title, is_prose
from kg.readers.structure.chunks import Chunk
from kg.readers.structure.fields import find_journal
from kg.readers.structure.front import ends_front
from kg.readers.structure.markers import find_marker

#: So many headings in a row are labels; a short line between them is one too.
MIN_LABELS = 4
_MARGIN_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,3}\.?|\d{1,3}[.)]|\([a-z\d]{1,3}\)")
MAX_LABEL_CHARS = 30


def find_chunks(layout: Layout, *, title_hint: str = "") -> tuple[list[Chunk], list[int]]:
    """The chunks of a document in reading order, footnotes at the end of their pages; the pages set in columns.

    title_hint: the title the file's properties state.
    """
    first = layout.pages[0] if layout.pages else ()
    title, rest = find_title(first, layout.heads, title_hint)
    rest, around = _split_around(rest, title, layout)
    builder = PageReader(layout, cites=cites_by_superscript(layout))
    styled: list[tuple[Chunk, Style]] = []
    if title:
        styled.append((Chunk(join_title(title, layout.words), role="title", page=1), NO_STYLE))
    styled += [(Chunk(squeeze(line.text), role="metadata", page=1), NO_STYLE) for line in around]
    journal = next((head for head in layout.heads if find_journal(head)), "")
    if journal and not any(find_journal(squeeze(line.text)) for line in around):
        styled.append((Chunk(journal, role="metadata", page=1), NO_STYLE))
    for number, lines in enumerate(layout.pages, start=1):
        styled += builder.read_page(rest if number == 1 else lines, number)
    return rank_headings(_demote_labels(_move_affiliations(_join_numbers(styled)))), builder.columned


def _demote_labels(styled: Sequence[tuple[Chunk, Style]]) -> list[tuple[Chunk, Style]]:
    """Many headings in a row with no text between are the labels of a drawing, unless they are numbered."""
    demoted = list(styled)
    run: list[int] = []
    for i, (chunk, _) in enumerate([*styled, (Chunk("", role="code"), NO_STYLE)]):
        if chunk.role == "heading" and not find_marker(chunk.text):
            run.append(i)
        elif run and chunk.role == "table" and len(run) == 1 and styled[run[0] - 1][0].text.startswith("Table"):
            demoted[run[0]] = (replace(styled[run[0]][0], role="table", label="header"), NO_STYLE)
            run = []
        elif chunk.role != "table" and not (chunk.role == "" and len(chunk.text) < MAX_LABEL_CHARS):
            if len(run) >= MIN_LABELS:
                for j in run:
                    demoted[j] = (replace(styled[j][0], role="code", label="figure"), NO_STYLE)
            run = []
    return demoted


def _join_numbers(styled: Sequence[tuple[Chunk, Style]]) -> list[tuple[Chunk, Style]]:
    """Numbers that stand in the margin beside paragraphs ("2.14") before the text of each."""
    joined: list[tuple[Chunk, Style]] = []
    for chunk, style in styled:
        before = joined[-1][0] if joined else None
        numbered = before is not None and before.role == "" and _MARGIN_NUMBER.fullmatch(before.text) is not None
        if before and numbered and chunk.role == "" and chunk.text[:1].isupper() and chunk.page == before.page:
            joined[-1] = (replace(chunk, text=f"{before.text} {chunk.text}", lead=0), style)
        else:
            joined.append((chunk, style))
    return joined


def _move_affiliations(styled: Sequence[tuple[Chunk, Style]]) -> list[tuple[Chunk, Style]]:
    """Addresses that a first page prints at its foot come before its abstract."""
    addresses = [entry for entry in styled if entry[0].role == "affiliation"]
    others = [entry for entry in styled if entry[0].role != "affiliation"]
    at = next((i for i, (chunk, _) in enumerate(others) if chunk.role in {"", "heading"} and ends_front(chunk.text)), 0)
    return [*others[:at], *addresses, *others[at:]]


def _split_around(lines: Sequence[Line], title: Sequence[Line], layout: Layout) -> tuple[list[Line], list[Line]]:
    """A first page's lines without those above its title and small ones below everything else, and those."""
    if not title:
        return list(lines), []
    top = max(line.y for line in title)
    foot = min((line.y for line in lines if line.size >= 0.95 * layout.size), default=0.0)
    low = 0.1 * max(line.y for line in (*lines, *title))
    above = [line for line in lines if line.y > top + 0.5 * line.size]
    of_body = [line for line in above if line.size >= 0.95 * layout.size and len(line.text.split()) >= MIN_PROSE_WORDS]
    is_text = is_prose(above) or len(of_body) >= MIN_PROSE_LINES
    around = [
        line
        for line in lines
        if (line.y > top + 0.5 * line.size and not is_text)
        or (line.y < min(foot, low) and line.size < 0.95 * layout.size and "\ue000" not in line.text)
    ]
    chosen = set(map(id, around))
    return [line for line in lines if id(line) not in chosen], around


def join_title(lines: Sequence[Line], words: frozenset[str]) -> str:
    """The lines of a title on one."""
    return squeeze(resolve(Paragraph(list(lines)).write(words), set(), cites=False))
