"""Which lines are headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.readers.names import is_person
from kg.readers.structure.asides import is_signature, lists_keywords
from kg.readers.structure.chunks import Chunk, is_finished
from kg.readers.structure.fields import DATE, find_field
from kg.readers.structure.markers import BULLET, Marker, find_marker
from kg.readers.word_lists import load_words

MAX_HEADING_CHARS = 160
MAX_HEADING_WORDS = 22
MAX_PLAIN_HEADING_WORDS = 12
MAX_LEAD_WORDS = 16
#: Paragraphs with numbers as "2.14" begin with sentences of more words.
MAX_NUMBERED_LEAD_WORDS = 10
#: In a row of numbers so many less one may be missing.
MAX_ROW_GAP = 2
#: Of a row of titles so many at least are seen as such.
MIN_TITLED_SHARE = 0.75
#: Text behind a run-in heading is at least this long.
MIN_RUN_IN_CHARS = 40
MIN_PART_CHARS = 20
REFERENCE_HEADINGS = load_words("reference_headings")
_TOP_HEADINGS = REFERENCE_HEADINGS | load_words("section_headings")
_LEAD_WORDS = load_words("lead_words")
_NAMED_LEAD = re.compile(rf"(?P<name>(?i:{'|'.join(sorted(_LEAD_WORDS))}))(?P<number>):\s+(?=[^\W\d_a-z“\"'])")
#: Bold names of facts about a text, which head none of it.
_FACTS = frozenset({"keywords", "citation", "editor", "email", "doi", "received", "accepted", "licence"})
_END_HEADINGS = REFERENCE_HEADINGS | load_words("end_headings")
_ABBREVIATIONS = load_words("abbreviations")
#: The number of a page before a numbered heading ("27 7. References"); a number behind one stands in a contents page.
_PAGE_BEFORE = re.compile(r"\d{1,4}\s+(?=(?:\d{1,2}(?:\.\d{1,2})*|[IVXL]+)[.)]?\s+\D)")
#: A remark below a list or figure, often set as boldly as a heading.
_REMARK = re.compile(r"(?:Note|Notes|NB|N\.B\.|Source|Sources)\s*:\s+\S")
_STOP = re.compile(r"(?P<stop>[.:?!])(?=\s+(?:[^\W\d_a-z]|\([a-z\d]{1,3}\)\s))")
#: No longer title ends in one of these ("Employees should" does), but a sentence that a list goes on with.
MAX_LEAD_IN_WORDS = 6
_NO_LAST = frozenset("a an the and or may must shall should would".split())
_ADDRESS = re.compile(r"\S@\S+\.\w|https?://")
#: What is said, and stands alone to be seen.
_QUOTED_SENTENCE = re.compile(r"^[“\"«‘].*[.!,…][”\"»’]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found in a chunk: `text[start:end]` is its title; what follows `end` by `stop` characters is the rest.

    style: see Marker; "plain" without a number, "top" for a known name such as References, "lead" for bold words.
    """

    style: str
    number: str
    start: int
    end: int
    stop: int = 0
    value: int = 0
    hint: int = 0


CAPTION = re.compile(
    r"(?P<label>(?i:Figure|Fig\.|Table|Tab\.|Chart|Exhibit|Listing|Map|Image|Photo))\s*"
    r"(?P<number>\d{1,3}(?:\.\d+)*|[IVX]+)(?:\s*[.:|–—-]\s*|\s+(?=[A-Z]))"
)


def find_caption(text: str) -> re.Match[str] | None:
    """The label a caption begins with ("Table 1. "), or None."""
    return CAPTION.match(text)


def is_known_heading(text: str) -> bool:
    """Whether the text is a name that sections of papers and reports usually have."""
    return _bare(text) in _TOP_HEADINGS


def names_section(text: str) -> bool:
    """Whether the text is a name of a section, or of a part of an argument ("The problem"), and so no title."""
    return is_known_heading(text) or text.strip(" :.").lower() in _LEAD_WORDS


def is_reference_heading(text: str) -> bool:
    """Whether the text heads a reference list."""
    return _bare(text) in REFERENCE_HEADINGS


def _bare(text: str) -> str:
    """The name in a heading without its number and without that of a page, in lower case."""
    if len(text) > MAX_HEADING_CHARS:
        return ""
    title = _PAGE_BEFORE.sub("", text)
    marker = find_marker(title)
    return title[marker.length if marker else 0 :].strip(" :.").lower()


def is_heading_text(text: str) -> bool:
    """Whether a line without its number can be a title: short, begins like one, does not end like a sentence."""
    text = text.rstrip("*†‡ ")  # the mark of a note stands behind the stop too
    words = text.split()
    if not words or len(text) > MAX_HEADING_CHARS or len(words) > MAX_HEADING_WORDS:
        return False
    if BULLET.match(text) or _REMARK.match(text) or (text[-1] in ".;:,，。；：" and not text.endswith(("...", "etc."))):
        return False
    if len(words) > MAX_LEAD_IN_WORDS and words[-1].lower() in _NO_LAST:
        return False
    byline = text[3:].title() if text[:3].lower() == "by " else ""
    if _ADDRESS.search(text) or _QUOTED_SENTENCE.search(text) or (byline and is_person(byline)):
        return False
    begins = not text[0].islower() and text[0] not in "[<{|"
    return begins and any(char.isalpha() for char in text) and ". " not in text


