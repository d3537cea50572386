"""What a step has changed is told in terms of things, not of quads."""

from dataclasses import asdict

from kg.corpus.manifest import Entry, GraphRecord, Manifest
from kg.graph.quads import to_nquads
from kg.model import DEFAULT_BASE, Evidence, Iri, Literal, Statement, expand_curie
from kg.pipeline.changes import Changes, News, compare_states, compute_changes, find_conflicts
from kg.pipeline.facts import Facts, compute_facts, from_json

DOCUMENT = Iri(DEFAULT_BASE + "document/a")
OWN = DEFAULT_BASE + "concept/clouds"
GIVEN = "https://w3id.org/digital-government/ontology#data-sharing"
ONE, TWO = DEFAULT_BASE + "dilemma/one", DEFAULT_BASE + "dilemma/two"
REMEDY = DEFAULT_BASE + "remedy/open"


def test_facts_are_the_things_and_links_of_a_document() -> None:
    quote = Evidence(0, 3, "One")
    statements = [
        Statement(DOCUMENT, "dcterms:title", Literal("A")),
        Statement(DOCUMENT, "dcterms:issued", Literal("2021", "xsd:integer")),
        Statement(DOCUMENT, "dg:kind", Literal("paper")),
        Statement(Iri(REMEDY), "dcterms:title", Literal("of something else")),
        Statement(DOCUMENT, "dcterms:subject", Iri(GIVEN)),
        Statement(Iri(OWN), "rdf:type", expand_curie("skos:Concept")),
        Statement(Iri(ONE), "rdf:type", expand_curie("dg:Dilemma")),
        Statement(Iri(ONE), "skos:prefLabel", Literal("one"), quote),
        Statement(Iri(REMEDY), "rdf:type", expand_curie("dg:Remedy")),
        Statement(Iri(REMEDY), "dg:addresses", Iri(ONE)),
        Statement(Iri(REMEDY), "dg:mayAddress", Iri(TWO)),
    ]
    facts = compute_facts(statements, document=DOCUMENT)
    assert facts == Facts(
        title="A",
        year="2021",
        kind="paper",
        concepts=((OWN, "clouds"), (GIVEN, "data sharing")),
        dilemmas=((ONE, "one"),),
        remedies=((REMEDY, "open"),),
        addresses=((REMEDY, ONE),),
        candidates=((REMEDY, TWO),),
    )
    assert from_json(asdict(facts)) == facts


def test_what_only_may_be_stated_is_no_fact_of_a_document() -> None:
    span, other = Iri(DEFAULT_BASE + "span/1"), Iri(DEFAULT_BASE + "span/2")
    statements = [Statement(Iri(iri), "rdf:type", expand_curie("dg:Dilemma")) for iri in (ONE, TWO)]
    statements += [Statement(span, "dg:states", Iri(ONE)), Statement(other, "dg:mayState", Iri(ONE))]
    assert [iri for iri, _ in compute_facts(statements, document=DOCUMENT).dilemmas] == [ONE, TWO]
    statements.append(Statement(other, "dg:mayState", Iri(TWO)))
    assert [iri for iri, _ in compute_facts(statements, document=DOCUMENT).dilemmas] == [ONE]


def test_things_of_the_ontology_and_of_other_documents_are_merged_not_new() -> None:
    old = Facts(dilemmas=((ONE, "one"),))
    new = Facts(concepts=((OWN, "clouds"), (GIVEN, "data sharing")), dilemmas=((ONE, "one"), (TWO, "two")))
    documents = Changes(added=(("b", "b.md"),))
    assert compute_changes(documents, {"a": old}, {"a": old, "b": new}, base=DEFAULT_BASE) == Changes(
        added=(("b", "b.md"),),
        concepts=News(new=("clouds",), merged=("data sharing",)),
        dilemmas=News(new=("two",), merged=("one",)),
    )


def test_thing_is_gone_when_its_last_document_goes() -> None:
    facts = Facts(dilemmas=((ONE, "one"),), remedies=((REMEDY, "open"),), addresses=((REMEDY, ONE),))
    both, one, none = {"a": facts, "b": facts}, {"a": facts}, dict[str, Facts]()
    assert compute_changes(Changes(), both, one, base=DEFAULT_BASE) == Changes()
    assert compute_changes(Changes(), one, none, base=DEFAULT_BASE) == Changes(
        dilemmas=News(gone=("one",)), remedies=News(gone=("open",)), links=News(gone=("open -> one",))
    )


def make_state(**digests: str) -> Manifest:
    return Manifest(
        entries=tuple(Entry(name, f"{name}.md", "auto", "", "") for name in digests),
        graphs=tuple((f"{DEFAULT_BASE}graph/{name}", GraphRecord("", digest, 1)) for name, digest in digests.items()),
    )


def test_document_with_the_same_quads_is_not_replaced() -> None:
    before, after = make_state(a="1", b="1", c="1"), make_state(a="1", b="2", d="1")
    assert compare_states(before, after) == Changes(
        added=(("d", "d.md"),), replaced=(("b", "b.md"),), removed=(("c", "c.md"),)
    )


def test_conflict_is_told_once() -> None:
    same = Statement(
        DOCUMENT, "dg:possiblySame", Iri(DEFAULT_BASE + "document/b"), None, 0.9, "m", "candidate", ("why",)
    )
    assert find_conflicts([same], b"") == ("document a may be the same as document b (why)",)
    assert find_conflicts([same], to_nquads([same], base=DEFAULT_BASE)) == ()
