"""What holds between documents depends on the set of them, never on the order."""

from itertools import permutations

from kg.link.corpus import Person, Summary, Work, link_corpus
from kg.model import Iri, Statement

A = Summary(
    Work(Iri("d:a"), "Open data and its discontents", 2015),
    (Person(Iri("p:labra-jose"), "Labra", "Jose Emilio"),),
    (Work(Iri("w:1"), "Digital divides", 2019), Work(Iri("w:2"), "Something else", 2001)),
)
B = Summary(Work(Iri("d:b"), "Digital Divides", 2020), (Person(Iri("p:labra-j"), "Labra", "J. E."),))
C = Summary(Work(Iri("d:c"), "Digital divides", 2020), (Person(Iri("p:labra-m"), "Labra", "Maria"),))


def triples(statements: list[Statement]) -> set[tuple[str, str, str]]:
    return {(s.subject, s.predicate, str(s.object)) for s in statements}


def test_a_cited_title_of_the_corpus_becomes_a_citation() -> None:
    assert triples(link_corpus([A, B])) == {
        ("w:1", "dg:sameWorkAs", "d:b"),
        ("d:a", "cito:cites", "d:b"),
        ("p:labra-j", "dg:possiblySame", "p:labra-jose"),
    }


def test_two_files_of_the_same_work_are_named_as_possibly_the_same() -> None:
    found = [s for s in link_corpus([B, C]) if s.subject.startswith("d:")]
    assert [(s.subject, s.object, s.status, s.reasons) for s in found] == [
        ("d:b", "d:c", "candidate", ("the same title and year",))
    ]


def test_different_given_names_are_different_people() -> None:
    assert not [s for s in link_corpus([A, C]) if s.subject.startswith("p:")]


def test_years_far_apart_are_different_works() -> None:
    old = Summary(Work(Iri("d:old"), "Digital divides", 2003))
    assert not [s for s in link_corpus([A, old]) if s.predicate == "cito:cites"]


def test_the_order_of_documents_does_not_matter() -> None:
    results = {tuple(link_corpus(order)) for order in permutations([A, B, C])}
    assert len(results) == 1


def test_two_family_names_written_as_one_may_be_the_same_person() -> None:
    people = [
        Person(Iri("p:gayo"), "Gayo", "Jose Emilio Labra"),
        Person(Iri("p:labra-gayo"), "Labra-Gayo", "Jose Emilio"),
        Person(Iri("p:gayo-m"), "Gayo", "Maria Labra"),
    ]
    summaries = [Summary(Work(Iri(f"d:{i}"), f"Work {i}"), (person,)) for i, person in enumerate(people)]
    assert triples(link_corpus(summaries)) == {("p:gayo", "dg:possiblySame", "p:labra-gayo")}