def find_headings(chunks: Sequence[Chunk], *, marked: bool) -> dict[int, Heading]:
    """Headings by the index of their chunk.

    marked: the format names its own headings, so that unnumbered lines are not guessed.
    """
    markers = [find_marker(chunk.text) if chunk.role in {"", "heading"} else None for chunk in chunks]
    titled = _find_titled_rows(chunks, markers)
    found: dict[int, Heading] = {}
    for i, chunk in enumerate(chunks):
        if is_signature(chunks, i) or (i and is_signature(chunks, i - 1)) or lists_keywords(chunk):
            continue
        heading = _read_paged(chunk) or _read_hinted(chunk, markers[i], marked=marked)
        heading = heading or _read_lead(chunk, in_row=_is_in_row(markers, i)) or _read_named_lead(chunk)
        if not heading and chunk.role == "":
            heading = _read_numbered(chunks, markers, i) or (
                _read_run_in(chunk, markers[i], in_row=_is_in_row(markers, i)) if i in titled else None
            )
            if not heading and (not marked or is_reference_heading(chunk.text)):
                heading = _read_plain(chunks, i)
        if heading:
            found[i] = heading
    return found


def _read_paged(chunk: Chunk) -> Heading | None:
    """A known name of a section, with its number and that of a page before it."""
    page = _PAGE_BEFORE.match(chunk.text)
    marker = find_marker(chunk.text[page.end() :]) if page else None
    if chunk.role not in {"", "heading"} or not page or not marker or not is_known_heading(chunk.text):
        return None
    start = page.end() + marker.length
    return Heading(marker.style, marker.number, start, len(chunk.text), value=marker.value, hint=chunk.level)


def _read_hinted(chunk: Chunk, marker: Marker | None, *, marked: bool) -> Heading | None:
    """A heading that the format names as one."""
    if chunk.role != "heading":
        return None
    end = len(chunk.text)
    if not marker or marker.length >= end:
        known = is_known_heading(chunk.text) and not chunk.level
        behind = not marked and chunk.text.strip(" :.").lower() in _END_HEADINGS
        style = "top" if known or behind else "plain"
        return Heading(style, marker.number if marker else chunk.number, 0, end, hint=chunk.level)
    return Heading(marker.style, marker.number, marker.length, end, value=marker.value, hint=chunk.level)


def _read_lead(chunk: Chunk, *, in_row: bool) -> Heading | None:
    """Bold words that begin a paragraph and end in a stop: a run-in heading.

    in_row: a number before or behind it makes it an item of a list, where its words end in a colon.
    """
    title = chunk.text[: chunk.lead].rstrip()
    rest = chunk.text[chunk.lead :].strip()
    if find_caption(chunk.text) or not title or chunk.role not in {"", "item"} or len(title.split()) > MAX_LEAD_WORDS:
        return None
    field = find_field(chunk.text)
    if (field is not None and field.name in _FACTS) or title.lower().startswith("copyright"):
        return None
    stop = rest[:1] if rest[:1] in ".:" else title[-1] if title[-1] in ".:?!" else ""
    if not stop or len(rest) < MIN_RUN_IN_CHARS or not title[0].isupper() or chunk.role == "item":
        return None
    if in_row and stop == ":":
        return None
    marker = find_marker(title)
    start = marker.length if marker and marker.length < len(title) else 0
    end = len(title.rstrip(".:"))
    return Heading(
        "lead",
        marker.number if marker and start else "",
        start,
        end,
        stop=1 if chunk.text[end : end + 1] in ".:" else 0,
    )


def _read_named_lead(chunk: Chunk) -> Heading | None:
    """A word that names a part of an argument ("Solution: ..."), before the text of its own paragraph."""
    found = _NAMED_LEAD.match(chunk.text) if chunk.role == "" else None
    if not found or len(chunk.text) - found.end() < MIN_RUN_IN_CHARS:
        return None
    return Heading("lead", found.group("number") or "", 0, found.end("name"), stop=1)


def _read_numbered(chunks: Sequence[Chunk], markers: Sequence[Marker | None], i: int) -> Heading | None:
    """A line that is a number and a title, unless its neighbours make it an item of a list."""
    marker, text = markers[i], chunks[i].text
    if not marker or _is_in_row(markers, i) or DATE.fullmatch(text):
        return None
    rest = text[marker.length :]
    if marker.style.startswith("word:") and not rest:
        return Heading(marker.style, marker.number, 0, len(text), value=marker.value) if len(text) < 30 else None
    if not is_heading_text(rest) or _is_quantity(marker, rest):
        return None
    if marker.style in {"small-letter", "small-roman", "paren-letter", "paren-roman", "letter"} and not _has_text_below(
        chunks, i
    ):
        return None
    if marker.style in {"paren", "half"} and not _has_text_below(chunks, i):
        return None
    return Heading(marker.style, marker.number, marker.length, len(text), value=marker.value)


