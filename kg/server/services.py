"""Which other servers a query may ask: those that kg.toml names, at public addresses, and nobody else."""

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from kg.query.guard import check_query
from kg.query.tokens import find_possible_tokens
from kg.server.errors import HttpError

#: Goes with every answer that another server had a part in: what it left out cannot be seen from here.
DOUBT = (
    "what SERVICE gave may have been cut by the other server without a word (Virtuoso stops at 10,000 rows); "
    "compare with a COUNT asked there"
)
_TARGET = re.compile(r"SERVICE(?:\s+SILENT)?\s*<([^<>\"{}|^`\\\x00-\x20]*)>", re.IGNORECASE)


def check_services(text: str, allowed: tuple[str, ...]) -> bool:
    """Pass a query that only reads, from this graph and from the services allowed; True if it asks any of these.

    Raises QueryError for anything else.
    """
    if not text:
        raise HttpError(400, "the query is empty")
    if not allowed:
        check_query(text, allow_from=True)
        return False
    targets: set[str] = set()
    masked = list(text)
    for token in find_possible_tokens(text):
        found = _TARGET.match(text, token.start) if token.text.upper() == "SERVICE" else None
        if found:
            targets.add(found[1])
            masked[token.start : token.end] = "_" * (token.end - token.start)
    # What the mask leaves (glued to another word, a variable or a prefixed name behind it) is refused as always.
    check_query("".join(masked), allow_from=True)
    for target in sorted(targets):
        _check_target(target, allowed)
    return bool(targets)


def _check_target(target: str, allowed: tuple[str, ...]) -> None:
    if target not in allowed:
        raise HttpError(400, f"SERVICE <{target}> is not allowed here; kg.toml allows: {', '.join(allowed)}")
    try:
        parts = urlsplit(target)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(parts.hostname or "", port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:
        raise HttpError(502, f"SERVICE <{target}>: there is no such host ({error})") from error
    for address in {str(entry[4][0]) for entry in found}:
        if not _is_public(address):
            raise HttpError(400, f"SERVICE <{target}> leads to {address}, which is not a public address")


def _is_public(address: str) -> bool:
    """Whether an IP address is on the open network, also where it wraps one of version 4."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = [getattr(ip, name, None) for name in ("ipv4_mapped", "sixtofour")]
    return all(one.is_global and not one.is_multicast for one in (ip, *inner) if one is not None)
