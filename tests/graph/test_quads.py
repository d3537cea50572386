"""Statements become N-Quads of the shape of ontology/PATTERNS.md, the same for every order."""

import random
from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg import __version__
from kg.graph.canonical import settle_nquads
from kg.graph.quads import to_nquads
from kg.model import DEFAULT_BASE, Document, Evidence, Iri, Literal, Statement

DOCUMENT = Document("wu", "wu.md", "Data sharing is slow. Open it.", ())
THING = Iri(DEFAULT_BASE + "dilemma/slow-sharing")
QUOTE = Evidence(5, 20, "sharing is slow", "1 Problems", 3)
STATED = Statement(THING, "skos:prefLabel", Literal("slow sharing"), QUOTE, 0.9, "test/rule", "candidate", ("why",))


def test_statement_without_evidence_is_one_line() -> None:
    plain = Statement(THING, "rdf:type", Iri("https://w3id.org/digital-government/ontology#Dilemma"))
    assert to_nquads([plain, plain], document=DOCUMENT, base=DEFAULT_BASE).decode() == (
        "<https://w3id.org/digital-government/kg/dilemma/slow-sharing> "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/digital-government/ontology#Dilemma> "
        "<https://w3id.org/digital-government/kg/graph/wu> .\n"
    )


EXPECTED = """
@prefix : <https://w3id.org/digital-government/kg/> .
@prefix dg: <https://w3id.org/digital-government/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/digital-government/kg/dilemma/slow-sharing> skos:prefLabel "slow sharing" .
<RECORD> a rdf:Statement ; rdf:subject <https://w3id.org/digital-government/kg/dilemma/slow-sharing> ;
  rdf:predicate skos:prefLabel ; rdf:object "slow sharing" ;
  prov:wasDerivedFrom <https://w3id.org/digital-government/kg/evidence/wu/5-20> ;
  prov:wasGeneratedBy <https://w3id.org/digital-government/kg/activity/wu> ;
  dg:confidence 0.9 ; dg:method "test/rule" ; dg:reviewStatus "candidate" ; dg:reason "why" .
<https://w3id.org/digital-government/kg/evidence/wu/5-20> a oa:SpecificResource ;
  oa:hasSource <https://w3id.org/digital-government/kg/document/wu> ;
  oa:hasSelector <https://w3id.org/digital-government/kg/evidence/wu/5-20/quote> ,
    <https://w3id.org/digital-government/kg/evidence/wu/5-20/position> ;
  dg:section "1 Problems" ; dg:page 3 .
<https://w3id.org/digital-government/kg/evidence/wu/5-20/quote> a oa:TextQuoteSelector ;
  oa:exact "sharing is slow" ; oa:prefix "Data " ; oa:suffix ". Open it." .
<https://w3id.org/digital-government/kg/evidence/wu/5-20/position> a oa:TextPositionSelector ; oa:start 5 ; oa:end 20 .
<https://w3id.org/digital-government/kg/activity/wu> a prov:Activity ;
  prov:used <https://w3id.org/digital-government/kg/document/wu> ;
  prov:wasAssociatedWith <https://w3id.org/digital-government/kg/software/kg> .
<https://w3id.org/digital-government/kg/software/kg> a prov:SoftwareAgent ; dg:version "VERSION" .
"""


def read_triples(text: str | bytes, format_: ox.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(text, format=format_)}


def test_statement_with_evidence_has_record_selectors_and_activity() -> None:
    nquads = to_nquads([STATED], document=DOCUMENT, base=DEFAULT_BASE)
    record = next(
        q.subject.value for q in ox.parse(nquads, format=ox.RdfFormat.N_QUADS) if "/statement/wu/" in q.subject.value
    )
    expected = EXPECTED.replace("RECORD", record).replace("VERSION", __version__)
    assert read_triples(nquads, ox.RdfFormat.N_QUADS) == read_triples(expected, ox.RdfFormat.TURTLE)


def count_records(*statements: Statement) -> int:
    return to_nquads(statements, document=DOCUMENT, base=DEFAULT_BASE).count(b"#reviewStatus>")


def test_edge_said_twice_in_a_text_has_two_records() -> None:
    assert count_records(STATED, replace(STATED, evidence=Evidence(22, 29, "Open it"))) == 2


