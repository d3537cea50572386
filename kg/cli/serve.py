"""`kg serve`: the graph over HTTP."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.model.errors import CorpusError

if TYPE_CHECKING:
    from kg.server.settings import ServerSettings

_MIN_TOKEN_CHARS = 16


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 serves other machines as well.")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Take updates from those who send the token in FILE; they last until the server stops.",
)
@click.option("--scratch", is_flag=True, help="An empty graph in memory, for tests: any program here may change it.")
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=30.0, show_default=True, help="Seconds a query.")
@click.option("--memory", type=click.IntRange(64), default=1024, show_default=True, help="MiB a query.")
@click.option("--max-rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows an answer.")
@click.option("--workers", type=click.IntRange(1, 256), default=4, show_default=True, help="Short queries at one time.")
@click.option("--cors", default="*", show_default=True, help="Web pages that may read answers: an origin, or 'none'.")
@click.pass_context
def serve_command(ctx: click.Context, /, **options: Any) -> None:
    """Serve the graph: pages to browse, and a SPARQL 1.1 endpoint at /sparql. Ctrl-C stops it.

    Without more it answers this machine only, and only reads. SERVICE is refused but for the addresses that kg.toml
    names under [endpoint].

    \b
    Example:
      kg serve
      kg serve --port 8080 --timeout 10
      curl -d 'query=ASK { ?s ?p ?o }' http://127.0.0.1:8000/sparql
    """
    from kg.server.run import listen, serve

    if ctx.meta.get("kg.store"):
        raise click.UsageError(
            "kg serve answers from the graph of a workspace, not from a remote store, which is an endpoint itself: "
            "leave --store and KG_STORE out."
        )
    settings = _make_settings(ctx.obj, options)
    host: str = options["host"]
    if settings.scratch and host not in {"127.0.0.1", "::1", "localhost"}:
        raise click.UsageError(
            "--scratch takes updates from anybody, so it serves this machine only: leave --host out."
        )
    listening = listen(host, options["port"])
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    with listening:
        serve(settings, listening, ready=lambda: _say_ready(settings, address))
    click.echo("Stopped.", err=True)


def _say_ready(settings: "ServerSettings", address: str) -> None:
    what = "an empty graph" if settings.scratch else str(settings.source)
    click.echo(f"Serving {what} at {address}  (SPARQL: {address}sparql)  Ctrl-C stops it.", err=True)
    if settings.writable:
        click.echo("Updates are taken; they are kept in memory and gone when the server stops.", err=True)


def _make_settings(workspace: str | None, options: dict[str, Any]) -> "ServerSettings":
    from kg.query.limits import Limits
    from kg.server.settings import ServerSettings

    limits = Limits(seconds=options["timeout"], memory_mib=options["memory"], rows=options["max_rows"])
    origins = "" if options["cors"] == "none" else options["cors"]
    shared: dict[str, Any] = {"limits": limits, "workers": options["workers"], "origins": origins}
    if options["scratch"]:
        if options["token_file"]:
            raise click.UsageError("--scratch needs no token: leave out one of the two.")
        return ServerSettings(None, **shared)
    from kg.corpus.workspace import open_workspace

    found = open_workspace(Path(workspace) if workspace else None)
    token = _read_token(options["token_file"]) if options["token_file"] else ""
    return ServerSettings(found.root, base=found.settings.base, token=token, services=found.settings.services, **shared)


def _read_token(path: Path) -> str:
    """The token in a file. Raises CorpusError for one that is easily guessed or cannot be sent."""
    try:
        token = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: cannot be read as a token: {error}") from error
    if len(token) < _MIN_TOKEN_CHARS or not token.isprintable() or " " in token:
        raise CorpusError(
            f"{path}: a token is one word of at least {_MIN_TOKEN_CHARS} characters. Make one: openssl rand -hex 32"
        )
    return token
