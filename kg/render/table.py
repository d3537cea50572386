"""A table for people: aligned plain text, or drawn for a terminal."""

import io

from kg.model.prefixes import DEFAULT_BASE
from kg.model.table import Table
from kg.render.terms import to_text

#: A wider column is left ragged rather than padded.
MAX_PADDED_CHARS = 60
XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset({XSD + "integer", XSD + "decimal", XSD + "double"})


def to_lines(table: Table, base: str = DEFAULT_BASE) -> list[list[str]]:
    """Every row as texts without line breaks or control characters, which could steer a terminal."""
    return [["".join(c if c.isprintable() else " " for c in to_text(cell, base)) for cell in row] for row in table.rows]


def is_numeric(table: Table, index: int) -> bool:
    """Whether every bound value of a column is a number."""
    cells = [row[index] for row in table.rows if row[index] is not None]
    return bool(cells) and all(cell is not None and cell.datatype in _NUMBERS for cell in cells)


def render(table: Table, *, base: str = DEFAULT_BASE) -> bytes:
    """Plain text with aligned columns, for pipes and files; nothing is cut."""
    if not table.columns:
        return b"yes\n" if table.rows else b"no\n"
    lines = [list(table.columns), *to_lines(table, base)]
    widths = [min(MAX_PADDED_CHARS, max(len(line[i]) for line in lines)) for i in range(len(table.columns))]
    right = [is_numeric(table, i) for i in range(len(table.columns))]
    lines.insert(1, ["-" * width for width in widths])
    padded = (
        "  ".join(t.rjust(w) if r else t.ljust(w) for t, w, r in zip(line, widths, right, strict=True))
        for line in lines
    )
    return ("\n".join(line.rstrip() for line in padded) + "\n").encode("utf-8")


def render_for_terminal(table: Table, *, width: int, base: str = DEFAULT_BASE) -> bytes:
    """The same with colours and wrapped columns, to fit `width` characters of a terminal."""
    if not table.columns:
        return render(table)
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    from kg.render.terminal import WrappedText

    drawn = RichTable(
        box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, title_justify="left", row_styles=["", "dim"]
    )
    for i, column in enumerate(table.columns):
        drawn.add_column(Text(column), justify="right" if is_numeric(table, i) else "left", overflow="fold")
    for line in to_lines(table, base):
        drawn.add_row(*(WrappedText(text) for text in line))
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=True, color_system="standard", legacy_windows=False).print(drawn)
    return out.getvalue().encode("utf-8")
