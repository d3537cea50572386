"""What is known about a PDF as a whole before its pages are read."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.readers.characters import squeeze
from kg.readers.hyphens import find_written_words
from kg.readers.marks import find_numbers, mark_unicode, normalise_marked
from kg.readers.pdf.furniture import drop_contents, split_furniture
from kg.readers.pdf.lines import Line
from kg.readers.pdf.overprint import drop_overprinted


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a PDF by page without furniture, and what was learnt about it.

    size: letter size of most of its text; heads: the running heads and feet; columns: of each page.
    """

    pages: tuple[tuple[Line, ...], ...]
    size: float
    heads: tuple[str, ...]
    contents: tuple[int, ...]
    words: frozenset[str]


def lay_out(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> Layout:
    """The layout of a document whose lines were read page by page."""
    cleaned = [[replace(line, text=mark_unicode(normalise_marked(line.text))) for line in page] for page in pages]
    cleaned = drop_overprinted(cleaned)
    body, dropped = split_furniture(cleaned, heights)
    body, contents = drop_contents(body)
    sizes = Counter[float]()
    for page in body:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    words = find_written_words("\n".join(line.text for page in cleaned for line in page))
    rows: dict[tuple[int, int], list[str]] = {}
    for line in sorted(dropped, key=lambda line: line.x0):
        rows.setdefault((line.page, round(line.y)), []).append(squeeze(line.text))
    heads = tuple(dict.fromkeys([*(squeeze(line.text) for line in dropped), *(" ".join(row) for row in rows.values())]))
    return Layout(tuple(map(tuple, body)), size, heads, tuple(contents), words)


def cites_by_superscript(layout: Layout) -> bool:
    """Whether superscript numbers are citations: many of them, and hardly any in brackets."""
    text = "\n".join(line.text for page in layout.pages for line in page)
    brackets = len(re.findall(r"\[\d{1,3}(?:[,–-]\s*\d{1,3})*\]", text))
    years = len(re.findall(r"\(\D{2,60}(?:19|20)\d\d[a-z]?\)", text))
    has_list = re.search(r"(?im)^\W*(?:references|bibliography)\W*$", text) is not None
    footnotes = sum(1 for page in layout.pages for line in page if re.match("\\s*\ue000\\s*\\d+\\s*\ue001", line.text))
    return footnotes < 3 and has_list and brackets < 5 and years < 5 and len(find_numbers(text)) >= 5
