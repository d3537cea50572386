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
    "--format",
    "-f",
    "form",
    type=click.Choice(("table", "csv", "json", "md", "sib", "grlc")),
    default="table",
    show_default=True,
)
@click.option("--endpoint", default="", metavar="URL", help="Address that answers them, for sib and grlc.")
@click.pass_context
def queries_command(ctx: click.Context, /, words: tuple[str, ...], form: str, endpoint: str) -> None:
    """List the questions that 'kg query' can ask, all of them or those that WORDS fit.

    The name of one query shows its parameters, columns and an example. A workspace's own queries/ are listed too.
    sib is Turtle in the form of SIB's SPARQL examples, grlc a query with decorators for a grlc server.

    \b
    Example:
      kg queries
      kg queries remedies country
      kg queries dilemma_remedies
    """
    from kg.model.errors import QueryError
    from kg.query.catalogue import describe, find_queries
    from kg.query.files import load_queries

    queries = load_queries(_find_folders(ctx.obj))
    asked = " ".join(words)
    if asked in queries and form == "table":
        click.echo(describe(queries[asked]), nl=False)
        _say_origin([queries[asked]])
        return
    found: list[QueryFile] = [queries[asked]] if asked in queries else find_queries(queries, asked)
    if not found:
        raise QueryError(f"no query is about '{asked}'. 'kg queries' lists all {len(queries)}.")
    click.echo(_render(found, form, endpoint), nl=False)
    _say_origin(found)


def _say_origin(found: list["QueryFile"]) -> None:
    """Tell which of the queries are not what kg brings under their names: an old copy of one would go unnoticed."""
    from kg.query.files import stands_in

    names = [query.name for query in found if stands_in(query)]
    if names:
        listed = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
        click.echo(
            f"From queries/ of the workspace, in place of those of kg: {listed}. Delete the file to ask kg's own.",
            err=True,
        )


def _render(found: list["QueryFile"], form: str, endpoint: str) -> bytes:
    from kg.query.catalogue import to_table
    from kg.query.metadata import to_grlc, to_sib

    if form == "sib":
        return to_sib(found, endpoint=endpoint)
    if form != "grlc":
        return render_table(to_table(found), form)
    if len(found) > 1:
        raise click.UsageError("grlc is one query a file: name one.")
    return to_grlc(found[0], endpoint=endpoint)


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
