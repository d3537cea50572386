"""`kg undo`: back to before the last step."""

import click

from kg.cli.workspace import clean_text, find_workspace, tell_report


@click.command("undo")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Of what changed.")
@click.pass_context
def undo_command(ctx: click.Context, /, format_: str) -> None:
    """Undo the last add, build or remove: graph and corpus/ as they were, byte for byte.

    Called again it undoes the step before, up to twenty. Files that it takes out of corpus/ are kept in .kg/undone/.
    After one that was killed, the next finishes that step and says so.

    \b
    Example:
      kg add wrong.txt
      kg undo
    """
    from kg.pipeline.build import make_tools
    from kg.pipeline.undo import undo

    workspace = find_workspace(ctx)
    undone = undo(workspace, make_tools(workspace))
    finished = " (begun by an undo that was stopped, and now finished; nothing else was undone)" * undone.finished
    click.echo(f"Undone: kg {clean_text(undone.operation)}{finished}", err=True)
    tell_report(undone.report, format_)
