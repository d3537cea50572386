"""What stores answer, made into what the engine gives: odd forms of JSON are set right, damaged ones are an error."""

import hashlib
import json
import re
from typing import Any

import pyoxigraph as ox

from kg.graph.remote_http import Reply
from kg.model import CorpusError, QueryError, expand_curie

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
JSON_RESULTS, TRIPLES = "application/sparql-results+json", "application/n-triples"
_TRIPLE_FORMATS = {
    TRIPLES: ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
}
_BLANK = re.compile(r"[A-Za-z0-9]+")
_BOOLEANS = {"0": "false", "1": "true"}


def read_answer(reply: Reply, *, triples: bool) -> tuple[Answer, int]:
    """The answer of a store to a query, and how many rows it has; 0 where it has none to count.

    triples: whether it was a CONSTRUCT or DESCRIBE.

    Raises QueryError if the store refuses the query or has cut the answer, CorpusError if it is none.
    """
    check_reply(reply)
    if triples:
        return _read_triples(reply), 0
    if reply.media_type not in (JSON_RESULTS, "application/json", "text/json"):
        raise CorpusError(_say_no_results(reply))
    try:
        found = json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        tail = " ".join(reply.body[-120:].decode("utf-8", "replace").split())
        raise CorpusError(f"the store's answer breaks off or is not JSON; it ends in: {tail}") from error
    try:
        fixed = json.dumps(_set_right(found)).encode()
        answer = ox.parse_query_results(fixed, format=ox.QueryResultsFormat.JSON)
        if isinstance(answer, ox.QueryBoolean):
            return answer, 0
        # What is wrong in one row shows here, not half-way through a table.
        rows = sum(1 for _ in answer)
        return ox.parse_query_results(fixed, format=ox.QueryResultsFormat.JSON), rows
    except (SyntaxError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"the store's answer is damaged: {error}") from error


def check_reply(reply: Reply) -> None:
    """Raises QueryError if a store refuses a request or says that its answer is not all, CorpusError for a fault."""
    state = reply.headers.get("x-sql-state", "")
    if state:
        message = "".join(c for c in reply.headers.get("x-sql-message", "") if c.isprintable())[:300]
        raise QueryError(f"the store has stopped before the end, its answer is not all there is ({state} {message})")
    if reply.status >= 500 and "timeout" not in reply.quote().lower():
        raise CorpusError(f"the store has failed ({reply.status}): {reply.quote()}")
    if reply.status >= 400:
        raise QueryError(f"the store refuses the query ({reply.status}): {reply.quote()}")


def _say_no_results(reply: Reply) -> str:
    kind = "a web page" if "html" in reply.media_type else f"'{reply.media_type or 'nothing'}'"
    return (
        f"the store has sent {kind}, not the results of a query: is it the address of its SPARQL queries, "
        f"such as http://localhost:7878/query or .../sparql? It says: {reply.quote()[:150]}"
    )


def _read_triples(reply: Reply) -> ox.QueryTriples:
    if reply.media_type not in _TRIPLE_FORMATS:
        raise CorpusError(_say_no_results(reply))
    store = ox.Store()
    try:
        store.load(reply.body, format=_TRIPLE_FORMATS[reply.media_type])
    except SyntaxError as error:
        raise CorpusError(f"the store's answer is damaged or breaks off: {error}") from error
    answer = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(answer, ox.QueryTriples)  # noqa: S101 it is a CONSTRUCT
    return answer


def _set_right(found: dict[str, Any]) -> dict[str, Any]:
    """Results as the standard has them, of those that Virtuoso and older stores send."""
    if "boolean" in found:
        return {"head": {}, "boolean": bool(found["boolean"])}
    variables, rows = list(found["head"]["vars"]), found["results"]["bindings"]
    if variables == ["__ASK_RETVAL"]:
        return {"head": {}, "boolean": bool(rows and rows[0]["__ASK_RETVAL"]["value"] in ("1", "true"))}
    fixed = [{name: _fix_term(term) for name, term in row.items() if term is not None} for row in rows]
    return {"head": {"vars": variables}, "results": {"bindings": fixed}}


def _fix_term(term: dict[str, Any]) -> dict[str, Any]:
    kind, value = str(term["type"]), term["value"]
    if kind == "triple":
        return term
    value = str(value)
    if kind == "bnode":
        return {"type": kind, "value": _fix_blank(value)}
    if kind == "uri":
        return _fix_iri(value)
    if kind not in ("literal", "typed-literal"):
        raise ValueError(f"a term of the type '{kind[:40]}'")
    fixed = {"type": "literal", "value": value}
    if language := term.get("xml:lang"):
        return {**fixed, "xml:lang": language}
    datatype = term.get("datatype", "")
    if datatype == expand_curie("xsd:boolean"):
        fixed["value"] = _BOOLEANS.get(value, value)
    if datatype:
        fixed["datatype"] = ox.NamedNode(datatype).value  # ValueError if it is no IRI
    return fixed


def _fix_iri(value: str) -> dict[str, Any]:
    if value.startswith(("nodeID://", "_:")):
        return {"type": "bnode", "value": _fix_blank(value)}
    return {"type": "uri", "value": ox.NamedNode(value).value}


def _fix_blank(value: str) -> str:
    """A label that every engine takes, the same for the same node of the store."""
    bare = value.removeprefix("_:").removeprefix("nodeID://")
    return bare if _BLANK.fullmatch(bare) else f"b{hashlib.sha256(bare.encode()).hexdigest()[:16]}"
