"""What is known of one thing."""

import pyoxigraph as ox
import pytest

from kg.model import Iri
from kg.query.describe import PARTS, describe_thing, find_kind, find_named
from kg.query.files import load_queries

BASE = "https://w3id.org/digital-government/kg/"
QUERIES = load_queries()


def test_every_part_asks_a_query_that_has_its_parameter_and_columns() -> None:
    for part in (part for parts in PARTS.values() for part in parts):
        query = QUERIES[part.query]
        assert part.parameter in {parameter.name for parameter in query.parameters}
        assert set(part.columns) <= set(query.columns)


def test_facts_are_named_and_linked_things_called_by_their_labels(store: ox.Store) -> None:
    description = describe_thing(store, Iri(BASE + "dilemma/formats-that-do-not-match"), QUERIES)
    assert (description.kind, description.label) == ("dilemma", "formats that do not match")
    assert description.facts == (("type", "Semantic barrier"), ("broader", "data silos between departments"))


def test_parts_without_rows_are_left_out(store: ox.Store) -> None:
    description = describe_thing(store, Iri(BASE + "document/memo"), QUERIES)
    assert [part.title for part, _ in description.tables] == ["Dilemmas", "Speaks of the same things"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("wang-2020", [("document", "kg/document/wang-2020")]),
        ("dilemma/low-adoption-of-services", [("dilemma", "kg/dilemma/low-adoption-of-services")]),
        ("low adoption", [("type", "dilemma-types/low-adoption")]),
        ("Zhang", [("person", "kg/person/zhang-wei")]),
    ],
)
def test_exact_name_goes_before_one_that_only_fits(store: ox.Store, name: str, found: list[tuple[str, str]]) -> None:
    things = [(kind, iri.removeprefix("https://w3id.org/digital-government/")) for kind, iri in find_named(store, name)]
    assert things == found


def test_own_name_goes_before_another_name_of_something_else() -> None:
    store = ox.Store()
    core, types = "http://www.w3.org/2004/02/skos/core#", "https://w3id.org/digital-government/ontology#dilemma-types"
    graph = f"""@prefix s: <{core}> . <x:type> a s:Concept ; s:inScheme <{types}> ; s:prefLabel "divides and choices" ;
        s:altLabel "digital divide", "digital gap" . <x:concept> a s:Concept ; s:prefLabel "digital divide" ."""
    store.load(graph.encode(), format=ox.RdfFormat.TURTLE)
    assert find_named(store, "digital divide") == (("concept", "x:concept"),)
    assert find_named(store, "digital gap") == (("type", "x:type"),)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("activity/wang-2020", "run of the program"),
        ("evidence/wang-2020/541-606", "evidence"),
        ("reference/wang-2020/1", "entry of a reference list"),
        ("person/silva-ana", "person"),
        ("organisation/institute-of-city-studies", "organisation"),
        ("nothing", "thing"),
    ],
)
def test_kind_is_said_in_plain_words(store: ox.Store, name: str, kind: str) -> None:
    assert find_kind(store, Iri(BASE + name)) == kind


def test_statement_is_told_by_what_it_says_with_its_words_and_their_document(store: ox.Store) -> None:
    description = describe_thing(store, Iri(BASE + "statement/estonia-plan-2019/fa8297c9"), QUERIES)
    assert (description.kind, description.label) == ("statement", "X-Road \u2013 illustrates \u2013 once-only law")
    values = dict(description.values)
    assert values["quote"] == (("X-Road", BASE + "evidence/estonia-plan-2019/246-252"),)
    assert [iri for _, iri in values["document"]] == [BASE + "document/estonia-plan-2019"]
    assert values["object"] == (("once-only law", BASE + "remedy/once-only-law"),)


def test_description_names_each_value_that_is_a_thing(store: ox.Store) -> None:
    description = describe_thing(store, Iri(BASE + "dilemma/formats-that-do-not-match"), QUERIES)
    types = "https://w3id.org/digital-government/dilemma-types/semantic-barrier"
    assert description.values[0] == ("type", (("Semantic barrier", types),))


def test_jurisdiction_of_a_document_is_among_its_facts() -> None:
    node = ox.NamedNode(BASE + "document/plan")
    coverage = ox.NamedNode("http://purl.org/dc/terms/coverage")
    store = ox.Store()
    store.add(ox.Quad(node, coverage, ox.Literal("Estonia"), ox.NamedNode(BASE + "graph/plan")))
    assert ("jurisdiction", "Estonia") in describe_thing(store, Iri(node.value), QUERIES).facts
