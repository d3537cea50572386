"""Abbreviations are read where a text explains them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.keyphrases.candidates import Word
from kg.extract.keyphrases.shortforms import explains, find_short_forms, is_short


def cut(text: str) -> list[Word]:
    """Words parted at blanks; a full stop ends a sentence."""
    words, start, sentence = [], 0, 0
    for part in text.split():
        words.append(Word(part, "NOUN", start, start + len(part), sentence))
        sentence += part == "."
        start += len(part) + 1
    return words


def read(text: str) -> list[tuple[str, str]]:
    words = cut(text)
    return [(f.short, " ".join(w.text for w in words[f.first : f.last])) for f in find_short_forms(words)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("uses open government data ( OGD ) here", "OGD", "open government data"),
        ("information and communication technologies ( ICTs )", "ICT", "information and communication technologies"),
        ("RDF ( Resource Description Framework ) is", "RDF", "Resource Description Framework"),
        ("the World Wide Web Consortium ( W3C )", "W3C", "World Wide Web Consortium"),
        ("Organisation for Economic Co-operation and Development ( OECD )", "OECD", None),
        ("small and medium-sized enterprises ( SMEs )", "SME", "small and medium-sized enterprises"),
        ("eXtensible Markup Language ( XML )", "XML", "eXtensible Markup Language"),
        ("HyperText Markup Language ( HTML )", "HTML", "HyperText Markup Language"),
        ("the digital divide index ( DDI )", "DDI", "digital divide index"),
        ("a “ key performance indicator ” ( “ KPI ” )", "KPI", "key performance indicator"),
        ("one-stop shop ( OSS ; see below )", "OSS", "one-stop shop"),
        ("Simple Knowledge Organization System ( SKOS , 2009 )", "SKOS", "Simple Knowledge Organization System"),
        ("government-to-government ( G2G )", "G2G", "government-to-government"),
        ("service level agreements , or SLAs ,", "SLA", "service level agreements"),
        ("the open data portal , abbreviated as ODP ,", "ODP", "open data portal"),
    ],
)
def test_an_explained_abbreviation_is_found(text: str, short: str, long: str | None) -> None:
    assert read(text) == [(short, long or text.partition(" (")[0])]


@pytest.mark.parametrize(
    "text",
    [
        "the portal ( Table 2 )",
        "many clerks ( UK )",
        "a city ( London )",
        "mean value ( see OGD )",
        "open data . Towns ( ODT )",
        "the data ( D )",
        "( OGD )",
        "open government data ( OGD",
        "OGD ( a portal of the city )",
        "Table 2 ( )",
        "service level agreements , or UK ,",
        ", or SLA",
    ],
)
def test_brackets_that_explain_nothing_are_passed_over(text: str) -> None:
    assert read(text) == []


def test_the_first_meaning_counts() -> None:
    assert read("open data ( OD ) and other drugs ( OD )") == [("OD", "open data")]


@pytest.mark.parametrize(
    ("text", "short"), [("ICT", True), ("eID", True), ("G8", True), ("As", False), ("2019", False)]
)
def test_short_forms_have_capitals(text: str, short: bool) -> None:
    assert is_short(text) is short


def test_every_word_but_function_words_gives_a_letter() -> None:
    assert explains(["freedom", "of", "information"], "FOI")
    assert explains(["freedom", "of", "information"], "FI")
    assert not explains(["freedom", "of", "public", "information"], "FOI")


@given(st.lists(st.sampled_from(["(", ")", "OGD", "open", "government", "data", ",", "“", ".", "of"]), max_size=20))
def test_any_row_of_words_gives_stretches_of_it(parts: list[str]) -> None:
    words = cut(" ".join(parts))
    for form in find_short_forms(words):
        assert 0 <= form.first < form.last <= len(words)
        assert explains([w.text for w in words[form.first : form.last]], form.short)


def test_words_of_hundreds_of_parts_take_no_time() -> None:
    assert read(f"{'a-' * 400}a {'a-' * 400}a ( AAAAAAAAAA )") == []
