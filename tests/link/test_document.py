"""Assertions of one document become statements in the shape of the patterns."""

from dataclasses import replace

from kg.link import link_document
from kg.link.document import LINKERS
from kg.model import ASSERTION_KINDS, Assertion, Block, BlockKind, Document, Evidence, Literal, make_fields

TEXT = "On silos\n\nData silos block services. A shared platform removes data silos."
DOCUMENT = Document("silos", "silos.txt", TEXT, (Block(BlockKind.TITLE, 0, 8), Block(BlockKind.PARAGRAPH, 10, 73)))
FIRST = Evidence(10, 36, TEXT[10:36])
SECOND = Evidence(37, 73, TEXT[37:73])
DILEMMA = Assertion("dilemma", "data silos", FIRST, "d1", make_fields(level=2, stance="plain", type="t:silo"), 0.8)
REMEDY = Assertion("remedy", "shared platform", SECOND, "r1", make_fields(level=2, stance="plain"), 0.9)


def link(*assertions: Assertion) -> set[tuple[str, str, str]]:
    statements = link_document(DOCUMENT, assertions, base="b:")
    return {(s.subject, s.predicate, s.object.value if isinstance(s.object, Literal) else s.object) for s in statements}


def test_every_kind_of_assertion_has_a_linker() -> None:
    assert set(LINKERS) == set(ASSERTION_KINDS)


def test_a_dilemma_is_a_thing_and_a_stretch_that_states_it() -> None:
    found = link(DILEMMA)
    span = next(s for s, p, o in found if p == "dg:states")
    assert span.startswith("b:span/silos/10-36-dilemma-")
    assert {
        (span, "dg:states", "b:dilemma/data-silos"),
        (span, "dg:hasEvidence", "b:evidence/silos/10-36"),
        (span, "dg:statedIn", "b:document/silos"),
        (span, "dg:type", "t:silo"),
        ("b:dilemma/data-silos", "skos:prefLabel", "data silos"),
    } <= found


def test_what_is_doubtful_states_nothing_but_may_state_it() -> None:
    found = link(replace(DILEMMA, status="candidate"))
    (span,) = {s for s, p, _ in found if p == "dg:mayState"}
    assert {(s, p, o) for s, p, o in found if p in {"dg:states", "dg:mayState"}} == {
        (span, "dg:mayState", "b:dilemma/data-silos")
    }
    types = {o.rpartition("#")[2] for s, p, o in found if s == span and p == "rdf:type"}
    assert types == {"DoubtfulStatement"}
    assert ("b:dilemma/data-silos", "skos:prefLabel", "data silos") in found


def test_what_is_doubtful_is_part_of_nothing() -> None:
    part = replace(REMEDY, label="open platform", key="r2", fields=make_fields(part_of_key="r1"))
    wholes = [
        {o for _, p, o in link(REMEDY, replace(part, status=status)) if p == "skos:broader"}
        for status in ("asserted", "candidate")
    ]
    assert wholes == [{"b:remedy/shared-platform"}, set()]


def test_an_asserted_link_addresses_and_a_candidate_may_address() -> None:
    fields = make_fields(remedy_key="r1", dilemma_key="d1")
    asserted = Assertion("addresses", "removes", SECOND, fields=fields)
    candidate = Assertion("addresses", "", SECOND, fields=fields, status="candidate", reasons=("near",))
    ends = ("b:remedy/shared-platform", "b:dilemma/data-silos")
    assert (ends[0], "dg:addresses", ends[1]) in link(DILEMMA, REMEDY, asserted)
    found = link(DILEMMA, REMEDY, candidate)
    assert (ends[0], "dg:mayAddress", ends[1]) in found
    assert not [p for _, p, _ in found if p == "dg:addresses"]


def test_an_edge_with_one_end_missing_is_left_out() -> None:
    link_only = Assertion("addresses", "", SECOND, fields=make_fields(remedy_key="r1", dilemma_key="gone"))
    assert not [p for _, p, _ in link(REMEDY, link_only) if p == "dg:addresses"]


def test_evidence_and_confidence_go_through_unchanged() -> None:
    statement = next(s for s in link_document(DOCUMENT, [REMEDY], base="b:") if s.predicate == "dg:states")
    assert (statement.evidence, statement.confidence, statement.status) == (SECOND, 0.9, "asserted")


def test_authors_keep_their_order_and_place_of_work() -> None:
    author = Assertion("author", "Bao Jing", FIRST, "author1", make_fields(family="Bao", given="Jing", position=1))
    school = Assertion("affiliation", "School of X", FIRST, fields=make_fields(author_key="author1"))
    assert {
        ("b:document/silos", "dcterms:creator", "b:person/bao-jing"),
        ("b:person/bao-jing", "foaf:name", "Jing Bao"),
        ("b:person/bao-jing", "pro:holdsRoleInTime", "b:role/silos/1"),
        ("b:role/silos/1", "pro:relatesToOrganization", "b:organisation/school-of-x"),
        ("b:role/silos/1", "dg:nameAsWritten", "Bao Jing"),
    } <= link(author, school)


def test_a_reference_and_its_citation_point_to_one_work() -> None:
    fields = make_fields(number="7", title="Digital divides", year=2019, authors=("A. B", "C. D"))
    entry = Assertion("reference", "Digital divides", SECOND, "ref7", fields)
    citation = Assertion("citation", "[7]", FIRST, fields=make_fields(reference_key="ref7", mention="silos"))
    found = link(entry, citation)
    assert {
        ("b:document/silos", "cito:cites", "b:work/digital-divides-2019"),
        ("b:reference/silos/7", "biro:references", "b:work/digital-divides-2019"),
        ("b:reference/silos/7", "dg:authorList", "A. B; C. D"),
        ("b:pointer/silos/15-20-7", "c4o:denotes", "b:reference/silos/7"),
    } <= found


def test_the_short_form_that_a_text_explains_is_another_label_of_its_concept() -> None:
    concept = Assertion("concept", "open village data", FIRST, fields=make_fields(short="OVD", count=2))
    assert ("b:concept/open-village-data", "skos:altLabel", "OVD") in link(concept)
