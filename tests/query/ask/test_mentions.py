"""Names of things in a question."""

import pyoxigraph as ox
import pytest

from kg.query.ask.mentions import find_mentions, is_plain


@pytest.mark.parametrize(
    ("question", "mentions"),
    [
        ("which remedies for data silos in China", [("data silos", "type"), ("China", "place")]),
        ("what does Wei Zhang write about AI?", [("Wei Zhang", "person"), ("AI", "technology")]),
        ("papers of SILVA", [("SILVA", "person")]),
        ("is wang-2020 about the 14th Five-Year Plan", [("wang-2020", "document"), ("14th Five-Year Plan", "policy")]),
        ("Data silos between departments", [("Data silos between departments", "dilemma")]),
        ("nothing of that kind", []),
        ("some chinas and a silva", [("silva", "person")]),
        ("which policies and documents are there", []),
    ],
)
def test_longest_names_are_found_from_left_to_right(
    store: ox.Store, question: str, mentions: list[tuple[str, str]]
) -> None:
    assert [(mention.text, mention.things[0][0]) for mention in find_mentions(store, question)] == mentions


def test_mention_lies_where_it_says(store: ox.Store) -> None:
    question = "Remedies in Estonia, please"
    (mention,) = find_mentions(store, question)
    assert question[mention.start : mention.end] == mention.text == "Estonia"
    assert mention.get("place") == ("https://w3id.org/digital-government/places/estonia",)
    assert mention.get("person") == ()


@pytest.mark.parametrize(
    ("words", "plain"), [(("policy",), True), (("x",), True), (("brazil",), False), (("data", "silo"), False)]
)
def test_words_of_questions_are_no_names(words: tuple[str, ...], plain: bool) -> None:
    assert is_plain(words) is plain


def test_person_is_found_by_the_first_part_of_a_double_name() -> None:
    store = ox.Store()
    person = ox.NamedNode("https://e.example/person/cifuentes-faura-javier")
    for predicate, value in (
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", ox.NamedNode("http://xmlns.com/foaf/0.1/Person")),
        ("http://xmlns.com/foaf/0.1/name", ox.Literal("Javier Cifuentes-Faura")),
    ):
        store.add(ox.Quad(person, ox.NamedNode(predicate), value, ox.NamedNode("https://e.example/g")))
    assert [mention.text for mention in find_mentions(store, "articles by Cifuentes")] == ["Cifuentes"]


def test_person_is_found_by_the_first_of_two_family_names_unless_a_place_is_called_so() -> None:
    store = ox.Store()
    rdf_type, name = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://xmlns.com/foaf/0.1/name"
    graph = ox.NamedNode("https://e.example/g")
    for key, label in (("hidalgo", "Ana Hidalgo Soto"), ("lima", "Eva Lima Soto")):
        person = ox.NamedNode(f"https://e.example/person/{key}")
        store.add(ox.Quad(person, ox.NamedNode(rdf_type), ox.NamedNode("http://xmlns.com/foaf/0.1/Person"), graph))
        store.add(ox.Quad(person, ox.NamedNode(name), ox.Literal(label), graph))
    place = ox.NamedNode("https://e.example/places/lima")
    named = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    store.add(ox.Quad(place, ox.NamedNode(rdf_type), ox.NamedNode("https://schema.org/City"), graph))
    store.add(ox.Quad(place, named, ox.Literal("Lima", language="en"), graph))
    found = [(mention.text, mention.things[0][0]) for mention in find_mentions(store, "did Hidalgo write on Lima")]
    assert found == [("Hidalgo", "person"), ("Lima", "place")]
