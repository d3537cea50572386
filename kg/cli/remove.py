"""`kg remove`: documents out of the workspace."""

import click

from kg.cli.workspace import find_workspace, tell_report


@click.command("remove")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Of what changed.")
@click.pass_context
def remove_command(ctx: click.Context, /, ids: tuple[str, ...], format_: str) -> None:
    """Take documents out of the graph and their files out of corpus/; 'kg undo' brings both back.

    ID is what 'kg list' shows, or the file's path below corpus/.

    \b
    Example:
      kg remove wu-2022
    """
    from kg.pipeline.build import make_tools, remove

    workspace = find_workspace(ctx)
    tell_report(remove(workspace, ids, make_tools(workspace)), format_)
