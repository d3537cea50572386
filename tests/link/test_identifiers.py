"""Identifiers depend on labels alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link import Minter, make_slug
from kg.link.identifiers import MAX_SLUG_CHARS
from kg.model import Evidence


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("The Digital Divide", "digital-divide"),
        ("Ordóñez de Pablos", "ordonez-de-pablos"),
        ("数字政府", "数字政府"),
        ("a", "a"),
        ("data silos / islands", "data-silos-islands"),
    ],
)
def test_slug_is_made_of_the_words(label: str, slug: str) -> None:
    assert make_slug(label) == slug


def test_long_labels_are_cut_and_stay_apart() -> None:
    one, other = make_slug("word " * 40 + "one"), make_slug("word " * 40 + "other")
    assert one != other
    assert max(len(one), len(other)) <= MAX_SLUG_CHARS


def test_a_label_without_letters_still_gets_a_name() -> None:
    assert len(make_slug("???")) == 16
    assert make_slug("???") != make_slug("!!!")


@given(st.text())
def test_slug_never_holds_what_an_iri_may_not(label: str) -> None:
    assert not set(make_slug(label)) & set(' <>"{}|\\^`/?#%\n\t')


def test_forms_of_identifiers() -> None:
    minter = Minter("http://x/", "doc")
    evidence = Evidence(3, 7, "text")
    assert minter.document == "http://x/document/doc"
    assert minter.mint_shared("dilemma", "Lack of skills") == "http://x/dilemma/lack-of-skills"
    assert minter.mint_own("role", 2) == "http://x/role/doc/2"
    assert minter.mint_stretch("evidence", evidence) == "http://x/evidence/doc/3-7"
