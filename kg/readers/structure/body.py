"""The body of a document: headings, paragraphs, items, captions, footnotes and the reference list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import BlockKind
from kg.readers.drafts import Draft
from kg.readers.structure.chunks import Chunk, is_finished
from kg.readers.structure.fields import find_field, make_keywords, name_field, split_keywords
from kg.readers.structure.front import make_affiliation, read_loose
from kg.readers.structure.headings import (
    Heading,
    find_caption,
    find_headings,
    is_known_heading,
    is_reference_heading,
)
from kg.readers.structure.levels import compute_levels
from kg.readers.structure.markers import BULLET, find_marker
from kg.readers.structure.references import read_references

_TWICE = re.compile(r"^(\(?(?:\d{1,2}|[a-z])[.)]\s+|[•●▪■]\s+)\1(?=\S)")
#: "A. BERG": who signed.
_SIGNED = re.compile(r"(?:[A-Z]\.[ -]?){1,3}[^\W\d_a-z]{3,}(?:-[^\W\d_a-z]{2,})?")
_NOTE = re.compile(r"\[\^?(?P<number>[\w-]+)\]:\s*")
#: A keyword line or abstract that stands behind the first page's furniture is still looked for here.
MAX_LATE_FIELD_CHUNKS = 12
#: "2.14 Offices keep ..." is a paragraph that a law or white paper numbers.
_NUMBERED_TEXT = frozenset({"decimal2", "decimal3", "decimal4"})
MIN_NUMBERED_CHARS = 60


def read_body(chunks: Sequence[Chunk], *, marked: bool) -> list[Draft]:
    """The drafts of the chunks behind a document's head."""
    headings = find_headings(chunks, marked=marked)
    headings = _drop_in_references(chunks, headings)
    levels = dict(zip(headings, compute_levels(list(headings.values()), marked=marked), strict=True))
    drafts: list[Draft] = []
    entries: list[Chunk] = []
    in_references = False
    listed = _find_keywords(chunks)
    for i, chunk in enumerate(chunks):
        if i in listed or i - 1 in listed:
            if i - 1 in listed:
                drafts += make_keywords(chunk.text, field=chunks[i - 1].text.strip(" :."), page=chunk.page)
            continue
        heading = headings.get(i)
        if heading or (in_references and chunk.role in {"footnote", "caption", "table"}):
            drafts += read_references(entries)
            entries = []
        if heading:
            in_references = is_reference_heading(chunk.text[heading.start : heading.end])
            drafts += _make_heading(chunk, heading, levels[i])
        elif in_references and chunk.role not in {"footnote", "caption", "table"}:
            entries.append(chunk)
        else:
            drafts += _make_block(chunk, is_early=i < MAX_LATE_FIELD_CHUNKS)
    return drafts + read_references(entries)


def _find_keywords(chunks: Sequence[Chunk]) -> set[int]:
    """The headings "Keywords" that stand near the head of a text, over a line of them."""
    return {
        i
        for i in range(min(len(chunks) - 1, MAX_LATE_FIELD_CHUNKS))
        if chunks[i].role in {"", "heading"}
        and name_field(chunks[i].text) == "keywords"
        and chunks[i + 1].role == ""
        and len(split_keywords(chunks[i + 1].text)) > 1
    }


def _drop_in_references(chunks: Sequence[Chunk], headings: dict[int, Heading]) -> dict[int, Heading]:
    """Headings without those that are numbered entries of a reference list."""
    kept: dict[int, Heading] = {}
    inside = False
    for i, heading in headings.items():
        title = chunks[i].text[heading.start : heading.end]
        ends = chunks[i].role == "heading" or heading.style in {"top", "word:annex", "word:appendix"}
        ends = ends or is_known_heading(title)
        if inside and not ends:
            continue
        inside = is_reference_heading(title)
        kept[i] = heading
    return kept


def _make_heading(chunk: Chunk, heading: Heading, level: int) -> Iterator[Draft]:
    """The heading, and the text behind it where it is run in."""
    text = chunk.text
    word = heading.style.removeprefix("word:") if heading.style.startswith("word:") else ""
    rest = text[heading.end + heading.stop :].strip()
    yield Draft(
        BlockKind.HEADING,
        text[heading.start : heading.end],
        level=level,
        number=heading.number or chunk.number,
        label=word,
        page=chunk.page,
        before=text[: heading.start],
        after=text[heading.end : heading.end + heading.stop],
    )
    if rest:
        first = _read_item(Chunk(rest, page=chunk.page)) if word else Draft(BlockKind.PARAGRAPH, rest, page=chunk.page)
        yield replace(first, glue=" ")


