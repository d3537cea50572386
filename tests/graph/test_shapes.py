"""One good graph, and one broken in each way that the shapes know; two engines say the same."""

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.constraints import PropertyShape, Violation
from kg.graph.shapes import load_shapes, validate
from kg.model import PREFIXES, ValidationError

ONTOLOGY = Path(__file__).parents[2] / "ontology"
BASE = "https://example.org/"
GOOD = """
<d> a dg:Document, fabio:ConferencePaper ; dcterms:title "Silos" ; dg:file "d.txt" ; dg:kind "paper" ;
  dcterms:issued 2020 ; dcterms:language "en" ; dcterms:creator <ann> ; dcterms:subject <c> ; po:contains <sec> ;
  dg:mentions <case>, <plan> .
<ann> a foaf:Person ; foaf:name "Ann Lee" ; pro:holdsRoleInTime <role> .
<role> a pro:RoleInTime ; pro:withRole pro:author ; pro:relatesToDocument <d> ; dg:authorPosition 1 ;
  dg:nameAsWritten "Lee, A." .
<org> a org:Organization ; foaf:name "City Hall" .
<sec> a doco:Section ; dcterms:title "Dilemmas" ; dg:start 0 ; dg:end 50 .
<c> a skos:Concept ; skos:prefLabel "data"@en ; skos:altLabel "datum"@en ; skos:hiddenLabel "dat"@en ;
  skos:broader <above> ; skos:inScheme <scheme> ; skos:definition "Facts." ; dcterms:source "us" .
<above> a skos:Concept ; skos:prefLabel "things"@en .
<scheme> a skos:ConceptScheme ; dcterms:title "Mine" .
<use> a dg:ConceptUse ; dg:usedIn <d> ; dg:uses <c> ; dg:count 2 ; dg:rank 1 .
<dil> a dg:Dilemma ; skos:prefLabel "data silos"@en ; dg:type <type> .
<rem> a dg:Remedy ; skos:prefLabel "sharing"@en ; dg:type <type> ; dg:addresses <dil> ; dg:mayAddress <dil> .
<span> a deo:ProblemStatement ; dg:states <dil> ; dg:statedIn <d> ; dg:hasEvidence <ev> ; rdfs:label "silos" ;
  dg:confidence 0.9 ; dg:level 1 ; dg:stance "plain" .
<cure> a dg:RemedyStatement ; dg:states <rem> ; dg:statedIn <d> ; dg:hasEvidence <ev> ; rdfs:label "sharing" .
<maybe> a dg:Remedy ; skos:prefLabel "share"@en .
<doubt> a dg:DoubtfulStatement ; dg:mayState <maybe> ; dg:statedIn <d> ; dg:hasEvidence <ev> ; rdfs:label "share" .
<ev> a oa:SpecificResource ; oa:hasSource <d> ; oa:hasSelector <quote>, <place> ; dg:page 1 .
<quote> a oa:TextQuoteSelector ; oa:exact "silos" .
<place> a oa:TextPositionSelector ; oa:start 3 ; oa:end 8 .
<st> a rdf:Statement ; rdf:subject <rem> ; rdf:predicate dg:addresses ; rdf:object <dil> ; dg:confidence 0.8 ;
  dg:reviewStatus "asserted" ; prov:wasDerivedFrom <ev> ; prov:wasGeneratedBy <act> ; dg:method "m" .
<may> a rdf:Statement ; rdf:subject <rem> ; rdf:predicate dg:mayAddress ; rdf:object <dil> ; dg:confidence 0.5 ;
  dg:reviewStatus "candidate" ; dg:reason "alike" ; prov:wasGeneratedBy <act> .
<act> a prov:Activity ; prov:wasAssociatedWith <kg> .
<kg> a prov:SoftwareAgent ; dg:version "1" .
<list> a biro:ReferenceList ; po:contains <ref> .
<ref> a biro:BibliographicReference ; biro:references <work> ; dg:statedIn <d> ; dg:hasEvidence <ev> ;
  dcterms:bibliographicCitation "Li 2019. On data." ; dcterms:title "On data" ; dcterms:issued 2019 .
<work> a fabio:Work ; dcterms:title "On data" ; dg:sameWorkAs <d> .
<point> a c4o:InTextReferencePointer ; c4o:hasContent "(Li 2019)" ; c4o:denotes <ref> ; dg:statedIn <d> ;
  dg:hasEvidence <ev> ; dg:intent cito:cites .
<claim> a dg:Claim ; rdfs:label "data matter" ; dg:statedIn <d> ; dg:attributedTo <ref> ; dg:hasEvidence <ev> .
<case> a dg:Case ; rdfs:label "one window" ; dcterms:spatial <town> .
<plan> a fabio:Policy ; rdfs:label "the plan" .
<prop> a dg:Proposition ; dg:subjectText "data" ; dg:linkingPhrase "lie in" ; dg:objectText "silos" ; dg:statedIn <d> ;
  dg:hasEvidence <ev> ; dg:confidence 0.7 .
<odd> a dg:Remark ; rdfs:label "two names" ; dg:severity "info" ; dg:statedIn <d> .
dg:own a owl:DatatypeProperty ; rdfs:label "own" ; rdfs:isDefinedBy <o> .
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """A change to the good graph, and all that is then wrong: (shape, thing at fault, words of its message)."""

    old: str
    new: str
    found: tuple[tuple[str, str, str], ...]


def fault(old: str, new: str, *found: tuple[str, str, str]) -> Fault:
    return Fault(old, new, found)


FAULTS = (
    fault('dcterms:title "Silos" ;', "", ("Document", "d", "has no title")),
    fault('dcterms:title "Silos" ;', "dcterms:title <silos> ;", ("Document", "d", "is a text")),
    fault('"Silos" ;', '"Silos", "More" ;', ("Document", "d", "more than one title")),
    fault('dg:file "d.txt" ;', "", ("Document", "d", "dg:file")),
    fault('dg:kind "paper"', 'dg:kind "book"', ("Document", "d", "dg:kind must be")),
    fault("dcterms:issued 2020", 'dcterms:issued "in 2020"', ("Document", "d", "four digits")),
    fault("dcterms:issued 2020 ;", "", ("Document", "d", "no year")),
    fault('dcterms:language "en"', 'dcterms:language "English"', ("Document", "d", "one tag")),
    fault("dcterms:creator <ann>", 'dcterms:creator "Ann"', ("Document", "d", "An author must be")),
    fault("dcterms:creator <ann> ;", "", ("Document", "d", "no author")),
    fault("dcterms:subject <c>", 'dcterms:subject "data"', ("Document", "d", "A subject must be")),
    fault("pro:withRole pro:author ;", "", ("Authorship", "role", "one role")),
    fault("pro:relatesToDocument <d> ;", "", ("Authorship", "role", "one document")),
    fault("; pro:holdsRoleInTime <role>", "", ("Authorship", "role", "one person")),
    fault("dg:authorPosition 1", "dg:authorPosition 0", ("Authorship", "role", "one position")),
    fault('dg:nameAsWritten "Lee, A."', "", ("Authorship", "role", "the name")),
    fault('foaf:name "Ann Lee" ;', "", ("Person", "ann", "needs a name")),
    fault('foaf:name "City Hall"', 'foaf:name ""', ("Organisation", "org", "needs a name")),
    fault("; po:contains <sec> ;", ";", ("Section", "sec", "contained in")),
    fault('doco:Section ; dcterms:title "Dilemmas"', "doco:Section", ("Section", "sec", "needs its title")),
    fault("dg:start 0", "dg:start -1", ("Section", "sec", "one start offset")),
    fault("; dg:end 50", "", ("Section", "sec", "one end offset")),
    fault("dg:end 50", "dg:end 0", ("Section", "sec", "must end after")),
    fault('skos:prefLabel "data silos"@en', 'skos:prefLabel ""', ("Dilemma", "dil", "needs a label")),
    fault(
        "dg:states <dil>",
        "dg:states <lost>",
        ("Dilemma", "dil", "by a stretch"),
        ("ProblemStatement", "span", "state a dilemma"),
    ),
    fault('"data silos"@en ; dg:type <type>', '"data silos"@en ; dg:type "x"', ("Dilemma", "dil", "type must be")),
    fault("<dil> a dg:Dilemma ;", "<dil> a dg:Dilemma, dg:Remedy ;", ("Dilemma", "dil", "at once")),
    fault('skos:prefLabel "sharing"@en ;', "", ("Remedy", "rem", "needs a label")),
    fault(
        "dg:states <rem>",
        "dg:states <lost>",
        ("Remedy", "rem", "by a stretch"),
        ("RemedyStatement", "cure", "state a remedy"),
    ),
    fault("dg:mayState <maybe>", "dg:states <maybe>", ("DoubtfulStatement", "doubt", "states nothing")),
    fault("dg:mayState <maybe>", "dg:mayState <lost>", ("Remedy", "maybe", "by a stretch")),
    fault("dg:mayState <maybe> ;", "", ("Span", "doubt", "exactly one"), ("Remedy", "maybe", "by a stretch")),
    fault('"sharing"@en ; dg:type <type>', '"sharing"@en ; dg:type "x"', ("Remedy", "rem", "type must be")),
    fault(
        "dg:addresses <dil> ;",
        'dg:addresses <dil>, "silos" ;',
        ("Addressing", "rem", "not a text"),
        ("Addressing", "rem", "only if a text says so"),
    ),
    fault(
        "rdf:predicate dg:addresses ; rdf:object <dil>",
        "rdf:predicate dg:addresses ; rdf:object <other>",
        ("Addressing", "rem", "only if a text says so"),
    ),
    fault(
        "rdf:predicate dg:mayAddress ; rdf:object <dil>",
        "rdf:predicate dg:mayAddress ; rdf:object <other>",
        ("Candidate", "rem", "how sure it is"),
    ),
    fault(
        'dg:reviewStatus "asserted"',
        'dg:reviewStatus "candidate"',
        ("AddressesStatement", "st", "never a statement of dg:addresses"),
        ("Addressing", "rem", "only if a text says so"),
    ),
    fault(
        "dg:states <dil>",
        "dg:states <dil>, <dil2>",
        ("Span", "span", "exactly one"),
        ("ProblemStatement", "span", "state a dilemma"),
    ),
    fault('"silos" ;\n  dg:confidence 0.9', '"silos" ;\n  dg:confidence 1.9', ("Span", "span", "confidence")),
    fault("dg:level 1", "dg:level 0", ("Span", "span", "level")),
    fault('dg:stance "plain"', 'dg:stance "loud"', ("Span", "span", "stance")),
    fault("dg:states <rem> ; dg:statedIn <d> ;", "dg:states <rem> ;", ("Span", "cure", "exactly one document")),
    fault('dg:hasEvidence <ev> ; rdfs:label "sharing"', 'rdfs:label "sharing"', ("Span", "cure", "needs evidence")),
    fault('<ev> ; rdfs:label "sharing"', "<ev>", ("Span", "cure", "as it is written")),
    fault("oa:hasSource <d> ;", "", ("Evidence", "ev", "one document")),
    fault('oa:exact "silos"', 'oa:exact "silo"', ("Evidence", "ev", "length of a quote")),
    fault('; oa:exact "silos"', "", ("Evidence", "ev", "one quote")),
    fault("oa:start 3 ;", "", ("Evidence", "ev", "start offset")),
    fault("; oa:end 8", "", ("Evidence", "ev", "end offset")),
    fault("oa:end 8", "oa:end 3", ("Position", "place", "end after"), ("Evidence", "ev", "length of a quote")),
    fault("dg:page 1", "dg:page 0", ("Evidence", "ev", "page")),
    fault("<may> a rdf:Statement ;", "<may> a rdf:Statement ; rdf:subject <x> ;", ("Statement", "may", "one subject")),
    fault(
        "rdf:predicate dg:mayAddress",
        'rdf:predicate "may"',
        ("Statement", "may", "one predicate"),
        ("Candidate", "rem", "how sure it is"),
    ),
    fault(
        "rdf:predicate dg:mayAddress ; rdf:object <dil> ;",
        "rdf:predicate dg:mayAddress ;",
        ("Statement", "may", "one object"),
        ("Candidate", "rem", "how sure it is"),
    ),
    fault("dg:confidence 0.5 ;", "", ("Statement", "may", "confidence")),
    fault('dg:reviewStatus "candidate"', 'dg:reviewStatus "perhaps"', ("Statement", "may", "review status")),
    fault("prov:wasDerivedFrom <ev>", "prov:wasDerivedFrom <d>", ("Statement", "st", "derived from evidence")),
    fault('dg:reason "alike" ; prov:wasGeneratedBy <act>', 'dg:reason "alike"', ("Statement", "may", "which activity")),
    fault('dg:method "m"', 'dg:method "m", "n"', ("Statement", "st", "one method")),
    fault('dg:reason "alike" ;', "", ("Statement", "may", "evidence or")),
    fault("; prov:wasAssociatedWith <kg>", "", ("Activity", "act", "software or person")),
    fault('; dg:version "1"', "", ("Software", "kg", "version")),
    fault("; po:contains <ref>", "", ("ReferenceList", "list", "its entries"), ("Reference", "ref", "contained in")),
    fault("biro:references <work> ;", "", ("Reference", "ref", "one work")),
    fault("<work> ; dg:statedIn <d> ;", "<work> ;", ("Reference", "ref", "one document")),
    fault('dcterms:bibliographicCitation "Li 2019. On data." ;', "", ("Reference", "ref", "as written")),
    fault("dg:hasEvidence <ev> ;\n  dcterms:bib", "dcterms:bib", ("Reference", "ref", "evidence")),
    fault('dcterms:title "On data" ; dcterms:issued', "dcterms:issued", ("Reference", "ref", "No title")),
    fault("dcterms:issued 2019", 'dcterms:issued "n.d."', ("Reference", "ref", "whole number")),
    fault('fabio:Work ; dcterms:title "On data"', "fabio:Work", ("Work", "work", "no title")),
    fault("dg:sameWorkAs <d>", 'dg:sameWorkAs "d"', ("Work", "work", "lead to a document")),
    fault('c4o:hasContent "(Li 2019)" ;', "", ("Citation", "point", "as written")),
    fault("c4o:denotes <ref> ;", 'c4o:denotes "Li" ;', ("Citation", "point", "must lead to an entry")),
    fault("c4o:denotes <ref> ;", "", ("Citation", "point", "was found")),
    fault("c4o:denotes <ref> ; dg:statedIn <d> ;", "c4o:denotes <ref> ;", ("Citation", "point", "one document")),
    fault("dg:hasEvidence <ev> ; dg:intent", "dg:intent", ("Citation", "point", "evidence")),
    fault("dg:intent cito:cites", "dg:intent dg:cites", ("Citation", "point", "CiTO")),
    fault('dg:Claim ; rdfs:label "data matter"', "dg:Claim", ("Claim", "claim", "its words")),
    fault("dg:statedIn <d> ; dg:attributedTo", "dg:attributedTo", ("Claim", "claim", "one document")),
    fault("dg:attributedTo <ref>", 'dg:attributedTo "Li"', ("Claim", "claim", "attributed")),
    fault("dg:attributedTo <ref> ; dg:hasEvidence <ev>", "dg:attributedTo <ref>", ("Claim", "claim", "evidence")),
    fault('dg:Case ; rdfs:label "one window"', "dg:Case", ("Case", "case", "label")),
    fault("dcterms:spatial <town>", 'dcterms:spatial "town"', ("Case", "case", "place")),
    fault("dg:mentions <case>, <plan>", "dg:mentions <plan>", ("Case", "case", "mentioned")),
    fault('; rdfs:label "the plan"', "", ("Policy", "plan", "label")),
    fault("dg:mentions <case>, <plan>", "dg:mentions <case>", ("Policy", "plan", "mentioned")),
    fault('dg:subjectText "data" ;', "", ("Proposition", "prop", "subject")),
    fault('dg:linkingPhrase "lie in"', 'dg:linkingPhrase ""', ("Proposition", "prop", "linking phrase")),
    fault('dg:objectText "silos"', 'dg:objectText "silos", "walls"', ("Proposition", "prop", "object")),
    fault('"silos" ; dg:statedIn <d> ;', '"silos" ;', ("Proposition", "prop", "one document")),
    fault("dg:hasEvidence <ev> ; dg:confidence 0.7", "dg:confidence 0.7", ("Proposition", "prop", "evidence")),
    fault("dg:confidence 0.7", "dg:confidence 7", ("Proposition", "prop", "confidence")),
    fault('dg:Remark ; rdfs:label "two names"', "dg:Remark", ("Remark", "odd", "plain words")),
    fault('dg:severity "info"', 'dg:severity "grave"', ("Remark", "odd", "severity")),
    fault('"info" ; dg:statedIn <d>', '"info"', ("Remark", "odd", "about a document")),
    fault("dg:usedIn <d> ;", "", ("ConceptUse", "use", "one document")),
    fault("dg:uses <c> ;", "", ("ConceptUse", "use", "one concept")),
    fault("dg:count 2", "dg:count 0", ("ConceptUse", "use", "at least once")),
    fault("dg:rank 1", "dg:rank 1, 2", ("ConceptUse", "use", "rank")),
    fault('; skos:prefLabel "things"@en', "", ("Concept", "above", "preferred label")),
    fault('skos:altLabel "datum"', 'skos:altLabel "data"', ("Concept", "c", "not both")),
    fault('skos:hiddenLabel "dat"', 'skos:hiddenLabel "data"', ("Concept", "c", "no hidden label")),
    fault("skos:broader <above>", 'skos:broader "above"', ("Concept", "c", "broader must be")),
    fault(
        '"things"@en .',
        '"things"@en ; skos:broader <c> .',
        ("Hierarchy", "c", "where it began"),
        ("Hierarchy", "above", "where it began"),
    ),
    fault('skos:ConceptScheme ; dcterms:title "Mine"', "skos:ConceptScheme", ("Scheme", "scheme", "title")),
    fault('skos:prefLabel "data"@en', 'skos:prefLabel "data"@en, "info"@en', ("Scheme", "c", "each language")),
    fault('skos:definition "Facts." ;', "", ("Scheme", "c", "definition")),
    fault('; dcterms:source "us"', "", ("Scheme", "c", "source")),
    fault('rdfs:label "own" ;', "", ("OwnClass", "own", "a label")),
    fault('"own" ; rdfs:isDefinedBy <o>', '"own"', ("OwnClass", "own", "which vocabulary")),
)


def to_nquads(graph: str, base: str = BASE) -> bytes:
    head = "".join(f"@prefix {prefix}: <{name}> .\n" for prefix, name in PREFIXES.items() if prefix != "dg")
    quads = ox.parse(f"{head}@prefix dg: <{PREFIXES['dg']}> .\n{graph}", format=ox.RdfFormat.TURTLE, base_iri=base)
    named = (ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(base + "graph")) for q in quads)
    return ox.serialize(named, format=ox.RdfFormat.N_QUADS) or b""


def find_messages(shapes: tuple[PropertyShape, ...]) -> set[str]:
    return {s.message for s in shapes if s.message} | {m for s in shapes for m in find_messages(s.properties)}


def break_graph(change: Fault) -> str:
    assert GOOD.count(change.old) == 1, f"{change.old!r} stands {GOOD.count(change.old)} times in the good graph"
    return GOOD.replace(change.old, change.new)


def test_good_graph_breaks_no_shape() -> None:
    assert validate(to_nquads(GOOD), ONTOLOGY) == ()


@pytest.mark.parametrize("change", FAULTS, ids=lambda change: "-".join(change.found[0]).replace(" ", "_"))
def test_fault_is_found_at_its_thing_and_nothing_else(change: Fault) -> None:
    found = {(v.shape, v.focus, v.message) for v in validate(to_nquads(break_graph(change)), ONTOLOGY)}
    names = {(shape, focus.replace("#", "/").rpartition("/")[2]) for shape, focus, _ in found}
    assert names == {(shape, focus) for shape, focus, _ in change.found}
    for shape, _, words in change.found:
        assert any(words in message for s, _, message in found if s == shape)


def test_every_message_of_the_shapes_has_a_fault() -> None:
    said = {v.message for change in FAULTS for v in validate(to_nquads(break_graph(change)), ONTOLOGY)}
    shapes = load_shapes(ONTOLOGY)
    known = {m for shape in shapes for m in find_messages(shape.properties)}
    assert known | {query.message for shape in shapes for query in shape.queries} == said


def test_both_engines_say_the_same_of_every_fault() -> None:
    graphs = [to_nquads(break_graph(change), f"{BASE}{i}/") for i, change in enumerate(FAULTS)]
    everything = b"".join((to_nquads(GOOD), *graphs))
    assert validate(everything, ONTOLOGY, full=True) == validate(everything, ONTOLOGY)


def test_class_below_another_is_checked_too() -> None:
    graph = "dg:Barrier rdfs:subClassOf dg:Case . <b> a dg:Barrier ; rdfs:label 'b' ."
    assert [v.shape for v in validate(to_nquads(graph), ONTOLOGY)] == ["Case"]


def test_shape_without_words_of_its_own_still_says_something(tmp_path: Path) -> None:
    shape = "<x:s> a sh:NodeShape ; sh:targetNode <x:n> ; sh:property [ sh:path <x:p> ; sh:minCount 1 ] ."
    (tmp_path / "shapes.ttl").write_text(f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n{shape}", encoding="utf-8")
    assert validate(b"", tmp_path) == (Violation("x:n", "x:s", "Not as this shape asks."),)


def test_violation_reads_as_a_sentence() -> None:
    violation = Violation("https://example.org/d", "Document", "A document has no year.", "Info", "x")
    assert str(violation) == "Info: https://example.org/d: A document has no year. (found: x)"


def test_bytes_that_are_no_nquads_are_refused() -> None:
    with pytest.raises(ValidationError, match="line 1 of the graph is not N-Quads"):
        validate(b"not quads", ONTOLOGY)


def test_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="no such file"):
        validate(b"", tmp_path)


@pytest.mark.parametrize(
    ("shape", "problem"),
    [
        ('sh:sparql [ sh:select "SELECT $this ?value { SERVICE <http://x/> { $this ?p ?value } }" ]', "SERVICE"),
        ("sh:property [ sh:path [ sh:zeroOrMorePath <x:p> ] ; sh:minCount 1 ]", "a path is"),
        ("sh:property [ sh:minCount 1 ]", "has no path"),
        ("sh:property [ sh:path <x:p> ; sh:minCount 'one' ]", "must be a number, not 'one'"),
        ("sh:property [ sh:path <x:p> ; sh:nodeKind sh:Iri ]", "no kind of node; known: IRI, Literal"),
        ('sh:property [ sh:path <x:p> ; sh:pattern "(" ]', "no pattern"),
        ('sh:sparql [ sh:select "SELECT nothing" ]', "no SPARQL"),
        ('sh:sparql [ sh:select "SELECT $this { $this ?p ?o }" ]', "must SELECT"),
    ],
)
def test_shape_that_cannot_be_used_is_refused(tmp_path: Path, shape: str, problem: str) -> None:
    text = f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n<x:s> a sh:NodeShape ; sh:targetNode <x:n> ; {shape} ."
    (tmp_path / "shapes.ttl").write_text(text, encoding="utf-8")
    for full in (False, True):
        with pytest.raises(ValidationError, match=problem):
            validate(b"", tmp_path, full=full)


def test_shapes_are_read_once_until_their_file_changes(tmp_path: Path) -> None:
    shape = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<#{}> a sh:NodeShape ; sh:targetClass <urn:a> .\n"
    path = tmp_path / "shapes.ttl"
    path.write_text("@base <http://example.org/> .\n" + shape.format("One"))
    first = load_shapes(tmp_path)
    assert load_shapes(tmp_path) is first
    path.write_text("@base <http://example.org/> .\n" + shape.format("Another"))
    assert [found.name for found in (*first, *load_shapes(tmp_path))] == ["One", "Another"]
