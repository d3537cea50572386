"""References as BibTeX, RIS and CSL-JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Assertion, Evidence, make_fields
from kg.render import bibtex, csljson, ris
from kg.render.bibliography import make_keys, split_author

ARTICLE = Assertion(
    "reference",
    "Data & offices",
    Evidence(0, 4, "text"),
    "ref1",
    make_fields(
        authors=("Bao Jing", "van den Berg, J. H.", "World Bank"),
        families=("Bao", "van den Berg", "World Bank"),
        title="Data & offices",
        container="Public_Forum",
        year="2020",
        volume="26",
        issue="11",
        pages="2-13",
        doi="10.1000/abc",
        type="article",
    ),
)
UNREAD = Assertion("reference", "x", Evidence(0, 9, "See {that}"), "ref2", make_fields(type="misc"))


def test_bibtex_escapes_text_and_keeps_institutions_whole() -> None:
    assert bibtex.render([ARTICLE]).decode() == (
        "@article{bao2020data,\n"
        "  author = {Bao, Jing and van den Berg, J. H. and {World Bank}},\n"
        "  title = {Data \\& offices},\n"
        "  journal = {Public\\_Forum},\n"
        "  volume = {26},\n"
        "  number = {11},\n"
        "  year = {2020},\n"
        "  pages = {2--13},\n"
        "  doi = {10.1000/abc}\n"
        "}\n"
    )


def test_reference_without_title_keeps_its_text() -> None:
    assert "note = {See \\{that\\}}" in bibtex.render([UNREAD]).decode()
    assert "N1  - See {that}" in ris.render([UNREAD]).decode()
    assert json.loads(csljson.render([UNREAD]))[0]["note"] == "See {that}"


def test_ris_lines() -> None:
    assert ris.render([ARTICLE]).decode().split("\r\n") == [
        "TY  - JOUR",
        "ID  - bao2020data",
        "AU  - Bao, Jing",
        "AU  - van den Berg, J. H.",
        "AU  - World Bank",
        "TI  - Data & offices",
        "JO  - Public_Forum",
        "PY  - 2020",
        "VL  - 26",
        "IS  - 11",
        "SP  - 2",
        "EP  - 13",
        "DO  - 10.1000/abc",
        "ER  - ",
        "",
    ]


def test_csl_item() -> None:
    assert json.loads(csljson.render([ARTICLE])) == [
        {
            "id": "bao2020data",
            "type": "article-journal",
            "author": [
                {"family": "Bao", "given": "Jing"},
                {"family": "van den Berg", "given": "J. H."},
                {"literal": "World Bank"},
            ],
            "title": "Data & offices",
            "container-title": "Public_Forum",
            "volume": "26",
            "issue": "11",
            "page": "2-13",
            "DOI": "10.1000/abc",
            "issued": {"date-parts": [[2020]]},
        }
    ]


def test_keys_are_unique() -> None:
    assert make_keys([ARTICLE, ARTICLE, UNREAD]) == ["bao2020data", "bao2020data-2", "ref3"]


@pytest.mark.parametrize(
    ("written", "family", "parts"),
    [
        ("Smith, J.", "Smith", ("Smith", "J.")),
        ("J. Smith", "Smith", ("Smith", "J.")),
        ("Plato", "Plato", ("Plato", "")),
        ("X Y", "Z", ("X Y", "")),
    ],
)
def test_author_is_split_around_the_surname(written: str, family: str, parts: tuple[str, str]) -> None:
    assert split_author(written, family) == parts


@given(st.text(), st.text())
def test_hostile_text_stays_inside_its_field(title: str, author: str) -> None:
    fields = make_fields(title=title, authors=(author,), families=(author,), year="2020", type="article")
    one = Assertion("reference", title, Evidence(0, 0, title), "ref1", fields)
    tex = bibtex.render([one]).decode().replace("\\{", "").replace("\\}", "")
    assert tex.count("{") == tex.count("}")
    assert tex.count("@article{") == 1
    lines = ris.render([one]).decode().split("\r\n")
    assert [line for line in lines if line.startswith("TY")] == ["TY  - JOUR"]
    assert all(line[2:6] == "  - " for line in lines if line)
    json.loads(csljson.render([one]))
