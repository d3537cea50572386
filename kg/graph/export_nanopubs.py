"""Every link from a remedy to a dilemma as a nanopublication: assertion, provenance with the quoted words, pubinfo.

Sources: https://nanopub.net/guidelines/working_draft/ for the four graphs, https://arxiv.org/abs/1401.5775 for the
trusty URIs (module RA): the name of a nanopublication holds the SHA-256 of what it says, so nobody can change it
unnoticed and the same link always has the same name.
"""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model import PREFIXES, expand_curie

NP = "http://www.nanopub.org/nschema#"
_LINKS = """
PREFIX dg: <https://w3id.org/digital-government/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?graph ?statement ?remedy ?predicate ?dilemma WHERE {
  VALUES ?predicate { dg:addresses dg:mayAddress }
  GRAPH ?graph {
    ?statement rdf:predicate ?predicate ; rdf:subject ?remedy ; rdf:object ?dilemma ; dg:reviewStatus ?status
  }
  FILTER(?status != "rejected")
}
ORDER BY ?statement
"""
#: Stands for the hash in names before it is known, and is a blank in what is hashed.
_BLANK = " "
_STATEMENT_FACTS = ("dg:confidence", "dg:method", "dg:reviewStatus", "dg:reason", "prov:wasDerivedFrom")
_EVIDENCE_FACTS = ("rdf:type", "oa:hasSource", "oa:hasSelector", "dg:section", "dg:page")
Quad = tuple[str, str, str, "ox.NamedNode | ox.Literal | str"]


@dataclass(frozen=True, slots=True)
class _Link:
    graph: ox.NamedNode
    statement: ox.NamedNode
    remedy: ox.NamedNode
    predicate: ox.NamedNode
    dilemma: ox.NamedNode


def export_nanopubs(nquads: bytes, *, base: str) -> bytes:
    """TriG of one nanopublication for each link that was not rejected, sorted by the link's statement.

    nquads: the graph. base: address under which its things live; nanopublications lie at `base`np/.
    """
    store = ox.Store()
    store.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
    rows = store.query(_LINKS)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 a SELECT gives rows
    quads = [quad for row in rows for quad in make_nanopub(store, _Link(*row), base)]
    prefixes = {**PREFIXES, "np": NP}
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b""


def make_nanopub(store: ox.Store, link: _Link, base: str) -> list[ox.Quad]:
    """The quads of one nanopublication, under the name that their hash gives."""
    root = f"{base}np/{_BLANK}"
    quads = sorted(
        {*_make_head(root), *_make_assertion(store, link, root), *_make_provenance(store, link, root)}, key=_key
    )
    quads = sorted({*quads, *_make_pubinfo(link, root, base)}, key=_key)
    code = compute_artifact_code(quads)

    def name(text: str) -> ox.NamedNode:
        return ox.NamedNode(text.replace(_BLANK, code))

    return [ox.Quad(name(s), name(p), name(o) if isinstance(o, str) else o, name(g)) for g, s, p, o in quads]


def compute_artifact_code(quads: list[Quad]) -> str:
    """The code of a trusty URI, "RA" and 43 characters, of sorted quads that have a blank where the code will stand."""
    text = "".join("".join(f"{part}\n" for part in (g, s, p, _hash_form(o))) for g, s, p, o in quads)
    return "RA" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def _hash_form(term: "ox.NamedNode | ox.Literal | str") -> str:
    if not isinstance(term, ox.Literal):
        return term if isinstance(term, str) else term.value
    value = term.value.replace("\\", "\\\\").replace("\n", "\\n")
    return f"@{term.language.lower()} {value}" if term.language else f"^{term.datatype.value} {value}"


def _key(quad: Quad) -> tuple[str, str, str, str]:
    return (*quad[:3], _hash_form(quad[3]))


def _make_head(root: str) -> Iterator[Quad]:
    head, type_ = f"{root}#Head", expand_curie("rdf:type")
    yield head, root, type_, f"{NP}Nanopublication"
    for part in ("Assertion", "Provenance", "PublicationInfo"):
        yield head, root, f"{NP}has{part}", f"{root}#{_PARTS[part]}"


_PARTS = {"Assertion": "assertion", "Provenance": "provenance", "PublicationInfo": "pubinfo"}


def _make_assertion(store: ox.Store, link: _Link, root: str) -> Iterator[Quad]:
    """The link, and what its two ends are called."""
    graph = f"{root}#assertion"
    yield graph, link.remedy.value, link.predicate.value, link.dilemma.value
    for node, kind in ((link.remedy, "dg:Remedy"), (link.dilemma, "dg:Dilemma")):
        yield graph, node.value, expand_curie("rdf:type"), str(expand_curie(kind))
        labels = store.quads_for_pattern(node, ox.NamedNode(expand_curie("skos:prefLabel")), None, None)
        found = sorted({quad.object for quad in labels if isinstance(quad.object, ox.Literal)}, key=str)
        if found:
            yield graph, node.value, expand_curie("skos:prefLabel"), found[0]


def _make_provenance(store: ox.Store, link: _Link, root: str) -> Iterator[Quad]:
    """Where it was read: how sure it is, by which rule, and the words with their place in the document."""
    graph, assertion = f"{root}#provenance", f"{root}#assertion"
    evidence: list[ox.NamedNode] = []
    for curie, value in _find_facts(store, link, link.statement, _STATEMENT_FACTS):
        yield graph, assertion, expand_curie(curie), _plain(value)
        if curie == "prov:wasDerivedFrom" and isinstance(value, ox.NamedNode):
            evidence.append(value)
    for node in evidence:
        for curie, value in _find_facts(store, link, node, _EVIDENCE_FACTS):
            yield graph, node.value, expand_curie(curie), _plain(value)
            if curie == "oa:hasSource":
                yield graph, assertion, expand_curie("prov:hadPrimarySource"), _plain(value)
            if curie == "oa:hasSelector" and isinstance(value, ox.NamedNode):
                for quad in store.quads_for_pattern(value, None, None, link.graph):
                    yield graph, value.value, quad.predicate.value, _plain(quad.object)


def _make_pubinfo(link: _Link, root: str, base: str) -> Iterator[Quad]:
    """Which program has made it of what; without a time, so that the same link is the same nanopublication."""
    graph = f"{root}#pubinfo"
    yield graph, root, expand_curie("prov:wasAttributedTo"), f"{base}software/kg"
    yield graph, root, expand_curie("dcterms:creator"), f"{base}software/kg"
    yield graph, root, expand_curie("prov:wasDerivedFrom"), link.statement.value
    yield graph, f"{base}software/kg", expand_curie("rdf:type"), str(expand_curie("prov:SoftwareAgent"))


def _find_facts(
    store: ox.Store, link: _Link, node: ox.NamedNode, curies: tuple[str, ...]
) -> Iterator[tuple[str, "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"]]:
    for curie in curies:
        for quad in store.quads_for_pattern(node, ox.NamedNode(expand_curie(curie)), None, link.graph):
            yield curie, quad.object


def _plain(term: "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple") -> "ox.Literal | str":
    return term if isinstance(term, ox.Literal) else term.value if isinstance(term, ox.NamedNode) else str(term)
