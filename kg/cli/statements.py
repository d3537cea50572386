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
    help="Folder of a sentence encoder; 'none' for the default level; else that of kg.toml, or the installed one.",
)
@click.pass_context
def statements_command(ctx: click.Context, files: tuple[str, ...], jsonl: bool, encoder: str) -> None:
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
    encoder = encoder or _find_encoder(ctx)
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


def _find_encoder(ctx: click.Context) -> str:
    """The encoder folder that the workspace's kg.toml names; "" without one, or outside of any workspace."""
    from kg.corpus import open_workspace
    from kg.model import CorpusError

    try:
        workspace = open_workspace(Path(ctx.obj) if ctx.obj else None)
    except CorpusError:
        if ctx.obj:
            raise
        return ""
    return str(workspace.root / workspace.settings.encoder) if workspace.settings.encoder else ""
