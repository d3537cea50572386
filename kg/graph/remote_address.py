"""Where a remote store is: its address, who asks, and whether it may be asked at all."""

import ipaddress
import socket
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit, urlunsplit

from kg.model import CorpusError


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: user and password for Basic or Digest, or a bearer token. Never shown, not even in a traceback."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """The address of a SPARQL 1.1 query endpoint.

    named: whether the person at the keyboard has named it, so that it may be on a private network; an address that
    came with a workspace of someone else may only be a public one.
    """

    url: str
    named: bool = True
    credentials: Credentials = field(default_factory=Credentials)

    @property
    def parts(self) -> SplitResult:
        """The parts of the address."""
        return urlsplit(self.url)

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.parts.scheme}://{self.parts.netloc}"


def make_address(url: str, *, named: bool = True, credentials: Credentials | None = None) -> StoreAddress:
    """The address of a store; a user and password in it become credentials and are taken out.

    Raises CorpusError if it is no address of a web server.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise CorpusError(f"the store's address is not one: {error}") from error
    if parts.scheme not in ("http", "https") or not host or any(c <= " " or c == "\x7f" for c in url.strip()):
        raise CorpusError("a store is named by the address of its queries, such as http://localhost:7878/query")
    netloc = f"[{host}]" if ":" in host else host
    clean = urlunsplit((parts.scheme, f"{netloc}:{port}" if port else netloc, parts.path or "/", parts.query, ""))
    inside = Credentials(parts.username or "", parts.password or "")
    return StoreAddress(clean, named, inside or credentials or Credentials())


def find_host(address: StoreAddress) -> tuple[str, int]:
    """The IP address and port to connect to, looked up once, so that no later answer leads elsewhere.

    Raises CorpusError if there is no such host, or it is not public and nobody has named it.
    """
    parts = address.parts
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CorpusError(f"{address.origin}: there is no such host ({error})") from error
    addresses = [str(entry[4][0]) for entry in found]
    private = next((ip for ip in addresses if not _is_public(ip)), "")
    if private and not address.named:
        raise CorpusError(
            f"{address.origin}: leads to {private}, which is not a public address. Where a kg.toml names a store, only "
            "a public one is asked: name it yourself with --store URL or KG_STORE"
        )
    return addresses[0], port


def _is_public(address: str) -> bool:
    """Whether an IP address is on the open network, also where it wraps one of version 4."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = [getattr(ip, name, None) for name in ("ipv4_mapped", "sixtofour")]
    return all(one.is_global and not one.is_multicast for one in (ip, *inner) if one is not None)
