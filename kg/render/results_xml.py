"""SPARQL Query Results XML."""

import re
from xml.sax.saxutils import escape, quoteattr

from kg.model.table import Cell, Table

NAMESPACE = "http://www.w3.org/2005/sparql-results#"
#: What XML 1.0 cannot hold in any form; shown as U+FFFD.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _to_element(cell: Cell) -> str:
    value = escape(_NOT_XML.sub("\ufffd", cell.value), {"\r": "&#13;"})
    if cell.kind != "literal":
        return f"<{cell.kind}>{value}</{cell.kind}>"
    if cell.language:
        return f"<literal xml:lang={quoteattr(cell.language)}>{value}</literal>"
    return (
        f"<literal datatype={quoteattr(cell.datatype)}>{value}</literal>"
        if cell.datatype
        else f"<literal>{value}</literal>"
    )


def render(table: Table) -> bytes:
    """The W3C form of a SELECT; a table without columns is the answer of an ASK: true if it has a row.

    Source: W3C SPARQL Query Results XML Format (Second Edition).
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<sparql xmlns="{NAMESPACE}">', " <head>"]
    lines += [f"  <variable name={quoteattr(column)}/>" for column in table.columns]
    lines.append(" </head>")
    if not table.columns:
        lines.append(f" <boolean>{'true' if table.rows else 'false'}</boolean>")
    else:
        lines.append(" <results>")
        for row in table.rows:
            cells = zip(table.columns, row, strict=True)
            bound = "".join(f"<binding name={quoteattr(c)}>{_to_element(cell)}</binding>" for c, cell in cells if cell)
            lines.append(f"  <result>{bound}</result>")
        lines.append(" </results>")
    return ("\n".join([*lines, "</sparql>"]) + "\n").encode("utf-8")
