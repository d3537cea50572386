"""`kg queries`: which questions there are."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.tables import render_table

if TYPE_CHECKING:
    from kg.query.files import QueryFile


@click.command("queries")
@click.argument("words", nargs=-1)
@click.option(
    "--format", "-f", "form", type=click.Choice(("table", "csv", "json", "md")), default="table", show_default=True
)
@click.pass_context
def queries_command(ctx: click.Context, /, words: tuple[str, ...], form: str) -> None:
    """List the questions that 'kg query' can ask, all of them or those that WORDS fit.

    The name of one query shows its parameters, columns and an example. A workspace's own queries/ are listed too.

    \b
    Example:
      kg queries
      kg queries remedies country
      kg queries dilemma_remedies
    """
    from kg.model.errors import QueryError
    from kg.query.catalogue import describe, find_queries, to_table
    from kg.query.files import load_queries

    queries = load_queries(_find_folders(ctx.obj))
    asked = " ".join(words)
    if asked in queries:
        click.echo(describe(queries[asked]), nl=False)
        return
    found: list[QueryFile] = find_queries(queries, asked)
    if not found:
        raise QueryError(f"no query is about '{asked}'. 'kg queries' lists all {len(queries)}.")
    click.echo(render_table(to_table(found), form), nl=False)


def _find_folders(workspace: str | None) -> list[Path]:
    """The workspace's own queries, if this is a workspace: the list is of use outside one too."""
    from kg.corpus.workspace import open_workspace
    from kg.model.errors import CorpusError

    try:
        return [open_workspace(Path(workspace) if workspace else None).queries]
    except CorpusError:
        if workspace:
            raise
        return []
