"""Every vector of attack at every way in: `python tests/bench/hostile.py` tells what got through and how late it ended.

A listener counts requests, a named pipe shows whether a file was opened. A query that costs too much must end within
the limit and half a second, beside what the same way takes for a query that costs nothing.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

SECONDS, GRACE_SECONDS = 1.0, 0.5
Ask = Callable[[str], str]
#: URL stands for an address that counts who calls, FILE for the address of a file.
OUTWARD = (
    *(
        f"SELECT * {{ SERVICE {silent}<{where}> {{ ?s ?p ?o }} }}"
        for silent in ("", "SILENT ")
        for where in ("URL", "FILE")
    ),
    "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
    "PREFIX u: <URL> SELECT * { SERVICE u: { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?s<?o&&trueSERVICE <URL> { ?s ?p ?o }) }",
    *(
        f"{form} FROM {named}<{where}> {{ ?s ?p ?o }}"
        for form in ("SELECT *", "ASK", "DESCRIBE <x:a>")
        for named in ("", "NAMED ")
        for where in ("URL", "FILE")
    ),
    *(
        f"LOAD {silent}<{where}>{into}"
        for silent in ("", "SILENT ")
        for where in ("URL", "FILE")
        for into in ("", " INTO GRAPH <x:g>")
    ),
    "SELECT * { GRAPH <FILE> { ?s ?p ?o } }",
    "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
    "INSERT DATA { <x:s> <x:p> 'planted' }",
    "DELETE WHERE { ?s ?p ?o }",
    "INSERT { ?s ?p 1 } USING <URL> WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP ALL",
    "SELECT * { ?s ?p ?o } ; LOAD <URL>",
    "ASK { BIND(<URL> AS ?x) FILTER(<URL>(?x)) }",
)
_ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
_DOUBLED = "".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1}) " for i in range(40))
COSTLY = {
    "product": f"SELECT * {{ {_ALL} }}",
    "count of a product": f"SELECT (COUNT(*) AS ?n) {{ {_ALL} }}",
    "huge order": f"SELECT * {{ {_ALL} }} ORDER BY ?a ?f ?h",
    "distinct": f"SELECT DISTINCT ?a ?f ?h {{ {_ALL} }}",
    "deep paths": "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:b>)* ?b . ?c (!<x:a>|^!<x:b>)* ?d }",
    "regex bomb": f"ASK {{ {_ALL} FILTER(REGEX(CONCAT(STR(?c), STR(?f), STR(?i)), '^(a+)+(b+)+zz$')) }}",
    "regex of its own": "ASK { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), '((a{1,99}){1,99}){1,99}')) }",
    "text that doubles": f"SELECT ?x40 {{ BIND('{'x' * 1000}' AS ?x0) {_DOUBLED} }}",
    "texts glued": f"SELECT (GROUP_CONCAT(?c) AS ?all) {{ {_ALL} }}",
    "huge literal": f"SELECT (STRLEN('{'x' * 99_000}') AS ?n) {{ {_ALL} }}",
    "many triples": f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {_ALL} }}",
    "describe all": "DESCRIBE ?a ?d { ?a ?b ?c . ?d ?e ?f }",
    "nested groups": "SELECT * { " + "{" * 10_000 + "}" * 10_000 + " }",
    "nested brackets": "SELECT * { FILTER(" + "(" * 150 + "!" * 10_000 + "true" + ")" * 150 + ") }",
    "many options": "SELECT * { " + "OPTIONAL { ?a ?b ?c } " * 3_000 + "}",
    "many unions": "SELECT * { " + " UNION ".join(["{ ?a ?b ?c . ?d ?e ?f }"] * 2_000) + " }",
    "not exists": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?a ?e ?f . ?d ?b ?c . ?x ?y ?z . ?z ?y ?x } }",
    "too long": "ASK { #" + "x" * 5_000_000,
    "odd character": "SELECT * { ?s ?p '\0' }",
}


@dataclass(slots=True)
class Traps:
    """What shows that a query reached out. url, file: addresses to plant; hits: who came."""

    url: str
    file: str
    hits: list[str] = field(default_factory=list)

    def plant(self, text: str) -> str:
        """The query with the addresses in it."""
        return text.replace("URL", self.url).replace("FILE", self.file)


@contextmanager
def set_traps(folder: Path) -> Iterator[Traps]:
    """A listener that notes every call, and a named pipe that notes every reader."""
    pipe = folder / "secret.ttl"
    os.mkfifo(pipe)
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        traps = Traps(f"http://127.0.0.1:{server.getsockname()[1]}/", pipe.as_uri())

        def listen() -> None:
            with suppress(OSError):
                while True:
                    server.accept()[0].close()
                    traps.hits.append("request")

        def watch() -> None:
            while not done.wait(0.02):
                with suppress(OSError):
                    os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
                    traps.hits.append("file")

        for work in (listen, watch):
            threading.Thread(target=work, daemon=True).start()
        yield traps
        done.set()
        server.shutdown(socket.SHUT_RDWR)


def find_ways(root: Path, stack: ExitStack) -> dict[str, Ask]:
    """Each way in, as a function from SPARQL to all that is said."""
    from kg.query.library import Library
    from kg.query.limits import Limits
    from kg.render import render

    library = Library(root, render=render, limits=Limits(seconds=SECONDS, memory_mib=300, rows=1000, answer_mib=4))
    own = root / "queries" / "mine.rq"
    limits = ("--timeout", str(SECONDS))

    def ask_python(text: str) -> str:
        try:
            return str(library.query(text))
        except library_error() as error:
            return str(error)

    def ask_file(text: str) -> str:
        own.write_text(text, encoding="utf-8")
        return run(root, "query", str(own), *limits)

    def ask_map(text: str) -> str:
        own.write_text(text, encoding="utf-8")
        return run(root, "map", "--query", "mine", "--format", "json", *limits)

    url = stack.enter_context(run_endpoint(root)) + "sparql"
    return {
        "kg query -": lambda text: run(root, "query", "-", *limits, text=text),
        "kg query FILE.rq": ask_file,
        "kg map --query": ask_map,
        "library.query": ask_python,
        "endpoint query": lambda text: post(url, query=text),
        "endpoint update": lambda text: post(url, update=text),
        "endpoint dataset": lambda text: post(url, query=text, dataset=True),
    }


def library_error() -> type[Exception]:
    """What the Python side raises for a query it refuses."""
    from kg.model.errors import KgError

    return KgError


def run(root: Path, *arguments: str, text: str = "") -> str:
    """All that a command says."""
    command = [sys.executable, "-m", "kg", "-w", str(root), *arguments]
    done = subprocess.run(command, input=text.encode(), capture_output=True)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def post(url: str, *, dataset: bool = False, **fields: str) -> str:
    """All that the endpoint says to a query or an update. dataset: name graphs in the request too."""
    pairs = list(fields.items())
    if dataset:
        pairs += [(name, "file:///etc/passwd") for name in ("default-graph-uri", "named-graph-uri")]
    try:
        with urllib.request.urlopen(url, urllib.parse.urlencode(pairs).encode(), timeout=60) as response:
            return str(response.read().decode())
    except urllib.error.HTTPError as error:
        return error.read().decode()


@contextmanager
def run_endpoint(root: Path) -> Iterator[str]:
    """A `kg serve` that reads; its address."""
    command = [sys.executable, "-m", "kg", "-w", str(root), "serve", "--port", "0", "--timeout", str(SECONDS)]
    with subprocess.Popen(
        [*command, "--memory", "300", "--max-rows", "1000"], stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr
        try:
            yield server.stderr.readline().split(" at ")[1].split()[0]
        finally:
            server.terminate()
            server.communicate()


def attack(ways: dict[str, Ask], traps: Traps) -> Iterator[dict[str, object]]:
    """What came of each vector at each way: hits so far, seconds over the limit."""
    for way, ask in ways.items():
        begin = time.monotonic()
        ask("ASK { }")
        usual = time.monotonic() - begin
        before = count(ask)
        for text in OUTWARD:
            said = ask(traps.plant(text))
            yield {"way": way, "vector": text, "hits": len(traps.hits), "leaked": "root:x" in said}
        for name, text in COSTLY.items():
            begin = time.monotonic()
            ask(text)
            over = time.monotonic() - begin - usual - SECONDS
            yield {
                "way": way,
                "vector": name,
                "hits": len(traps.hits),
                "over": round(over, 2),
                "late": over > GRACE_SECONDS,
            }
        yield {"way": way, "vector": "graph afterwards", "hits": len(traps.hits), "leaked": count(ask) != before}


def count(ask: Ask) -> str:
    """What a way says to the size of the graph."""
    return ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")


def main(*wanted: str) -> None:
    """Attack every way in, or the ways wanted, and say what got through."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from conftest import write_workspace

    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        root = write_workspace(Path(name) / "w")
        traps = stack.enter_context(set_traps(Path(name)))
        ways = {way: ask for way, ask in find_ways(root, stack).items() if not wanted or way in wanted}
        tried = bad = costly = late = 0
        worst = 0.0
        for result in attack(ways, traps):
            tried += 1
            bad += bool(result.get("leaked"))
            costly += "over" in result
            late += bool(result.get("late"))
            worst = max(worst, float(str(result.get("over", 0))))
            if result.get("leaked") or result.get("late"):
                print(json.dumps(result), flush=True)
        requests, files = (traps.hits.count(kind) for kind in ("request", "file"))
        print(f"{tried} tries at {len(ways)} ways: {requests} outside requests, {files} files read, {bad} changes")
        print(
            f"{costly - late} of {costly} hostile queries ended within {SECONDS:g} + {GRACE_SECONDS:g} s, "
            f"the last {worst:.2f} s after the limit"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
