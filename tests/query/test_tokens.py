"""SPARQL cut into tokens, against what the grammar says and what the engine does."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model.errors import QueryError
from kg.query.guard import check_query
from kg.query.tokens import find_possible_tokens, find_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("SELECT?s{?s a<x>}", ["word SELECT", "variable ?s", "mark {", "variable ?s", "word a", "iri <x>", "mark }"]),
        ("dg:a.b-c. ex: :x", ["name dg:a.b-c", "mark .", "name ex:", "name :x"]),
        ('\'it\'\'s\' """a "quote" b"""', ["string 'it'", "string 's'", 'string """a "quote" b"""']),
        ('"a\\"b"@en-GB "1"^^xsd:int', ['string "a\\"b"', "language @en-GB", 'string "1"', "mark ^^", "name xsd:int"]),
        (
            "?a<=3&&?b!=-.5e3",
            ["variable ?a", "mark <=", "number 3", "mark &&", "variable ?b", "mark !=", "mark -", "number .5e3"],
        ),
        ("# a comment { \n_:b1 # more", ["blank _:b1"]),
        ("ex:%41\\,b", ["name ex:%41\\,b"]),
        ('"open', ['mark "', "word open"]),
        ("", []),
    ],
)
def test_text_is_cut_as_the_grammar_says(text: str, tokens: list[str]) -> None:
    assert [f"{token.kind} {token.text}" for token in find_tokens(text)] == tokens


@given(st.text())
def test_tokens_lie_in_order_and_hold_their_stretch(text: str) -> None:
    position = 0
    for token in find_tokens(text):
        assert position <= token.start < token.end
        assert text[token.start : token.end] == token.text
        position = token.end


@given(st.text(alphabet="<?ab:#\"'\n >=1true"))
def test_every_token_of_the_plain_reading_is_a_possible_one(text: str) -> None:
    assert set(find_tokens(text)) <= set(find_possible_tokens(text))


def test_comparison_and_identifier_are_both_read() -> None:
    assert {token.text for token in find_possible_tokens("?a<b>c")} >= {"<b>", "b", ">", "c"}


def test_address_is_no_comparison() -> None:
    assert "service" not in {token.text for token in find_possible_tokens("<http://example.org/service>")}


#: Pieces that join into queries with SERVICE in every neighbourhood an engine might accept.
PIECES = st.sampled_from(
    [
        *(
            "SERVICE",
            "service ",
            "SILENT",
            "<U>",
            " ",
            "\n",
            "#",
            "#>\n",
            '"',
            "'",
            '"""',
            "?s",
            "?s ?p ",
            "true",
            "false",
        ),
        *("1", "1.", ".", ";", ",", "a", "<p>", "<p>?", "?true", "x:y", ":z", "x:", "@en", '"v"@en', "_:b", "{", "}"),
        *(
            "{?a ?b ?c}",
            "FILTER(?s<?o",
            "FILTER(",
            ")",
            "||",
            "<",
            ">",
            "OPTIONAL{",
            "UNION",
            "BIND(1 AS ?n)",
            "MINUS{",
        ),
    ]
)
HEAD = "PREFIX : <U> PREFIX x: <U> SELECT * { "


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[int]]]:
    """An address, and a list that grows with every connection made to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        hits: list[int] = []

        def answer() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    hits.append(1)
                    with connection, suppress(OSError):
                        connection.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", hits


def make_request(text: str, hits: list[int]) -> bool:
    """Whether the engine asks another server when it is given this query."""
    store = ox.Store()
    for value in (ox.Literal("v", language="en"), ox.Literal(True), ox.Literal(1), ox.NamedNode("x:s")):
        store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), value))
    before = len(hits)
    with suppress(SyntaxError, OSError, RuntimeError, ValueError):
        answer = store.query(text)
        if isinstance(answer, ox.QuerySolutions):
            next(answer, None)
    return len(hits) > before


@given(pieces=st.lists(PIECES, max_size=10), before=st.booleans())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_query_that_passes_the_guard_asks_no_other_server(
    listener: tuple[str, list[int]], pieces: list[str], before: bool
) -> None:
    address, hits = listener
    service = "SERVICE<U>{?a ?b ?c}"
    text = HEAD + ("".join(pieces) + service if before else service + "".join(pieces)) + "}"
    text = text.replace("<U>", f"<{address}>")
    try:
        check_query(text)
    except QueryError:
        return
    assert not make_request(text, hits)


def test_the_engine_does_ask_where_there_is_no_guard(listener: tuple[str, list[int]]) -> None:
    address, hits = listener
    assert make_request(f"SELECT * {{ ?s ?p trueSERVICE<{address}>{{?a ?b ?c}} }}", hits)
