"""`kg add`: documents into the workspace."""

from pathlib import Path
from typing import Any

import click

from kg.cli.workspace import find_workspace, raise_for_faults, show_progress, tell_report


@click.command("add")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(["auto", "paper", "policy", "note", "abstract"]),
    default="auto",
    show_default=True,
    help="What all of them are; auto finds it in each.",
)
@click.option("--as-one", is_flag=True, help="Each folder is one document, its files are the chapters.")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes to use; 0 chooses.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Of what changed.")
@click.pass_context
def add_command(ctx: click.Context, /, paths: tuple[Path, ...], kind: str, **options: Any) -> None:
    """Copy files, and the files in folders, into corpus/, put them into the graph and say what changed.

    Of a bibliography each record becomes a document. A file that cannot be read is reported, and the others go in.
    'kg undo' takes all of them out again.

    \b
    Example:
      kg add ~/papers/wu-2022.txt
      kg add --kind policy ~/strategies
      kg add --as-one ~/strategies/uk-government-digital-strategy
      kg add references.bib
    """
    from kg.pipeline.build import add, make_tools

    workspace = find_workspace(ctx)
    with show_progress() as progress:
        report = add(
            workspace,
            paths,
            make_tools(workspace, workers=options["jobs"], progress=progress),
            kind=kind,
            as_one=options["as_one"],
        )
    tell_report(report, options["format_"])
    raise_for_faults(report)