def _make_block(chunk: Chunk, *, is_early: bool) -> list[Draft]:
    """A block of the body that is no heading."""
    if chunk.role == "metadata":
        return read_loose(chunk)
    if chunk.role == "affiliation":
        return [make_affiliation(chunk)]
    if chunk.role in {"", "paragraph"}:
        return _guess_block(chunk, is_early=is_early)
    if chunk.role == "heading":  # set like one, but the name of who signed the text
        return [Draft(BlockKind.PARAGRAPH, chunk.text, page=chunk.page)]
    caption = find_caption(chunk.text) if chunk.role == "caption" and not chunk.number else None
    if caption:
        return [_make_caption(chunk, caption)]
    before = ""
    if chunk.role == "item":
        before = f"{chunk.number}. " if chunk.number else "- "
    elif chunk.role == "footnote" and chunk.number:
        before = f"[{chunk.number}] "
    return [Draft(BlockKind(chunk.role), chunk.text, chunk.level, chunk.number, chunk.label, chunk.page, before)]


def _guess_block(chunk: Chunk, *, is_early: bool) -> list[Draft]:
    text, page = chunk.text, chunk.page
    found = find_field(text) if is_early else None
    if found and found.name == "keywords":
        return make_keywords(found.value, field=found.before.strip(" :："), page=page)
    if found and found.name == "abstract" and len(found.value) > 100:
        return [Draft(BlockKind.ABSTRACT, found.value, page=page, before=found.before)]
    note = _NOTE.match(text)
    if note:
        return [
            Draft(BlockKind.FOOTNOTE, text[note.end() :], number=note.group("number"), page=page, before=note.group())
        ]
    caption = find_caption(text)
    return [_make_caption(chunk, caption) if caption and len(text) < 400 else _read_item(chunk)]


def _make_caption(chunk: Chunk, found: re.Match[str]) -> Draft:
    """A caption, its number apart ("Table 1. Barriers")."""
    text = chunk.text[found.end() :]
    return Draft(
        BlockKind.CAPTION,
        text or chunk.text,
        number=found.group("number") if text else "",
        label=found.group("label").lower().rstrip("."),
        page=chunk.page,
        before=found.group() if text else "",
    )


def _read_item(chunk: Chunk) -> Draft:
    """An item of a list by its bullet or number, else a paragraph; a mark that is typed twice counts once."""
    text, page = _TWICE.sub(r"\1", chunk.text), chunk.page
    if _SIGNED.fullmatch(text):
        return Draft(BlockKind.PARAGRAPH, text, page=page)
    bullet = BULLET.match(text)
    if bullet:
        return Draft(BlockKind.ITEM, text[bullet.end() :], level=max(chunk.level, 1), page=page, before=bullet.group())
    marker = find_marker(text)
    word = marker.style.removeprefix("word:") if marker and marker.style.startswith("word:") else ""
    # "Action 1.1" in bold letters before what is to be done.
    if marker and word and abs(chunk.lead - len(text[: marker.length].rstrip())) <= 1 and marker.length < len(text):
        before, level = text[: marker.length], max(chunk.level, 1)
        return Draft(BlockKind.ITEM, text[marker.length :], level, marker.number, word, page, before)
    closed = marker and (
        not marker.style.startswith(("word:", "decimal")) or text[marker.length - 2 : marker.length - 1] in ".)"
    )
    if (
        marker
        and not closed
        and marker.style in _NUMBERED_TEXT
        and is_finished(text)
        and len(text) > MIN_NUMBERED_CHARS
    ):
        number, before = marker.number, text[: marker.length]
        return Draft(BlockKind.PARAGRAPH, text[marker.length :], number=number, page=page, before=before)
    if marker and closed and marker.length < len(text):
        return Draft(
            BlockKind.ITEM,
            text[marker.length :],
            level=max(chunk.level, 1),
            number=marker.number,
            page=page,
            before=text[: marker.length],
        )
    return Draft(BlockKind.PARAGRAPH, text, page=page)
