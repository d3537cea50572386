"""`kg list`: the documents of the graph."""

import json

import click

from kg.cli.workspace import find_workspace


@click.command("list")
@click.option("--format", "format_", type=click.Choice(["table", "json", "csv", "tsv", "md"]), default="table")
@click.pass_context
def list_command(ctx: click.Context, /, format_: str) -> None:
    """Show the documents of the graph: name, kind, year, title, what they state, and their file below corpus/.

    \b
    Example:
      kg list --format csv > documents.csv
    """
    from kg.pipeline.listing import COLUMNS, list_documents, make_table

    rows = list_documents(find_workspace(ctx))
    if format_ == "json":
        click.echo(json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows], indent=2))
        return
    from kg.cli.tables import render_table

    click.echo(render_table(make_table(rows), format_), nl=False)
