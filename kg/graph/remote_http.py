"""Requests to one store: no proxy, no redirect, no other host; limits of time and bytes; clear words for what fails."""

import base64
import http.client
import re
import socket
import ssl
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.graph.remote_address import StoreAddress, find_host
from kg.model import CorpusError

_CHUNK_BYTES = 1 << 16
_SHOWN_CHARS = 300


@dataclass(frozen=True, slots=True)
class Reply:
    """What a store has answered; headers: by their names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The type of the content without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def quote(self) -> str:
        """The beginning of the answer in one line, for a message; characters that steer a terminal are left out."""
        text = re.sub(r"<[^<>]{0,200}>", " ", self.body[:4000].decode("utf-8", "replace"))
        return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_SHOWN_CHARS]


@dataclass(slots=True)
class Connection:
    """A connection to one store, kept open between requests.

    seconds: most for a whole request. max_bytes: most of an answer.
    """

    address: StoreAddress
    seconds: float = 60.0
    max_bytes: int = 256 << 20
    _host: tuple[str, int] | None = None
    _connection: http.client.HTTPConnection | None = None
    _challenge: dict[str, str] | None = field(default=None, repr=False)

    def send(self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
        """The answer to a request at this store, whatever its status.

        Raises CorpusError if the store cannot be reached, refuses the credentials, sends elsewhere, answers too much,
        too late or breaks off.
        """
        if (parts := urlsplit(url)) and f"{parts.scheme}://{parts.netloc}" != self.address.origin:
            raise CorpusError(f"{url}: not at the store {self.address.origin}, so nothing is sent there")
        reply = self._try(method, url, body, headers or {})
        if reply.status == 401 and self.address.credentials.user:
            # Some stores answer a Basic that nobody asked for with 401 and no challenge: first see what they ask.
            self._challenge = _read_challenge(reply.headers.get("www-authenticate", ""))
            reply = self._try(method, url, body, headers or {})
        self._check(reply)
        return reply

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        connection, self._connection = self._connection, None
        if connection:
            connection.close()

    def __del__(self) -> None:
        self.close()

    def _check(self, reply: Reply) -> None:
        origin = self.address.origin
        if reply.status in (401, 403):
            asked = "refused the credentials" if self.address.credentials else "asks for credentials"
            raise CorpusError(
                f"{origin}: the store {asked} ({reply.status}). KG_STORE_USER with KG_STORE_PASSWORD, or "
                "KG_STORE_TOKEN, give them to the store that --store or KG_STORE names"
            )
        if 300 <= reply.status < 400:
            target = "".join(c for c in reply.headers.get("location", "?") if c.isprintable())[:200]
            raise CorpusError(f"{origin}: sends on to {target}; redirects are not followed: name that address yourself")

    def _try(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        deadline = time.monotonic() + self.seconds
        kept = self._connection is not None
        try:
            try:
                return self._exchange(method, url, body, headers, deadline=deadline)
            except (http.client.BadStatusLine, ConnectionError):
                self.close()
                if not kept:  # only a connection that was kept may have been closed meanwhile
                    raise
                return self._exchange(method, url, body, headers, deadline=deadline)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise CorpusError(f"{self.address.origin}: {self._explain(error)}") from error
        except CorpusError:
            self.close()
            raise

    def _explain(self, error: Exception) -> str:
        if isinstance(error, TimeoutError):
            return f"no answer within {self.seconds:g} s"
        if isinstance(error, ConnectionRefusedError):
            return "nobody answers at this address; is the store running?"
        if isinstance(error, ssl.SSLError):
            return f"no safe connection ({error.reason or error})"
        if isinstance(error, http.client.IncompleteRead):
            return "the answer breaks off before its end"
        return f"cannot be reached ({error or type(error).__name__})"

    def _exchange(self, method: str, url: str, body: bytes, headers: Mapping[str, str], *, deadline: float) -> Reply:
        parts = urlsplit(url)
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection = self._connection = self._connection or self._open()
        all_headers = {"User-Agent": "kg", **headers, **self._authorise(method, target)}
        with _cut_off(connection, deadline):
            connection.request(method, target, body=body or None, headers=all_headers)
            response = connection.getresponse()
            content = self._read(response, deadline)
        found = {name.lower(): value for name, value in response.getheaders()}
        if response.will_close:
            self.close()
        return Reply(response.status, found, content)

    def _open(self) -> http.client.HTTPConnection:
        self._host = self._host or find_host(self.address)
        parts = self.address.parts
        name = parts.hostname or ""
        connection = http.client.HTTPConnection(name, parts.port or self._host[1], timeout=self.seconds)
        plain = socket.create_connection(self._host, timeout=self.seconds)
        if parts.scheme == "https":
            connection.default_port = 443  # so that the Host header says no more than the address
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=name)
        connection.sock = plain
        return connection

    def _read(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        parts, size = [], 0
        while chunk := response.read(_CHUNK_BYTES):
            parts.append(chunk)
            size += len(chunk)
            if size > self.max_bytes:
                raise CorpusError(f"{self.address.origin}: answers more than {self.max_bytes >> 20} MiB; ask for less")
            if time.monotonic() > deadline:
                raise TimeoutError
        if response.length:
            raise http.client.IncompleteRead(b"")
        return b"".join(parts)

    def _authorise(self, method: str, target: str) -> dict[str, str]:
        who = self.address.credentials
        if who.token:
            return {"Authorization": f"Bearer {who.token}"}
        if self._challenge:
            return {"Authorization": _answer_challenge(self.address, self._challenge, method, target)}
        if self._challenge is not None:
            pair = base64.b64encode(f"{who.user}:{who.password}".encode()).decode()
            return {"Authorization": f"Basic {pair}"}
        return {}


@contextmanager
def _cut_off(connection: http.client.HTTPConnection, deadline: float) -> Iterator[None]:
    """Hang up at the deadline: a socket's own timeout begins anew with each byte that a slow server lets fall.

    Raises TimeoutError then, also where the end of the connection would pass for the end of the answer.
    """
    late, plain = threading.Event(), connection.sock

    def hang_up() -> None:
        late.set()
        with suppress(OSError):
            if plain:
                plain.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
    if late.is_set():
        raise TimeoutError


def _read_challenge(header: str) -> dict[str, str]:
    """The fields of a challenge to Digest; {} for Basic, or for none."""
    kind, _, rest = header.partition(" ")
    if kind.lower() != "digest":
        return {}
    return urllib.request.parse_keqv_list(urllib.request.parse_http_list(rest))


def _answer_challenge(address: StoreAddress, challenge: dict[str, str], method: str, target: str) -> str:
    """The header of HTTP Digest, as the standard library makes it."""
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, address.origin, address.credentials.user, address.credentials.password)
    request = urllib.request.Request(address.origin + target, method=method)  # noqa: S310 checked by make_address
    found = urllib.request.AbstractDigestAuthHandler(passwords).get_authorization(request, challenge)
    if not found:
        raise CorpusError(f"{address.origin}: asks for a kind of Digest that is not known")
    return f"Digest {found}"
