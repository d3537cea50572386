"""A small language for tests: sentences that name their dilemmas and remedies outright, and the tools to build with it.

    Dilemma: slow sharing.
    Remedy: open by default for slow sharing.
    Remedy: training perhaps for slow sharing.
    Concept: open data.

As a script: toy.py WORKSPACE init|build|add|remove|undo ARGUMENT..., for tests that kill it.
"""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from kg.corpus import Workspace, files, open_workspace
from kg.model import DEFAULT_BASE, BlockKind, Document, Evidence, Iri, Literal, Statement, expand_curie
from kg.pipeline.stages import Stages, SummaryFields
from kg.pipeline.update import Tools
from kg.readers import read_document

BASE = DEFAULT_BASE
#: So that a file large enough to be linked is still read in a moment.
files.MAX_COPIED_BYTES = 2_000
LARGE = "Many words.\n" * 300
_SENTENCE = re.compile(r"(Dilemma|Remedy|Concept): ([^.]+?)(?:( perhaps)? for ([^.]+))?\.")


def slug(label: str) -> str:
    return re.sub(r"\W+", "-", label.lower())


def iri(kind: str, label: str) -> Iri:
    return Iri(f"{BASE}{kind}/{slug(label)}")


def load() -> Stages:
    return Stages(lambda path, file, kind: read_document(path, file=file, kind=kind), process, summarise)


def process(document: Document) -> list[Statement]:
    if "Crash!" in document.text:
        raise RuntimeError("a fault")
    if "Die!" in document.text:
        os._exit(9)
    return list(find_statements(document))


def find_statements(document: Document) -> Iterator[Statement]:
    node = Iri(f"{BASE}document/{document.id}")
    yield Statement(node, "dg:file", Literal(document.file))
    yield Statement(node, "dg:kind", Literal(document.kind))
    for block in document.find_blocks(BlockKind.TITLE):
        evidence = Evidence(block.start, block.end, document.block_text(block))
        yield Statement(node, "dcterms:title", Literal(evidence.quote), evidence)
    for found in _SENTENCE.finditer(document.text):
        evidence = Evidence(*found.span(), found[0])
        thing = iri(found[1].lower(), found[2])
        type_ = "skos:Concept" if found[1] == "Concept" else f"dg:{found[1]}"
        yield Statement(thing, "rdf:type", expand_curie(type_))
        yield Statement(thing, "skos:prefLabel", Literal(found[2]), evidence)
        if found[1] == "Concept":
            yield Statement(node, "dcterms:subject", thing, evidence)
        if found[4] and found[3]:
            target = iri("dilemma", found[4])
            yield Statement(thing, "dg:mayAddress", target, evidence, 0.5, "toy", "candidate", ("near",))
        elif found[4]:
            yield Statement(thing, "dg:addresses", iri("dilemma", found[4]), evidence)


def summarise(document: Document, statements: list[Statement]) -> SummaryFields:
    titles = [s.object.value for s in statements if s.predicate == "dcterms:title" and isinstance(s.object, Literal)]
    return {"iri": f"{BASE}document/{document.id}", "title": "".join(titles)}


def link(summaries: list[SummaryFields]) -> list[Statement]:
    pairs = combinations(sorted(summaries, key=lambda s: str(s["iri"])), 2)
    return [
        Statement(
            Iri(one["iri"]), "dg:possiblySame", Iri(two["iri"]), None, 0.9, "toy", "candidate", ("the same title",)
        )
        for one, two in pairs
        if one["title"] and one["title"] == two["title"]
    ]


def make_tools(workers: int = 1) -> Tools:
    return Tools(load, link, workers)


def make_workspace(root: Path, **files: str) -> Workspace:
    """A workspace with a tiny ontology; `a_md="..."` writes corpus/a.md."""
    for folder in ("corpus", "ontology", "queries"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "kg.toml").write_text("")
    (root / "ontology" / "tiny.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
        '<http://example.org/c> a skos:Concept ; skos:prefLabel "c"@en ; skos:broader [ skos:note "x" ] .'
    )
    for name, text in files.items():
        (root / "corpus" / name.replace("_", ".")).write_text(text)
    return open_workspace(root)


def read_graph_files(workspace: Workspace) -> dict[str, bytes]:
    """Graph name -> canonical N-Quads of the present state."""
    from kg.graph.canonical import read_graph, read_graph_table

    return {
        g.graph.removeprefix(f"{BASE}graph/"): read_graph(workspace.root, g)
        for g in read_graph_table(workspace.root).graphs
    }


def read_corpus(workspace: Workspace) -> dict[str, bytes]:
    """File -> content of corpus/."""
    found = sorted(path for path in workspace.corpus.rglob("*") if path.is_file())
    return {path.relative_to(workspace.corpus).as_posix(): path.read_bytes() for path in found}


def invoke(root: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of `kg` with these arguments in a workspace."""
    from click.testing import CliRunner

    from kg.cli import cli
    from kg.model import KgError

    result = CliRunner().invoke(cli, ["--workspace", str(root), *arguments])
    if isinstance(result.exception, KgError):
        return 1, result.stdout, f"{result.stderr}Error: {result.exception}\n"
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def kill_at(count: int) -> None:
    """End this process, as kill -9 does, just before it changes the file system for the `count`-th time."""
    left = [count]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if writing or event in {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir"}:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def main(root: str, command: str, *arguments: str) -> None:
    from kg.pipeline.build import add, build, remove
    from kg.pipeline.undo import undo

    workspace = open_workspace(Path(root))
    tools = Tools(load_slowly if os.environ.get("TOY_PAUSE") else load, link, int(os.environ.get("TOY_WORKERS", "1")))
    if os.environ.get("TOY_KILL_AT"):
        kill_at(int(os.environ["TOY_KILL_AT"]))
    if command == "build":
        build(workspace, tools)
    elif command == "add":
        add(workspace, map(Path, arguments), tools, kind="policy")
    elif command == "remove":
        remove(workspace, arguments, tools)
    else:
        undo(workspace, tools)


def load_slowly() -> Stages:
    """Stretches a run, so that a kill at a random moment meets the work on documents too."""

    def pause(document: Document) -> list[Statement]:
        time.sleep(float(os.environ["TOY_PAUSE"]))
        return process(document)

    return Stages(load().read, pause, summarise)


if __name__ == "__main__":
    main(*sys.argv[1:])
