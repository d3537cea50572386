"""SPARQL 1.1 Query Results JSON."""

import json

from kg.model.table import Cell, Table


def _to_object(cell: Cell) -> dict[str, str]:
    term = {"type": cell.kind, "value": cell.value}
    if cell.language:
        term["xml:lang"] = cell.language
    elif cell.datatype and cell.kind == "literal":
        term["datatype"] = cell.datatype
    return term


def render(table: Table) -> bytes:
    """The W3C form of a SELECT; a table without columns is the answer of an ASK: true if it has a row.

    Source: W3C SPARQL 1.1 Query Results JSON Format.
    """
    if not table.columns:
        return json.dumps({"head": {}, "boolean": bool(table.rows)}).encode() + b"\n"
    bindings = [
        {column: _to_object(cell) for column, cell in zip(table.columns, row, strict=True) if cell is not None}
        for row in table.rows
    ]
    answer = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