def _is_quantity(marker: Marker, rest: str) -> bool:
    """ "23 Provinces have ..." as a paragraph without a stop."""
    return marker.style == "decimal1" and marker.value > 30 and len(rest) > 60


def _has_text_below(chunks: Sequence[Chunk], i: int, *, chars: int = MIN_RUN_IN_CHARS) -> bool:
    """Whether the next chunk is a sentence or more, of at least so many characters."""
    return i + 1 < len(chunks) and len(chunks[i + 1].text) > chars and is_finished(chunks[i + 1].text)


def _is_in_row(markers: Sequence[Marker | None], i: int) -> bool:
    """Whether the chunk before or behind carries the neighbouring number: then both are items of a list."""
    own = markers[i]
    before = markers[i - 1] if i else None
    behind = markers[i + 1] if i + 1 < len(markers) else None
    if not own:
        return False
    follows = behind is not None and behind.style == own.style and behind.value == own.value + 1
    preceded = before is not None and before.style == own.style and before.value == own.value - 1
    return follows or preceded


def _find_titled_rows(chunks: Sequence[Chunk], markers: Sequence[Marker | None]) -> set[int]:
    """Chunks whose number belongs to a row of which two, and most, stand before a title.

    A title is alone on its line or run in; single clauses of a list that begin with a short sentence are none.
    """
    open_rows: dict[str, list[int]] = {}
    rows: list[list[int]] = []
    for i, marker in enumerate(markers):
        if marker is None:
            continue
        row = open_rows.get(marker.style)
        last = markers[row[-1]] if row else None
        if row and last and 0 < marker.value - last.value <= MAX_ROW_GAP:
            row.append(i)
        else:
            rows.append([i])
            open_rows[marker.style] = rows[-1]
    return {
        i
        for row in rows
        if (count := sum(_has_title(chunks[j].text, markers[j]) for j in row)) > 1
        and count >= MIN_TITLED_SHARE * len(row)
        for i in row
    }


def _has_title(text: str, marker: Marker | None) -> bool:
    return marker is not None and (_split_run_in(text, marker) > 0 or is_heading_text(text[marker.length :]))


def _read_run_in(chunk: Chunk, marker: Marker | None, *, in_row: bool) -> Heading | None:
    """A title that ends in a stop before the text of its own paragraph ("(1) Title. Text").

    in_row: as for `_read_lead`.
    """
    split = _split_run_in(chunk.text, marker)
    if not marker or not split or marker.style == "letter-decimal":
        return None
    if in_row and marker.style == "decimal1" and chunk.text[split] == ":":
        return None
    return Heading(marker.style, marker.number, marker.length, split, stop=1, value=marker.value)


def _split_run_in(text: str, marker: Marker | None) -> int:
    """Where the title of a run-in heading ends, or 0."""
    if not marker or marker.length >= len(text) or text[marker.length].islower():
        return 0
    for found in _STOP.finditer(text, marker.length, marker.length + MAX_HEADING_CHARS):
        title = text[marker.length : found.start()]
        words = title.split()
        if not words or words[-1].lower().strip("(") in _ABBREVIATIONS or re.fullmatch(r"[^\W\d_]", words[-1]):
            continue
        rest = text[found.end() :].strip()
        # "Section 2. Definitions. In this law:" says by its first word that a title follows.
        words_least, rest_least = (1, MIN_PART_CHARS) if marker.style.startswith("word:") else (2, MIN_RUN_IN_CHARS)
        words_most = MAX_NUMBERED_LEAD_WORDS if marker.style.startswith("decimal") else MAX_LEAD_WORDS
        fits = words_least <= len(words) <= words_most and len(rest) >= max(rest_least, len(title))
        return found.start() + (found.group("stop") in "?!") if fits else 0
    return 0


def _read_plain(chunks: Sequence[Chunk], i: int) -> Heading | None:
    """A short line without number between paragraphs, or a name that sections usually have."""
    text = chunks[i].text
    if is_known_heading(text):
        return Heading("top", "", 0, len(text.rstrip(" :.")))
    if (
        find_marker(text)
        or find_caption(text)
        or not is_heading_text(text)
        or len(text.split()) > MAX_PLAIN_HEADING_WORDS
    ):
        return None
    following = chunks[i + 1] if i + 1 < len(chunks) else None
    prose_below = following is not None and (
        following.role == "heading" or _has_text_below(chunks, i, chars=2 * MIN_RUN_IN_CHARS)
    )
    closed_above = i == 0 or is_finished(chunks[i - 1].text) or chunks[i - 1].role == "heading"
    if not prose_below or not closed_above or re.search(r"[@=<>{}|]|https?:|\d{4}\)?$|^\(.*\)$", text):
        return None
    return Heading("plain", "", 0, len(text))
