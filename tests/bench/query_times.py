"""How long eighteen typical questions take on a large graph: `python tests/bench/query_times.py [--triples 1000000]`.

The graph is the test graph many times over, with names of their own for most things. Each question is asked through
`kg.query`, of pyoxigraph directly with the same SPARQL, and (up to 200,000 triples) of rdflib; CPU time of one run.
"""

import argparse
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.query.evaluate import evaluate
from kg.query.files import load_queries
from kg.query.run import bind_words, run_query
from kg.query.search import build_index, search

TEST_GRAPH = Path(__file__).parents[1] / "queries" / "test_graph.trig"
BASE = "https://w3id.org/digital-government/kg/"
#: Things that copies share in groups, so that there is something to join and count.
SHARED_BY = {"dilemma": 20, "remedy": 20, "person": 10, "organisation": 50, "work": 30}
MAX_RDFLIB_TRIPLES = 200_000
QUESTIONS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("describe a paper", "document_metadata", {"document": BASE + "document/wang-2020-7"}),
    ("its dilemmas and remedies", "document_statements", {"document": BASE + "document/wang-2020-7"}),
    (
        "remedies for a dilemma, with quotes",
        "dilemma_remedies",
        {"dilemma": BASE + "dilemma/data-silos-between-departments-0"},
    ),
    ("co-authors of a person", "author_coauthors", {"author": BASE + "person/zhang-wei-0"}),
    ("top co-author pairs", "author_coauthors", {}),
    ("concepts used together", "concept_cooccurrence", {}),
    ("narrower concepts", "concept_narrower", {}),
    ("citations all the way", "citation_reach", {"document": BASE + "document/silva-2022-7"}),
    ("documents by year", "documents_by_year", {}),
    ("a reference list (optional parts)", "document_references", {"document": BASE + "document/silva-2022-7"}),
    ("dilemma x remedy", "type_matrix", {}),
    ("most cited works", "work_counts", {}),
    ("dilemmas without a remedy", "dilemma_unremedied", {}),
    ("provenance of a remedy", "statement_provenance", {"thing": BASE + "remedy/once-only-law-0"}),
    ("count of everything", "corpus_counts", {}),
    ("most discussed concepts", "concept_counts", {}),
    ("policy and research", "dilemma_coverage", {}),
)


def write_graph(path: Path, triples: int) -> int:
    """An N-Quads file of about so many triples; the number there are."""
    store = ox.Store()
    store.load(path=str(TEST_GRAPH), format=ox.RdfFormat.TRIG)
    lines = [f"{quad} .\n" for quad in store]
    fixed = [line for line in lines if "/graph/ontology> .\n" in line]
    copied = [line for line in lines if "/graph/ontology> .\n" not in line]
    copies = max(1, (triples - len(fixed)) // len(copied))
    kinds = sorted({line.split(BASE)[1].split("/")[0] for line in copied if BASE in line} - {"software"})
    with path.open("w", encoding="utf-8") as file:
        file.writelines(fixed)
        for number in range(copies):
            file.writelines(_rename(line, number, kinds) for line in copied)
    return len(fixed) + copies * len(copied)


def _rename(line: str, number: int, kinds: list[str]) -> str:
    parts = line.split("<" + BASE)
    for i in range(1, len(parts)):
        name, end, rest = parts[i].partition(">")
        kind = name.partition("/")[0]
        if kind in kinds:
            names = name.split("/")
            names[1] += f"-{number // SHARED_BY.get(kind, 1)}"
            parts[i] = "/".join(names) + end + rest
    return ("<" + BASE).join(parts)


def measure(action: Callable[[], object]) -> float:
    """CPU seconds of one run."""
    before = time.process_time()
    action()
    return time.process_time() - before


def ask_rdflib(path: Path, texts: list[str]) -> list[float]:
    """CPU seconds of each query in rdflib, which is given the same named graphs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(path, format="nquads")
        return [measure(lambda text=text: list(dataset.query(text))) for text in texts]  # type: ignore[misc]


def main() -> None:
    """Make the graph, ask, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--disk", action="store_true", help="ask a store on disk instead of one in memory")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        number = write_graph(path, options.triples)
        store = ox.Store(str(Path(folder) / "store")) if options.disk else ox.Store()
        loading = measure(lambda: store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS))
        print(
            f"{number:,} triples, loaded in {loading:.1f} s of CPU time, {'on disk' if options.disk else 'in memory'}"
        )
        report(store, path, number)


def report(store: ox.Store, path: Path, number: int) -> None:
    """One line a question: seconds through kg, directly, and in rdflib."""
    queries = load_queries()
    texts = [bind_words(store, queries[name], values) for _, name, values in QUESTIONS]
    ours = [measure(lambda n=n, v=v: run_query(store, n, v, queries=queries)) for _, n, v in QUESTIONS]  # type: ignore[misc]
    direct = [measure(lambda text=text: list(evaluate(store, text))) for text in texts]  # type: ignore[misc,arg-type]
    theirs = ask_rdflib(path, texts) if number <= MAX_RDFLIB_TRIPLES else [float("nan")] * len(texts)
    print(f"{'question':38} {'kg':>8} {'direct':>8} {'rdflib':>8}")
    for (title, _, _), *times in zip(QUESTIONS, ours, direct, theirs, strict=True):
        print(f"{title:38} " + " ".join(f"{seconds:8.3f}" for seconds in times))
    index = build_index(store)
    print(f"{'words in names and quotes':38} {measure(lambda: search(index, 'shared platform', limit=20)):8.3f}")
    if number <= MAX_RDFLIB_TRIPLES:
        ratio = statistics.median(r / max(k, 1e-4) for k, r in zip(ours, theirs, strict=True))
        print(f"median: {ratio:.0f} times faster than rdflib")


if __name__ == "__main__":
    main()
