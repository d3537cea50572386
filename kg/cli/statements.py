"""`kg statements`: which sentences state a dilemma, and which a remedy."""

from pathlib import Path

import click


@click.command("statements")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--jsonl", is_flag=True, help="Filter: JSON lines from standard input to standard output.")
@click.option(
    "--encoder",
    default="",
    metavar="DIR|none",
    help="Folder of a sentence encoder; 'none' for the default level; else the installed one, if any.",
)
def statements_command(files: tuple[str, ...], jsonl: bool, encoder: str) -> None:
    """Judge sentences: dilemma, remedy, both or neither.

    Prints a table of the sentences of each FILE (or of standard input, "-") that state a dilemma or a remedy.
    With --jsonl, reads {"id", "sentences": [...]} a line and answers {"id", "labels": [...], "scores": [...]}.

    \b
    Example:
      kg statements report.pdf
      kg statements --jsonl < sentences.jsonl
    """
    from kg.pipeline.statements_filter import filter_statements, find_statements, find_statements_in_text

    if jsonl == bool(files):
        raise click.UsageError("Name files ('-' for standard input), or give --jsonl and send JSON lines.")
    if jsonl:
        with click.open_file("-", encoding="utf-8") as lines:
            for answer in filter_statements(lines, encoder=encoder):
                click.echo(answer)
        return
    from kg.render import render

    for name in files:
        if name == "-":
            with click.open_file("-", encoding="utf-8") as file:
                table = find_statements_in_text(file.read(), encoder=encoder)
        else:
            table = find_statements(Path(name), encoder=encoder)
        if len(files) > 1:
            click.echo(f"{name}:", err=True)
        click.echo(render("table", table), nl=False)
