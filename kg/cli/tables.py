"""How commands print tables: drawn on a terminal, plain in a pipe, or in a format that was asked for."""

import os
import shutil
import sys
from pathlib import Path

import click

from kg.model.prefixes import DEFAULT_BASE
from kg.model.table import Table

#: Formats for people, which show names instead of identifiers.
NAMED_FORMATS = frozenset({"table", "md"})
TABLE_FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "ttl")


def render_table(table: Table, form: str, *, base: str = DEFAULT_BASE, to_file: bool = False) -> bytes:
    """The table in a format; as a "table" it is drawn to the width of the terminal, where it goes to one."""
    if form == "table":
        from kg.render.table import render, render_for_terminal

        if sys.stdout.isatty() and not to_file and not os.environ.get("NO_COLOR"):
            return render_for_terminal(table, width=shutil.get_terminal_size().columns, base=base)
        return render(table, base=base)
    if form == "md":
        from kg.render.markdown import render as render_markdown

        return render_markdown(table, base=base)
    from kg.render import render as render_as

    return render_as(form, table)


def say_count(table: Table) -> None:
    """The number of rows and what stands beside them, to people only."""
    for note in table.notes:
        click.echo(note, err=True)
    if table.columns and sys.stderr.isatty():
        number = len(table.rows)
        click.echo("nothing found" if not number else f"{number:,} row{'s' if number != 1 else ''}", err=True)


def parse_values(params: tuple[str, ...]) -> dict[str, list[str]]:
    """NAME=VALUE, repeatable -> name -> values.

    Raises UsageError for a text without "=".
    """
    values: dict[str, list[str]] = {}
    for param in params:
        name, found, value = param.partition("=")
        if not found or not name:
            raise click.UsageError(f"--param is NAME=VALUE, not '{param}'.")
        values.setdefault(name, []).append(value)
    return values


def find_root(workspace: str | None) -> tuple[Path, str]:
    """Folder and base address of the workspace a command is for.

    Raises CorpusError if there is none.
    """
    from kg.corpus.workspace import open_workspace

    found = open_workspace(Path(workspace) if workspace else None)
    return found.root, found.settings.base
