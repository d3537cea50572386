"""What a request asks for, and what is wrong with it."""

import pytest

from kg.server.errors import HttpError
from kg.server.protocol import FORM, Operation, parse_operation

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
ASK = Operation("query", "ASK {}")


@pytest.mark.parametrize(
    ("request_", "operation"),
    [
        (("GET", "query=ASK%20%7B%7D", "", b""), ASK),
        (("HEAD", "query=ASK+%7B%7D", "", b""), ASK),
        (("POST", "", FORM, b"query=ASK%20%7B%7D"), ASK),
        (("POST", "", f"{FORM}; charset=UTF-8", b"query=ASK+{}"), ASK),
        (("POST", "", QUERY, b"ASK {}"), ASK),
        (("POST", "", UPDATE, b"CLEAR ALL"), Operation("update", "CLEAR ALL")),
        (("POST", "", FORM, b"update=CLEAR+ALL&using-graph-uri=a:b"), Operation("update", "CLEAR ALL", ("a:b",))),
        (
            ("POST", "default-graph-uri=a:b&named-graph-uri=a:c&named-graph-uri=a:d", QUERY, b"ASK {}"),
            Operation("query", "ASK {}", ("a:b",), ("a:c", "a:d")),
        ),
        (
            ("POST", "default-graph-uri=a:b", FORM, b"query=ASK+{}&default-graph-uri=a:c"),
            Operation("query", "ASK {}", ("a:b", "a:c")),
        ),
        (("GET", "", "", b""), Operation("")),
        (("GET", "format=turtle", "", b""), Operation("")),
        (("GET", "query=", "", b""), Operation("query", "")),
    ],
)
def test_operation_is_read_from_the_address_and_the_body(
    request_: tuple[str, str, str, bytes], operation: Operation
) -> None:
    assert parse_operation(*request_) == operation


@pytest.mark.parametrize(
    ("request_", "status", "message"),
    [
        (("PUT", "query=ASK{}", "", b""), 405, "PUT is not part of the SPARQL protocol"),
        (("GET", "update=CLEAR+ALL", "", b""), 400, "an update is sent with POST"),
        (("GET", "query=a&query=b", "", b""), 400, "2 texts in one request"),
        (("POST", "", FORM, b"update=a&query=b"), 400, "2 texts in one request"),
        (("POST", "", FORM, b"q=a"), 400, "no 'query' and no 'update'"),
        (("GET", "default-graph-uri=a:b", "", b""), 400, "no 'query' and no 'update'"),
        (("POST", "query=ASK{}", QUERY, b"ASK {}"), 400, "none may stand in the address"),
        (("POST", "using-graph-uri=a:b", QUERY, b"ASK {}"), 400, "'using-graph-uri' does not belong to a query"),
        (("POST", "named-graph-uri=a:b", UPDATE, b"CLEAR ALL"), 400, "does not belong to an update"),
        (("POST", "", "text/plain", b"ASK {}"), 415, "'text/plain' is not understood"),
        (("POST", "", "", b"ASK {}"), 415, "does not say what type"),
        (("POST", "", f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16")), 415, "'utf-16' is not understood"),
        (("POST", "", QUERY, b"ASK \xff"), 400, "not UTF-8 at byte 4"),
        (("GET", "query=%FF", "", b""), 400, "not UTF-8"),
        (("GET", "&".join(["a=b"] * 1001), "", b""), 400, "more than 1000 parameters"),
    ],
)
def test_request_that_is_wrong_is_told_how(request_: tuple[str, str, str, bytes], status: int, message: str) -> None:
    with pytest.raises(HttpError, match=message) as caught:
        parse_operation(*request_)
    assert caught.value.status == status
