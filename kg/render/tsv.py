"""SPARQL 1.1 Query Results TSV."""

import re

from kg.model.table import Cell, Table
from kg.render.terms import to_ntriples

XSD = "http://www.w3.org/2001/XMLSchema#"
#: Type -> the lexical forms of it that Turtle reads as that type when they stand bare (Turtle 1.1, productions 19-21).
_BARE = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}


def _to_field(cell: Cell | None) -> str:
    if cell is None:
        return ""
    bare = _BARE.get(cell.datatype) if cell.kind == "literal" else None
    if bare and bare.fullmatch(cell.value):
        return cell.value
    return to_ntriples(cell)


def render(table: Table) -> bytes:
    """UTF-8, one tab between terms in Turtle syntax; an unbound value is an empty field.

    Source: W3C SPARQL 1.1 Query Results CSV and TSV Formats, section 4.
    """
    lines = ["\t".join(f"?{column}" for column in table.columns)]
    lines += ["\t".join(_to_field(cell) for cell in row) for row in table.rows]
    return ("\n".join(lines) + "\n").encode("utf-8")
