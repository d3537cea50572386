"""What there is to review: statements and links of the graph, the least certain first."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.model.decision import ReviewItem
from kg.query.run import run_query

if TYPE_CHECKING:
    import pyoxigraph as ox


def list_items(store: "ox.Store", *, document: str = "", topic: str = "", item: str = "") -> list[ReviewItem]:
    """The statements and links of the graph, the least certain first.

    document: only of that one, by its short name. topic: only those with these words in label, type or quotes.
    item: "statement" or "link" for only those.
    """
    parameters = {"document": document} if document else {}
    found: list[ReviewItem] = []
    if item != "link":
        for query in ("document_statements", "document_candidates"):
            found += [_read_statement(_cells(row)) for row in run_query(store, query, parameters).rows]
    if item != "statement":
        found += [_read_link(_cells(row)) for row in run_query(store, "remedy_dilemmas", parameters).rows]
    words = topic.casefold()
    shown = [one for one in found if words in f"{one.label} {one.type} {one.quote} {one.other}".casefold()]
    return sorted(shown, key=lambda one: (one.confidence, *one.key))


def _cells(row: Iterable[object]) -> list[str]:
    return ["" if cell is None else str(getattr(cell, "value", cell)) for cell in row]


def _read_statement(cells: list[str]) -> ReviewItem:
    document, kind, label, type_, quote, _, _, section, confidence = cells
    return ReviewItem(_shorten(document), kind, label, type_, quote, float(confidence), section=section)


def _read_link(cells: list[str]) -> ReviewItem:
    document, _, _, quote, other, status, confidence = cells
    return ReviewItem(_shorten(document), "link", status, "", quote, float(confidence), other)


def _shorten(iri: str) -> str:
    return iri.rpartition("/document/")[2] or iri
