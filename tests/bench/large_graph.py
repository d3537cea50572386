"""A large graph for measurements: the test graph many times over, with what makes counting hard.

Each copy has names of its own for most things; a few are shared in groups, so that there is something to join. To each
document come authors, concepts and works from pools in which few are common and most are rare, and citations of
documents before it.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.model.prefixes import PREFIXES

TEST_GRAPH = Path(__file__).parents[1] / "queries" / "test_graph.trig"
BASE = "https://w3id.org/digital-government/kg/"
#: Things that copies share in groups.
SHARED_BY = {"dilemma": 20, "remedy": 20, "person": 10, "organisation": 50, "work": 30}
AUTHORS, CONCEPTS, WORKS, CITED = 4, 12, 6, 3
CONCEPT_POOL = 1_500


def write_graph(path: Path, triples: int) -> int:
    """An N-Quads file of about so many triples; the number of lines there are."""
    store = ox.Store()
    store.load(path=str(TEST_GRAPH), format=ox.RdfFormat.TRIG)
    lines = [f"{quad} .\n" for quad in store]
    fixed = [line for line in lines if "/graph/ontology> .\n" in line] + list(make_concepts())
    copied = [line for line in lines if "/graph/ontology> .\n" not in line]
    documents = sorted({name for line in copied for name in _find_documents(line)})
    per_copy = len(copied) + len(documents) * (AUTHORS + CONCEPTS + CITED + 3 * WORKS)
    copies = max(1, (triples - len(fixed)) // per_copy)
    written = len(fixed)
    choose = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(fixed)
        for number in range(copies):
            file.writelines(_rename(line, number) for line in copied)
            more = [line for name in documents for line in make_document(name, number, copies, choose)]
            file.writelines(more)
            written += len(copied) + len(more)
    return written


def _find_documents(line: str) -> Iterator[str]:
    for part in line.split(f"<{BASE}document/")[1:]:
        yield part.partition(">")[0]


def _rename(line: str, number: int) -> str:
    parts = line.split("<" + BASE)
    for i in range(1, len(parts)):
        name, end, rest = parts[i].partition(">")
        kind, *names = name.split("/")
        if names and kind != "software":
            names[0] += f"-{number // SHARED_BY.get(kind, 1)}"
            parts[i] = "/".join([kind, *names]) + end + rest
    return ("<" + BASE).join(parts)


def make_concepts() -> Iterator[str]:
    """A tree of concepts in which each has five below it."""
    for i in range(CONCEPT_POOL):
        yield _line(f"concept/pool-{i}", "rdf:type", _iri("skos:Concept"), "ontology")
        yield _line(f"concept/pool-{i}", "skos:prefLabel", f'"concept {i}"@en', "ontology")
        yield _line(f"concept/pool-{i}", "skos:inScheme", _iri("dg:concepts"), "ontology")
        if i:
            yield _line(f"concept/pool-{i}", "skos:broader", _thing(f"concept/pool-{(i - 1) // 5}"), "ontology")


def make_document(name: str, number: int, copies: int, choose: random.Random) -> Iterator[str]:
    """What a document of one copy has besides: authors, concepts, works of its reference list, earlier documents."""
    document, graph = f"document/{name}-{number}", f"{name}-{number}"
    for i in {_choose(choose, 3 * copies) for _ in range(AUTHORS)}:
        yield _line(document, "dcterms:creator", _thing(f"person/author-{i}"), graph)
    for i in {_choose(choose, CONCEPT_POOL) for _ in range(CONCEPTS)}:
        yield _line(document, "dcterms:subject", _thing(f"concept/pool-{i}"), graph)
    for i, work in enumerate(_choose(choose, 20 * copies) for _ in range(WORKS)):
        entry = f"reference/{name}-{number}/more-{i}"
        yield _line(entry, "biro:references", _thing(f"work/cited-{work}"), graph)
        yield _line(entry, "dg:statedIn", _thing(document), graph)
        yield _line(entry, "dcterms:title", f'"Cited work {work}"', graph)
    for _ in range(CITED if number else 0):
        yield _line(document, "cito:cites", _thing(f"document/{name}-{choose.randrange(number)}"), "corpus")


def _choose(choose: random.Random, most: int) -> int:
    """A number below `most`, small ones often: the share of a rank falls about with the rank."""
    return int(most ** choose.random()) - 1


def _line(subject: str, predicate: str, target: str, graph: str) -> str:
    return f"{_thing(subject)} {_iri(predicate)} {target} {_thing(f'graph/{graph}')} .\n"


def _thing(path: str) -> str:
    return f"<{BASE}{path}>"


def _iri(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"
