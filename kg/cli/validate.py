"""`kg validate`: the graph against its shapes."""

import click

from kg.cli.workspace import clean_text, find_workspace
from kg.model import ValidationError


@click.command("validate")
@click.option("--full", is_flag=True, help="With every SHACL feature (pySHACL), not only the core shapes.")
@click.pass_context
def validate_command(ctx: click.Context, /, *, full: bool) -> None:
    """Check the graph against the shapes of ontology/; each fault is said in plain words, and the command ends with 1.

    \b
    Example:
      kg validate --full
    """
    from kg.graph.export import export_graph
    from kg.graph.shapes import validate

    workspace = find_workspace(ctx)
    nquads = export_graph(workspace.root, "nquads")
    found = validate(nquads, workspace.ontology, full=full)
    for violation in found:
        click.echo(clean_text(str(violation)))
    if found:
        raise ValidationError(f"{len(found)} places where the graph is not as its shapes ask")
    click.echo("The graph is as its shapes ask.")
