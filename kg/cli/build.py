"""`kg build`: the graph in line with corpus/."""

import click

from kg.cli.workspace import find_workspace, raise_for_faults, show_progress, tell_report


@click.command("build")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes to use; 0 chooses.")
@click.option("--retry", is_flag=True, help="Try documents again that failed before and have not changed.")
@click.option("--cluster", default="", metavar="ADDRESS", help="Scheduler of a dask cluster that does the work.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Of what changed.")
@click.pass_context
def build_command(ctx: click.Context, /, jobs: int, format_: str, cluster: str, *, retry: bool) -> None:
    """Bring the graph in line with corpus/: files that are new, changed or gone; the others are not made again.

    Stopped at any moment, it leaves the graph as it was and goes on from there when called again.

    \b
    Example:
      kg build --jobs 4
      kg build --cluster tcp://10.0.0.5:8786
    """
    from dataclasses import replace

    from kg.pipeline.build import build, make_tools

    workspace = find_workspace(ctx)
    with show_progress() as progress:
        tools = make_tools(workspace, workers=jobs, progress=progress)
        if cluster:
            from kg.pipeline.cluster import OnCluster

            tools = replace(tools, setup=OnCluster(cluster, tools.setup))
        report = build(workspace, tools, retry=retry)
    tell_report(report, format_)
    changes = report.changes
    if not (report.processed or changes.added or changes.replaced or changes.removed):
        click.echo("Nothing to do.", err=True)
    raise_for_faults(report)
