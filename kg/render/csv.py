"""SPARQL 1.1 Query Results CSV."""

import csv
import io

from kg.model.table import Cell, Table


def _to_field(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return f"_:{cell.value}" if cell.kind == "bnode" else cell.value


def render(table: Table) -> bytes:
    """UTF-8, comma, CRLF, values without type or language; an unbound value is an empty field.

    Source: W3C SPARQL 1.1 Query Results CSV and TSV Formats, section 3.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_to_field(cell) for cell in row])
    return out.getvalue().encode("utf-8")
