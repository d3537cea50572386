"""`kg propositions`: what a text says, clause by clause, as subject, phrase and object."""

import os
from pathlib import Path

import click


@click.command("propositions")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--jsonl", is_flag=True, help="Filter: JSON lines from standard input to standard output.")
@click.option("--format", "-f", "form", default="table", type=click.Choice(["table", "csv", "tsv", "json", "md"]))
def propositions_command(files: tuple[str, ...], jsonl: bool, form: str) -> None:
    """Split texts into propositions: subject, linking phrase, object, both ends verbatim from one sentence.

    Prints a table for each FILE (or standard input, "-"). With --jsonl, reads {"id", "text"} a line and answers
    {"id", "triples": [[subject, phrase, object], ...]}.

    \b
    Example:
      kg propositions chapter.md --format csv
      kg propositions --jsonl < texts.jsonl
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from kg.pipeline.propositions_filter import filter_propositions, tabulate_propositions
    from kg.render import render

    if jsonl == bool(files):
        raise click.UsageError("Name files ('-' for standard input), or give --jsonl and send JSON lines.")
    if jsonl:
        with click.open_file("-", encoding="utf-8") as lines:
            for answer in filter_propositions(lines):
                click.echo(answer)
        return
    for name in files:
        if name == "-":
            with click.open_file("-", encoding="utf-8") as file:
                table = tabulate_propositions(None, file.read())
        else:
            table = tabulate_propositions(Path(name))
        if len(files) > 1:
            click.echo(f"{name}:", err=True)
        click.echo(render(form, table), nl=False)
