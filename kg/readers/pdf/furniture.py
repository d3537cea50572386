"""What a page carries besides its text: running heads and feet, page numbers, contents pages."""

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Sequence

from kg.readers.pdf.lines import Line

#: Heads and feet lie in this share of a page's height at either end.
MARGIN_SHARE = 0.12
#: A text at one height of so many pages is a running head.
MIN_REPEATS = 3
#: A line set larger than its page by this factor is a heading or the number of a chapter, not a running head.
MAX_NUMBER_FACTOR = 1.4
#: A line set larger than its page by this factor is a title that running heads may repeat.
MIN_TITLE_FACTOR = 1.15
MIN_TITLE_CHARS = 8
_NUMBER_LINE = re.compile(
    r"(?:page|p\.|pág\.|seite|página)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–—|]?(?:\s*(?:of|/|von|de|\|)\s*(?:\d{1,4}|page))?",
    re.IGNORECASE,
)
#: The number of a page before or behind other words.
_PAGED = re.compile(r"(?P<before>\d{1,4})\s+(?:[|·•–—-]\s+)?[^\d\W].*|.*[^\d\W]\s+(?:[|·•–—-]\s+)?(?P<behind>\d{1,4})")
#: What the template of a publisher puts at the head of a manuscript.
_UNDER_REVIEW = re.compile(r"\bFOR PEER REVIEW\b|^(?:Manuscript|Preprint) submitted to\b")
#: What a browser prints above and below a page: when, and where it stood.
_PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d\d(?: [AP]M)?(?:\s.*)?", re.IGNORECASE)
_PLACE = re.compile(r"(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?")
_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|(?:_\s?){6,}|(?:·\s?){5,}")
_CONTENTS = re.compile(
    r"(?:table of )?contents|index|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice|indice|sommario",
    re.IGNORECASE,
)
MIN_CONTENTS_LINES = 4
MIN_LINE_NUMBERS = 6


def split_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> tuple[list[list[Line]], list[Line]]:
    """The lines of each page without running heads, feet and page numbers, and those taken out."""
    counts = Counter(key for page, height in zip(pages, heights, strict=True) for key in _keys_of(page, height))
    paged = _find_paged(pages, heights)
    titles = _find_titles(pages)
    needed = 2 if len(pages) <= MIN_REPEATS else MIN_REPEATS
    kept: list[list[Line]] = []
    dropped: list[Line] = []
    for page, height in zip(pages, heights, strict=True):
        body: list[Line] = []
        counted = _find_line_numbers(page)
        usual = statistics.median([line.size for line in page] or [0.0])
        printed = _find_printed(page, height)
        for line in page:
            near = _find_margin(line, height) and line.size <= MAX_NUMBER_FACTOR * usual
            repeats = near and max(counts[_make_key(line, shift)] for shift in (-1, 0, 1)) >= needed
            is_number = near and (_NUMBER_LINE.fullmatch(_plain(line)) or _UNDER_REVIEW.search(line.text))
            repeats = repeats or (near and line.size < 1.1 * usual and _fold(_plain(line)) in titles)
            repeats = repeats or (near and any(_make_key(line, shift) in paged for shift in (-1, 0, 1)))
            if id(line) not in counted | printed:
                (dropped if repeats or is_number else body).append(line)
        kept.append(body)
    return kept, dropped


def _find_printed(page: Sequence[Line], height: float) -> set[int]:
    """The lines that a browser puts around a page that it prints; none if it does not say when."""
    margins = [line for line in page if _find_margin(line, height)]
    dated = [line for line in margins if _PRINTED.fullmatch(_plain(line))]
    placed = [line for line in margins if _PLACE.fullmatch(_plain(line))] if dated else []
    return {id(line) for line in (*dated, *placed)}


def _find_line_numbers(page: Sequence[Line]) -> set[int]:
    """The numbers that a draft prints beside its lines, each growing by as much as those before it."""
    numbers = sorted((line for line in page if line.text.strip().isdecimal()), key=lambda line: -line.y)
    if len(numbers) < MIN_LINE_NUMBERS:
        return set()
    values = [int(line.text) for line in numbers]
    steps = {b - a for a, b in itertools.pairwise(values)}
    edge = max(line.x1 for line in numbers)
    beside = all(line.x0 >= edge or line.text.strip().isdecimal() for line in page if line.y <= numbers[0].y)
    return set(map(id, numbers)) if len(steps) == 1 and min(steps) > 0 and beside else set()


def _find_paged(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[tuple[str, int]]:
    """Texts in the margins of two pages at least that hold a number which grows as the pages do."""
    shifts: dict[tuple[str, int], Counter[int]] = {}
    for number, (page, height) in enumerate(zip(pages, heights, strict=True)):
        for line in page:
            found = _PAGED.fullmatch(_plain(line)) if _find_margin(line, height) else None
            if found:
                printed = int(found["before"] or found["behind"])
                shifts.setdefault(_make_key(line, 0), Counter())[printed - number] += 1
    return {key for key, count in shifts.items() if max(count.values()) > 1}


def _find_titles(pages: Sequence[Sequence[Line]]) -> set[str]:
    """The headings of a document, which may be repeated over the pages of their chapter."""
    return {
        _fold(_plain(line))
        for page in pages
        for usual in [statistics.median([line.size for line in page] or [0.0])]
        for line in page
        if line.size > MIN_TITLE_FACTOR * usual and len(line.text) > MIN_TITLE_CHARS
    }


def _fold(text: str) -> str:
    """A heading without the number and name of its chapter, and without a page number behind it."""
    text = re.sub(r"^(?:(?:chapter|section|part)\s+)?[\dIVX.]*[:.]?\s+|\s+\d+$", "", text, flags=re.IGNORECASE)
    return " ".join(re.findall(r"\w+", text.lower()))


def _find_margin(line: Line, height: float) -> bool:
    return line.y > (1 - MARGIN_SHARE) * height or line.y < MARGIN_SHARE * height


def _keys_of(page: Sequence[Line], height: float) -> set[tuple[str, int]]:
    """Each text in the margins of a page once, with its height."""
    return {_make_key(line, 0) for line in page if _find_margin(line, height)}


def _make_key(line: Line, shift: int) -> tuple[str, int]:
    return re.sub(r"\d+|\b[ivxl]{1,6}\b", "#", _plain(line).lower()), round(line.y / 6) + shift


def _plain(line: Line) -> str:
    return " ".join(line.text.split())


def drop_contents(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[int]]:
    """The lines of each page without tables of contents, and the pages (from 1) that held one."""
    kept: list[list[Line]] = []
    found: list[int] = []
    for page in pages:
        rest = _drop_contents(page)
        if len(rest) < len(page):
            found.append(page[0].page)
        kept.append(rest)
    return kept, found


def _drop_contents(page: Sequence[Line]) -> list[Line]:
    led = [line for line in page if _LEADERS.search(line.text)]
    heading = next((line for line in page if _CONTENTS.fullmatch(_plain(line))), None)
    numbered = [line for line in page if re.search(r"\d\s*$", line.text) and len(line.text) < 120]
    if len(led) < MIN_CONTENTS_LINES and not (heading and len(numbered) >= MIN_CONTENTS_LINES):
        return list(page)
    span = led if len(led) >= MIN_CONTENTS_LINES else numbered
    top = max(line.y for line in (*span, *([heading] if heading else []))) + 1
    foot = min(line.y for line in span) - 1
    return [line for line in page if not foot <= line.y <= top]
