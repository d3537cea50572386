"""Speed, measured apart from the tests: `python -m pytest tests/bench/test_speed.py`. CPU time of a quiet machine."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.annotate import split_sentences
from kg.graph.quads import to_nquads
from kg.graph.vocabulary import load_concepts
from kg.model import DEFAULT_BASE, Block, BlockKind, Document, Evidence, Iri, Statement

ROOT = Path(__file__).parents[2]


def measure_cpu(*command: str) -> float:
    """The least CPU time of five runs, in seconds; the machine may be busy with other things."""
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], check=True, capture_output=True, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def test_help_takes_at_most_one_and_a_half_times_the_cpu_time_of_click() -> None:
    assert measure_cpu("-m", "kg", "--help") <= 1.5 * measure_cpu("-c", "import click")


def test_question_takes_at_most_three_times_the_cpu_time_of_its_libraries() -> None:
    if not (ROOT / ".kg").exists():
        pytest.skip("the graph of this repository is not built: kg build")
    bare = measure_cpu("-c", "import click, pyoxigraph")
    assert measure_cpu("-m", "kg", "query", "document_metadata") <= 3 * bare


def test_ten_thousand_quads_take_less_than_a_second_of_cpu() -> None:
    document = Document("d", "d.txt", "x" * 600, (Block(BlockKind.PARAGRAPH, 0, 600),))
    statements = [
        Statement(Iri(f"http://x/{i}"), "dg:states", Iri("http://x/y"), Evidence(i, i + 9, "x" * 9)) for i in range(550)
    ]
    start = time.process_time()
    assert to_nquads(statements, document=document, base=DEFAULT_BASE).count(b"\n") > 5_000
    assert time.process_time() - start < 1


def test_concepts_load_in_less_than_two_seconds_of_cpu() -> None:
    begin = time.process_time()
    load_concepts(ROOT / "ontology")
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("unit", ["a.b", ". ", "1. ", "(a. ", "A.", "fig. 3 ", "[1] ", ".)", "…", " ", "x"])
def test_time_grows_with_the_length_of_hostile_text(unit: str) -> None:
    started = time.process_time()
    list(split_sentences(unit * (30_000 // len(unit))))
    assert time.process_time() - started < 3
