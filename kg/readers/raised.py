"""Superscript numbers of pages and Markdown: citations where a reference list has them, else marks of notes."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from kg.readers.characters import squeeze
from kg.readers.marks import RAISED_CLOSE, RAISED_OPEN
from kg.readers.structure.chunks import Chunk
from kg.readers.structure.front import ends_front
from kg.readers.structure.headings import is_reference_heading
from kg.readers.structure.references import find_entry_number

#: Numbers as they are raised: "3", "[3]", "1,2", "4–6".
NUMBERS = re.compile(r"\[?\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*\]?[,;]?")
_MARK = re.compile(rf"\s?{RAISED_OPEN}(?P<link>#?)(?P<content>[^{RAISED_OPEN}{RAISED_CLOSE}]*){RAISED_CLOSE}")
_LEADING = re.compile(rf"{RAISED_OPEN}#?\[?(?P<number>\d{{1,3}})[\].]?{RAISED_CLOSE}\s*")
#: A number raised behind this is no power: a word, a stop, an abbreviation, a share, a year.
_BEHIND = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?\"'”’)\]%]|[A-Z]{2}|\b(?:1[89]|20)\d\d)$")
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d")
#: Notes below a heading such as "References" are its entries if at least this share of them names a year.
MIN_DATED_SHARE = 0.5


def mark_raised(text: str, *, linked: bool = False) -> str:
    """Raised text as a mark that `settle_marks` reads. linked: it leads somewhere, so it is no power."""
    return f"{RAISED_OPEN}{'#' if linked else ''}{text}{RAISED_CLOSE}"


def drop_marks(text: str) -> str:
    """Text without its marks and what stands in them."""
    return squeeze(_MARK.sub("", text)) if RAISED_OPEN in text else text


def settle_marks(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Chunks without marks: numbers of the reference list as " [3]", powers plain, marks of notes dropped."""
    chunks, renamed = _list_notes([_number_entry(chunk) for chunk in chunks])
    notes = {chunk.number for chunk in chunks if chunk.role == "footnote"}
    listed = _find_listed(chunks) - notes
    settled: list[Chunk] = []
    in_front = True
    levels = [chunk.level for chunk in chunks if chunk.role == "heading"]
    for i, chunk in enumerate(chunks):
        is_title = chunk.role == "title" or (i == 0 and chunk.role == "heading" and levels.count(chunk.level) == 1)
        in_front = in_front and (is_title or (chunk.role == "" and not ends_front(_MARK.sub("", chunk.text))))
        cited = frozenset() if in_front or chunk.role in {"heading", "title", "code"} else listed
        text = _settle(chunk.text, cited, renamed)
        text = squeeze(text) if text != chunk.text and chunk.role != "code" else text
        lead = len(squeeze(_settle(chunk.text[: chunk.lead], cited, renamed))) if chunk.lead else 0
        settled.append(replace(chunk, text=_drop_return(text, chunk.role), label=drop_marks(chunk.label), lead=lead))
    return settled


def _drop_return(text: str, role: str) -> str:
    """A note without the arrow that leads back to its mark."""
    return text.rstrip("↩\ufe0e\ufe0f ") if role in {"footnote", "reference"} else text


def _number_entry(chunk: Chunk) -> Chunk:
    """A chunk with the raised number that it begins with as its own."""
    found = _LEADING.match(chunk.text)
    if not found or chunk.role == "heading":
        return chunk
    number = chunk.number or found["number"]
    return replace(chunk, text=chunk.text[found.end() :], number=number, lead=max(0, chunk.lead - found.end()))


def _list_notes(chunks: Sequence[Chunk]) -> tuple[list[Chunk], dict[str, str]]:
    """Chunks with the notes straight below a heading such as "References" as its entries.

    Also the number of each entry that had a name of its own: "smith" -> "3".
    """
    listed = list(chunks)
    renamed: dict[str, str] = {}
    for i, chunk in enumerate(chunks):
        if chunk.role != "heading" or not is_reference_heading(chunk.text):
            continue
        end = i + 1
        while end < len(chunks) and chunks[end].role == "footnote":
            end += 1
        notes = chunks[i + 1 : end]
        dated = sum(1 for note in notes if _YEAR.search(note.text))
        if not notes or dated < MIN_DATED_SHARE * len(notes):
            continue
        for place, note in enumerate(notes, start=1):
            number = note.number if note.number.isdecimal() else str(place)
            renamed[note.number] = number
            listed[i + place] = replace(note, role="reference", number=number)
    return listed, renamed


def _find_listed(chunks: Sequence[Chunk]) -> frozenset[str]:
    """Numbers of the entries of the document's reference list: as written, else by their place."""
    start = next((i + 1 for i, chunk in enumerate(chunks) if is_reference_heading(chunk.text)), len(chunks))
    entries = [chunk for chunk in chunks if chunk.role == "reference"]
    for chunk in chunks[start:]:
        if chunk.role == "heading":
            break
        if chunk.role in {"", "paragraph", "item"}:
            entries.append(chunk)
    return frozenset(
        chunk.number or find_entry_number(chunk.text) or str(place) for place, chunk in enumerate(entries, start=1)
    )


def _settle(text: str, cited: Set[str], renamed: Mapping[str, str]) -> str:
    def replace_mark(found: re.Match[str]) -> str:
        content = found["content"].strip(" []")
        content = renamed.get(content, content)
        numbers = set(re.findall(r"\d+", content))
        is_mark = bool(found["link"]) or _BEHIND.search(text[: found.start()]) is not None
        if NUMBERS.fullmatch(content) and numbers <= cited and is_mark:
            return f" [{content.rstrip(',;')}]"
        return "" if is_mark or not content.strip() else content

    return _MARK.sub(replace_mark, text).replace(RAISED_OPEN, "").replace(RAISED_CLOSE, "")
