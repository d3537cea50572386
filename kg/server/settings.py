"""What a server is started with."""

from dataclasses import dataclass, field
from pathlib import Path

from kg.model.prefixes import DEFAULT_BASE
from kg.query.limits import Limits

DEFAULT_PORT = 8000


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """source: the folder of a workspace or an N-Quads file; None for an empty graph that anybody here may write to.

    base: address below which the things of the graph live.
    token: what an update must carry; "" for a server that only reads (unless it has no source).
    services: addresses that a query may name in SERVICE.
    workers: short jobs at one time; waiting: jobs that may queue for one of them before others are sent away.
    origins: the web pages that may read answers (CORS): "*" for all, "" for none, else one origin.
    """

    source: Path | None
    base: str = DEFAULT_BASE
    token: str = field(default="", repr=False)
    services: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    workers: int = 4
    waiting: int = 200
    origins: str = "*"

    @property
    def scratch(self) -> bool:
        """Whether the graph is empty at first, in memory only, and open to updates without a token."""
        return self.source is None

    @property
    def writable(self) -> bool:
        """Whether updates are taken at all."""
        return self.scratch or bool(self.token)
