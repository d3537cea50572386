"""Plain text files."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.readers.characters import decode, normalise, squeeze
from kg.readers.drafts import Reading
from kg.readers.front_matter import cut_front_matter, get_kind, get_language, make_front_drafts
from kg.readers.hyphens import find_written_words, join_hyphenated
from kg.readers.placeholders import drop_contents, drop_placeholders
from kg.readers.structure import Chunk, find_structure
from kg.readers.structure.chunks import is_finished
from kg.readers.structure.fields import find_field
from kg.readers.structure.headings import is_heading_text, is_known_heading, is_reference_heading
from kg.readers.structure.markers import BULLET, find_marker
from kg.readers.text_lines import Underlines, read_shown, settle_rules
from kg.readers.text_pages import lay_head, lay_pages

#: A line longer than this is a paragraph, not a line of a wrapped one.
MAX_WRAPPED_CHARS = 160
#: Lines wrapped narrower than this end where they please.
MIN_WRAPPED_CHARS = 60
MAX_HEADING_LINES = 3
#: A line that would have held the next word and still ended before this share of the width was ended on purpose.
MIN_LINE_SHARE = 0.7
#: ":Author: name", as a line of a head is written in reStructuredText.
_FIELD = re.compile(r"^:([A-Za-z][A-Za-z ]{1,20}):\s+")
_ENTRY = re.compile(r"(?:[-*•]\s+)?\[\d{1,3}\]\s")


def read(path: Path) -> Reading:
    """A text file, with or without front matter."""
    return read_text(decode(path.read_bytes(), file=path.name))


def read_text(text: str) -> Reading:
    """Plain text as a reading: one line per paragraph or wrapped lines, with or without empty lines between."""
    text = normalise(text)
    values, body = cut_front_matter(text)
    chunks = drop_contents(drop_placeholders(settle_rules(split_chunks(lay_head(lay_pages(body))))))
    drafts = find_structure(chunks, front=make_front_drafts(values))
    return Reading(tuple(drafts), get_kind(values), get_language(values))


def split_chunks(text: str) -> Iterator[Chunk]:
    """The paragraphs and lines of a plain text, numbered by page where form feeds divide it."""
    pages = text.split("\f")
    words = find_written_words(text)
    lengths = sorted(len(line) for line in text.split("\n") if line.strip())
    width = lengths[-1 - len(lengths) // 20] if lengths else 0
    underlines = Underlines()
    for number, page in enumerate(pages, start=1):
        for group in re.split(r"\n[ ]*(?:\n[ ]*)+", page):
            place = number if len(pages) > 1 else None
            shown, lines = read_shown([line.rstrip() for line in group.split("\n") if line.strip()], underlines)
            yield from (replace(chunk, page=place) for chunk in shown)
            for piece in _split_group(lines, words, width):
                yield Chunk(_FIELD.sub(r"\1: ", squeeze(piece)), page=place)


def _split_group(lines: list[str], words: frozenset[str], width: int) -> Iterator[str]:
    """Lines without an empty one between them: wrapped lines are joined, entries and items stand alone.

    width: of most lines of the text, in characters.
    """
    piece: list[str] = []
    for line in lines:
        if piece and _starts_anew(piece, line, width):
            yield join_hyphenated(piece, words)
            piece = []
        piece.append(line)
        if is_finished(line) and len(line) < 0.75 * width and width > MIN_WRAPPED_CHARS:
            yield join_hyphenated(piece, words)
            piece = []
    if piece:
        yield join_hyphenated(piece, words)


def _starts_anew(piece: list[str], line: str, width: int) -> bool:
    """Whether a line begins a new paragraph although no empty line stands before it."""
    line = line.strip()
    if width > MAX_WRAPPED_CHARS or _ENTRY.match(line) or BULLET.match(line) or find_field(line):
        return True
    if is_reference_heading(line):
        return True
    text = " ".join(piece).strip() if len(piece) <= MAX_HEADING_LINES else ""
    marker = find_marker(line)
    if marker and (not marker.style.startswith("decimal1") or line[marker.length - 2 : marker.length - 1] in ".)"):
        return is_finished(piece[-1]) or is_heading_text(text) or find_marker(text) is not None
    head = find_marker(text)
    if head and is_heading_text(text[head.length :]) and len(text) < 0.8 * width and line[0].isupper():
        return True
    first = line.split(maxsplit=1)[0]
    ended = len(piece[-1]) + len(first) + 1 < MIN_LINE_SHARE * width and width > MIN_WRAPPED_CHARS
    if ended and not line[0].islower() and not piece[-1].rstrip().endswith((",", "-")):
        return True
    return is_known_heading(text) or is_known_heading(line)
