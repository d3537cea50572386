"""How long eighteen typical questions take on large graphs: `python tests/bench/query_times.py [--triples N ...]`.

Each question is asked of pyoxigraph directly, through `kg.query` with the counts that a build keeps, through a running
endpoint (up to two million triples), and of rdflib, all with the same SPARQL in the same run: CPU seconds, the least of
five runs (fewer once they have taken ten seconds), of rdflib one, so that a busy machine changes little. A question
that rdflib has not answered after `--rdflib-seconds` is stopped, printed as ">60" and counted as that; 0 leaves rdflib
out. The bounds are those of the project's aims; a line that breaks one is marked.
"""

import argparse
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pyoxigraph as ox
from large_graph import BASE, write_graph  # type: ignore[import-not-found]

from kg.graph.counts import write_counts
from kg.query.evaluate import evaluate
from kg.query.files import load_queries
from kg.query.run import Kept, bind_words, find_kept, run_query
from kg.query.search import build_index, search

MAX_ENDPOINT_TRIPLES = 2_000_000
#: A question is asked so often, or until it has taken as many seconds.
RUNS, ENOUGH_SECONDS = 5, 10.0
#: Longest, in seconds: any question at a million triples; a kept count; a search for words.
MOST_SECONDS, MOST_COUNT_SECONDS, MOST_TEXT_SECONDS = 1.0, 0.020, 0.005
#: A question through kg may take this much more than a direct call, as a part and in seconds.
OVERHEAD_SHARE, OVERHEAD_SECONDS = 0.15, 0.030
PAPER, LATE = BASE + "document/wang-2020-7", BASE + "document/silva-2022-30"
SILOS = BASE + "dilemma/data-silos-between-departments-0"
TWO_HOPS = f"""SELECT DISTINCT ?cited {{ {{ <{LATE}> <http://purl.org/spar/cito/cites> ?cited }}
UNION {{ <{LATE}> <http://purl.org/spar/cito/cites>/<http://purl.org/spar/cito/cites> ?cited }} }} ORDER BY ?cited"""
#: (question, query of the library or SPARQL, parameters)
QUESTIONS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("describe a paper", "document_metadata", {"document": PAPER}),
    ("its dilemmas and remedies", "document_statements", {"document": PAPER}),
    ("remedies for a dilemma, with quotes", "dilemma_remedies", {"dilemma": SILOS}),
    ("co-authors of a person", "author_coauthors", {"author": BASE + "person/author-3"}),
    ("top co-author pairs", "author_pairs", {}),
    ("all co-author pairs", "author_coauthors", {}),
    ("concepts most often together", "concept_pairs", {}),
    ("all concepts used together", "concept_cooccurrence", {}),
    ("narrower concepts", "concept_narrower", {"concept": BASE + "concept/pool-0"}),
    ("citations two hops", TWO_HOPS, {}),
    ("citations all the way", "citation_reach", {"document": LATE}),
    ("documents by year", "documents_by_year", {}),
    ("a reference list (optional parts)", "document_references", {"document": LATE}),
    ("dilemma x remedy", "type_matrix", {}),
    ("most cited works", "work_counts", {}),
    ("dilemmas without a remedy", "dilemma_unremedied", {}),
    ("provenance of a remedy", "statement_provenance", {"thing": BASE + "remedy/once-only-law-0"}),
    ("count of everything", "corpus_counts", {}),
)
COUNTS = ("top co-author pairs", "concepts most often together", "count of everything", "dilemma x remedy")


@dataclass(frozen=True, slots=True)
class Line:
    """Seconds that one question takes. theirs: in rdflib, None if it was not asked."""

    title: str
    rows: int
    ours: float
    endpoint: float
    direct: float
    theirs: float | None

    def find_breach(self, triples: int) -> str:
        """Which bound the question breaks, "" if none."""
        most = (1 + OVERHEAD_SHARE) * self.direct + OVERHEAD_SECONDS
        if triples <= 1_100_000 and self.ours > MOST_SECONDS:
            return f"> {MOST_SECONDS:g} s"
        if self.title in COUNTS and self.ours > MOST_COUNT_SECONDS:
            return f"> {1000 * MOST_COUNT_SECONDS:g} ms"
        names = [name for name, seconds in (("kg", self.ours), ("endpoint", self.endpoint)) if seconds > most]
        return f"{' and '.join(names)} > direct + 15 % + 30 ms" if names else ""


def measure(action: Callable[[], object], runs: int = RUNS, *, clock: Callable[[], float] = time.process_time) -> float:
    """CPU seconds of the fastest run; what takes long is not run so often."""
    times: list[float] = []
    while len(times) < runs and sum(times) < ENOUGH_SECONDS:
        begin = clock()
        action()
        times.append(clock() - begin)
    return min(times)


def read_cpu(server: psutil.Process) -> float:
    """CPU seconds that a server and its processes, living and dead, have taken."""
    total = 0.0
    for one in [server, *server.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            total += sum(one.cpu_times()[:4])
    return total


class _Stopped(BaseException):
    """The time of an action is over; no Exception, so that nothing in between takes it for one of its own."""


def measure_within(action: Callable[[], object], most: float) -> float:
    """CPU seconds of one run, which is stopped, and counted as `most`, once it has taken so many; for pure Python."""

    def stop(*_: object) -> None:
        raise _Stopped

    handler = signal.signal(signal.SIGPROF, stop)
    try:
        signal.setitimer(signal.ITIMER_PROF, most, 1.0)  # and again: one that meets a destructor is lost
        return measure(action, 1)
    except _Stopped:
        return most
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)


