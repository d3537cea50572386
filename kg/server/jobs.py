"""Request -> answer, in a process that does one job and ends."""

import traceback
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from kg.model.errors import QueryError
from kg.query.files import QueryFile
from kg.query.run import bind_words, find_kept
from kg.render import render
from kg.server.answer import Answer
from kg.server.bounds import bounded
from kg.server.description import describe_dataset, describe_service
from kg.server.errors import HttpError
from kg.server.evaluation import answer_query, name_type, refuse_rows
from kg.server.formats import HTML, RESULTS
from kg.server.graph import Graph
from kg.server.graph_store import read_stored_graph, write_stored_graph
from kg.server.pages import answer_page, show_found, show_front, show_thing, show_wrong_values
from kg.server.query_page import load_shipped
from kg.server.services import DOUBT, check_services
from kg.server.things import describe_triples
from kg.server.update import apply_update

#: format of a SELECT -> its renderer.
_KEPT_FORMS = {
    ox.QueryResultsFormat.JSON: "json",
    ox.QueryResultsFormat.XML: "xml",
    ox.QueryResultsFormat.CSV: "csv",
    ox.QueryResultsFormat.TSV: "tsv",
}
#: A job of our own: it opens what it needs and runs queries that we wrote.
JOBS: dict[str, Callable[[Graph, dict[str, Any]], Answer]] = {
    "front": show_front,
    "search": show_found,
    "thing": show_thing,
    "triples": describe_triples,
    "service": describe_service,
    "void": describe_dataset,
    "graph": read_stored_graph,
}
#: What changes the graph; nothing is opened meanwhile.
UPDATES: dict[str, Callable[[Graph, dict[str, Any]], tuple[Answer, Graph]]] = {
    "update": apply_update,
    "store": write_stored_graph,
}


def run_job(graph: Graph, request: dict[str, Any]) -> Answer:
    """The answer to a request; an error that we foresee is an answer as well."""
    return _catch(lambda: _run(graph, request))


def run_update(graph: Graph, request: dict[str, Any]) -> tuple[Answer, Graph | None]:
    """The answer to an update, and the graph after it; None if it was refused."""
    changed: list[Graph] = []

    def run() -> Answer:
        with bounded(graph.limits, doors_shut=True):
            answer, after = UPDATES[request["job"]](graph, request)
        changed.append(after)
        return answer

    answer = _catch(run)
    return answer, changed[0] if changed else None


def _run(graph: Graph, request: dict[str, Any]) -> Answer:
    if request["job"] in JOBS:
        with bounded(graph.limits, doors_shut=False):
            return JOBS[request["job"]](graph, request)
    with bounded(graph.limits, doors_shut=False):
        kept = _answer_kept(graph, _find_plain(request), request["results"])
    if kept:
        return kept
    if request["job"] == "named":
        with bounded(graph.limits, doors_shut=True):
            return _answer_named(graph, request)
    federated = check_services(request["text"], graph.services)
    with bounded(graph.limits, doors_shut=not federated):
        answer = _answer(graph, {**request, "doubt": DOUBT if federated else ""})
    return replace(answer, headers={**answer.headers, "Warning": f'299 - "{DOUBT}"'}) if federated else answer


def _answer(graph: Graph, request: dict[str, Any]) -> Answer:
    return answer_page(graph, request) if request["results"] == HTML else answer_query(graph, request)


def _find_plain(request: dict[str, Any]) -> QueryFile | None:
    """The query of the library that a request asks without any values, by its name or with its very text."""
    if request["job"] == "named":
        return None if request["values"] else load_shipped().get(request["name"])
    if request["default"] or request["named"]:
        return None
    return _load_by_text().get(request["text"].strip())


@lru_cache(maxsize=1)
def _load_by_text() -> dict[str, QueryFile]:
    return {query.text.strip(): query for query in load_shipped().values()}


def _answer_kept(graph: Graph, query: QueryFile | None, media: str) -> Answer | None:
    """The answer of a query that was found when the graph was written, None if none was kept."""
    form = _KEPT_FORMS.get(RESULTS[media]) if media in RESULTS else None
    if query is None or form is None or graph.root is None:
        return None
    table = find_kept(graph.root, graph.mark)(query)
    if table is None:
        return None
    if len(table.rows) > graph.limits.rows:
        raise refuse_rows(graph.limits)
    return Answer(render(form, table), name_type(media))


def _answer_named(graph: Graph, request: dict[str, Any]) -> Answer:
    """The answer of a query of the library. request: name; values, parameter -> values; else as for a query."""
    query = load_shipped().get(request["name"])
    if query is None:
        raise HttpError(404, f"there is no query named '{request['name']}'; /sparql lists them")
    try:
        text = bind_words(graph.store, query, request["values"])
    except QueryError as error:
        if request["results"] == HTML:
            return show_wrong_values(request, str(error))
        raise
    return _answer(graph, {**request, "text": text, "default": [], "named": []})


def _catch(run: Callable[[], Answer]) -> Answer:
    try:
        return run()
    except HttpError as error:
        return _say(error.status, str(error), error.headers)
    except QueryError as error:
        return _say(400, str(error))
    except MemoryError:
        return _say(422, "stopped: out of memory. Ask for less, or add LIMIT")
    except (OSError, RuntimeError, ValueError, KeyError, AssertionError):
        traceback.print_exc()
        return _say(500, "something is wrong with this server; its log says what")


def _say(status: int, message: str, headers: dict[str, str] | None = None) -> Answer:
    return Answer(f"{message}\n".encode(), status=status, headers=headers or {})
