"""`kg search`: full text over labels and quotes."""

import click

from kg.cli.stores import find_place
from kg.cli.tables import TABLE_FORMATS, render_table, say_count


@click.command("search")
@click.argument("text", nargs=-1, required=True)
@click.option("--kind", "-k", default="", metavar="KIND", help="Only dilemma, remedy, concept, document, quote ...")
@click.option("--limit", "-n", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Most rows.")
@click.option("--format", "-f", "form", type=click.Choice(TABLE_FORMATS[:-1]), default="table", show_default=True)
@click.pass_context
def search_command(ctx: click.Context, /, text: tuple[str, ...], kind: str, limit: int, form: str) -> None:
    """Find TEXT in the names of things and in the quotes of documents, the best first.

    Forms of a word count as one ("silos" finds "silo"). A phrase stands in double quotes.

    \b
    Example:
      kg search data silos
      kg search '"digital divide"' --kind quote
      kg search leadership --kind dilemma --format json
    """
    from kg.graph.canonical import read_graph_table
    from kg.model.errors import QueryError
    from kg.query.search import KINDS, build_index, open_index, search

    known = sorted({*KINDS.values(), "quote"})
    if kind and kind not in known:
        raise QueryError(f"no kind '{kind}'; known: {', '.join(known)}")
    place = find_place(ctx)
    store = place.open()
    if place.store:
        connection = build_index(store)
    else:
        connection = open_index(place.local, read_graph_table(place.local).mark, store)
    asked = " ".join(f'"{part}"' if " " in part and '"' not in part and len(text) > 1 else part for part in text)
    table = search(connection, asked, kind=kind, limit=limit, marks=("«", "»") if form == "table" else ("", ""))
    if not table.rows:
        click.echo(f"Nothing holds {asked}.", err=True)
        return
    click.echo(render_table(table, form, base=place.base), nl=False)
    say_count(table)
