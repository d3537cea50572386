"""`kg push`: the graph into a remote store."""

import sys
from typing import Any

import click

from kg.cli.workspace import clean_text, find_workspace


@click.command("push")
@click.argument("url")
@click.option("--graph-store", default="", metavar="URL", help="Where the store takes graphs, if it cannot be told.")
@click.option(
    "--update", "updates", default="", metavar="URL", help="Where the store takes SPARQL updates, to use those."
)
@click.option("--all", "anew", is_flag=True, help="Write every graph again, not only those that changed.")
@click.pass_context
def push_command(ctx: click.Context, /, url: str, **options: Any) -> None:
    """Put the graph into the SPARQL 1.1 store at URL: one named graph a document, only those that changed.

    URL is the address of the store's queries, as for --store. Each graph is replaced as a whole; a push that was
    stopped goes on where it was. A store without the Graph Store Protocol is written to by SPARQL updates, in parts of
    a MiB: a graph at which such a push fails may be there in part until the same command is given again. In the end
    the store has to count as many triples in each graph as were sent.
    KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN, give the credentials.

    \b
    Example:
      kg push http://localhost:7878/query
      KG_STORE_USER=dba KG_STORE_PASSWORD=... kg push http://localhost:8890/sparql
      kg --store http://localhost:7878/query query dilemma_counts
    """
    from kg.cli.stores import open_remote, read_credentials
    from kg.graph.remote_address import make_address
    from kg.graph.remote_push import Doors, push_graphs

    workspace = find_workspace(ctx)
    store = open_remote(make_address(url, credentials=read_credentials()))
    doors = Doors(options["graph_store"], options["updates"])
    pushed = push_graphs(workspace.root, store, doors=doors, progress=_tell, anew=options["anew"])
    click.echo(
        f"{pushed.written:,} graphs written, {pushed.same:,} were the same, {pushed.deleted:,} deleted; "
        f"the store counts {pushed.triples:,} triples in them."
    )


def _tell(done: int, total: int, name: str) -> None:
    if sys.stderr.isatty():
        ending = "\n" if done == total else ""
        click.echo(f"\r\x1b[K{done:,} of {total:,}  {clean_text(name)[-60:]}{ending}", nl=False, err=True)
