"""`kg validate`: the graph against its shapes."""

import click

from kg.cli.tables import TABLE_FORMATS, render_table
from kg.cli.workspace import find_workspace
from kg.model import Cell, Table, ValidationError


@click.command("validate")
@click.option("--full", is_flag=True, help="By pySHACL, with the whole standard; otherwise the core, which is faster.")
@click.option("--format", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True)
@click.pass_context
def validate_command(ctx: click.Context, /, form: str, *, full: bool) -> None:
    """Check the graph against the shapes of ontology/ and say in plain words what breaks them.

    Warnings are shown; a violation ends the command with 1.

    \b
    Example:
      kg validate --full
    """
    from kg.graph.export import export_graph
    from kg.graph.shapes import validate

    workspace = find_workspace(ctx)
    found = validate(export_graph(workspace.root, "nquads"), workspace.ontology, full=full)
    rows = tuple((Cell(v.severity), Cell(v.focus, "uri"), Cell(v.message), Cell(v.value)) for v in found)
    if rows or form != "table":
        table = Table(("severity", "thing", "message", "found"), rows, "Where the graph is not as its shapes ask")
        click.echo(render_table(table, form, base=workspace.settings.base), nl=False)
    violations = sum(v.severity == "Violation" for v in found)
    if violations:
        raise ValidationError(f"{violations} place{'s' * (violations != 1)} where the graph is not as its shapes ask")
    click.echo("The graph is as its shapes ask.", err=True)
