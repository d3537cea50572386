"""SPARQL 1.1 Query Results TSV."""

from kg.model.table import Cell, Table
from kg.render.terms import to_ntriples

XSD = "http://www.w3.org/2001/XMLSchema#"
#: Types whose lexical forms Turtle writes bare.
_BARE = frozenset({XSD + "integer", XSD + "decimal", XSD + "double", XSD + "boolean"})


def _to_field(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.kind == "literal" and cell.datatype in _BARE:
        return cell.value
    return to_ntriples(cell)


def render(table: Table) -> bytes:
    """UTF-8, one tab between terms in Turtle syntax; an unbound value is an empty field.

    Source: W3C SPARQL 1.1 Query Results CSV and TSV Formats, section 4.
    """
    lines = ["\t".join(f"?{column}" for column in table.columns)]
    lines += ["\t".join(_to_field(cell) for cell in row) for row in table.rows]
    return ("\n".join(lines) + "\n").encode("utf-8")
