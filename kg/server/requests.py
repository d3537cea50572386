"""One request and its response: who sent it, what is in it, and how it is told what came of it."""

import asyncio
import hmac
import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.server.answer import TEXT, Answer
from kg.server.engine import Engine
from kg.server.errors import HttpError
from kg.server.formats import HTML, negotiate
from kg.server.query_page import Outcome, show_query
from kg.server.settings import ServerSettings
from kg.server.templating import PAGE, render_page

MAX_BODY_BYTES = 20_000_000
#: nginx's status for a client that went away; nobody is there to see it.
_CLIENT_GONE = 499
_HEADINGS = {404: "Not in the graph", 406: "No such format", 422: "Stopped", 503: "Too busy"}


async def read_body(request: Request) -> bytes:
    """The body of a request. Raises HttpError 413 for one that is too long."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY_BYTES:
            raise HttpError(413, f"a body of more than {MAX_BODY_BYTES:,} bytes")
        parts.append(part)
    return b"".join(parts)


async def ask(request: Request, job: dict[str, object]) -> Answer:
    """The answer to a job; it is ended at once if the client goes away."""
    engine: Engine = request.app.state.engine
    asking = asyncio.ensure_future(engine.ask(job))
    leaving = asyncio.ensure_future(_wait_until_gone(request))
    try:
        await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if asking.done():
            return asking.result()
        raise HttpError(_CLIENT_GONE, "the client went away")
    finally:
        for task in (asking, leaving):
            task.cancel()
        await asyncio.gather(asking, leaving, return_exceptions=True)


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def check_writer(request: Request, settings: ServerSettings) -> None:
    """Pass who may change the graph. Raises HttpError 401 or 403 for anyone else."""
    if not settings.writable:
        raise HttpError(403, "this server only reads; 'kg serve --token-file FILE' starts one that takes updates")
    if settings.scratch:
        if request.headers.get("origin", str(request.base_url).rstrip("/")) != str(request.base_url).rstrip("/"):
            raise HttpError(403, "no page of another site may change this graph")
        return
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode(), settings.token.encode()):
        raise HttpError(401, "an update needs the token of this server", {"WWW-Authenticate": 'Bearer realm="kg"'})


def respond(request: Request, answer: Answer) -> Response:
    """The response that carries an answer."""
    if answer.status >= 400 and answer.media != PAGE:
        return _tell(request, answer.status, answer.body.decode("utf-8", "replace").strip(), answer.headers)
    headers = answer.headers if answer.status in {201, 204} else {**answer.headers, "Content-Type": answer.media}
    return Response(answer.body, answer.status, headers)


async def respond_error(request: Request, error: Exception) -> Response:
    """What went wrong, as a page or in plain text."""
    if isinstance(error, HTTPException):
        return _tell(request, error.status_code, error.detail, dict(error.headers or {}))
    assert isinstance(error, HttpError)  # noqa: S101 it is registered for no other
    return _tell(request, error.status, str(error), error.headers)


def _tell(request: Request, status: int, message: str, headers: dict[str, str]) -> Response:
    if negotiate(request.headers.get("accept", ""), ("text/plain", HTML)) != HTML:
        return Response(f"{message}\n", status, {**headers, "Content-Type": TEXT})
    text = request.query_params.get("query", "")
    if request.url.path == "/sparql" and text:
        page = show_query(text, Outcome(error=message))
    else:
        page = render_page(
            "error",
            status=status,
            heading=_HEADINGS.get(status, "That did not work"),
            message=message,
            words=_guess_words(request, status),
        )
    return Response(page, status, {**headers, "Content-Type": PAGE})


def _guess_words(request: Request, status: int) -> str:
    """What somebody may search for who asked for what is not there: "/dilemma/data-silos" -> "data silos"."""
    if status != 404:
        return ""
    last = (request.query_params.get("iri") or request.url.path).rstrip("/").rsplit("/", 1)[-1]
    return " ".join(re.findall(r"[^\W_]+", last))[:100]
