"""A matrix as CSV: one line a row, for a spreadsheet."""

import csv
import io

from kg.render.matrix.records import Cell, Matrix

#: A spreadsheet would take a text that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(value: Matrix) -> bytes:
    """The first column holds the rows; a cell says how many documents and which: "2: OECD 2020; Wu 2022"."""
    rows = [[f"kg matrix: {value.corner[0]} / {value.corner[1]}", *value.columns]]
    for row, cells in zip(value.rows, value.cells, strict=True):
        rows.append([row, *(_write_cell(cell, by_document=value.by_document) for cell in cells)])
    return to_csv(rows)


def to_csv(rows: list[list[str]]) -> bytes:
    """The rows as CSV (RFC 4180), UTF-8; no cell is taken for a formula."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([_guard(text) for text in row] for row in rows)
    return buffer.getvalue().encode()


def _guard(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _write_cell(cell: Cell, *, by_document: bool) -> str:
    count = cell.say_count(by_document=by_document)
    names = [f"{m.document}?" if m.status == "candidate" else m.document for m in cell.mentions]
    return count if by_document or not names else f"{count}: {'; '.join(names)}"
