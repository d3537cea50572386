"""A folder of chapters as one document."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.model import BlockKind, Document, ReadError
from kg.readers import READERS, make_document, read_file
from kg.readers.characters import squeeze
from kg.readers.drafts import Draft, Reading
from kg.readers.structure.markers import find_marker

MAX_CHAPTERS = 500
#: Files that open a folder, in this order; their title is the whole's.
INDEX_NAMES = ("index", "readme", "00-contents", "contents", "_index", "cover", "title")
_WHOLE = re.compile(r"(?P<whole>[^|]{4,120}?)\s*(?:\||\s[–—-]\s|:\s)\s*(?=\S)")
#: Facts that belong to the whole only where the first file states them.
_ONCE = frozenset({BlockKind.AUTHOR, BlockKind.AFFILIATION, BlockKind.METADATA, BlockKind.KEYWORDS})


def read_folder_as_one(path: Path, *, file: str = "", kind: str = "auto") -> Document:
    """One document of a folder's files in the order of their names, an index first, each chapter a section.

    Numbers in names count as numbers ("2.md" before "10.md"). Files without a reader are left out.
    Raises ReadError if the folder holds nothing that can be read.
    """
    return make_document(read_chapters(path), file=file or path.name, kind=kind)


def read_chapters(path: Path) -> Reading:
    """A folder's files as one reading. Raises ReadError as `read_folder_as_one` does."""
    chapters = find_chapters(path)
    if not chapters:
        raise ReadError(f"{path.name}: no file in the folder that can be read; known: {', '.join(sorted(READERS))}")
    if len(chapters) > MAX_CHAPTERS:
        raise ReadError(f"{path.name}: {len(chapters)} files are too many for one document (limit {MAX_CHAPTERS})")
    readings = _order_by_number([(chapter, read_file(chapter)) for chapter in chapters])
    drafts = _join_readings(path, readings)
    first = readings[0][1]
    notes = tuple(note for _, reading in readings for note in reading.notes)
    return Reading(tuple(drafts), first.kind, first.language, notes)


def find_chapters(path: Path) -> list[Path]:
    """The readable files of a folder and its folders, an index first, then by name with numbers as numbers."""
    found = [p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in READERS and not p.is_symlink()]
    shown = [p for p in found if not any(part.startswith(".") for part in p.relative_to(path).parts)]
    return sorted(
        shown, key=lambda p: (len(p.relative_to(path).parts) > 1, _rank(p), _natural(p.relative_to(path).as_posix()))
    )


def _order_by_number(readings: list[tuple[Path, Reading]]) -> list[tuple[Path, Reading]]:
    """Chapters by the numbers of their first headings where most have one of their own and no name has one.

    An index and an introduction stay in front, annexes and what has no number behind.
    """
    numbers = [_find_number(reading) for _, reading in readings]
    known = [number for number in numbers if number]
    named = any(re.match(r"\d", chapter.stem) for chapter, _ in readings)
    if named or 2 * len(known) <= len(readings) or len(set(known)) < len(known):
        return readings

    def place(entry: tuple[tuple[Path, Reading], int]) -> tuple[int, int]:
        (chapter, _), number = entry
        if _rank(chapter) != 1:
            return (0, 0) if _rank(chapter) == 0 else (4, 0)
        is_opening = re.match(r"intro|foreword|preface|summary|executive", chapter.stem.lower()) is not None
        return (2, number) if number else (1 if is_opening else 3, 0)

    return [entry for entry, _ in sorted(zip(readings, numbers, strict=True), key=place)]


def _find_number(reading: Reading) -> int:
    """The number of a chapter's first heading, 0 if it has none."""
    first = next((draft for draft in reading.drafts if draft.kind is BlockKind.HEADING), None)
    return int(first.number) if first and re.fullmatch(r"\d{1,3}", first.number) else 0


def _find_common_title(titles: Sequence[str]) -> str:
    """What every title of several begins with, up to a bar, a dash or a colon: the name of the whole."""
    heads = {found.group("whole") for title in titles if (found := _WHOLE.match(title))}
    is_common = len(titles) > 1 and len(heads) == 1 and all(map(_WHOLE.match, titles))
    return heads.pop() if is_common else ""


def _rank(path: Path) -> int:
    stem = path.stem.lower()
    if stem in INDEX_NAMES:
        return 0
    return 2 if re.match(r"annex|appendix|footnote|glossary|zz|99", stem) else 1


def _natural(text: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part.lower()) for part in re.split(r"(\d+)", text)]


def _join_readings(path: Path, readings: Sequence[tuple[Path, Reading]]) -> list[Draft]:
    """The drafts of all files: the first file's head, then each file's title as a heading over its sections."""
    titles = [next((d.text for d in r.drafts if d.kind is BlockKind.TITLE and d.text), "") for _, r in readings]
    is_index = _rank(readings[0][0]) == 0
    common = _find_common_title(titles)
    name = path.name.replace("-", " ").replace("_", " ").capitalize()
    drafts = [Draft(BlockKind.TITLE, (titles[0] if is_index else "") or common or name)]
    for i, ((chapter, reading), own) in enumerate(zip(readings, titles, strict=True)):
        heading = (_WHOLE.sub("", own, count=1) if common else own) or chapter.stem
        repeats = _repeats(heading, reading.drafts)
        if not (i == 0 and is_index) and not repeats:
            drafts.append(_make_heading(heading))
        for draft in reading.drafts:
            if draft.kind is BlockKind.TITLE or (i and draft.kind in _ONCE):
                continue
            drafts.append(draft if repeats else _sink(draft))
    return drafts


def _repeats(title: str, drafts: Sequence[Draft]) -> bool:
    """Whether a chapter's first heading, above all its others, says the chapter's title again."""
    headings = [draft for draft in drafts if draft.kind is BlockKind.HEADING]
    said = (headings[0].text, headings[0].before + headings[0].text) if headings else ()
    if squeeze(title).casefold() not in {squeeze(text).casefold() for text in said}:
        return False
    return headings[0].level == 1 and all(draft.level > 1 for draft in headings[1:])


def _make_heading(title: str) -> Draft:
    """The heading of a chapter, its number apart ("01 Summary" is section 1, "Annex A: Terms" is annex A)."""
    marker = find_marker(title)
    if not marker or marker.style.startswith("paren"):
        return Draft(BlockKind.HEADING, title, level=1)
    start = marker.length if marker.length < len(title) else 0
    word = marker.style.removeprefix("word:") if start and marker.style.startswith("word:") else ""
    return Draft(BlockKind.HEADING, title[start:], level=1, number=marker.number, label=word, before=title[:start])


def _sink(draft: Draft) -> Draft:
    """A heading of a chapter lies one deeper in the whole."""
    if draft.kind is not BlockKind.HEADING:
        return draft
    return replace(draft, level=draft.level + 1)
