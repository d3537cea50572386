"""Points of laws that a page sets as tables: the mark in one cell, the text beside it."""

from collections.abc import Sequence

from lxml import etree

from kg.readers.characters import normalise, squeeze
from kg.readers.html_chunks import text_of
from kg.readers.structure.markers import POINT

_BLOCKS = frozenset({"p", "div"})


def write_points(root: etree._Element) -> None:
    """Make each table whose rows are all a mark and a text the paragraphs that it shows; inner ones first."""
    owners: dict[etree._Element, list[etree._Element]] = {}
    for part in root.iter("tbody", "thead", "tr", "td", "th"):
        table = next(part.iterancestors("table"), None)
        if table is not None:
            owners.setdefault(table, []).append(part)
    for table, parts in reversed(owners.items()):
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in parts if row.tag == "tr"]
        if rows and all(map(_is_point, rows)):
            for mark, text in rows:
                _prepend(text, squeeze(normalise(text_of(mark))))
                mark.clear()
            for part in (table, *parts):
                part.tag = "div"


def _is_point(row: Sequence[etree._Element]) -> bool:
    """Whether a row is a mark and what it marks."""
    if len(row) != 2 or not POINT.fullmatch(squeeze(normalise(text_of(row[0])))):
        return False
    return any(map(str.isalpha, text_of(row[1])))


def _prepend(cell: etree._Element, mark: str) -> None:
    """Put a mark before the first words of a cell."""
    first = cell
    while not (first.text or "").strip() and len(first) and first[0].tag in _BLOCKS:
        first = first[0]
    first.text = f"{mark} {(first.text or '').lstrip()}"
