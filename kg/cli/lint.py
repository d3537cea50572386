"""`kg lint`: what looks odd in the documents."""

from pathlib import Path

import click

from kg.cli.tables import TABLE_FORMATS, find_root, render_table, say_count


@click.command("lint")
@click.argument("document", required=False)
@click.option("--format", "-f", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True)
@click.pass_context
def lint_command(ctx: click.Context, document: str | None, form: str) -> None:
    """Show what looks odd: a cited name that differs from the list, an entry nobody cites, two numbers of one plan.

    A remark is a hint for a person to look; nothing is changed. Without DOCUMENT all documents are shown.

    \b
    Example:
      kg lint
      kg lint smith-2020
    """
    from kg.query.answer import answer_query, find_named_query
    from kg.query.limits import Limits

    root, base = find_root(ctx.obj)
    query = find_named_query("document_remarks", [Path(root) / "queries"])
    values = {"document": document} if document else {}
    table = answer_query(root, query, values, Limits())
    if form == "table" and not table.rows:
        click.echo("Nothing looks odd.", err=True)
        return
    click.echo(render_table(table, form, base=base, to_file=False), nl=False)
    say_count(table)
