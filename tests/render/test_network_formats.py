"""Networks for other programs: each format against a small file, and read back where a reader exists.

After a wanted change: `KG_WRITE_GOLDEN=1 pytest tests/render/test_network_formats.py`.
"""

import io
import json
import os
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import RenderError
from kg.render import RENDERERS, render
from kg.render.sketch import to_sketch

GOLDEN = Path(__file__).parent / "golden"
FILES = {
    "svg": "map.svg",
    "graphml": "map.graphml",
    "network-json": "map.json",
    "mermaid": "map.mmd",
    "canvas": "map.canvas",
    "vosviewer": "map.vosviewer.json",
    "dot": "map.dot",
    "cxl": "map.cxl",
}
HOSTILE = '"]-->|<b>&\'\\"\n\x00]]>-->*/{{#quot; %% ``` [[x]](javascript:1) \ud800'


@pytest.fixture
def network() -> "nx.MultiDiGraph[str]":
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        topic="data sharing", seeds=["d1"], documents={"doc/9": "Elsewhere"}
    )
    network.add_node("doc/1", kind="document", label="Wu 2022", iri="https://example.org/doc/1", weight=1)
    network.add_node("d1", kind="dilemma", label='Data silos between departments & "towns"', iri="", weight=3)
    network.add_node("r1", kind="remedy", label="One platform", iri="", weight=2)
    fact = {"section": "3.1 Silos", "confidence": 0.9}
    network.add_edge("doc/1", "d1", label="states", quote="Silos remain.", document="doc/1", status="asserted", **fact)
    network.add_edge(
        "r1", "d1", label="may address", quote="It <may> help.", document="doc/9", status="candidate", **fact
    )
    network.add_edge("r1", "d1", label="may address", quote="Perhaps.", document="doc/1", status="candidate", **fact)
    network.add_edge("r1", "d1", label="addresses", quote="No.", document="doc/1", status="rejected", **fact)
    return network


@pytest.mark.parametrize("name", FILES)
def test_format_is_as_in_its_file(network: "nx.MultiDiGraph[str]", name: str) -> None:
    path = GOLDEN / FILES[name]
    content = render(name, network)
    if os.environ.get("KG_WRITE_GOLDEN"):
        path.write_bytes(content)
    assert content.decode() == path.read_text(encoding="utf-8")


def test_graphml_is_read_back_by_networkx(network: "nx.MultiDiGraph[str]") -> None:
    back = nx.read_graphml(io.BytesIO(render("graphml", network)))
    labels = {facts["label"]: facts["kind"] for _, facts in back.nodes(data=True)}
    assert labels == {facts["label"]: facts["kind"] for _, facts in network.nodes(data=True)}
    assert sorted(facts["quote"] for *_, facts in back.edges(data=True)) == [
        "It <may> help.",
        "Perhaps.",
        "Silos remain.",
    ]


def test_canvas_has_what_its_standard_asks_for(network: "nx.MultiDiGraph[str]") -> None:
    board = json.loads(render("canvas", network))
    ids = {card["id"] for card in board["nodes"]}
    assert all(isinstance(card[name], int) for card in board["nodes"] for name in ("x", "y", "width", "height"))
    assert all({edge["fromNode"], edge["toNode"]} <= ids for edge in board["edges"])


def test_vosviewer_strength_counts_sentences(network: "nx.MultiDiGraph[str]") -> None:
    links = json.loads(render("vosviewer", network))["network"]["links"]
    assert links == [
        {"source_id": 1, "target_id": 2, "strength": 2},
        {"source_id": 1, "target_id": 3, "strength": 1},
    ]


@pytest.mark.parametrize("name", FILES)
def test_empty_network_is_an_error(name: str) -> None:
    with pytest.raises(RenderError, match="nothing to draw"):
        render(name, nx.MultiDiGraph())


@pytest.mark.parametrize("text", [HOSTILE])
@given(extra=st.text(max_size=30))
def test_hostile_text_leaves_every_format_well_formed(text: str, extra: str) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=text + extra)
    network.add_node("a", kind="remedy", label=text + extra, iri=extra)
    network.add_node("b", kind=extra, label=extra)
    network.add_edge("a", "b", label=extra, quote=text, document=extra, section=text)
    for name in ("svg", "graphml", "cxl"):
        ET.fromstring(render(name, network))
    for name in ("network-json", "canvas", "vosviewer"):
        json.loads(render(name, network))
    assert render("mermaid", network).decode().count("\n") == 3 + len(network) + 1 + bool(to_sketch(network).links)
    lines = render("dot", network).decode().splitlines()
    assert [line.count('"') % 2 for line in (line.replace("\\\\", "").replace('\\"', "") for line in lines)] == [
        0
    ] * len(lines)


def test_every_network_format_stands_in_the_table() -> None:
    assert set(FILES) <= set(RENDERERS)
