"""Several tables under one another, each with its title and the query that gives all of it."""

import shlex

import click

from kg.cli.tables import render_table
from kg.model.table import Table


def format_heading(text: str, form: str, level: int = 1) -> str:
    """A heading: bold on a terminal, with # in Markdown."""
    if form == "md":
        from kg.render.markdown import escape_markdown

        return f"{'#' * level} {escape_markdown(text)}\n"
    return click.style(clean_line(text), bold=True)


def format_part(table: Table, form: str, *, query: str, base: str, most: int | None) -> list[str]:
    """Heading, the first rows, and how to get the others. query: "NAME -p parameter=value"."""
    shown = Table(table.columns, table.rows[:most], table.title)
    lines = ["", format_heading(f"{table.title} ({len(table.rows)})", form, 2)]
    lines.append(render_table(shown, form, base=base).decode().rstrip("\n"))
    hidden = len(table.rows) - len(shown.rows)
    return [*lines, f"... {hidden} more: kg query {query}"] if hidden else lines


def format_command(query: str, parameter: str, value: str) -> str:
    """A query with a parameter as a shell takes it."""
    return f"{query} -p {parameter}={shlex.quote(value)}"


def to_rows(table: Table) -> list[list[str | None]]:
    """The values of a table, for JSON."""
    return [[None if cell is None else cell.value for cell in row] for row in table.rows]


def clean_line(text: str) -> str:
    """One line without what could steer a terminal: labels come from documents."""
    return "".join(c if c.isprintable() else " " for c in text)
