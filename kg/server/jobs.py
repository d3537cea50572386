"""Request -> answer, in a process that does one job and ends."""

import traceback
from collections.abc import Callable
from typing import Any

from kg.model.errors import QueryError
from kg.server.answer import Answer
from kg.server.bounds import bounded
from kg.server.errors import HttpError
from kg.server.evaluation import answer_query
from kg.server.graph import Graph
from kg.server.services import check_services
from kg.server.update import apply_update

#: A job of our own: it opens what it needs and runs queries that we wrote.
JOBS: dict[str, Callable[[Graph, dict[str, Any]], Answer]] = {}


def run_job(graph: Graph, request: dict[str, Any]) -> Answer:
    """The answer to a request; an error that we foresee is an answer as well."""
    return _catch(lambda: _run(graph, request))


def run_update(graph: Graph, request: dict[str, Any]) -> tuple[Answer, Graph | None]:
    """The answer to an update, and the graph after it; None if it was refused."""
    changed: list[Graph] = []

    def run() -> Answer:
        with bounded(graph.limits, doors_shut=True):
            changed.append(apply_update(graph, request))
        return Answer(b"", status=204)

    answer = _catch(run)
    return answer, changed[0] if changed else None


def _run(graph: Graph, request: dict[str, Any]) -> Answer:
    if request["job"] in JOBS:
        with bounded(graph.limits, doors_shut=False):
            return JOBS[request["job"]](graph, request)
    federated = check_services(request["text"], graph.services)
    with bounded(graph.limits, doors_shut=not federated):
        return answer_query(graph, request)


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
