"""A table in GitHub-flavoured Markdown."""

import re

from kg.model.prefixes import DEFAULT_BASE
from kg.model.table import Cell, Table
from kg.render.terms import to_text

#: Characters that Markdown or HTML would read as markup.
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&!$])")


def escape_markdown(text: str) -> str:
    """The text in one line, with no character left that Markdown or HTML would read as markup."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _to_cell(cell: Cell | None, base: str) -> str:
    return escape_markdown(to_text(cell, base))


def render(table: Table, *, base: str = DEFAULT_BASE) -> bytes:
    """Header, rule and one line a row; every value is escaped, line breaks become spaces."""
    columns = table.columns or ("answer",)
    rows = [[_to_cell(cell, base) for cell in row] for row in table.rows]
    if not table.columns:
        rows = [["yes" if table.rows else "no"]]
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return ("\n".join(lines) + "\n").encode("utf-8")