def ask_rdflib(path: Path, texts: Sequence[str], most: float) -> list[float]:
    """Seconds of each query in rdflib, which is given the same named graphs; at most so many."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        print(f"rdflib: {measure(lambda: dataset.parse(path, format='nquads'), 1):.0f} s to load", flush=True)
        return [measure_within(lambda text=text: list(dataset.query(text)), most) for text in texts]  # type: ignore[misc]


@contextmanager
def open_endpoint(path: Path) -> Iterator[Callable[[str], float]]:
    """A function from a query to the CPU seconds that an endpoint with the graph takes for its answer in JSON."""
    script = (
        "import sys; from pathlib import Path; from kg.server.run import listen, serve; "
        "from kg.server.settings import ServerSettings; from kg.query.limits import Limits; "
        "s = listen('127.0.0.1', 0); most = Limits(600, 2048, 10**7, 1000); "
        "serve(ServerSettings(Path(sys.argv[1]), limits=most), s, ready=lambda: print(s.getsockname()[1], flush=True))"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        url = f"http://127.0.0.1:{server.stdout.readline().strip()}/sparql"

        def ask(text: str) -> None:
            body = urllib.parse.urlencode({"query": text}).encode()
            with urllib.request.urlopen(urllib.request.Request(url, body)) as response:
                response.read()

        process = psutil.Process(server.pid)
        try:
            yield lambda text: measure(lambda: ask(text), clock=lambda: read_cpu(process))
        finally:
            server.terminate()


def report(store: ox.Store, path: Path, kept: Kept, *, most: float) -> list[Line]:
    """Print a line for each question: seconds through kg, through the endpoint, directly, and in rdflib."""
    queries, triples = load_queries(), len(store)

    def ask(name: str, values: dict[str, str]) -> int:
        return len(run_query(store, name, values, queries=queries, kept=kept).rows)

    texts = [bind_words(store, queries[name], v) if name in queries else name for _, name, v in QUESTIONS]
    theirs = ask_rdflib(path, texts, most) if most else [None] * len(texts)
    print(f"{'question':38} {'rows':>8} {'kg':>8} {'endpoint':>8} {'direct':>8} {'rdflib':>8}")
    lines = []
    opened = open_endpoint(path) if triples <= MAX_ENDPOINT_TRIPLES else nullcontext(lambda _: float("nan"))
    with opened as measure_endpoint:
        for (title, name, values), text, slow in zip(QUESTIONS, texts, theirs, strict=True):
            http = measure_endpoint(text)
            direct = measure(lambda text=text: list(evaluate(store, text)))  # type: ignore[misc,arg-type]
            ours = measure(lambda n=name, v=values: ask(n, v))  # type: ignore[misc]
            line = Line(title, ask(name, values), ours, http, direct, slow)
            lines.append(line)
            times = " ".join(f"{t:8.4f}" for t in (ours, http, direct))
            last = "-" if slow is None else f">{most:g}" if slow >= most else f"{slow:.4f}"
            print(f"{title:38} {line.rows:8,} {times} {last:>8} {line.find_breach(triples)}", flush=True)
    index = build_index(store)
    text_seconds = measure(lambda: search(index, "shared platform", limit=20))
    late = "" if text_seconds <= MOST_TEXT_SECONDS else f"> {1000 * MOST_TEXT_SECONDS:g} ms"
    print(f"{'words in names and quotes':38} {20:8} {text_seconds:8.4f} {late}")
    pairs = [line.theirs / line.ours for line in lines if line.theirs is not None]
    if pairs:
        print(f"median: {statistics.median(pairs):.0f} times faster than rdflib")
    return lines


def main() -> None:
    """Make the graphs, ask, and compare how the times grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 1_000_000, 5_000_000])
    parser.add_argument("--rdflib-seconds", type=float, default=60.0, metavar="SECONDS", help="0: rdflib is not asked")
    options = parser.parse_args()
    earlier: tuple[int, list[Line]] | None = None
    for wanted in sorted(options.triples):
        with tempfile.TemporaryDirectory() as folder:
            path, root = Path(folder) / "graph.nq", Path(folder)
            write_graph(path, wanted)
            store = ox.Store()
            loading = measure(lambda: store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS), 1)  # noqa: B023
            (root / ".kg").mkdir()
            counting = measure(lambda: write_counts(root, "mark", store), 1)  # noqa: B023
            number = len(store)
            print(f"\n{number:,} triples, loaded in {loading:.1f} s, counts kept in {counting:.1f} s", flush=True)
            lines = report(store, path, find_kept(root, "mark"), most=options.rdflib_seconds)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
            print(f"at most {peak:.1f} GB of memory so far", flush=True)
            if earlier:
                _compare(earlier, (number, lines))
            earlier = number, lines


def _compare(earlier: tuple[int, list[Line]], later: tuple[int, list[Line]]) -> None:
    """How the longer times have grown, as a multiple of how the graph has."""
    share = later[0] / earlier[0]
    for before, after in zip(earlier[1], later[1], strict=True):
        with suppress(ZeroDivisionError):
            growth = after.direct / before.direct / share
            if after.ours > 0.05:
                ours = after.ours / before.ours / share
                print(f"{after.title:38} {ours:.2f} of the graph's growth (direct {growth:.2f})")


if __name__ == "__main__":
    main()
