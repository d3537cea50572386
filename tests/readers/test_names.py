"""Names of people and organisations."""

import pytest

from kg.readers.names import clean_name, is_country, is_organisation, is_person, split_names, split_organisation


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Silva, Ana; Rossi, Bo", ["Silva, Ana", "Rossi, Bo"]),
        ("Ana Silva, Bo Rossi and Cy Li", ["Ana Silva", "Bo Rossi", "Cy Li"]),
        ("Ana Silva · Bo Rossi", ["Ana Silva", "Bo Rossi"]),
        ("Silva, A., Rossi, B. & Li, C.", ["Silva, A.", "Rossi, B.", "Li, C."]),
        ("Silva, Ana", ["Silva, Ana"]),
        ("Ana Silva 1,2,*, Bo Rossi 2", ["Ana Silva 1,2,*", "Bo Rossi 2"]),
        ("Ana Silva & Bo Rossi", ["Ana Silva", "Bo Rossi"]),
        ("Ana Silva, PhD, Bo Rossi", ["Ana Silva,PhD", "Bo Rossi"]),
    ],
)
def test_lines_of_names_are_split(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("text", "name", "marks"),
    [
        ("Dr. Ana Silva 1,2,*", "Ana Silva", "1,2"),
        ("Ana Silva1", "Ana Silva", "1"),
        ("Ana Silva,PhD", "Ana Silva", ""),
        ("José Labra-Gayo ²†", "José Labra-Gayo", ""),
        ("Ana Silva a", "Ana Silva", "a"),
        ("John Smith Jr.", "John Smith Jr.", ""),
        ("Ana Silva https://orcid.org/0000-0001", "Ana Silva", ""),
    ],
)
def test_marks_titles_and_degrees_are_taken_off(text: str, name: str, marks: str) -> None:
    assert clean_name(text) == (name, marks)


PEOPLE = "Ana Silva|Silva, Ana|Li Wei|J. Q. Adams|Patricia Ordóñez de Pablos|O'Neil, Jim|ANA SILVA|Kő, Andrea".split(
    "|"
)
OTHERS = "Example University|Bern, Switzerland|The End of Days|Ana|United States|Data for All|ana silva|Page 2".split(
    "|"
)


@pytest.mark.parametrize("text", PEOPLE)
def test_names_are_people(text: str) -> None:
    assert is_person(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_lines_are_no_people(text: str) -> None:
    assert not is_person(text)


def test_words_that_the_document_uses_are_no_names() -> None:
    common = {"topic", "paths"}.__contains__
    assert not is_person("Topic Paths", common)
    assert is_person("Ana Topic", common)


def test_organisations_and_countries() -> None:
    assert is_organisation("Dept. of Informatics")
    assert not is_organisation("Ana Silva")
    assert not is_organisation("From silos to proactive services")
    assert is_country("United Kingdom")
    assert not is_country("Lisbon")


def test_address_behind_the_last_organisation_is_cut() -> None:
    assert split_organisation("School of Law, Example University, 1 Road, Rome") == (
        "School of Law, Example University",
        ", 1 Road, Rome",
    )
    assert split_organisation("1 Road, Rome") == ("1 Road, Rome", "")


def test_envelope_behind_a_name_is_a_mark() -> None:
    assert clean_name("Ana Silva1(✉)") == ("Ana Silva", "1")
