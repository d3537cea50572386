"""An application -> a server that listens until it is told to stop."""

import errno
import signal
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from kg.graph.canonical import read_graph_table
from kg.model.errors import CorpusError
from kg.server.app import make_app
from kg.server.settings import ServerSettings

#: Time for answers under way when the server is told to stop.
STOPPING_SECONDS = 5
_HINTS = {
    errno.EADDRINUSE: "the port is taken, perhaps by another kg serve. Choose another one: --port {next}",
    errno.EACCES: "you may not open that port. Choose one above 1023, such as --port 8000",
    errno.EADDRNOTAVAIL: "this machine has no such address; 127.0.0.1 serves this machine, 0.0.0.0 all others too",
}


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes any that is free.

    Raises CorpusError if the port is taken or the address is not this machine's.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((str(address[0]), port), family=family, backlog=512)
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, error.strerror or str(error)).format(next=port + 1)
        raise CorpusError(f"cannot listen at {host}, port {port}: {hint}") from error


def serve(settings: ServerSettings, listening: socket.socket, *, ready: Callable[[], None]) -> None:
    """Answer requests until SIGINT or SIGTERM. ready: called once requests are answered.

    Raises CorpusError if there is no graph.
    """
    if settings.source and settings.source.is_dir():
        read_graph_table(settings.source)
    config = uvicorn.Config(
        make_app(settings),
        log_level="warning",
        lifespan="on",
        server_header=False,
        timeout_graceful_shutdown=STOPPING_SECONDS,
    )
    # uvicorn raises the signal once more when it has stopped, which would end this process as if it had failed.
    signal.signal(signal.SIGTERM, lambda *_: None)
    with suppress(KeyboardInterrupt):
        _Server(config, ready).run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so unless that failed."""
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()
