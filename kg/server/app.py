"""The web application: addresses -> what answers them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.server.answer import Answer
from kg.server.engine import Engine
from kg.server.errors import HttpError
from kg.server.formats import GRAPHS, HTML, choose_formats, refuse_formats
from kg.server.graph_store import READABLE
from kg.server.headers import EDITOR_POLICY, AddHeaders
from kg.server.protocol import Operation, parse_operation, parse_type
from kg.server.query_page import show_query
from kg.server.requests import ask, check_writer, read_body, respond, respond_error
from kg.server.settings import ServerSettings
from kg.server.templating import ASSETS, PAGE, read_asset, render_page

METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]
#: Descriptions and front pages that are kept.
MAX_KEPT = 32
_SAMPLE = """PREFIX dg: <https://w3id.org/digital-government/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?remedy ?label WHERE {
  ?remedy a dg:Remedy ; skos:prefLabel ?label .
}
LIMIT 20
"""


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

    routes = [
        *(Route(path, serve_sparql, methods=METHODS) for path in ("/sparql", "/sparql/")),
        Route("/store", serve_store, methods=METHODS),
        *(Route(path, serve_void) for path in ("/void", "/.well-known/void")),
        Route("/", serve_front),
        Route("/search", serve_search),
        Route("/query/{name}", serve_named),
        Route("/editor", serve_editor),
        Route("/assets/{name}", serve_asset),
        Route("/resource", serve_thing),
        Route("/{path:path}", serve_thing),
    ]
    errors = {HttpError: respond_error, HTTPException: respond_error}
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers=errors)
    app.state.engine = engine
    app.add_middleware(AddHeaders, origins=settings.origins)
    return app


async def serve_sparql(request: Request) -> Response:
    """The SPARQL endpoint; without a query or update, its description or a page to write a query on."""
    engine: Engine = request.app.state.engine
    query = request.scope["query_string"].decode("latin-1")
    body = await read_body(request)
    operation = parse_operation(request.method, query, request.headers.get("content-type", ""), body)
    if operation.kind == "update":
        check_writer(request, engine.settings)
        return respond(request, await engine.change(_make_job(request, operation)))
    job = _make_job(request, operation)
    if operation.kind == "query":
        return respond(request, await ask(request, job))
    if job["triples"] == HTML:
        return Response(show_query(_SAMPLE), media_type=PAGE)
    return await _describe(request, "service")


def _make_job(request: Request, operation: Operation) -> dict[str, object]:
    results, triples = _choose(request)
    return {
        "job": operation.kind,
        "text": operation.text,
        "default": operation.default,
        "named": operation.named,
        "base": str(request.base_url) + "sparql",
        "results": results,
        "triples": triples,
    }


def _choose(request: Request) -> tuple[str, str]:
    return choose_formats(request.headers.get("accept", ""), request.query_params.get("format", ""))


async def serve_store(request: Request) -> Response:
    """The graph store: one graph, read or changed as a whole."""
    engine: Engine = request.app.state.engine
    names = request.query_params.getlist("graph")
    if ("default" in request.query_params) + len(names) != 1 or names == [""]:
        raise HttpError(400, "name one graph: ?graph=IRI, or ?default")
    job: dict[str, object] = {"job": "graph", "graph": "".join(names), "base": str(request.base_url)}
    if request.method in {"GET", "HEAD"}:
        _, triples = _choose(request)
        return respond(request, await ask(request, {**job, "triples": "text/turtle" if triples == HTML else triples}))
    if request.method == "PATCH":
        raise HttpError(405, "PATCH is not offered; use PUT, POST or DELETE", {"Allow": "GET, HEAD, PUT, POST, DELETE"})
    check_writer(request, engine.settings)
    media, _ = parse_type(request.headers.get("content-type", ""))
    if request.method != "DELETE" and media not in READABLE:
        raise HttpError(415, f"a graph is sent as {' or '.join(READABLE)}")
    try:
        text = (await read_body(request)).decode("utf-8")
    except UnicodeDecodeError as error:
        raise HttpError(400, f"the body is not UTF-8 at byte {error.start}") from error
    changed = {**job, "job": "store", "method": request.method, "media": media, "text": text}
    return respond(request, await engine.change(changed))


async def serve_void(request: Request) -> Response:
    """The description of the data (VoID)."""
    return await _describe(request, "void")


async def _describe(request: Request, job: str) -> Response:
    """A description, made once for each state of the graph."""
    engine: Engine = request.app.state.engine
    _, triples = _choose(request)
    if not triples:
        raise refuse_formats(tuple(GRAPHS)[:7])
    media = "text/turtle" if triples == HTML else triples
    asked = {"job": job, "address": str(request.base_url), "triples": media, "writable": engine.settings.writable}
    return respond(request, await _ask_once(request, asked))


async def serve_front(request: Request) -> Response:
    """The front page; for a program, the description of the data."""
    results, _ = _choose(request)
    if results == HTML or request.headers.get("accept", "*/*") == "*/*":
        return respond(request, await _ask_once(request, {"job": "front"}))
    return await _describe(request, "void")


async def _ask_once(request: Request, job: dict[str, object]) -> Answer:
    """The answer to a job that depends on nothing but the state of the graph."""
    engine: Engine = request.app.state.engine
    key = (engine.generation, *job.values())
    kept: dict[tuple[object, ...], Answer] = engine.kept
    if key not in kept:
        answer = await ask(request, job)
        if answer.status >= 400:
            return answer
        while len(kept) >= MAX_KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = answer
    return kept[key]


async def serve_search(request: Request) -> Response:
    """A page of what holds the words searched for."""
    return respond(request, await ask(request, {"job": "search", "words": request.query_params.get("q", "")[:1000]}))


async def serve_named(request: Request) -> Response:
    """The answer of a query of the library, with its parameters in the address: /query/NAME?parameter=value."""
    results, triples = _choose(request)
    values = {name: request.query_params.getlist(name) for name in request.query_params if name != "format"}
    # A field of the form that was left empty asks for nothing.
    values = {name: [text for text in texts if text] for name, texts in values.items() if any(texts)}
    job = {"job": "named", "name": request.path_params["name"], "values": values, "base": str(request.base_url)}
    return respond(request, await ask(request, {**job, "results": results, "triples": triples}))


async def serve_thing(request: Request) -> Response:
    """A thing of the graph: a page, or the triples about it."""
    iri = request.query_params.get("iri", "")
    if request.url.path == "/resource" and not iri:
        raise HttpError(400, "name a thing: ?iri=IRI")
    _, triples = _choose(request)
    if not triples:
        raise refuse_formats((*tuple(GRAPHS)[:7], HTML))
    job = "thing" if triples == HTML else "triples"
    where = {"iri": iri} if request.url.path == "/resource" else {"path": request.path_params["path"]}
    return respond(request, await ask(request, {"job": job, **where, "triples": triples}))


async def serve_editor(_: Request) -> Response:
    """A page to write queries on with more comfort, which needs script."""
    headers = {"Content-Security-Policy": EDITOR_POLICY}
    return Response(render_page("editor", text=_SAMPLE), media_type=PAGE, headers=headers)


async def serve_asset(request: Request) -> Response:
    """A style sheet or a script of the pages."""
    name = request.path_params["name"]
    content = read_asset(name)
    if content is None:
        raise HttpError(404, f"there is no {name}")
    return Response(content, media_type=ASSETS[name], headers={"Cache-Control": "max-age=3600"})
