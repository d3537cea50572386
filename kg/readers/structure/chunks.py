"""Chunks: the paragraphs, headings and items of a file before it is known what each is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.readers.characters import squeeze
from kg.readers.hyphens import find_written_words, join_hyphenated
from kg.readers.structure.markers import BULLET, Marker, find_marker
from kg.readers.word_lists import load_words


@dataclass(frozen=True, slots=True)
class Chunk:
    """One stretch of text on one line.

    role: what the format says it is (a value of BlockKind), "" where that must be found out.
    level: depth of a heading or item where the format gives it, else 0.
    number, label: as on a Block, where the format gives them.
    lead: length of the bold words the text begins with, where a whole first phrase is bold, else 0.
    is_open: whether its last line runs to the edge of the last column or page it stands on, so that it may go on.
    """

    text: str
    role: str = ""
    level: int = 0
    number: str = ""
    label: str = ""
    page: int | None = None
    lead: int = 0
    is_open: bool = False


#: Depth given to a line that is bold as a whole: below every heading that is marked as one.
BOLD_LEVEL = 7
MAX_BOLD_WORDS = 24
#: A line end without a sentence end after one of these is cut in the middle.
OPEN_WORDS = load_words("open_words")
_ABBREVIATIONS = load_words("abbreviations")
CLOSERS = "\"'”’»)]"
ENDINGS = ".?!:;…。！？：；"
#: Fewer characters than this without a sentence end are a title or an item rather than a paragraph cut in two.
MIN_CUT_CHARS = 40
MAX_LAST_CHARS = 100
MAX_TITLE_CHARS = 120
#: "b Faculty of Law", an address behind its mark.
_MARKED = re.compile(r"[b-z] (?=[^\W\d_a-z])")


def is_finished(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return text.rstrip(CLOSERS + " ")[-1:] in tuple(ENDINGS)


def is_done(text: str) -> bool:
    """Whether a line ends as a sentence does, and not in an address or an abbreviation."""
    last = text[-MAX_LAST_CHARS:].split()[-1:] or [""]
    word = last[0].strip(CLOSERS + "(").lower()
    if "://" in word or word.startswith("www.") or word.rstrip(".") in _ABBREVIATIONS:
        return False
    return is_finished(text)


def _opens_item(text: str, marker: Marker) -> bool:
    """Whether a number begins an item or a heading: it is closed, or no sentence follows it."""
    closed = text[: marker.length].rstrip()[-1:] in {".", ")"} and not marker.style.startswith("word:")
    return closed or (len(text) < MAX_TITLE_CHARS and not is_finished(text))


def is_cut(text: str, following: str, *, is_open: bool = False) -> bool:
    """Whether a page break cut one paragraph into these two.

    is_open: the first ends at the very end of its column; then the second may begin with a capital.
    """
    if not text or not following or is_done(text):
        return False
    marker = find_marker(following)
    if BULLET.match(following) or (marker and _opens_item(following, marker)) or _MARKED.match(following):
        return False
    last = text[-MAX_LAST_CHARS:].split()[-1:] or [""]
    goes_on = (
        last[0].lower().rstrip(",") in OPEN_WORDS or text.endswith(",") or re.search(r"\w-$", text[-2:]) is not None
    )
    return following[0].islower() or ((goes_on or is_open) and following[0] != "[")


#: What may stand between the two halves of a paragraph that a page break cut.
_BETWEEN = frozenset({"footnote", "caption", "table", "code", "metadata", "affiliation"})


def join_cut(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Chunks with paragraphs and items that a page break cut in two joined again; notes between them follow."""
    joined: list[Chunk] = []
    pieces: list[list[Chunk]] = []
    last = -1
    for chunk in chunks:
        halves = last >= 0 and joined[last].role in {"", "paragraph", "item"} and chunk.role in {"", "paragraph"}
        if halves and _is_continued(pieces[last], chunk.text):
            pieces[last].append(chunk)
            continue
        caption = joined and joined[-1].role == "" and chunk.role == "" and _begins_caption(joined[-1].text)
        if caption and chunk.text[:1].islower() and not is_finished(pieces[-1][-1].text):
            pieces[-1].append(chunk)
            continue
        joined.append(chunk)
        pieces.append([chunk])
        if chunk.role not in _BETWEEN and not _begins_caption(chunk.text):
            last = len(joined) - 1
    if len(joined) == len(chunks):
        return joined
    words = find_written_words("\n".join(chunk.text for chunk in chunks))
    return [
        replace(chunk, text=join_hyphenated((part.text for part in parts), words)) if len(parts) > 1 else chunk
        for chunk, parts in zip(joined, pieces, strict=True)
    ]


def _is_continued(pieces: Sequence[Chunk], following: str) -> bool:
    long, last = len(pieces) > 1 or len(pieces[0].text) >= MIN_CUT_CHARS, pieces[-1]
    return long and is_cut(last.text, following, is_open=last.is_open) and not _begins_caption(following)


def _begins_caption(text: str) -> bool:
    return re.match(r"(?:Figure|Fig\.|Table|Chart|Box)\s*\d", text) is not None


def join_lines(first: str, second: str) -> str:
    """Two pieces of one paragraph on one line."""
    return squeeze(f"{first} {second}")


def split_at_breaks(runs: Sequence[tuple[str, bool]]) -> list[list[tuple[str, bool]]]:
    """The lines of a paragraph of plain and bold runs, of which a run "\\n" ends one; without empty ones."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for text, bold in runs:
        if text == "\n":
            lines.append([])
        else:
            lines[-1].append((text, bold))
    return [line for line in lines if any(text.strip() for text, _ in line)]


def make_runs_chunk(runs: Sequence[tuple[str, bool]], template: Chunk) -> Chunk | None:
    """A paragraph of runs of plain and bold text as a chunk, None if it is empty.

    A short paragraph that is bold as a whole is a heading; bold words at its beginning are its lead.
    template: role, level, number and page of the chunk.
    """
    text, lead = _join_runs(runs)
    if not text:
        return None
    is_bold = lead >= len(text) and len(text.split()) <= MAX_BOLD_WORDS and (text[0].isalnum() or text[0] in "“\"'(¿¡")
    is_aside = text[0] == "(" and text[-1] == ")"
    if template.role == "" and is_bold and not is_aside and any(map(str.isalpha, text)) and text[-1] not in ".,;":
        return replace(template, text=text.rstrip(": "), role="heading", level=BOLD_LEVEL)
    return replace(template, text=text, lead=lead if lead < len(text) else 0)


def _join_runs(runs: Sequence[tuple[str, bool]]) -> tuple[str, int]:
    """The text of runs on one line, and the length of the bold text it begins with."""
    raw, cut = "", 0
    in_lead = True
    for text, bold in runs:
        in_lead = in_lead and (bold or not text.strip())
        raw += text
        cut = len(raw) if in_lead else cut
    return squeeze(raw), len(squeeze(raw[:cut]))
