"""Fifty clients at once, hostile ones among them: `python tests/bench/soak.py [--seconds 60] [--clients 50]`.

Every good query must be answered rightly, every bad one stopped within the limit and a second, the memory of the
server must come back to where it was, and the server must live. It serves the test graph on loopback.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pyoxigraph as ox

TEST_GRAPH = Path(__file__).parents[1] / "queries" / "test_graph.trig"
LIMIT_SECONDS, GRACE_SECONDS, MEMORY_MIB = 2.0, 1.0, 300
#: A server that was busy may keep this much more than when it began, for its idle processes and buffers.
MAX_GROWTH_MIB = 200
#: Time for the last processes to end.
SETTLING_SECONDS = 60.0
DG = "https://w3id.org/digital-government/ontology#"
GOOD = {
    f"ASK {{ ?s a <{DG}Dilemma> }}": '"boolean":true',
    f"SELECT (COUNT(*) AS ?n) {{ ?s a <{DG}Remedy> }}": '"value":"',
    "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 50": '"bindings":[{',
    f"DESCRIBE ?s {{ ?s a <{DG}Document> }}": DG,
}
_ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
#: Queries that take all of their time, and queries that are refused at once.
SLOW = (
    f"SELECT (COUNT(*) AS ?n) {{ {_ALL} }}",
    f"SELECT * {{ {_ALL} }} ORDER BY ?a ?f ?h",
    "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:b>)* ?b . ?c (!<x:a>|^!<x:b>)* ?d }",
    f"ASK {{ {_ALL} FILTER(REGEX(CONCAT(STR(?c), STR(?f), STR(?i)), '^(a+)+(b+)+zz$')) }}",
    f"SELECT (GROUP_CONCAT(?c) AS ?all) {{ {_ALL} }}",
    f"SELECT (STRLEN('{'x' * 90_000}') AS ?n) {{ {_ALL} }}",
)
REFUSED = (
    "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "ASK " + "{" * 5_000 + "}" * 5_000,
    "ASK { #" + "x" * 3_000_000,
    "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
)


@dataclass(slots=True)
class Tally:
    """What came of all queries. wrong: what should not be; longest: seconds of a bad and of a good query."""

    good: int = 0
    bad: int = 0
    wrong: list[str] = field(default_factory=list)
    longest_bad: float = 0.0
    longest_good: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def run_server(workers: int) -> Iterator[tuple[str, psutil.Process]]:
    """A server of the test graph: its endpoint and its process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        store = ox.Store()
        store.load(path=str(TEST_GRAPH), format=ox.RdfFormat.TRIG)
        store.dump(str(path), format=ox.RdfFormat.N_QUADS)
        script = (
            "import sys; from pathlib import Path; from kg.server.run import listen, serve; "
            "from kg.server.settings import ServerSettings; from kg.query.limits import Limits; "
            "s = listen('127.0.0.1', 0); serve(ServerSettings(Path(sys.argv[1]), workers=int(sys.argv[2]), "
            f"limits=Limits({LIMIT_SECONDS}, {MEMORY_MIB}, 1000, 1)), s, "
            "ready=lambda: print(s.getsockname()[1], flush=True))"
        )
        command = [sys.executable, "-c", script, str(path), str(workers)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout
                yield f"http://127.0.0.1:{server.stdout.readline().strip()}/sparql", psutil.Process(server.pid)
            finally:
                server.terminate()


def ask(url: str, text: str) -> tuple[int, str, float]:
    """(status, what was said, seconds that the query itself was at work as the server tells them)."""
    body = urllib.parse.urlencode({"query": text}).encode()
    begin = time.monotonic()
    try:
        with urllib.request.urlopen(url, body, timeout=300) as response:
            return response.status, response.read().decode(), time.monotonic() - begin
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), time.monotonic() - begin


def be_good(url: str, tally: Tally, choose: random.Random) -> None:
    """Ask something honest; a server that says it is too busy is asked again, as it asks for."""
    text, sign = choose.choice(list(GOOD.items()))
    status, said, seconds = ask(url, text)
    with tally.lock:
        tally.good += 1
        tally.longest_good = max(tally.longest_good, seconds)
        if status != 200 or sign not in said:
            tally.wrong.append(f"good query: {status} {said[:80]}")


def be_bad(url: str, tally: Tally, choose: random.Random) -> None:
    """Ask something hostile, which must be stopped in time and said so."""
    text = choose.choice(SLOW if choose.random() < 0.7 else REFUSED)
    status, said, seconds = ask(url, text)
    with tally.lock:
        tally.bad += 1
        tally.longest_bad = max(tally.longest_bad, seconds)
        if status not in {400, 413, 422}:
            tally.wrong.append(f"bad query: {status} {said[:80]}")
        elif seconds > LIMIT_SECONDS + GRACE_SECONDS:
            tally.wrong.append(f"bad query: stopped after {seconds:.1f} s: {text[:60]}")


def measure_mib(server: psutil.Process) -> float:
    """MiB that the server and its children hold, shared pages counted once."""
    total = 0
    for one in [server, *server.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):  # it was just ending
            total += one.memory_full_info().pss
    return total / (1 << 20)


def tell_memory(server: psutil.Process) -> str:
    """MiB of each process by itself."""
    return ", ".join(
        f"{one.pid} {one.status()}: {one.memory_full_info().uss >> 20}"
        for one in [server, *server.children(recursive=True)]
    )


def soak(url: str, server: psutil.Process, *, seconds: float, clients: int, bad_clients: int) -> tuple[Tally, float]:
    """What came of it, and by how many MiB the server has grown when all is over."""
    for text in GOOD:
        ask(url, text)
    before = measure_mib(server)
    tally, end = Tally(), time.monotonic() + seconds

    def live(act: Callable[[str, Tally, random.Random], None], seed: int) -> None:
        choose = random.Random(seed)
        while time.monotonic() < end:
            act(url, tally, choose)

    acts = [be_bad if i < bad_clients else be_good for i in range(clients)]
    threads = [threading.Thread(target=live, args=(act, i)) for i, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    status, _, _ = ask(url, next(iter(GOOD)))
    if status != 200 or not server.is_running():
        tally.wrong.append("the server does not answer any more")
    deadline = time.monotonic() + SETTLING_SECONDS
    while measure_mib(server) - before > MAX_GROWTH_MIB and time.monotonic() < deadline:
        time.sleep(0.1)
    return tally, measure_mib(server) - before


def main() -> None:
    """Soak a server and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--bad", type=int, default=8, help="how many of them are hostile")
    parser.add_argument("--workers", type=int, default=4)
    options = parser.parse_args()
    with run_server(options.workers) as (url, server):
        tally, growth = soak(url, server, seconds=options.seconds, clients=options.clients, bad_clients=options.bad)
    print(
        f"{tally.good} good queries (slowest {tally.longest_good:.1f} s), {tally.bad} bad ones (slowest "
        f"{tally.longest_bad:.1f} s, limit {LIMIT_SECONDS:g} s); memory {growth:+.0f} MiB; wrong: {len(tally.wrong)}"
    )
    for line in sorted(set(tally.wrong))[:20]:
        print(" ", line)


if __name__ == "__main__":
    main()
