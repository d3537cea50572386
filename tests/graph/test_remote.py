"""What a remote store may answer, from a server that answers whatever a test says."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import pyoxigraph as ox
import pytest

from kg.graph.remote import RemoteStore
from kg.graph.remote_address import Credentials, StoreAddress, find_host, make_address
from kg.graph.remote_http import Connection
from kg.model import CorpusError, KgError, QueryError

JSON = {"Content-Type": "application/sparql-results+json"}
XSD = "http://www.w3.org/2001/XMLSchema#"


class Canned(BaseHTTPRequestHandler):
    """Answers with what stands in `server.replies`, the last one again and again; keeps what it was sent."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        server = self.server
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        server.seen.append((dict(self.headers), sent))  # type: ignore[attr-defined]
        replies = server.replies  # type: ignore[attr-defined]
        status, headers, body = replies.pop(0) if len(replies) > 1 else replies[0]
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = "Content-Length" in headers

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Canned)
    server.seen = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def ask(server: HTTPServer, *replies: tuple[int, dict[str, str], bytes], query: str = "SELECT ?x {}") -> object:
    server.replies = list(replies)  # type: ignore[attr-defined]
    store = RemoteStore(address_of(server), seconds=2.0, max_bytes=1 << 20)
    try:
        answer = store.query(query)
    finally:
        store.close()
    return bool(answer) if isinstance(answer, ox.QueryBoolean) else [tuple(row) for row in answer]


def address_of(server: HTTPServer, credentials: Credentials | None = None) -> StoreAddress:
    return make_address(f"http://127.0.0.1:{server.server_port}/sparql", credentials=credentials)


def results(*terms: object) -> bytes:
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": term} for term in terms]}}).encode()


def literal(value: str, datatype: str = "", kind: str = "literal") -> dict[str, str]:
    return {"type": kind, "value": value} | ({"datatype": datatype} if datatype else {})


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        ((401, {}, b""), "asks for credentials"),
        ((302, {"Location": "http://169.254.169.254/"}, b""), "redirects are not followed"),
        ((200, {"Content-Type": "text/html"}, b"<p>Welcome</p>"), "a web page"),
        ((200, JSON, results(literal("a"))[:-5]), "breaks off"),
        ((200, JSON, results(literal("a")) + b"error: query timed out"), "breaks off or is not JSON"),
        ((200, JSON | {"Content-Length": "9999"}, results()), "breaks off before its end"),
        ((200, JSON, b"[" * 100_000), "breaks off or is not JSON"),
        ((200, JSON, b'{"head": {}}'), "damaged"),
        ((200, JSON, results(literal("1", "not an iri"))), "damaged"),
        ((200, JSON, results({"type": "odd", "value": "1"})), "damaged"),
        ((200, JSON, results({"type": "uri", "value": "no iri"})), "damaged"),
        ((200, JSON | {"X-SQL-State": "S1TAT", "X-SQL-Message": "anytime"}, results()), "not all there is"),
        ((400, {}, b"syntax \x1b[31merror"), "refuses the query"),
        ((500, {}, b"boom"), "has failed"),
        ((200, JSON, b" " * (2 << 20)), "more than 1 MiB"),
    ],
)
def test_an_answer_that_is_none_is_a_clear_error(
    server: HTTPServer, reply: tuple[int, dict[str, str], bytes], message: str
) -> None:
    with pytest.raises(KgError, match=message) as caught:
        ask(server, reply)
    assert "\x1b" not in str(caught.value)


def test_old_typed_literals_odd_blank_nodes_and_numbers_for_truth_are_set_right(server: HTTPServer) -> None:
    sent = results(
        literal("5", f"{XSD}integer", "typed-literal"),
        literal("1", f"{XSD}boolean", "typed-literal"),
        {"type": "bnode", "value": "nodeID://b10000"},
        {"type": "uri", "value": "nodeID://b10000"},
    )
    node = ox.BlankNode("b10000")
    expected = [(ox.Literal(5),), (ox.Literal(True),), (node,), (node,)]
    assert ask(server, (200, JSON, sent)) == expected


def test_an_ask_that_comes_as_a_table_is_still_true_or_false(server: HTTPServer) -> None:
    body = {"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [{"__ASK_RETVAL": literal("1")}]}}
    assert ask(server, (200, JSON, json.dumps(body).encode()), query="ASK {}") is True


def test_a_cut_answer_is_an_error_that_says_how_many_rows_there_are(server: HTTPServer) -> None:
    rows = (200, JSON, results(*[literal(str(i)) for i in range(100)]))
    count = json.loads(results(literal("250", f"{XSD}integer")).replace(b'"x"', b'"rowsInAll"'))
    with pytest.raises(QueryError, match="100 of 250 rows"):
        ask(server, rows, (200, JSON, json.dumps(count).encode()), query="# a\nPREFIX a: <b:>\nSELECT ?x {}")


def test_nobody_at_the_address_is_said_so() -> None:
    with HTTPServer(("127.0.0.1", 0), Canned) as closed:
        port = closed.server_port
    with pytest.raises(CorpusError, match="is the store running"):
        RemoteStore(make_address(f"http://127.0.0.1:{port}/query")).query("ASK {}")


def test_credentials_are_sent_only_when_asked_for_and_never_shown(server: HTTPServer) -> None:
    digest = {"WWW-Authenticate": 'Digest realm="S", nonce="n", qop="auth", algorithm="MD5"'}
    server.replies = [(401, digest, b""), (401, {}, b"")]  # type: ignore[attr-defined]
    connection = Connection(address_of(server, Credentials("ann", "secret")))
    with pytest.raises(CorpusError, match="refused the credentials") as caught:
        connection.send("POST", address_of(server).url)
    connection.close()
    first, second = (headers.get("Authorization", "") for headers, _ in server.seen)  # type: ignore[attr-defined]
    assert (first, second[:22]) == ("", 'Digest username="ann",')
    assert "secret" not in f"{caught.value} {connection!r} {second}"


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"])
def test_a_store_that_answers_byte_by_byte_is_hung_up_on(head: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            client, _ = listener.accept()
            ended = threading.Event()
            with client, suppress(OSError):
                client.sendall(head)
                while not ended.wait(0.05):
                    client.sendall(b"H")

        thread = threading.Thread(target=drip)
        thread.start()
        port = listener.getsockname()[1]
        connection = Connection(make_address(f"http://127.0.0.1:{port}/query"), seconds=0.4)
        begin = time.monotonic()
        with pytest.raises(CorpusError, match=r"no answer within 0\.4 s"):
            connection.send("POST", f"http://127.0.0.1:{port}/query")
        assert time.monotonic() - begin < 2
        thread.join()


def test_nothing_is_sent_to_another_host_than_the_store(server: HTTPServer) -> None:
    with pytest.raises(CorpusError, match="nothing is sent there"):
        Connection(address_of(server)).send("POST", "http://127.0.0.1:1/sparql")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]:80/", "http://10.0.0.1/", "http://169.254.169.254/"]
)
def test_a_private_address_is_asked_only_if_the_person_names_it(url: str) -> None:
    with pytest.raises(CorpusError, match="not a public address"):
        find_host(make_address(url, named=False))
    assert find_host(make_address(url))[1] == 80


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "ftp://a/", "http://", "http://a:b/", "http://a/ b"])
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(CorpusError, match="address"):
        make_address(url)


def test_a_password_in_the_address_is_taken_out() -> None:
    address = make_address("https://ann:secret@[::1]:8443/sparql")
    assert (address.url, address.credentials) == ("https://[::1]:8443/sparql", Credentials("ann", "secret"))
    assert "secret" not in repr(address)
