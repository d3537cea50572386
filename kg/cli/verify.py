"""`kg verify`: every quote looked up in its source."""

from typing import TYPE_CHECKING

import click

from kg.cli.tables import TABLE_FORMATS, render_table
from kg.cli.workspace import find_workspace
from kg.model import Cell, Table, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.pipeline.verify import Verdict

_COLUMNS = ("document", "start", "end", "quote", "found", "fault")


@click.command("verify")
@click.option("--format", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True)
@click.pass_context
def verify_command(ctx: click.Context, /, form: str) -> None:
    """Read every document again and look up every quote of the graph in it; compare the store with its text.

    What does not hold is listed, and ends the command with 1.

    \b
    Example:
      kg verify
    """
    from kg.pipeline.verify import verify_documents, verify_store

    workspace = find_workspace(ctx)
    verdicts = list(verify_documents(workspace))
    rows = tuple(row for verdict in verdicts for row in _make_rows(verdict))
    if rows or form != "table":
        click.echo(render_table(Table(_COLUMNS, rows, "Quotes that do not hold"), form), nl=False)
    note = verify_store(workspace)
    if note:
        click.echo(note, err=True)
    quotes = sum(verdict.quotes for verdict in verdicts)
    if rows:
        raise ValidationError(f"{len(rows)} fault{'s' * (len(rows) != 1)} in {len(verdicts)} documents")
    click.echo(f"All {quotes:,} quotes of {len(verdicts)} documents stand where the graph says.", err=True)


def _make_rows(verdict: "Verdict") -> "Iterator[tuple[Cell | None, ...]]":
    if verdict.fault:
        yield (Cell(verdict.id), None, None, None, None, Cell(verdict.fault))
    for broken in verdict.broken:
        place = (Cell(str(broken.start)), Cell(str(broken.end)))
        yield (Cell(verdict.id), *place, Cell(broken.quote), Cell(broken.found), Cell(broken.evidence, "uri"))
