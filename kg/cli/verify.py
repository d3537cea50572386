"""`kg verify`: every quote looked up in its source."""

import click

from kg.cli.workspace import clean_text, find_workspace
from kg.model import ValidationError


@click.command("verify")
@click.pass_context
def verify_command(ctx: click.Context, /) -> None:
    """Read every document again and look up every quote of the graph in it; compare the store with its text.

    Each quote that does not stand where the graph says is named, and the command ends with 1.

    \b
    Example:
      kg verify
    """
    from kg.pipeline.verify import verify_documents, verify_store

    workspace = find_workspace(ctx)
    documents = quotes = faults = 0
    for verdict in verify_documents(workspace):
        documents, quotes = documents + 1, quotes + verdict.quotes
        faults += len(verdict.broken) + bool(verdict.fault)
        if verdict.fault:
            click.echo(f"{verdict.id}: {clean_text(verdict.fault)}")
        for broken in verdict.broken:
            place = f"{verdict.id} {broken.start}-{broken.end}"
            click.echo(f"{place}: '{clean_text(broken.quote)[:80]}', but there is '{clean_text(broken.found)[:80]}'")
    note = verify_store(workspace)
    if note:
        click.echo(note, err=True)
    if faults:
        raise ValidationError(f"{faults} faults in {documents} documents with {quotes} quotes")
    click.echo(f"All {quotes:,} quotes of {documents} documents stand where the graph says.")
