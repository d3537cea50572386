"""A matrix as a Markdown table; the sentences stand in footnotes (as pandoc, GitHub and Obsidian read them)."""

from kg.render.markup import escape_markdown
from kg.render.matrix.records import Cell, Matrix, Mention, Note, number_notes, say_where
from kg.render.numbers import MADE_BY_KG


def render(value: Matrix) -> bytes:
    """Title, table, footnotes, list of documents."""
    notes = number_notes(value)
    head = [f"{value.corner[0]} / {value.corner[1]}", *value.columns]
    lines = [
        f"<!-- {MADE_BY_KG} -->",
        f"## {escape_markdown(value.title)}",
        "",
        _write_row(head),
        "|---" * len(head) + "|",
    ]
    for row, cells in zip(value.rows, value.cells, strict=True):
        lines.append(
            f"| {escape_markdown(row)} | "
            + " | ".join(_write_cell(cell, notes, by_document=value.by_document) for cell in cells)
            + " |"
        )
    lines.append("")
    lines += [
        f"[^{note.number}]: “{escape_markdown(m.quote)}” {escape_markdown(say_where(m))}" for m, note in notes.items()
    ]
    titled = [(name, title) for name, title in value.documents if title]
    lines += (
        ["", "**Documents**", "", *(f"- {escape_markdown(n)}: {escape_markdown(t)}" for n, t in titled)]
        if titled
        else []
    )
    return ("\n".join(lines) + "\n").encode()


def _write_row(texts: list[str]) -> str:
    return f"| {' | '.join(escape_markdown(text) for text in texts)} |"


def _write_cell(cell: Cell, notes: dict[Mention, Note], *, by_document: bool) -> str:
    named = []
    for mention in cell.mentions:
        mark = "?" if mention.status == "candidate" else ""
        note = f"[^{notes[mention].number}]" if mention in notes else ""
        name = "" if by_document else escape_markdown(mention.document)
        named.append(f"{name}{mark}{note}")
    count = cell.say_count(by_document=by_document)
    return count + ("" if by_document or not named else ": ") + ", ".join(named)
