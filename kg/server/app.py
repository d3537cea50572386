"""The web application: addresses -> what answers them."""

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.server.answer import TEXT, Answer
from kg.server.engine import Engine
from kg.server.errors import HttpError
from kg.server.formats import GRAPHS, RESULTS, negotiate
from kg.server.headers import AddHeaders
from kg.server.protocol import Operation, parse_operation
from kg.server.settings import ServerSettings

MAX_BODY_BYTES = 20_000_000
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]


def make_app(settings: ServerSettings) -> Starlette:
    """The application; it loads the graph when it starts and ends its processes when it stops."""
    engine = Engine(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            await engine.start()
            yield
        finally:
            await engine.stop()

    routes = [Route("/sparql", serve_sparql, methods=METHODS), Route("/sparql/", serve_sparql, methods=METHODS)]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={HttpError: show_error})
    app.state.engine = engine
    app.add_middleware(AddHeaders, origins=settings.origins)
    return app


async def serve_sparql(request: Request) -> Response:
    """The SPARQL endpoint: queries, updates, and the service description."""
    engine: Engine = request.app.state.engine
    query = request.scope["query_string"].decode("latin-1")
    body = await read_body(request)
    operation = parse_operation(request.method, query, request.headers.get("content-type", ""), body)
    if operation.kind == "query":
        return to_response(await engine.ask(make_query(request, operation)))
    if operation.kind == "update":
        check_writer(request, engine.settings)
        return to_response(await engine.change(make_query(request, operation)))
    raise HttpError(400, "no query")


def make_query(request: Request, operation: Operation) -> dict[str, object]:
    """The job for an operation, with the formats that the client would rather have."""
    accept = request.headers.get("accept", "")
    return {
        "job": operation.kind,
        "text": operation.text,
        "default": operation.default,
        "named": operation.named,
        "base": str(request.base_url.replace(path="/sparql")),
        "results": negotiate(accept, tuple(RESULTS)),
        "triples": negotiate(accept, tuple(GRAPHS)),
    }


def check_writer(request: Request, settings: ServerSettings) -> None:
    """Pass who may change the graph. Raises HttpError 401 or 403 for anyone else."""
    if not settings.writable:
        raise HttpError(403, "this server only reads; 'kg serve --token-file FILE' starts one that takes updates")
    if settings.scratch:
        if "origin" in request.headers and request.headers["origin"] != str(request.base_url).rstrip("/"):
            raise HttpError(403, "no page of another site may change this graph")
        return
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode(), settings.token.encode()):
        raise HttpError(401, "an update needs the token of this server", {"WWW-Authenticate": 'Bearer realm="kg"'})


async def read_body(request: Request) -> bytes:
    """The body of a request. Raises HttpError 413 for one that is too long."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY_BYTES:
            raise HttpError(413, f"a body of more than {MAX_BODY_BYTES:,} bytes")
        parts.append(part)
    return b"".join(parts)


def to_response(answer: Answer) -> Response:
    """The response that carries an answer."""
    return Response(answer.body, answer.status, {**answer.headers, "Content-Type": answer.media})


async def show_error(_: Request, error: Exception) -> Response:
    """What went wrong, in plain text."""
    assert isinstance(error, HttpError)  # noqa: S101 it is registered for no other
    return Response(f"{error}\n", error.status, {**error.headers, "Content-Type": TEXT})
