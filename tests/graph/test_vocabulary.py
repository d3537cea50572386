"""Turtle files of an ontology folder become Concept records."""

from pathlib import Path

import pytest

from kg.graph.vocabulary import declared_terms, load_ambiguous_labels, load_concepts
from kg.model import Concept, Iri, ValidationError

PREFIXES = """@prefix dg: <https://w3id.org/digital-government/ontology#> .
@prefix e: <https://example.org/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def write(folder: Path, name: str, turtle: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(PREFIXES + turtle, encoding="utf-8")
    return folder


def test_concept_is_read_with_all_that_a_text_may_call_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        "types.ttl",
        """e:silo a skos:Concept ; skos:inScheme dg:dilemma-types ; skos:prefLabel "data silo"@en, "Datensilo"@de ;
        skos:altLabel "information island"@en, "data island"@en ; skos:hiddenLabel "isolated"@en, "not shared"@en ;
        skos:definition "Data shut up."@en ; skos:broader e:split ;
        skos:related e:sharing ; skos:relatedMatch e:open .""",
    )
    assert load_concepts(tmp_path) == (
        Concept(
            iri=Iri("https://example.org/silo"),
            scheme="dilemma-types",
            label="data silo",
            labels=("data silo", "Datensilo", "data island", "information island"),
            definition="Data shut up.",
            broader=(Iri("https://example.org/split"),),
            related=(Iri("https://example.org/open"), Iri("https://example.org/sharing")),
            cues=("isolated", "not shared"),
        ),
    )


def test_place_keeps_its_kind_and_its_adjectives(tmp_path: Path) -> None:
    write(
        tmp_path,
        "places.ttl",
        """e:fr a skos:Concept, schema:Country ; skos:inScheme dg:places ;
        skos:prefLabel "France" ; skos:hiddenLabel "French" .""",
    )
    (france,) = load_concepts(tmp_path)
    assert (france.scheme, france.place_kind, france.label, france.cues) == ("places", "Country", "France", ("French",))


def test_concepts_are_sorted_and_other_things_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.ttl",
        """e:z a skos:Concept ; skos:prefLabel "z" . e:a a skos:Concept ; skos:prefLabel "a" .
        dg:s a skos:ConceptScheme ; skos:prefLabel "s" .""",
    )
    assert [(c.label, c.scheme) for c in load_concepts(tmp_path)] == [("a", "concepts"), ("z", "concepts")]


def test_own_folder_adds_labels_and_concepts(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped", "a.ttl", 'e:silo a skos:Concept ; skos:prefLabel "data silo"@en .')
    own = write(
        tmp_path / "own",
        "mine.ttl",
        'e:silo skos:altLabel "walled garden"@en . e:new a skos:Concept ; skos:prefLabel "new idea"@en .',
    )
    assert [c.labels for c in load_concepts(shipped, own)] == [("new idea",), ("data silo", "walled garden")]


def test_a_folder_named_twice_counts_once(tmp_path: Path) -> None:
    write(tmp_path, "a.ttl", 'e:silo a skos:Concept ; skos:prefLabel "data silo"@en .')
    assert load_concepts(tmp_path, tmp_path) == load_concepts(tmp_path)


def test_name_in_another_language_serves_where_there_is_no_english_one(tmp_path: Path) -> None:
    write(tmp_path, "a.ttl", 'e:x a skos:Concept ; skos:prefLabel "silo de données"@fr .')
    assert load_concepts(tmp_path)[0].label == "silo de données"


def test_ambiguous_labels_are_listed(tmp_path: Path) -> None:
    write(tmp_path, "a.ttl", 'e:ge a skos:Concept ; skos:prefLabel "Georgia" ; dg:ambiguousLabel "Georgia"@en .')
    assert load_ambiguous_labels(tmp_path) == {"Georgia"}


def test_declared_terms_are_what_has_a_type(tmp_path: Path) -> None:
    write(tmp_path, "a.ttl", 'dg:Remedy a skos:Concept ; skos:prefLabel "r" . e:only skos:altLabel "mentioned" .')
    assert declared_terms(tmp_path) == {"https://w3id.org/digital-government/ontology#Remedy"}


def test_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, "mine.ttl", "\ne:x a .\n")
    with pytest.raises(ValidationError, match=r"mine\.ttl line 6: not Turtle: .*Correct the line"):
        load_concepts(tmp_path)


def test_concept_without_a_name_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "mine.ttl", "e:x a skos:Concept .")
    with pytest.raises(
        ValidationError, match=r"mine\.ttl: <https://example\.org/x> .* without a name; add skos:prefLabel"
    ):
        load_concepts(tmp_path)


def test_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="no such folder"):
        load_concepts(tmp_path / "nowhere")


def test_folder_without_files_has_no_concepts(tmp_path: Path) -> None:
    assert load_concepts(tmp_path) == ()
