"""`kg keyphrases`: what a text is about, as a ranked list of phrases."""

import os
import sys
from pathlib import Path
from typing import Any

import click


@click.command("keyphrases")
@click.argument("files", nargs=-1, metavar="[FILE|FOLDER|-]...")
@click.option("--jsonl", is_flag=True, help="Filter: JSON lines from standard input to standard output.")
@click.option(
    "--format",
    "-f",
    "form",
    default="table",
    show_default=True,
    type=click.Choice(["table", "csv", "tsv", "json", "md"]),
)
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 500), help="Phrases of each text.")
@click.pass_context
def keyphrases_command(ctx: click.Context, files: tuple[str, ...], jsonl: bool, form: str, top: int) -> None:
    """List the key phrases of texts, best first, with the number of places where each stands.

    Takes files, folders and "-" for standard input. In a workspace, the last column names the concept a phrase is.
    With --jsonl, reads {"id", "title", "text"} a line and answers {"id", "phrases": [best, next, ...]}.

    \b
    Example:
      kg keyphrases paper.pdf --top 15
      kg keyphrases ~/papers --format csv > phrases.csv
      kg keyphrases --jsonl < texts.jsonl
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if jsonl == bool(files):
        raise click.UsageError("Name files or folders ('-' for standard input), or give --jsonl and send JSON lines.")
    if jsonl:
        _filter()
        return
    from kg.pipeline.keyphrases_filter import tabulate_phrases
    from kg.render import render

    ranked = _rank(files, top)
    if not ranked:
        raise click.ClickException("no file that can be read in these folders; 'kg add --help' names the kinds known.")
    click.echo(render(form, tabulate_phrases(ranked, _find_concepts(ctx))), nl=False)


def _filter() -> None:
    from kg.pipeline.keyphrases_filter import filter_keyphrases

    with click.open_file("-", encoding="utf-8") as lines:
        for answer in filter_keyphrases(lines):
            click.echo(answer)


def _rank(files: tuple[str, ...], top: int) -> dict[str, Any]:
    """Phrases by file; what cannot be read in a folder is told and passed over."""
    from kg.cli.workspace import show_progress
    from kg.model import ReadError
    from kg.pipeline.keyphrases_filter import find_files, rank_file, rank_text

    ranked: dict[str, Any] = {}
    if "-" in files:
        if sys.stdin.isatty():
            click.echo("Reading a text from the keyboard; end with Ctrl-D.", err=True)
        with click.open_file("-", encoding="utf-8") as file:
            ranked["-"] = rank_text(file.read(), limit=top)
    paths = list(find_files(Path(name) for name in files if name != "-"))
    with show_progress() as tell:
        for done, path in enumerate(paths):
            tell(done, len(paths), str(path))
            try:
                ranked[str(path)] = rank_file(path, limit=top)
            except ReadError as error:
                if len(paths) == 1:
                    raise
                click.echo(f"Skipped {error}", err=True)
    return ranked


def _find_concepts(ctx: click.Context) -> dict[tuple[str, ...], str] | None:
    """The concepts of the workspace named or around, None if there is none."""
    from kg.cli.workspace import find_workspace
    from kg.model import CorpusError
    from kg.pipeline.keyphrases_filter import label_concepts

    try:
        workspace = find_workspace(ctx)
    except CorpusError:
        if ctx.obj:
            raise
        return None
    return label_concepts(workspace.ontology)
