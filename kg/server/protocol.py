"""An HTTP request -> what it asks for.

Source: W3C SPARQL 1.1 Protocol, sections 2.1 and 2.2.
"""

from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl

from kg.server.errors import HttpError

MAX_FIELDS = 1_000
FORM = "application/x-www-form-urlencoded"
#: type of a body that is nothing but the text -> the operation.
DIRECT = {"application/sparql-query": "query", "application/sparql-update": "update"}
_WITH_ARTICLE = {"query": "a query", "update": "an update"}
#: operation -> the parameters that name its default and its named graphs.
_DATASET = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}


@dataclass(frozen=True, slots=True)
class Operation:
    """kind: "query", "update" or "" for a request that asks for nothing; default, named: IRIs of graphs."""

    kind: str
    text: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def parse_operation(method: str, address_query: str, content_type: str, body: bytes) -> Operation:
    """The operation that a request asks for.

    address_query: what stands behind the question mark, as it was sent.
    Raises HttpError 400 for a request that is not well formed, 405 for another method, 415 for another type of body.
    """
    fields = _parse_fields(address_query)
    if method in {"GET", "HEAD"}:
        if "update" in fields:
            raise HttpError(400, "an update is sent with POST")
        return _find_operation(fields)
    if method != "POST":
        raise HttpError(405, f"{method} is not part of the SPARQL protocol; use GET or POST", {"Allow": "GET, POST"})
    media, charset = parse_type(content_type)
    if media == FORM:
        return _find_operation(_merge(fields, _parse_fields(_decode(body, charset))), required=True)
    if media in DIRECT:
        if {"query", "update"} & set(fields):
            raise HttpError(400, "the text stands in the body, so none may stand in the address")
        return _find_operation({**fields, DIRECT[media]: [_decode(body, charset)]})
    known = ", ".join((FORM, *DIRECT))
    raise HttpError(
        415,
        f"a body of the type '{media}' is not understood; known: {known}"
        if media
        else f"the request does not say what type its body has; known: {known}",
    )


def _find_operation(fields: dict[str, list[str]], *, required: bool = False) -> Operation:
    texts = [(kind, text) for kind in _DATASET for text in fields.get(kind, [])]
    if len(texts) > 1:
        raise HttpError(400, f"{len(texts)} texts in one request; send one query or one update")
    if not texts:
        if required or any(name in fields for names in _DATASET.values() for name in names):
            raise HttpError(400, "there is no 'query' and no 'update' in the request")
        return Operation("")
    kind, text = texts[0]
    wrong = next((name for other, names in _DATASET.items() for name in names if other != kind and name in fields), "")
    if wrong:
        raise HttpError(400, f"'{wrong}' does not belong to {_WITH_ARTICLE[kind]}; use {' and '.join(_DATASET[kind])}")
    default, named = (tuple(fields.get(name, ())) for name in _DATASET[kind])
    return Operation(kind, text, default, named)


def _parse_fields(text: str) -> dict[str, list[str]]:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except UnicodeDecodeError as error:
        raise HttpError(400, "the request is not UTF-8") from error
    except ValueError as error:
        raise HttpError(400, f"more than {MAX_FIELDS} parameters") from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def _merge(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: [*one.get(name, []), *other.get(name, [])] for name in (*one, *other)}


def parse_type(content_type: str) -> tuple[str, str]:
    """(media type, charset) of a Content-Type, in lower case."""
    if not content_type.strip():
        return "", ""
    message = Message()
    message["content-type"] = content_type
    return message.get_content_type(), message.get_content_charset("utf-8")


def _decode(body: bytes, charset: str) -> str:
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise HttpError(415, f"the charset '{charset}' is not understood; SPARQL is sent as UTF-8")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HttpError(400, f"the body is not UTF-8 at byte {error.start}") from error
