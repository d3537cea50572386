"""Pages for people: a front page, what is found, a thing with the quotes behind it, the answer of a query."""

from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from kg.graph.cells import to_cell
from kg.model import Iri
from kg.model.errors import QueryError
from kg.model.table import Table
from kg.query.describe import Description, Part, describe_thing
from kg.query.evaluate import find_columns, read_rows
from kg.query.overview import count_graph
from kg.query.run import find_kept, run_query
from kg.query.search import build_index, open_index, search
from kg.render.terms import PROJECT
from kg.server.answer import Answer
from kg.server.evaluation import Found, run_queried
from kg.server.graph import Graph
from kg.server.query_page import Outcome, find_address_of_query, load_shipped, show_named_query, show_query
from kg.server.templating import PAGE, render_page
from kg.server.things import find_address, find_thing, to_header
from kg.server.views import CellView, Section, find_names, link_names, view_cell, view_table

#: Rows shown of one table of a thing, of the front page, of what was found, and of the answer of a query.
MAX_PART_ROWS, MAX_FRONT_ROWS, MAX_FOUND, MAX_ANSWER_ROWS = 25, 12, 100, 1_000
#: Triples shown in each direction.
MAX_TRIPLES = 100


def show_front(graph: Graph, request: dict[str, Any]) -> Answer:
    """The front page: what the graph holds, in numbers, and all documents."""
    kept = find_kept(graph.root, graph.mark) if graph.root else None
    overview = count_graph(graph.store, kept=kept)
    documents = run_query(graph.store, "document_metadata", queries=load_shipped())
    tables = [("corpus_counts", overview.tables[0][1]), ("document_metadata", replace(documents, title="Documents"))]
    tables += overview.tables[1:]
    sections = [
        view_table(graph, table, most=MAX_FOUND if i < 2 else MAX_FRONT_ROWS, more=find_address_of_query(name))
        for i, (name, table) in enumerate(tables)
        if table.rows
    ]
    page = render_page("front", sections=sections, quads=overview.quads, graphs=overview.graphs, starts=_find_starts())
    return Answer(page, PAGE)


#: Questions that the front page offers, most of what a reader comes for.
STARTS = ("dilemma_counts", "remedy_counts", "dilemma_remedies", "dilemma_unremedied", "author_counts", "work_counts")


def _find_starts() -> list[tuple[str, str]]:
    queries = load_shipped()
    return [(queries[name].title, find_address_of_query(name)) for name in STARTS if name in queries]


def show_found(graph: Graph, request: dict[str, Any]) -> Answer:
    """What holds the words that were searched for. request: words."""
    words = request["words"]
    section, note = None, ""
    try:
        found = search(_open_index(graph), words, limit=MAX_FOUND) if words.strip() else None
        section = _view_found(graph, found) if found and found.rows else None
        note = "" if section or not words.strip() else f"Nothing holds “{words}”."
    except QueryError as error:
        note = str(error)
    return Answer(render_page("search", words=words, section=section, note=note), PAGE)


def _view_found(graph: Graph, found: Table) -> Section:
    """What was found, the words of documents as quotes."""
    section = view_table(graph, found, most=MAX_FOUND)
    rows = tuple(
        tuple(replace(view, quoted=row[0].text == "quote" and column == "text") for view, column in columns)
        for row in section.rows
        for columns in [tuple(zip(row, section.columns, strict=True))]
    )
    return replace(section, rows=rows)


def show_thing(graph: Graph, request: dict[str, Any]) -> Answer:
    """All that the graph knows of one thing. request: path or iri.

    Raises HttpError 404 if it knows nothing.
    """
    node = find_thing(graph, request)
    try:
        description = describe_thing(graph.store, Iri(node.value), load_shipped())
    except QueryError:  # a name of a graph or a property alone: known, but by no triple of its own
        description = Description(Iri(node.value), "thing", node.value, (), ())
    names = find_names(graph, node)
    sections = [
        link_names(
            view_table(graph, replace(table, title=part.title), most=MAX_PART_ROWS, more=_ask_part(part, node)), names
        )
        for part, table in description.tables
    ]
    page = render_page(
        "thing",
        thing=description,
        sections=sections,
        facts=_view_facts(graph, description),
        said=_list_triples(graph, node),
        outside=node.value if _is_outside(graph, node.value) else "",
        formats=[
            (name, "?" + urlencode({**_find_key(request), "format": name})) for name in ("turtle", "jsonld", "nt")
        ],
    )
    return Answer(page, PAGE, headers={"Link": f'<{to_header(node.value)}>; rel="canonical"'})


