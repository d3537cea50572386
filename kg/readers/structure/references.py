"""Reference lists: which lines belong to one entry, and its number."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from kg.model import BlockKind
from kg.readers.drafts import Draft
from kg.readers.structure.chunks import Chunk, join_lines

_NUMBERED = re.compile(
    r"(?P<before>(?:[-*•–]\s+)?(?:\[\s*(?P<square>\d{1,3}[a-z]?|[A-Z][\w+]{1,12})\s*\]|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})[.)](?!\d)|(?P<bare>\d{1,3})(?=\s+[^\W\d_a-z]))[.:]?\s*)"
)
#: What a publisher prints behind the list.
_BEHIND = re.compile(
    r"©|Publisher[’']s Note|Disclaimer/|This (?:is an open access )?article is (?:licensed|distributed)"
)
#: So many numbers in a row from 1 on are those of entries.
MIN_ROW = 3
_BULLET = re.compile(r"[-*•–]\s+")
#: An author-year entry begins with a family name, initials or an organisation and soon names a year.
_YEAR = re.compile(r"\b(?:1[6-9]\d\d|20\d\d)[a-z]?\b|\bn\.d\.|\bforthcoming\b|\bin press\b", re.IGNORECASE)
#: What never begins an entry.
_NO_START = re.compile(r"(?:retrieved|available|accessed|last accessed)\b|https?:|doi\b|www\.", re.IGNORECASE)
_START = re.compile(r"[^\W\d_a-z“\"]|[“\"‘']|(?:de|van|von|la|le|del|di|da|al|el)[\s-]")


def read_references(chunks: Sequence[Chunk]) -> list[Draft]:
    """One REFERENCE draft per entry of a reference list."""
    is_numbered = _is_numbered(chunks)
    entries: list[tuple[str, str, Chunk]] = []
    for i, chunk in enumerate(chunks):
        if _BEHIND.match(chunk.text):
            rest = [Draft(BlockKind.METADATA, other.text, label="rights", page=other.page) for other in chunks[i:]]
            return _make_entries(entries) + rest
        for piece in _split_glued(chunk.text) if is_numbered else [chunk.text]:
            before, number = _read_number(piece) if is_numbered else _read_bullet(piece)
            continues = (
                entries
                and chunk.role not in {"item", "reference"}
                and not before
                and _continues(entries[-1], piece, is_numbered)
            )
            if continues:
                lead, text, first = entries[-1]
                entries[-1] = (lead, join_lines(text, piece), first)
            else:
                entries.append((before, piece[len(before) :], replace(chunk, number=number or chunk.number)))
    return _make_entries(entries)


def _is_numbered(chunks: Sequence[Chunk]) -> bool:
    """Whether the entries have numbers: a third of the chunks, or a row that counts up before figures and the like."""
    numbers = [number for chunk in chunks if (number := find_entry_number(chunk.text))]
    row = sum(1 for place, number in enumerate(numbers, start=1) if number == str(place))
    return len(numbers) >= max(1, len(chunks) // 3) or row >= MIN_ROW


def find_entry_number(text: str) -> str:
    """The number an entry of a reference list begins with ("[3] Silva, A."), "" if it has none."""
    found = _NUMBERED.match(text)
    return next((value for value in found.group("square", "round", "plain", "bare") if value), "") if found else ""


def _make_entries(entries: Sequence[tuple[str, str, Chunk]]) -> list[Draft]:
    return [
        Draft(BlockKind.REFERENCE, text, number=chunk.number, page=chunk.page, before=before, glue=_pick_glue(i))
        for i, (before, text, chunk) in enumerate(entries)
    ]


def _pick_glue(index: int) -> str:
    return "\n\n" if index == 0 else "\n"


def _read_number(text: str) -> tuple[str, str]:
    found = _NUMBERED.match(text)
    if not found:
        return _read_bullet(text)
    return found.group("before"), next(value for value in found.group("square", "round", "plain", "bare") if value)


def _read_bullet(text: str) -> tuple[str, str]:
    found = _BULLET.match(text)
    return (found.group(), "") if found else ("", "")


def _split_glued(text: str) -> list[str]:
    """Entries "[1] ... [2] ..." that stand in one paragraph, where the numbers count up."""
    row: list[re.Match[str]] = []
    for mark in re.finditer(r"(?:(?<=\s)|^)\[(\d{1,3})\]\s*", text):
        if not row or int(mark.group(1)) == int(row[-1].group(1)) + 1:
            row.append(mark)
    if len(row) < 2:
        return [text]
    starts = [0, *(mark.start() for mark in row[1:]), len(text)]
    return [text[a:b].strip() for a, b in itertools.pairwise(starts)]


def _continues(entry: tuple[str, str, Chunk], text: str, is_numbered: bool) -> bool:
    """Whether a piece without number or bullet belongs to the entry before it."""
    if _NO_START.match(text):
        return True
    if is_numbered:
        whole = entry[1].rstrip().endswith(".") and _YEAR.search(entry[1])
        return not whole or not _YEAR.search(text) or not _START.match(text)
    return (
        not _START.match(text)
        or not _YEAR.search(entry[1])
        or not (_YEAR.search(text) or entry[1].endswith((".", "/")))
    )
