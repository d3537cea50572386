"""The four invariants of the design, over the whole pipeline, and over a toy one that shows where a fault would lie.

1. Every quote stands in its document where its evidence says.
2. The annotated text is the document's text.
3. Every term of the graph is declared in ontology/, or in a vocabulary named there.
4. Building twice, or adding documents in any order, gives the same bytes.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest

sys.path.insert(0, str(Path(__file__).parent / "pipeline"))
import toy

from kg.corpus import Workspace, find_share, init_workspace, open_workspace
from kg.graph.vocabulary import declared_terms, load_concepts
from kg.model import PREFIXES
from kg.pipeline import step
from kg.pipeline.build import add, build, make_tools
from kg.pipeline.changes import Changes
from kg.pipeline.update import Tools
from kg.pipeline.verify import verify_documents
from kg.readers import read_document

DOCUMENTS = {
    "note.md": """---
title: A note on shared registers
authors:
  - Ana María Pérez
year: 2021
kind: note
---
# The problem

Municipalities keep registers apart, so a citizen gives the same fact — name, address, “status” — to five offices.
The biggest challenge is the lack of trust between agencies (Okafor, 2019).

# What was done

To break these data silos, the ministry of Uruguay should build a data sharing platform and train civil servants.

# References

Okafor, C. (2019). Trust between agencies. Journal of Public Registers, 4(2), 11-29.
""",
    "paper.txt": """Sharing Data Between Agencies

Wei Zhang
School of Public Affairs, Example University

Abstract: Data sharing between agencies is slow. We propose a law and a platform.

Keywords: data sharing; digital government; 数据共享

1 Introduction

Digital government depends on data sharing. Information islands hinder services in China [1].

2 Dilemmas

(1) Information islands. Agencies do not share data because standards differ.
(2) Shortage of talent. Local governments cannot retain skilled staff.

3 Countermeasures

(1) Break the information islands. A national data sharing platform should be built on common standards.
(2) Train talent. Governments should train civil servants in data skills.

References

[1] Okafor C. Trust between agencies[J]. Journal of Public Registers, 2019, 4(2): 11-29.
""",
    "policy.md": """# Strategy for digital services

## 1. Challenges

- Legacy systems make services hard to change.
- Many people are excluded because they lack skills or access.

## 2. Actions

1. We will replace legacy systems step by step, starting with tax.
2. Libraries will offer assisted digital support, so that nobody is excluded.
""",
}


@pytest.fixture(autouse=True)
def _leave_disk_and_store_to_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setattr(step, "refresh_store", lambda root: None)


@pytest.fixture(params=["toy", "kg"])
def kind(request: pytest.FixtureRequest) -> str:
    if request.param == "kg" and not importlib.util.find_spec("kg.pipeline.process"):
        pytest.skip("the rooms that make statements are not there")
    name: str = request.param
    return name


def make_workspace(root: Path, **files: str) -> Workspace:
    workspace = open_workspace(init_workspace(root))
    for name, text in files.items():
        (workspace.corpus / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return workspace


def get_tools(kind: str, workspace: Workspace) -> Tools:
    return toy.make_tools() if kind == "toy" else make_tools(workspace, workers=1)


@pytest.fixture
def built(tmp_path: Path, kind: str) -> Workspace:
    workspace = make_workspace(tmp_path / "w", **DOCUMENTS)
    report = build(workspace, get_tools(kind, workspace))
    assert (report.failures, report.violations) == ((), ())
    return workspace


def test_every_quote_stands_where_its_evidence_says(built: Workspace) -> None:
    verdicts = list(verify_documents(built))
    assert [(v.file, v.broken, v.fault) for v in verdicts] == [(file, (), "") for file in sorted(DOCUMENTS)]
    assert sum(verdict.quotes for verdict in verdicts) > 0


@pytest.mark.parametrize("name", DOCUMENTS)
def test_annotated_text_is_the_text_of_the_document(tmp_path: Path, name: str) -> None:
    from kg.annotate import annotate

    (tmp_path / name).write_text(DOCUMENTS[name], encoding="utf-8")
    document = read_document(tmp_path / name)
    annotated = annotate(document, load_concepts(find_share("ontology")))
    assert annotated.doc.text == document.text
    assert all(document.text[s.start : s.end].strip() for s in annotated.sentences)


def find_terms(workspace: Workspace) -> Iterator[str]:
    """Predicates, classes, and whatever else lies in a vocabulary and not among the things of the graph."""
    vocabularies = tuple(PREFIXES.values())
    for name, nquads in toy.read_graph_files(workspace).items():
        for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS) if name != "ontology" else ():
            yield quad.predicate.value
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(vocabularies):
                yield quad.object.value


def test_every_term_of_the_graph_is_declared(built: Workspace) -> None:
    assert sorted(set(find_terms(built)) - declared_terms(built.ontology)) == []


def test_building_again_from_nothing_gives_the_same_bytes(built: Workspace, kind: str, tmp_path: Path) -> None:
    """In another process, whose sets and dictionaries of texts have another order."""
    other = make_workspace(tmp_path / "other", **DOCUMENTS)
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]); import toy\n"
        "from kg.corpus import open_workspace; from kg.pipeline.build import build, make_tools\n"
        "workspace = open_workspace(Path(sys.argv[1]))\n"
        f"build(workspace, toy.make_tools() if {kind!r} == 'toy' else make_tools(workspace, workers=1))"
    )
    call = [sys.executable, "-c", code, str(other.root), str(Path(toy.__file__).parent)]
    subprocess.run(call, check=True, env=os.environ | {"PYTHONHASHSEED": "7"}, capture_output=True)
    assert toy.read_graph_files(other) == toy.read_graph_files(built)


def test_adding_in_any_order_gives_the_bytes_of_a_build(built: Workspace, kind: str, tmp_path: Path) -> None:
    expected = toy.read_graph_files(built)
    orders = list(permutations(sorted(DOCUMENTS)))
    for number, order in enumerate(orders if kind == "toy" else orders[3:4]):
        workspace = make_workspace(tmp_path / f"order-{number}")
        for file in order:
            assert add(workspace, [built.corpus / file], get_tools(kind, workspace)).failures == ()
        assert toy.read_graph_files(workspace) == expected, order
        assert build(workspace, get_tools(kind, workspace)).changes == Changes()
