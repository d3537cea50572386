"""The ontology that comes with the project: whole, without clashes, and of the shape it asks of others."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from kg.graph.ontology import load_ontology_graph
from kg.graph.shapes import validate
from kg.graph.vocabulary import declared_terms, find_turtle_files, load_ambiguous_labels, load_concepts, parse_turtle
from kg.model import PREFIXES, Concept, Iri, expand_curie

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"
SCHEMES = {"concepts", "dilemma-types", "remedy-types", "technologies", "actors", "places"}
CONCEPTS = load_concepts(ONTOLOGY)
DECLARED = declared_terms(ONTOLOGY)
CURIE = re.compile(rf"\b({'|'.join(PREFIXES)}):([A-Za-z][\w-]*)")


def find_labels(scheme: str) -> dict[str, set[str]]:
    """Label in lower case -> the concepts of the scheme that have it."""
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in CONCEPTS:
        if concept.scheme == scheme:
            for label in concept.labels:
                owners[label.casefold()].add(concept.iri)
    return owners


def test_schemes_are_those_of_the_model() -> None:
    assert {concept.scheme for concept in CONCEPTS} == SCHEMES


def test_there_are_many_concepts_beside_the_places() -> None:
    assert sum(concept.scheme != "places" for concept in CONCEPTS) >= 500


def test_every_concept_has_a_definition_that_is_a_sentence() -> None:
    assert [c.iri for c in CONCEPTS if not re.fullmatch(r"[A-Z0-9].*[.!]", c.definition)] == []


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_no_two_concepts_of_a_scheme_share_a_label(scheme: str) -> None:
    assert {label: sorted(owners) for label, owners in find_labels(scheme).items() if len(owners) > 1} == {}


def test_broader_and_related_lead_to_known_concepts() -> None:
    known = {concept.iri for concept in CONCEPTS}
    assert [(c.iri, o) for c in CONCEPTS for o in (*c.broader, *c.related) if o not in known] == []


def test_broader_stays_in_the_scheme() -> None:
    schemes = {concept.iri: concept.scheme for concept in CONCEPTS}
    assert [c.iri for c in CONCEPTS if any(schemes[above] != c.scheme for above in c.broader)] == []


def test_first_seven_dilemma_types_are_the_barriers_of_the_oxford_internet_institute() -> None:
    top = {c.iri.rpartition("/")[2] for c in CONCEPTS if c.scheme == "dilemma-types" and not c.broader}
    assert top >= {
        "leadership-failures",
        "financial-inhibitors",
        "digital-divides-and-choices",
        "poor-coordination",
        "organisational-inflexibility",
        "lack-of-trust",
        "poor-technical-design",
    }


@pytest.mark.parametrize("scheme", ["dilemma-types", "remedy-types"])
def test_every_type_has_cues_and_no_cue_points_to_two_types(scheme: str) -> None:
    types = [c for c in CONCEPTS if c.scheme == scheme]
    assert [c.iri for c in types if len(c.cues) < 3] == []
    shared = Counter(cue.casefold() for c in types for cue in (*c.cues, *c.labels))
    assert sorted(cue for cue, count in shared.items() if count > 1) == []


def test_no_label_is_an_everyday_word() -> None:
    everyday = set(
        "data design policy service services system systems information government's people use it who".split()
    )
    subjects = [c for c in CONCEPTS if c.scheme in {"concepts", "technologies"}]
    assert [label for c in subjects for label in c.labels if label.casefold() in everyday] == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("talents", "skilled staff"),
        ("information islands", "information island"),
        ("top-level design", "top-level design"),
        ("multi-subject co-governance", "collaborative governance"),
        ("electronic government", "e-government"),
        ("eGovernment", "e-government"),
        ("ICTs", "information and communication technology"),
        ("IoT", "Internet of Things"),
        ("online public opinion", "network public opinion"),
    ],
)
def test_words_of_the_field_lead_to_their_concept(text: str, label: str) -> None:
    found = {c.label for c in CONCEPTS if c.scheme in {"concepts", "technologies", "actors"} and text in c.labels}
    assert label in found


def find_place(name: str) -> Concept:
    return next(c for c in CONCEPTS if c.scheme == "places" and name in c.labels)


def test_places_know_their_kind_country_and_people() -> None:
    fujian = find_place("Fujian Province")
    assert (fujian.place_kind, fujian.broader) == ("AdministrativeArea", (find_place("PRC").iri,))
    assert find_place("Tallinn").place_kind == "City"
    assert find_place("Estonia").cues == ("Estonian", "Estonians")


def test_countries_of_iso_3166_are_all_there() -> None:
    countries = [c for c in CONCEPTS if c.place_kind == "Country"]
    assert len(countries) == 250  # 249 of ISO 3166-1, and Kosovo


def test_ambiguous_labels_are_labels() -> None:
    labels = {label for c in CONCEPTS for label in (*c.labels, *c.cues)}
    assert {"Georgia", "Jordan", "Turkey"} <= load_ambiguous_labels(ONTOLOGY) <= labels


def test_terms_of_the_patterns_are_declared() -> None:
    text = (ONTOLOGY / "PATTERNS.md").read_text(encoding="utf-8")
    assert sorted({m[0] for m in CURIE.finditer(text) if expand_curie(m[0]) not in DECLARED}) == []


def test_terms_of_the_code_are_declared() -> None:
    quoted = re.compile(rf'"({CURIE.pattern})"')
    used = {m[1] for f in (ROOT / "kg").rglob("*.py") for m in quoted.finditer(f.read_text(encoding="utf-8"))}
    assert sorted(curie for curie in used if expand_curie(curie) not in DECLARED) == []


def test_terms_that_the_ontology_itself_uses_are_declared() -> None:
    facts = [t for path in find_turtle_files(ONTOLOGY) for t in parse_turtle(path)]
    classes = {str(t.object).strip("<>") for t in facts if t.predicate.value == PREFIXES["rdf"] + "type"}
    used = {t.predicate.value for t in facts} | classes
    assert sorted(used - DECLARED) == []


def test_own_terms_are_explained() -> None:
    text = (ONTOLOGY / "dg.ttl").read_text(encoding="utf-8")
    blocks = [block for block in text.split("\n\n") if re.match(r"dg:\w+ a owl:", block)]
    assert len(blocks) >= 50
    for block in blocks:
        assert "rdfs:label" in block, block
        assert "skos:definition" in block, block


def test_files_are_sorted_and_tidy() -> None:
    for path in find_turtle_files(ONTOLOGY):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"[ \t]+$|\t|\r", text, re.MULTILINE), path.name


def test_ontology_has_the_shape_that_it_asks_for() -> None:
    graph = load_ontology_graph(ONTOLOGY, graph=Iri("https://example.org/ontology"))
    assert validate(graph, ONTOLOGY) == ()


@pytest.mark.slow
def test_ontology_has_the_shape_that_it_asks_for_in_full() -> None:
    graph = load_ontology_graph(ONTOLOGY, graph=Iri("https://example.org/ontology"))
    assert validate(graph, ONTOLOGY, full=True) == ()


def test_example_of_an_own_concept_in_the_patterns_is_read(tmp_path: Path) -> None:
    text = (ONTOLOGY / "PATTERNS.md").read_text(encoding="utf-8")
    example = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))
    (tmp_path / "my.ttl").write_text(example, encoding="utf-8")
    assert [c.labels for c in load_concepts(tmp_path)] == [("digital notary", "e-notary")]
    assert len(load_concepts(ONTOLOGY, tmp_path)) == len(CONCEPTS) + 1
