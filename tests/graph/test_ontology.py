"""The ontology is one named graph, the same bytes for the same files."""

from pathlib import Path

import pytest

from kg.graph.ontology import load_ontology_graph
from kg.model import Iri, ValidationError

GRAPH = Iri("http://example.org/graph/ontology")
ONTOLOGY = Path(__file__).parents[2] / "ontology"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.ttl").write_text(text)
    return folder


def test_nodes_without_a_name_are_kept_apart_and_numbered_as_they_appear(tmp_path: Path) -> None:
    write(tmp_path, b="_:n <http://x/p> 2 .", a="_:n <http://x/p> [ <http://x/q> '1.0'@EN ] .")
    assert load_ontology_graph(tmp_path, graph=GRAPH).decode().splitlines() == [
        f'_:n0x0 <http://x/q> "1.0"@en <{GRAPH}> .',
        f"_:n0x1 <http://x/p> _:n0x0 <{GRAPH}> .",
        f'_:n1x0 <http://x/p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> <{GRAPH}> .',
    ]


def test_shapes_are_about_the_graph_and_not_in_it(tmp_path: Path) -> None:
    write(tmp_path, shapes="<http://x/a> <http://x/p> 1 .", a="<http://x/b> <http://x/p> 2 .")
    assert b"http://x/a" not in load_ontology_graph(tmp_path, graph=GRAPH)


def test_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"a\.ttl line 1: not Turtle"):
        load_ontology_graph(write(tmp_path, a="<http://x/a> ."), graph=GRAPH)


def test_ontology_of_kg_gives_the_same_bytes_twice() -> None:
    first = load_ontology_graph(ONTOLOGY, graph=GRAPH)
    assert first.count(b"\n") > 500
    assert load_ontology_graph(ONTOLOGY, graph=GRAPH) == first
