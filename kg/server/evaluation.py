"""A query of someone else -> its answer in the format that was asked for."""

import csv
import io
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.model.errors import QueryError
from kg.model.prefixes import PREFIXES
from kg.query.evaluate import say_not_sparql
from kg.query.limits import Limits
from kg.query.tokens import Token, find_tokens
from kg.server.answer import Answer
from kg.server.errors import HttpError
from kg.server.formats import GRAPHS, RESULTS, refuse_formats
from kg.server.functions import Found as Found
from kg.server.functions import Unknown
from kg.server.graph import Graph

_MIB = 1 << 20
_OPENING, _CLOSING = frozenset("{("), frozenset("})")
#: What stands at least once for each row but the first; a text may hold it as well.
_ROW_SIGNS = {
    ox.QueryResultsFormat.JSON: b"},{",
    ox.QueryResultsFormat.XML: b"<result>",
    ox.QueryResultsFormat.CSV: b"\n",
    ox.QueryResultsFormat.TSV: b"\n",
}


def answer_query(graph: Graph, request: dict[str, Any]) -> Answer:
    """The whole answer, or an error: an answer is never cut.

    request: text; default and named, lists of IRIs; base; results and triples, the media types for each kind of
    answer, "" where the client takes none.
    Raises QueryError for what is not SPARQL, HttpError 406 for a kind of answer that the client does not take, 422 for
    one over the limits, 502 where another server did not answer.
    """

    def write(found: Found) -> Answer:
        if isinstance(found, ox.QueryTriples):
            return _write_triples(found, request["triples"], graph.limits)
        return _write_results(found, request["results"], graph.limits)

    return run_queried(graph, request, write)


def run_queried(graph: Graph, request: dict[str, Any], write: Callable[[Found], Answer]) -> Answer:
    """What `write` makes of the engine's answer.

    Raises QueryError for what is not SPARQL, HttpError 422 where the engine gives up, 502 where another server did.
    """
    unknown = Unknown()
    try:
        answer = write(_evaluate(graph, request, unknown))
    except SyntaxError as error:
        raise QueryError(say_not_sparql(error)) from error
    except (OSError, RuntimeError) as error:
        status = 502 if "SERVICE" in request["text"].upper() else 422
        raise HttpError(status, f"stopped: {error}") from error
    unknown.check()
    return answer


def _evaluate(graph: Graph, request: dict[str, Any], unknown: Unknown) -> Found:
    """The engine's answer from the dataset that the request names, else the query, else the graph as a whole.

    Raises SyntaxError for what is not SPARQL, QueryError for an IRI that is none.
    """
    text, base = request["text"], request["base"]
    if request["default"] or request["named"]:
        default, named = to_nodes(request["default"]), to_nodes(request["named"])
        return unknown.ask(
            lambda functions: graph.store.query(
                text, base_iri=base, default_graph=[*default], named_graphs=[*named], custom_functions=functions
            )
        )
    # The engine would let the union go before FROM.
    union = graph.union and not names_dataset(text)
    return unknown.ask(
        lambda functions: graph.store.query(
            text, base_iri=base, use_default_graph_as_union=union, custom_functions=functions
        )
    )


def names_dataset(text: str) -> bool:
    """Whether a query says FROM, which stands outside all brackets, perhaps glued to what is before or behind it.

    >>> names_dataset("ASK FROM <x:g> { }"), names_dataset("PREFIX from: <x:> ASK { ?from from:FROM 'FROM' }")
    (True, False)
    """
    depth, earlier, declared = 0, "", set()
    for token in find_tokens(text):
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        word = token.text.upper()
        if earlier == "PREFIX":
            declared.add(word)
        elif not depth and _says_from(token, declared):
            return True
        earlier = word
    return False


def _says_from(token: Token, declared: set[str]) -> bool:
    word = token.text.upper()
    if token.kind == "word":
        return word.removesuffix("NAMED").endswith("FROM")
    return token.kind == "name" and word.startswith("FROM") and word.partition(":")[0] + ":" not in declared


def to_nodes(iris: Sequence[str]) -> list[ox.NamedNode]:
    """IRIs as nodes. Raises QueryError for a text that is no absolute IRI."""
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError(f"the address of a graph is no IRI: {error}") from error


def _write_results(found: ox.QuerySolutions | ox.QueryBoolean, media: str, limits: Limits) -> Answer:
    if not media:
        raise refuse_formats(tuple(RESULTS)[:4])
    body = _BoundedBytes(limits)
    try:
        found.serialize(body, format=RESULTS[media])
    except OSError as error:
        raise body.refusal or error from error
    content = body.getvalue()
    # Counting the rows one by one takes as long as the query; only an answer near the limit needs it.
    many = content.count(_ROW_SIGNS[RESULTS[media]]) >= limits.rows
    if many and _count_rows(content, RESULTS[media]) > limits.rows:
        raise refuse_rows(limits)
    return Answer(content, name_type(media))


def _write_triples(found: ox.QueryTriples, media: str, limits: Limits) -> Answer:
    """Each triple once, those with one subject together."""
    if not media:
        raise refuse_formats(tuple(GRAPHS)[:7])
    triples = dict.fromkeys(islice(found, limits.rows + 1))
    if len(triples) > limits.rows:
        raise refuse_rows(limits)
    return write_triples(list(triples), media, limits)


def write_triples(triples: Sequence[ox.Triple], media: str, limits: Limits) -> Answer:
    """Triples in a format of GRAPHS, sorted. Raises HttpError 422 for too many bytes."""
    body = _BoundedBytes(limits)
    try:
        ox.serialize(sorted(triples, key=str), body, format=GRAPHS[media], prefixes=_find_prefixes(triples))
    except OSError as error:
        raise body.refusal or error from error
    return Answer(body.getvalue(), name_type(media))


def _find_prefixes(triples: Sequence[ox.Triple]) -> dict[str, str]:
    """The prefixes of the graph's vocabularies that these triples use."""
    iris = {term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)}
    iris |= {t.object.datatype.value for t in triples if isinstance(t.object, ox.Literal)}
    spaces = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in iris}
    return {prefix: space for prefix, space in PREFIXES.items() if space in spaces}


def name_type(media: str) -> str:
    """The Content-Type of an answer in this format: texts say how they are encoded."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _count_rows(content: bytes, format_: ox.QueryResultsFormat) -> int:
    if format_ == ox.QueryResultsFormat.CSV:
        return sum(1 for _ in csv.reader(io.StringIO(content.decode(), newline=""))) - 1
    found = ox.parse_query_results(content, format=format_)
    return 1 if isinstance(found, ox.QueryBoolean) else sum(1 for _ in found)


def refuse_rows(limits: Limits) -> HttpError:
    """The error for an answer with too many rows or triples."""
    return HttpError(422, f"an answer of more than {limits.rows:,} rows, which is the limit here. Add LIMIT and OFFSET")


class _BoundedBytes(io.BytesIO):
    """Bytes up to a limit. refusal: the error to tell, once there were too many."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._most = limits.answer_mib * _MIB
        self.refusal: HttpError | None = None

    def write(self, content: Any, /) -> int:
        """Take more bytes. Raises OSError, which the engine passes on, beyond the limit."""
        if self.tell() + len(content) > self._most:
            mib = self._most // _MIB
            self.refusal = HttpError(
                422, f"an answer of more than {mib} MiB, which is the limit here. Add LIMIT, or ask for fewer columns"
            )
            raise OSError("too much")
        return super().write(content)