def test_edge_found_twice_by_one_rule_has_one_record_with_the_best_confidence_and_all_reasons() -> None:
    other = replace(STATED, confidence=0.95, reasons=("also",))
    nquads = to_nquads([STATED, other], document=DOCUMENT, base=DEFAULT_BASE)
    assert nquads == to_nquads([other, STATED], document=DOCUMENT, base=DEFAULT_BASE)
    assert (nquads.count(b"#reviewStatus>"), nquads.count(b"#confidence>"), nquads.count(b"#reason>")) == (1, 1, 2)
    assert b'"0.95"' in nquads


def test_candidate_without_evidence_has_a_record_in_the_corpus_graph() -> None:
    candidate = Statement(THING, "dg:possiblySame", THING, confidence=0.7, status="candidate", reasons=("same title",))
    quads = list(ox.parse(to_nquads([candidate], base=DEFAULT_BASE), format=ox.RdfFormat.N_QUADS))
    assert {q.graph_name.value for q in quads} == {DEFAULT_BASE + "graph/corpus"}
    assert not any("evidence" in q.subject.value or q.predicate.value.endswith("#used") for q in quads)
    assert any(q.object.value == "same title" for q in quads)


def test_one_stretch_with_two_descriptions_keeps_the_fuller_one() -> None:
    poor = replace(STATED, predicate="rdfs:label", evidence=Evidence(5, 20, "sharing is slow"))
    for statements in ([STATED, poor], [poor, STATED]):
        nquads = to_nquads(statements, document=DOCUMENT, base=DEFAULT_BASE)
        assert nquads.count(b"ontology#section>") == 1


def test_graph_base_is_the_workspaces_own() -> None:
    assert b"<http://my.org/graph/wu> ." in to_nquads([STATED], document=DOCUMENT, base="http://my.org/")


TEXTS = st.text(st.characters(min_codepoint=1, exclude_categories=["Cs"]), max_size=30)
OBJECTS = st.one_of(
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="en")),
    st.integers(-(10**17), 10**17).map(lambda n: Literal(str(n), "xsd:integer")),
    st.decimals(-(10**6), 10**6, places=4).map(lambda n: Literal(str(n), "xsd:decimal")),
    st.booleans().map(lambda b: Literal(str(b).lower(), "xsd:boolean")),
    st.text("abcäß数-_.~/", max_size=12).map(lambda path: Iri(DEFAULT_BASE + path)),
)
STATEMENTS = st.builds(
    Statement,
    subject=st.sampled_from([THING, Iri(DEFAULT_BASE + "document/wu")]),
    predicate=st.sampled_from(["dcterms:title", "skos:prefLabel", "dg:reason"]),
    object=OBJECTS,
    evidence=st.none() | TEXTS.map(lambda text: Evidence(0, len(text), text, text)),
    confidence=st.floats(0, 1),
    method=st.sampled_from(["", "a.b/c"]),
    status=st.sampled_from(["asserted", "candidate"]),
    reasons=st.lists(TEXTS, max_size=2).map(tuple),
)


@given(st.lists(STATEMENTS, max_size=5), st.randoms(use_true_random=False))
def test_every_order_gives_the_same_bytes(statements: list[Statement], rng: random.Random) -> None:
    shuffled = rng.sample(statements, len(statements))
    one, other = (to_nquads(order, document=DOCUMENT, base=DEFAULT_BASE) for order in (statements, shuffled))
    assert set(one.splitlines()) == set(other.splitlines())
    assert one == other


@given(st.lists(STATEMENTS, max_size=5))
def test_store_gives_back_the_same_bytes(statements: list[Statement]) -> None:
    nquads = to_nquads(statements, document=DOCUMENT, base=DEFAULT_BASE)
    assert settle_nquads(nquads) == nquads


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@given(st.lists(STATEMENTS, max_size=3))
def test_two_engines_read_the_same_quads(statements: list[Statement]) -> None:
    nquads = to_nquads(statements, document=DOCUMENT, base=DEFAULT_BASE)
    dataset = rdflib.Dataset()
    dataset.parse(data=nquads, format="nquads")
    by_rdflib = {(str(s), str(p), show(o)) for s, p, o, _ in dataset.quads()}
    by_oxigraph = {
        (q.subject.value, q.predicate.value, show(q.object)) for q in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)
    }
    assert by_rdflib == by_oxigraph


def show(term: object) -> tuple[str, str, str]:
    """Value, datatype and language of a term of either engine."""
    if isinstance(term, ox.Literal):
        return term.value, term.datatype.value if not term.language else "", term.language or ""
    if isinstance(term, rdflib.Literal):
        plain = "" if term.language else "http://www.w3.org/2001/XMLSchema#string"
        return str(term), str(term.datatype or plain), term.language or ""
    return getattr(term, "value", str(term)), "", ""
