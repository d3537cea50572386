"""`kg map`: the graph around a topic as a concept map."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import find_format, write_output
from kg.model import QueryError

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox

    from kg.cli.stores import Place

#: what a person types -> name of the renderer.
FORMATS = {
    "html": "html",
    "svg": "svg",
    "graphml": "graphml",
    "json": "network-json",
    "mermaid": "mermaid",
    "canvas": "canvas",
    "vosviewer": "vosviewer",
    "dot": "dot",
    "cxl": "cxl",
}
#: As in the legend of a map.
_KINDS = ["dilemma", "remedy", "document", "author", "concept", "technology", "case", "policy", "place"]
#: How many topics are named when none is found.
_TOPICS_SHOWN = 6
#: ending of a file name -> format, where none is given.
_ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".svg": "svg",
    ".graphml": "graphml",
    ".json": "json",
    ".mmd": "mermaid",
    ".canvas": "canvas",
    ".dot": "dot",
    ".gv": "dot",
    ".cxl": "cxl",
}


@click.command("map")
@click.argument("topic", default="")
@click.option("--query", "-q", metavar="NAME", help="Draw the answer of a query instead; 'kg queries' lists them.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@click.option("--limit", type=click.IntRange(2, 300), default=45, show_default=True, help="Most boxes on the map.")
@click.option("--only", multiple=True, type=click.Choice(_KINDS), help="Only things of this kind; may be repeated.")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), help="Otherwise by the ending of FILE, or html.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    help="Seconds, for a --query not shipped with kg.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write here, not to the terminal."
)
@click.option("--force", is_flag=True, help="Overwrite FILE even if kg did not make it.")
@click.pass_context
def map_command(ctx: click.Context, /, topic: str, **options: Any) -> None:
    """Draw what the graph holds around TOPIC: dilemmas, remedies, who states them, and the sentence behind each line.

    Without TOPIC, the dilemmas and remedies that most documents state. The page works offline; svg is for Word,
    LaTeX and print; graphml, vosviewer, cxl, canvas, mermaid, dot and json are for other programs.

    \b
    Example:
      kg map "data sharing" -o map.html
      kg map "digital divide" --only dilemma --only remedy -o figure.svg
      kg map --query author_coauthors -o authors.html
    """
    if topic and options["query"]:
        raise click.UsageError("Give a TOPIC or --query, not both.")
    if options["params"] and not options["query"]:
        raise click.UsageError("--param belongs to --query.")
    output: Path | None = options["output"]
    name = options["format_"] or find_format(output, _ENDINGS, default="html")
    if name == "html" and not output and sys.stdout.isatty():
        raise click.UsageError("A page is not for the terminal: add -o map.html.")
    from kg.cli.stores import find_place
    from kg.render import render

    place = find_place(ctx)
    store = place.open()
    if options["query"]:
        network = _draw_query(place, store, options)
    else:
        network = _draw_topic(store, topic, options["limit"], options["only"])
    content = render(FORMATS[name], network)
    write_output(content, output, force=options["force"])
    if output:
        click.echo(f"{output}: {network.number_of_nodes()} things, {network.number_of_edges()} links.", err=True)


def _draw_topic(store: "ox.Store", topic: str, limit: int, only: tuple[str, ...]) -> "nx.MultiDiGraph[Any]":
    from kg.query.network import build_network, choose_topic
    from kg.query.network.topic import find_other_labels

    network = build_network(store)
    wide = limit * len(_KINDS) if only else limit
    try:
        part = choose_topic(network, topic, other_labels=find_other_labels(store), limit=wide)
    except QueryError as error:
        raise QueryError(f"{error} {_say_topics(network)}".strip()) from error
    if only:
        part.remove_nodes_from([node for node in part if part.nodes[node]["kind"] not in only])
        _drop_loose(part)
    part.remove_nodes_from(list(part)[limit:])
    if only or not topic:
        _drop_loose(part)
    _name_documents(part, store)
    part.graph.setdefault("title", topic[:1].upper() + topic[1:] or "What the documents state most")
    return part


def _drop_loose(part: "nx.MultiDiGraph[Any]") -> None:
    """Take away what is linked to nothing and not about the topic itself, as long as something is left."""
    loose = [node for node, degree in part.degree() if not degree and node not in part.graph["seeds"]]
    if len(loose) < len(part):
        part.remove_nodes_from(loose)


def _draw_query(place: "Place", store: "ox.Store", options: dict[str, Any]) -> "nx.MultiDiGraph[Any]":
    from kg.cli.stores import answer
    from kg.model import Iri
    from kg.query.files import open_query
    from kg.query.labels import find_label
    from kg.query.limits import Limits
    from kg.query.network import build_network
    from kg.query.network.strongest import keep_strongest
    from kg.render.table_network import to_network

    name: str = options["query"]
    values = {key: value for key, found, value in (param.partition("=") for param in options["params"]) if found}
    if len(values) < len(options["params"]):
        raise click.UsageError("--param is NAME=VALUE, each NAME once.")
    if "{" in name:
        raise click.UsageError("--query takes the name of a query; 'kg queries' lists them.")
    # A query of the workspace is somebody else's: it runs in a process of its own.
    table = answer(place, open_query(name, place.queries), values, Limits(options["timeout"]))
    if not table.rows:
        raise QueryError(f"query '{name}' finds nothing in this graph, so there is nothing to draw.")
    known = build_network(store)
    whole = to_network(table, known)
    network = keep_strongest(whole, options["limit"])
    for node, facts in network.nodes(data=True):
        if facts["iri"] and node not in known:
            facts["label"] = find_label(store, Iri(node))
    hidden = whole.number_of_edges() - network.number_of_edges()
    if hidden:
        click.echo(
            f"The strongest links are shown, {hidden} are not; --limit shows more, 'kg query {name}' all.", err=True
        )
    _name_documents(network, store)
    return network


def _say_topics(network: "nx.MultiDiGraph[Any]") -> str:
    """The concepts that most documents speak of, as a hint; "" if there are none."""
    concepts = [facts for _, facts in network.nodes(data=True) if facts["kind"] == "concept"]
    concepts.sort(key=lambda facts: (-facts["weight"], facts["label"]))
    labels = dict.fromkeys(facts["label"] for facts in concepts)
    return f"The documents speak most of: {', '.join(list(labels)[:_TOPICS_SHOWN])}." if labels else ""


def _name_documents(network: "nx.MultiDiGraph[Any]", store: "ox.Store") -> None:
    """Short names on the boxes of documents that have authors, and full titles in the sources of links."""
    from kg.cli.documents import read_names

    names = read_names(store)
    network.graph["documents"] = {
        iri: f"{names.short[iri]}: {title}" if names.short[iri] != title else title for iri, title in names.full.items()
    }
    for iri, facts in network.nodes(data=True):
        if facts["kind"] == "document" and iri in names.cited:
            facts.update(label=names.short[iri], title=names.full[iri])
