"""Where the entries of a reference list begin and end, also where it was read as a few long blocks or as prose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from kg.model import PROSE_KINDS, Block, BlockKind, Document

_MARK = re.compile(r"(?:(?<=\s)|^)\[(\d{1,3})\]\s+(?=\S)")
_LABEL = re.compile(r"\[?(?P<names>\w[^()\d]{1,60}?),?\s*\(?(?P<year>(?:1[5-9]|20)\d\d)[a-z]?\)?\]?\.?")
#: What begins after a list whose end the reader did not see.
_AFTER = re.compile(r"\s(?:\d{1,2}\.?|[A-Z]\.)\s+(?:APPENDI(?:X|CES)|Appendi(?:x|ces)|ACKNOWLEDG\w+|Acknowledg\w+)\b")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d|[’'\"]\d\d\b")
#: So many numbered paragraphs at least, and so many of them with a year, are a list that lost its heading.
LEAST_ENTRIES = 5
LEAST_DATED = 0.6
#: A list of which so large a part is numbered is a numbered list.
LEAST_NUMBERED = 0.6
#: A block without a number in a numbered list is no entry if it is longer than this.
MAX_PLAIN_CHARS = 600


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry at [start, end) of the document's text."""

    start: int
    end: int
    number: str = ""
    page: int | None = None


def find_entries(document: Document) -> list[ListEntry]:
    """The entries of the reference list in reading order."""
    blocks = [block for block in document.find_blocks(BlockKind.REFERENCE) if document.block_text(block).strip()]
    blocks = [block for block, after in zip_longest(blocks, blocks[1:]) if not _is_label(document, block, after)]
    if not blocks:
        return _find_unnamed_list(document)
    marks = {block: _find_marks(document.block_text(block)) for block in blocks}
    if max(map(len, marks.values())) < 2:
        entries = [ListEntry(block.start, block.end, block.number, block.page) for block in blocks]
    else:
        entries = _split_blocks(document, blocks, marks)
    return _join_parts(document.text, entries)


def _join_parts(text: str, entries: Sequence[ListEntry]) -> list[ListEntry]:
    """In a numbered list, what has no number goes on with the entry before it: a line ended on a full stop there."""
    numbered = sum(entry.number.isdecimal() for entry in entries)
    if numbered < max(LEAST_ENTRIES, LEAST_NUMBERED * len(entries)):
        return list(entries)
    joined: list[ListEntry] = []
    for position, entry in enumerate(entries):
        last = joined[-1] if joined else None
        if last and not entry.number and not text[last.end : entry.start].strip():
            # What follows the last entry may be a footer, unless that entry still lacks its year.
            goes_on = position + 1 < len(entries) or not _YEAR.search(text, last.start, last.end)
            if goes_on and entry.end - entry.start <= MAX_PLAIN_CHARS:
                joined[-1] = replace(last, end=entry.end)
                continue
        joined.append(entry)
    return joined


def _is_label(document: Document, block: Block, after: Block | None) -> bool:
    """Whether a block is only the mark by which the text cites the next one: "Gechert et al. (2018)"."""
    found = _LABEL.fullmatch(document.block_text(block))
    if after is None or found is None:
        return False
    beginning = document.text[after.start : after.start + MAX_PLAIN_CHARS]
    family = re.match(r"\w+", found["names"])
    return family is not None and family[0][:3].lower() == beginning[:3].lower() and found["year"] in beginning


def _find_marks(text: str) -> list[re.Match[str]]:
    """The marks "[3]", "[4]", ... of a block that follow one another by one."""
    kept: list[re.Match[str]] = []
    for mark in _MARK.finditer(text):
        if not kept or int(mark[1]) == int(kept[-1][1]) + 1:
            kept.append(mark)
    return kept


def _split_blocks(
    document: Document, blocks: Sequence[Block], marks: dict[Block, list[re.Match[str]]]
) -> list[ListEntry]:
    entries: list[ListEntry] = []
    for block in blocks:
        text = document.block_text(block)
        found = marks[block]
        if not found:
            if block.number or len(text) <= MAX_PLAIN_CHARS:
                entries.append(ListEntry(block.start, block.end, block.number, block.page))
            continue
        before = len(text[: found[0].start()].rstrip())
        if before and block.number:
            entries.append(ListEntry(block.start, block.start + before, block.number, block.page))
        elif before and entries:
            entries[-1] = replace(entries[-1], end=block.start + before)
        ends = [mark.start() for mark in found[1:]] + [len(text)]
        for mark, end in zip(found, ends, strict=True):
            after = _AFTER.search(text, mark.end(), end)
            stop = len(text[: after.start() if after else end].rstrip())
            entries.append(ListEntry(block.start + mark.end(), block.start + stop, mark[1], block.page))
    return entries


def _find_unnamed_list(document: Document) -> list[ListEntry]:
    """The last run of paragraphs numbered [1], [2], ..., of which most give a year."""
    run: list[ListEntry] = []
    for block in document.find_blocks(*PROSE_KINDS):
        text = document.block_text(block)
        mark = _MARK.match(text)
        if mark and mark[1] == "1":
            run = []
        if mark and int(mark[1]) == len(run) + 1:
            run.append(ListEntry(block.start + mark.end(), block.end, mark[1], block.page))
    dated = sum(bool(_YEAR.search(document.text, entry.start, entry.end)) for entry in run)
    return run if len(run) >= LEAST_ENTRIES and dated >= LEAST_DATED * len(run) else []
