"""`kg export`: the graph for other programs."""

from pathlib import Path

import click

from kg.cli.output import write_output
from kg.cli.workspace import find_workspace


@click.command("export")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["nquads", "trig", "turtle", "ntriples", "jsonld", "csv"]),
    default="nquads",
    show_default=True,
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write here, not to the terminal."
)
@click.option("--document", metavar="ID", help="Only the graph of this document; 'kg list' shows all.")
@click.pass_context
def export_command(ctx: click.Context, /, format_: str, output: Path | None, document: str | None) -> None:
    """Write the graph in a format that other programs read; the same graph gives the same bytes.

    nquads and trig keep one named graph per document; turtle and ntriples merge them.

    \b
    Example:
      kg export --format trig -o graph.trig
      kg export --format turtle --document wu-2022
    """
    from kg.corpus.manifest import read_manifest
    from kg.graph.export import export_graph
    from kg.graph.quads import name_graph
    from kg.pipeline.build import find_entry

    workspace = find_workspace(ctx)
    base = workspace.settings.base
    graph = name_graph(find_entry(read_manifest(workspace), document).id, base=base) if document else ""
    write_output(export_graph(workspace.root, format_, graph=graph), output, force=True)
