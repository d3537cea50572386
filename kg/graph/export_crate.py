"""A release of the graph: RO-Crate 1.1 with VoID, DCAT, nanopublications and how to cite it; the same bytes each time.

Sources: https://w3id.org/ro/crate/1.1, https://www.w3.org/TR/void/, https://www.w3.org/TR/vocab-dcat-3/,
https://citation-file-format.github.io.
"""

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.graph.canonical import read_graph_table
from kg.graph.export import export_graph
from kg.graph.export_nanopubs import export_nanopubs
from kg.model import PREFIXES, CorpusError, expand_curie

METADATA = "ro-crate-metadata.json"
#: file -> media type, what it is.
FILES = {
    "graph.nq": ("application/n-quads", "The graph, one named graph a document"),
    "nanopublications.trig": ("application/trig", "Every link from a remedy to a dilemma as a nanopublication"),
    "void.ttl": ("text/turtle", "What the graph holds, as VoID"),
    "dcat.ttl": ("text/turtle", "The release for data catalogues, as DCAT"),
    "CITATION.cff": ("text/yaml", "How to cite it"),
}


@dataclass(frozen=True, slots=True)
class Release:
    """What people say of a release. date: YYYY-MM-DD. licence: address of its text. base: of the graph's things."""

    title: str
    date: str
    licence: str
    base: str


def make_crate(root: Path, release: Release) -> dict[str, bytes]:
    """File name -> content of a release of the workspace at `root`.

    Raises CorpusError if there is no graph yet or its canonical text is damaged.
    """
    nquads = export_graph(root, "nquads")
    files = {"graph.nq": nquads, "nanopublications.trig": export_nanopubs(nquads, base=release.base)}
    files["void.ttl"] = _make_void(nquads, len(read_graph_table(root).graphs), release)
    files["dcat.ttl"] = _make_dcat(files, release)
    own = root / "CITATION.cff"
    files["CITATION.cff"] = own.read_bytes() if own.is_file() else _make_citation(release)
    files[METADATA] = _make_metadata(files, release)
    return dict(sorted(files.items()))


def pack_crate(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip archive without a clock or a user in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()


def write_crate(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into a folder: a new or empty one, or one that holds a release already.

    Raises CorpusError if the folder holds something else or cannot be written to.
    """
    try:
        if folder.is_dir() and any(folder.iterdir()) and not (folder / METADATA).is_file():
            raise CorpusError(f"{folder}: holds something else than a release. Name a new folder.")
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise CorpusError(f"{folder}: cannot be written: {error.strerror}.") from error


def _make_void(nquads: bytes, graphs: int, release: Release) -> bytes:
    counts = {"rdf:type": Counter[str](), "": Counter[str]()}
    things = set()
    for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS):
        counts[""][quad.predicate.value] += 1
        things.add(str(quad.subject))
        if quad.predicate.value == expand_curie("rdf:type") and isinstance(quad.object, ox.NamedNode):
            counts["rdf:type"][quad.object.value] += 1
    node = ox.NamedNode(f"{release.base}dataset")
    facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        ("rdf:type", _node("void:Dataset")),
        ("dcterms:title", ox.Literal(release.title)),
        ("dcterms:issued", ox.Literal(release.date, datatype=_node("xsd:date"))),
        ("dcterms:license", ox.NamedNode(release.licence)),
        ("void:uriSpace", ox.Literal(release.base)),
        ("void:triples", ox.Literal(sum(counts[""].values()))),
        ("void:distinctSubjects", ox.Literal(len(things))),
        ("void:properties", ox.Literal(len(counts[""]))),
        ("void:classes", ox.Literal(len(counts["rdf:type"]))),
    ]
    triples = [ox.Triple(node, _node(curie), value) for curie, value in facts]
    for kind, link, name, count in (
        ("rdf:type", "void:classPartition", "void:class", "void:entities"),
        ("", "void:propertyPartition", "void:property", "void:triples"),
    ):
        for iri, number in sorted(counts[kind].items()):
            part = ox.NamedNode(f"{node.value}#{hashlib.sha256(f'{name} {iri}'.encode()).hexdigest()[:12]}")
            triples += [ox.Triple(node, _node(link), part), ox.Triple(part, _node(name), ox.NamedNode(iri))]
            triples.append(ox.Triple(part, _node(count), ox.Literal(number)))
    comment = ox.Literal(f"{graphs} named graphs, one a document, and those of the corpus and the ontology.")
    triples.append(ox.Triple(node, _node("rdfs:comment"), comment))
    return _to_turtle(triples)


def _make_dcat(files: Mapping[str, bytes], release: Release) -> bytes:
    node = ox.NamedNode(f"{release.base}dataset")
    triples = [
        ox.Triple(node, _node("rdf:type"), _node("dcat:Dataset")),
        ox.Triple(node, _node("dcterms:title"), ox.Literal(release.title)),
        ox.Triple(node, _node("dcterms:issued"), ox.Literal(release.date, datatype=_node("xsd:date"))),
        ox.Triple(node, _node("dcterms:license"), ox.NamedNode(release.licence)),
    ]
    for name in ("graph.nq", "nanopublications.trig"):
        media, what = FILES[name]
        one = ox.NamedNode(f"{node.value}/{name}")
        address = ox.NamedNode(f"https://www.iana.org/assignments/media-types/{media}")
        triples += [
            ox.Triple(node, _node("dcat:distribution"), one),
            ox.Triple(one, _node("rdf:type"), _node("dcat:Distribution")),
            ox.Triple(one, _node("dcterms:title"), ox.Literal(what)),
            ox.Triple(one, _node("dcat:mediaType"), address),
            ox.Triple(one, _node("dcat:byteSize"), ox.Literal(len(files[name]))),
        ]
    return _to_turtle(triples)


def _make_citation(release: Release) -> bytes:
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this graph, please cite it as below.",
        f"title: {json.dumps(release.title)}",
        "type: dataset",
        "authors:",
        '  - name: "The makers of this graph"',
        f"date-released: {release.date}",
        f"license-url: {json.dumps(release.licence)}",
    ]
    return ("\n".join(lines) + "\n").encode()


def _make_metadata(files: Mapping[str, bytes], release: Release) -> bytes:
    parts = [
        {
            "@id": name,
            "@type": "File",
            "name": what,
            "encodingFormat": media,
            "contentSize": str(len(files[name])),
            "sha256": hashlib.sha256(files[name]).hexdigest(),
        }
        for name, (media, what) in FILES.items()
    ]
    descriptor = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": release.title,
        "description": "Who says which problem of digital government, which remedy is proposed, and in which sentence.",
        "datePublished": release.date,
        "license": {"@id": release.licence},
        "hasPart": [{"@id": name} for name in FILES],
    }
    licence = {"@id": release.licence, "@type": "CreativeWork", "name": release.licence}
    graph = [descriptor, root, licence, *parts]
    # sha256 is no term of the 1.1 context, so it is named here.
    context = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}]
    return (json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=2) + "\n").encode()


def _to_turtle(triples: list[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand_curie(curie))
