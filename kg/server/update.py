"""An update -> the graph after it.

The engine takes no dataset for an update, so graphs that the request names are written into the text as USING.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kg.model.errors import QueryError
from kg.query.guard import MAX_NESTING
from kg.query.tokens import Token, find_possible_tokens, find_tokens
from kg.server.answer import Answer
from kg.server.errors import HttpError
from kg.server.evaluation import to_nodes
from kg.server.graph import Graph
from kg.server.operations import settle_operations

MAX_UPDATE_CHARS = 5_000_000
_REFUSED = {
    "LOAD": "LOAD would fetch a file or an address; send the triples with INSERT DATA",
    "SERVICE": "SERVICE would ask another server; take it out",
}


def apply_update(graph: Graph, request: dict[str, Any]) -> tuple[Answer, Graph]:
    """The graph after the update, all of it or none; the store is changed in place.

    request: text; default and named, lists of IRIs; base.
    Raises QueryError for what is not SPARQL or not allowed.
    """
    text = settle_operations(request["text"], loads=graph.loads)
    check_update(text)
    if request["default"] or request["named"]:
        text = add_using(text, request["default"], request["named"])
    try:
        graph.store.update(text, base_iri=request["base"])
    except SyntaxError as error:
        raise QueryError(f"not a SPARQL update: {str(error.msg).strip()}") from error
    except (OSError, RuntimeError) as error:
        raise HttpError(422, f"not applied: {error}") from error
    return Answer(b"", status=204), replace(graph, root=None)


def check_update(text: str) -> None:
    """Pass an update that fetches nothing.

    Raises QueryError for LOAD, SERVICE, and a text too long or nested too deep.
    """
    if not text:
        raise QueryError("the update is empty")
    if len(text) > MAX_UPDATE_CHARS:
        raise HttpError(413, f"the update has {len(text):,} characters, more than the {MAX_UPDATE_CHARS:,} allowed")
    depth = 0
    for token in find_tokens(text):
        depth += (token.text in "{([") - (token.text in "})]")
        if depth > MAX_NESTING:
            raise QueryError(f"the update is nested deeper than {MAX_NESTING} brackets")
    for token in find_possible_tokens(text):
        if token.kind in {"word", "name"}:
            word = token.text.partition(":")[0].upper()
            found = next((keyword for keyword in _REFUSED if word.startswith(keyword) or word.endswith(keyword)), "")
            if found:
                raise QueryError(f"line {text.count(chr(10), 0, token.start) + 1}: {_REFUSED[found]}")


def add_using(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update with USING for these graphs in every operation that has a WHERE.

    Raises QueryError if it names graphs of its own with USING or WITH: the protocol allows one way or the other.
    """
    to_nodes([*default, *named])
    using = "".join([*(f"USING <{iri}> " for iri in default), *(f"USING NAMED <{iri}> " for iri in named)])
    parts, position, depth = [], 0, 0
    earlier: Token | None = None
    for token in find_tokens(text):
        word = token.text.upper() if token.kind == "word" and not depth else ""
        if word in {"USING", "WITH"}:
            raise QueryError(f"the update says {word}, so the request may not name graphs as well")
        if word == "WHERE":
            parts += [text[position : token.start], _repeat_pattern(text, earlier, token), using]
            position = token.start
        depth += (token.text == "{") - (token.text == "}")
        earlier = token
    return "".join([*parts, text[position:]])


def _repeat_pattern(text: str, earlier: Token | None, where: Token) -> str:
    """DELETE WHERE { ... } takes no USING; with its pattern said twice, DELETE { ... } WHERE { ... }, it does."""
    if not earlier or earlier.text.upper() != "DELETE":
        return ""
    depth = 0
    for token in find_tokens(text[where.end :]):
        depth += (token.text == "{") - (token.text == "}")
        if token.text == "}" and not depth:
            return text[where.end : where.end + token.end] + " "
    return ""