def _view_facts(graph: Graph, description: Description) -> list[tuple[str, list[CellView]]]:
    """Each fact with its values, those that are things as links."""
    return [
        (
            name,
            [
                CellView(text, find_address(iri, graph.base) if iri else "", name == "quote", iri)
                for text, iri in values
            ],
        )
        for name, values in description.values
    ]


def answer_page(graph: Graph, request: dict[str, Any]) -> Answer:
    """The answer of a query as a page, with the query to change.

    Raises QueryError as answer_query does.
    """
    return run_queried(graph, request, lambda found: _show_answer(graph, request, found))


def _show_answer(graph: Graph, request: dict[str, Any], found: Found) -> Answer:
    columns = find_columns(found)
    verdict = ("yes" if found else "no") if isinstance(found, ox.QueryBoolean) else ""
    rows = () if verdict else tuple(islice(read_rows(found), MAX_ANSWER_ROWS + 1))
    query = load_shipped().get(request.get("name", ""))
    shown = Table(columns, rows[:MAX_ANSWER_ROWS], query.title if query else "")
    section = None if verdict else view_table(graph, shown, most=MAX_ANSWER_ROWS)
    error = (
        f"Only the first {MAX_ANSWER_ROWS:,} rows are shown; a download holds all."
        if len(rows) > MAX_ANSWER_ROWS
        else ""
    )
    formats = ("turtle", "jsonld", "nt") if isinstance(found, ox.QueryTriples) else ("csv", "tsv", "json", "xml")
    asked = {"query": request["text"], "default-graph-uri": request["default"], "named-graph-uri": request["named"]}
    links = [(name, "/sparql?" + urlencode({**asked, "format": name}, doseq=True)) for name in formats]
    outcome = Outcome(section, verdict, " ".join(filter(None, (error, request.get("doubt")))), links)
    if query:
        page = show_named_query(request["text"], query, request["values"], outcome)
    else:
        page = show_query(request["text"], outcome)
    return Answer(page, PAGE)


def show_wrong_values(request: dict[str, Any], error: str) -> Answer:
    """The page of a query of the library whose values are wrong, to put them right. request: as for an answer."""
    query = load_shipped()[request["name"]]
    page = show_named_query(query.text, query, request["values"], Outcome(error=error))
    return Answer(page, PAGE, status=400)


def _is_outside(graph: Graph, iri: str) -> bool:
    """Whether an IRI is an address elsewhere that a person may open."""
    return urlsplit(iri).scheme in {"http", "https"} and not iri.startswith((graph.base, PROJECT))


def _open_index(graph: Graph) -> Any:
    """The index of names and quotes: the workspace's own where it fits, else one in memory."""
    return open_index(graph.root, graph.mark, graph.store) if graph.root else build_index(graph.store)


def _ask_part(part: Part, node: ox.NamedNode) -> str:
    return f"/query/{part.query}?" + urlencode({part.parameter: node.value})


def _find_key(request: dict[str, Any]) -> dict[str, str]:
    return {"iri": request["iri"]} if request.get("iri") else {}


def _list_triples(graph: Graph, node: ox.NamedNode) -> list[Section]:
    """What is said of a thing, and what points to it, triple by triple."""
    sections = []
    for title, columns, pattern in (
        ("Triples", ("property", "value"), (node, None, None, None)),
        ("Triples that point here", ("thing", "property"), (None, None, node, None)),
    ):
        triples = dict.fromkeys(q.triple for q in islice(graph.store.quads_for_pattern(*pattern), 20 * MAX_TRIPLES))
        outward = pattern[0] is node
        pairs = [(t.predicate, t.object) if outward else (t.subject, t.predicate) for t in triples]
        rows = tuple(
            tuple(view_cell(graph, to_cell(term)) for term in pair) for pair in sorted(pairs, key=str)[:MAX_TRIPLES]
        )
        if rows:
            pattern_text = f"<{node.value}> ?property ?value" if outward else f"?thing ?property <{node.value}>"
            more = "/sparql?" + urlencode({"query": f"SELECT * {{ {pattern_text} }}"})
            sections.append(Section(title, columns, rows, max(0, len(pairs) - MAX_TRIPLES), more))
    return sections
