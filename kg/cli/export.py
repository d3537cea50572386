"""`kg export`: the graph for other programs."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import find_format, write_output
from kg.cli.workspace import find_workspace

if TYPE_CHECKING:
    from kg.corpus import Workspace


_ENDINGS = {
    ".nq": "nquads",
    ".trig": "trig",
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
    ".csv": "csv",
    ".zip": "rocrate",
}


@click.command("export")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["nquads", "trig", "turtle", "ntriples", "jsonld", "csv", "nanopubs", "rocrate"]),
    help="Otherwise by the ending of FILE, or nquads.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write here, not to the terminal."
)
@click.option("--document", metavar="ID", help="Only the graph of this document; 'kg list' shows all.")
@click.option("--date", default="", metavar="YYYY-MM-DD", help="Of the release, for rocrate.")
@click.option("--license", "licence", default="", metavar="URL", help="Of the release, for rocrate.")
@click.option("--title", default="Knowledge graph of digital government", help="Of the release, for rocrate.")
@click.pass_context
def export_command(
    ctx: click.Context, /, format_: str | None, output: Path | None, document: str | None, **about: str
) -> None:
    """Write the graph in a format that other programs read; the same graph gives the same bytes.

    nquads and trig keep one named graph per document; turtle and ntriples merge them. nanopubs is one nanopublication
    for each link from a remedy to a dilemma. rocrate is a release, a folder or a .zip: all of it with metadata.

    \b
    Example:
      kg export -o graph.trig
      kg export --format turtle --document wu-2022
      kg export --format rocrate --date 2026-11-25 --license https://creativecommons.org/licenses/by/4.0/ -o release.zip
    """
    from kg.corpus.manifest import read_manifest
    from kg.graph.export import export_graph
    from kg.graph.quads import name_graph
    from kg.pipeline.build import find_entry

    format_ = format_ or find_format(output, _ENDINGS, default="nquads")
    workspace = find_workspace(ctx)
    if format_ == "rocrate":
        _release(workspace, output, about)
        return
    base = workspace.settings.base
    graph = name_graph(find_entry(read_manifest(workspace), document).id, base=base) if document else ""
    content = export_graph(workspace.root, "nquads" if format_ == "nanopubs" else format_, graph=graph)
    if format_ == "nanopubs":
        from kg.graph.export_nanopubs import export_nanopubs

        content = export_nanopubs(content, base=base)
    write_output(content, output, force=True)


def _release(workspace: "Workspace", output: Path | None, about: dict[str, str]) -> None:
    """A release has a date and a licence that people give it, so that it is the same whenever it is made."""
    from kg.graph.export_crate import Release, make_crate, pack_crate, write_crate

    if output is None:
        raise click.UsageError("A release is a folder or a .zip: name it with -o.")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", about["date"], re.ASCII):
        raise click.UsageError("A release has a date: --date YYYY-MM-DD.")
    if not re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+", about["licence"]):
        raise click.UsageError("A release has a licence: --license URL, such as that of a Creative Commons licence.")
    files = make_crate(
        workspace.root, Release(about["title"], about["date"], about["licence"], workspace.settings.base)
    )
    if output.suffix == ".zip":
        write_output(pack_crate(files), output, force=True)
    else:
        write_crate(files, output)
    click.echo(f"{output}: {len(files)} files.", err=True)
