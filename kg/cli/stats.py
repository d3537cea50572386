"""`kg stats`: the graph in numbers."""

import json
from typing import TYPE_CHECKING

import click

from kg.cli.parts import format_part, to_rows
from kg.cli.stores import Place, find_place

if TYPE_CHECKING:
    from kg.query.overview import Overview

MAX_ROWS = 10


@click.command("stats")
@click.option("--format", "-f", "form", type=click.Choice(("table", "md", "json")), default="table", show_default=True)
@click.option("--all", "whole", is_flag=True, help="Print every row, however many.")
@click.pass_context
def stats_command(ctx: click.Context, /, form: str, whole: bool) -> None:
    """Count what the graph holds: documents, dilemmas, remedies, links asserted and to review; by kind, year, country.

    \b
    Example:
      kg stats
      kg stats --format json
    """
    place = find_place(ctx)
    base, overview = place.base, _count(place)
    if form == "json":
        click.echo(_to_json(overview))
        return
    lines = [f"{overview.quads:,} statements of RDF in {overview.graphs:,} graphs"]
    for query, table in overview.tables:
        most = None if whole or query == "corpus_counts" else MAX_ROWS
        lines += format_part(table, form, query=query, base=base, most=most) if table.rows else []
    click.echo("\n".join(lines))


def _count(place: Place) -> "Overview":
    """A remote store counts for itself; of the graph on this machine it was counted when it was written."""
    from kg.graph.canonical import read_graph_table
    from kg.query.overview import count_graph
    from kg.query.run import find_kept

    store = place.open()
    if place.store:
        return count_graph(store)
    graphs = read_graph_table(place.local)
    return count_graph(store, kept=find_kept(place.local, graphs.mark), size=graphs.size)


def _to_json(overview: "Overview") -> str:
    parts = {query: {"columns": list(table.columns), "rows": to_rows(table)} for query, table in overview.tables}
    return json.dumps({"quads": overview.quads, "graphs": overview.graphs, **parts}, ensure_ascii=False, indent=1)
