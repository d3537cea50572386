"""`kg query`: a named question, a file, or SPARQL from standard input."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.stores import Place, answer, find_place
from kg.cli.tables import NAMED_FORMATS, TABLE_FORMATS, parse_values, render_table, say_count

if TYPE_CHECKING:
    from kg.query.files import QueryFile


@click.command("query")
@click.argument("name", metavar="NAME|FILE.rq|-")
@click.option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Fill in a parameter; repeatable.")
@click.option("--format", "-f", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file.")
@click.option("--force", is_flag=True, help="Overwrite FILE.")
@click.option("--explain", is_flag=True, help="Print the SPARQL with the parameters filled in, and do not run it.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    help="Seconds, for queries not shipped with kg.",
)
@click.option(
    "--max-rows", type=click.IntRange(1, 10_000_000), default=100_000, show_default=True, help="Rows, likewise."
)
@click.pass_context
def query_command(ctx: click.Context, /, name: str, **options: Any) -> None:
    """Ask the graph a question: by NAME ('kg queries' lists them), from a FILE.rq, or from standard input (-).

    A value for a dilemma, concept, person or place may be words: they are looked up in the graph. json, xml, csv
    and tsv are the standard formats of SPARQL 1.1 results; table and md show names where they have identifiers.

    \b
    Example:
      kg query document_metadata
      kg query dilemma_remedies -p dilemma="data silos" -p since=2019
      kg query remedy_dilemmas --format csv -o links.csv
      echo 'SELECT * { ?s a dg:Remedy }' | kg query -
    """
    from kg.query.limits import Limits

    place = find_place(ctx)
    query = _find_query(name, place.queries)
    values = parse_values(options["params"])
    if options["explain"]:
        click.echo(_explain(place, query, values), nl=False)
        return
    _warn(query, from_workspace=name == query.name)
    limits = Limits(seconds=options["timeout"], rows=options["max_rows"])
    table = answer(place, query, values, limits, named=options["form"] in NAMED_FORMATS)
    output: Path | None = options["output"]
    content = render_table(table, options["form"], base=place.base, to_file=output is not None)
    from kg.cli.output import write_output

    write_output(content, output, force=options["force"])
    say_count(table)


def _explain(place: Place, query: "QueryFile", values: dict[str, list[str]]) -> str:
    if place.store is None:
        from kg.query.answer import explain_query

        return explain_query(place.local, query, values)
    from kg.query.remote import explain_remotely

    return explain_remotely(place.open(), query, values)


def _find_query(name: str, folders: list[Path]) -> "QueryFile":
    from kg.query.answer import find_named_query, read_pasted_query

    if name == "-":
        return read_pasted_query(click.open_file("-", "rb"))
    return find_named_query(name, folders)


def _warn(query: "QueryFile", *, from_workspace: bool) -> None:
    from kg.query.files import is_shipped, stands_in
    from kg.query.guard import find_warnings

    if not is_shipped(query):
        if from_workspace and stands_in(query):
            click.echo(
                f"Note: this is queries/{query.name}.rq of the workspace; kg comes with another of this name.", err=True
            )
        for warning in find_warnings(query.text):
            click.echo(f"Note: {warning}.", err=True)
