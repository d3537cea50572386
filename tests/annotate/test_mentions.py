import pytest

from kg.annotate import annotate, load_language
from kg.annotate.mentions import get_matchers
from kg.annotate.variants import is_acronym, make_plural, make_singular, make_variants
from kg.model import Block, BlockKind, Concept, Document, Iri


def find_texts(text: str, *concepts: Concept) -> list[tuple[str, str]]:
    document = Document("d", "d.txt", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    mentions = annotate(document, concepts, nlp=load_language("blank")).mentions
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    return [(mention.text, mention.iri) for mention in mentions]


SILO = Concept(Iri("silo"), "concepts", "data silo", ("information island",))
EGOV = Concept(Iri("egov"), "concepts", "electronic government", ("e-government",))
IT = Concept(Iri("it"), "technologies", "information technology", ("IT",))
CHINA = Concept(Iri("cn"), "places", "China")
TURKEY = Concept(Iri("tr"), "places", "Turkey")


def test_label_is_found_in_other_spellings() -> None:
    text = "Data silos, information islands and DATA-SILO; eGovernment, e-government and E government."
    found = [words for words, _ in find_texts(text, SILO, EGOV)]
    assert found == ["Data silos", "information islands", "DATA-SILO", "eGovernment", "e-government", "E government"]


def test_acronym_keeps_its_case() -> None:
    assert find_texts("IT helps, but it costs.", IT) == [("IT", "it")]


def test_place_keeps_its_case_and_lends_its_adjective() -> None:
    assert find_texts("Chinese cities, CHINA, china cups, turkey.", CHINA, TURKEY) == [
        ("Chinese", "cn"),
        ("CHINA", "cn"),
    ]


def test_longest_mention_wins_within_a_scheme() -> None:
    silo = Concept(Iri("s"), "concepts", "silo")
    assert find_texts("A data silo and a silo.", SILO, silo) == [("data silo", "silo"), ("silo", "s")]


def test_mentions_of_different_schemes_may_overlap() -> None:
    reform = Concept(Iri("reform"), "concepts", "Chinese reform")
    assert find_texts("The Chinese reform.", CHINA, reform) == [("Chinese reform", "reform"), ("Chinese", "cn")]


def test_two_concepts_of_one_scheme_may_share_a_label() -> None:
    other = Concept(Iri("other"), "concepts", "data silo")
    assert find_texts("A data silo.", SILO, other) == [("data silo", "other"), ("data silo", "silo")]


def test_part_of_a_word_is_no_mention() -> None:
    assert find_texts("Metadata silosphere.", SILO) == []


@pytest.mark.parametrize(
    ("label", "variants"),
    [
        (
            "e-government",
            ("e-government", "e-governments", "egovernment", "e government", "egovernments", "e governments"),
        ),
        ("digitalisation", ("digitalisation", "digitalization", "digitalisations", "digitalizations")),
        ("big data", ("big data", "big-data")),
        ("smart cities", ("smart cities", "smart city", "smart-cities", "smart-city")),
    ],
)
def test_variants_of_a_label(label: str, variants: tuple[str, ...]) -> None:
    assert set(make_variants(label)) == set(variants)


@pytest.mark.parametrize(
    ("word", "plural"),
    [("policy", "policies"), ("silo", "silos"), ("box", "boxes"), ("data", ""), ("loss", "losses"), ("day", "days")],
)
def test_plural_and_back(word: str, plural: str) -> None:
    assert make_plural(word) == plural
    assert not plural or make_singular(plural) == word


@pytest.mark.parametrize(
    ("label", "expected"), [("AI", True), ("IoT", True), ("GDPR", True), ("Data", False), ("a", False)]
)
def test_acronyms_are_short_words_of_capitals(label: str, expected: bool) -> None:
    assert is_acronym(label) is expected


def test_matchers_are_made_once_for_a_set_of_concepts() -> None:
    nlp = load_language("blank")
    first = get_matchers((SILO, IT), nlp)
    assert get_matchers([SILO, IT], nlp) is first
    assert get_matchers((SILO,), nlp) is not first
