"""Reference strings whose whole shape tells the style: legal ones, other scripts, names in pairs; slips mended."""

import pytest

from kg.extract.names import split_name
from kg.extract.references import parse_references
from kg.extract.references.authors import find_authors
from kg.extract.references.fields import Fields
from kg.extract.references.forms import read_form
from kg.extract.references.labels import LABELS
from kg.extract.references.tokens import find_tokens

#: Reference -> surnames | title | container | year | volume | issue | pages | type. The works are invented.
LEGAL = {
    "Brown v Stone [1932] AC 562 (HL).": "|Brown v Stone|AC|1932|||562|legal_case",
    "R (Miles) v Home Office [2019] UKSC 41, [2020] AC 373.": "|R (Miles) v Home Office|UKSC|2019|||41|legal_case",
    "Case C-131/12 Data SL v AEPD [2014] ECLI:EU:C:2014:317.": "|Case C-131/12 Data SL v AEPD||2014||||legal_case",
    "Open Records Act 1998, s 6.": "|Open Records Act 1998||1998||||legislation",
    "42 U.S.C. § 1983 (2018).": "|42 U.S.C. § 1983||2018||||legislation",
    "Ann B. Lee, On Open Data, 154 U. PA. L. REV. 477, 481 (2006).": (
        "Lee|On Open Data|U. PA. L. REV.|2006|154||477|article"
    ),
    "Jo Moss, 'In Defence of Files' (2009) 72 MLR 554.": "Moss|In Defence of Files|MLR|2009|72||554|article",
    "Paul Fry, 'Files' in Law' [2005] PL 440.": "Fry|Files' in Law|PL|2005|||440|article",
    "Lee, 'Die offene Akte', NJW 1984, 1802.": "Lee|Die offene Akte|NJW|1984|||1802|article",
    "JOHN DALE, A THEORY OF FILES 12 (rev. ed. 1999).": "DALE|A THEORY OF FILES||1999|||12|misc",
}
OTHERS = {
    "山田太郎・鈴木花子（2019）「電子政府の課題」『行政管理研究』第12巻第3号，45-60頁．": (
        "山田; 鈴木|電子政府の課題|行政管理研究|2019|12|3|45-60|article"
    ),
    "김철수, 이영희. 전자정부 서비스의 수용 요인. 한국행정학보, 2015, 49(2): 111-135.": (
        "김; 이|전자정부 서비스의 수용 요인|한국행정학보|2015|49|2|111-135|article"
    ),
    "[1] 曾润喜. 数据的风险[M]//王浦劬. 国家治理研究. 北京: 人民出版社, 2018: 56-78.": (
        "曾|数据的风险|国家治理研究|2018|||56-78|incollection"
    ),
    "[2] 佚名. 一窗受理[N]. 光明日报, 2017-05-11(6).": "佚名|一窗受理|光明日报|2017||6||newspaper",
}


def parse(text: str) -> str:
    [one] = parse_references([text])
    families = "; ".join(name.family for name in one.authors)
    return "|".join((families, one.title, one.container, one.year, one.volume, one.issue, one.pages, one.type))


@pytest.mark.parametrize(("text", "expected"), (LEGAL | OTHERS).items())
def test_shape_tells_the_fields(text: str, expected: str) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("reference", "guess", "expected"),
    [
        ("Lee, op. cit., p. 4.", Fields(container="op. cit"), Fields()),
        (
            "Иванов И. Право // Вестник. 2018. № 2.",
            Fields(title="Право // Вестник"),
            Fields(title="Право", container="Вестник", issue="2"),
        ),
        ("Lee, A. Files. Bulletin, No. 152.", Fields(title="Files", pages="152"), Fields(title="Files", issue="152")),
        (
            "Lee, Ann, Files in Canon, Rite, and Law (Oxford: Dale Press, 1992).",
            Fields(title="Files in Canon", container="Rite, and Law"),
            Fields(title="Files in Canon, Rite, and Law"),
        ),
        (
            "Lee, A. 'Open Files.' Memoirs of Law, vol. 3.",
            Fields(title="Open Files.' Memoirs", container="of Law", volume="3"),
            Fields(title="Open Files", container="Memoirs of Law", volume="3"),
        ),
        (
            "Lee. 'Users' Files', Data.",
            Fields(title="Users' Files', Data"),
            Fields(title="Users' Files", container="Data"),
        ),
        (
            "Lee, A. Die offene Akte. Neue Zeit, Nr. 25, 17.",
            Fields(title="Die offene Akte. Neue Zeit", issue="25", pages="17"),
            Fields(title="Die offene Akte", container="Neue Zeit", issue="25", pages="17"),
        ),
        (
            "Lee A, 2015, Printing in the office and its longer history, Virtual Files Today, Vol. 10, pp. 1-5.",
            Fields(
                title="Printing in the office and its longer history, Virtual Files Today", volume="10", pages="1-5"
            ),
            Fields(
                title="Printing in the office and its longer history",
                container="Virtual Files Today",
                volume="10",
                pages="1-5",
            ),
        ),
        (
            "Lee A. Panel on Files, 2011. Weekly 2012;61(3):1-20.",
            Fields(title="Panel on Files", container="Weekly", year="2011", pages="61"),
            Fields(title="Panel on Files", container="Weekly", year="2012", volume="61", issue="3", pages="1-20"),
        ),
        (
            "Lee, A. Nano Lett. 2010, 10, 1979.",
            Fields(container="Nano Lett", year="2010"),
            Fields(container="Nano Lett", year="2010", volume="10", pages="1979"),
        ),
        (
            "Lee, A. Files, Periodontology 2000, 71(1), 164-184 (2016).",
            Fields(title="Files", container="Periodontology", year="2016"),
            Fields(title="Files", container="Periodontology", year="2016"),
        ),
        (
            "Lee, A. Inflation, Phys. Lett., B129, (1983).",
            Fields(title="Inflation", container="Phys. Lett", year="1983", pages="B129"),
            Fields(title="Inflation", container="Phys. Lett", year="1983", volume="129"),
        ),
        (
            "Lee, A. Files and Rows. South Bend, IN: Dale Press, 1991.",
            Fields(title="Files and Rows. South Bend", publisher="Dale Press"),
            Fields(title="Files and Rows", publisher="Dale Press"),
        ),
        ("Lee. Files [Motion picture]. X.", Fields(title="Files [Motion picture]"), Fields(title="Files")),
    ],
)
def test_guess_is_mended(reference: str, guess: Fields, expected: Fields) -> None:
    assert read_form(reference, guess) == expected


def test_names_in_pairs_are_two_persons() -> None:
    text = "García López, María y Pérez Ruiz, Juan (2020). Datos. Revista, 54, 13-40."
    found = read_form(text, Fields()).authors
    assert [(name.family, name.given) for name in found] == [("García López", "María"), ("Pérez Ruiz", "Juan")]


def test_given_name_and_initials_before_a_lone_word_are_one_person() -> None:
    text = "Todd P.W. Mullen, Lee"
    marks = {"f": "family", "g": "given", "-": "other"}
    labels = [LABELS.index(marks[c]) for c in "fggggf-f"]
    assert [name.family for name in find_authors(text, find_tokens(text), labels)] == ["Mullen", "Lee"]


@pytest.mark.parametrize(
    ("name", "family"), [("哈贝马斯", "哈贝马斯"), ("山田太郎", "山田"), ("欧阳康", "欧阳"), ("佚名", "佚名")]
)
def test_surname_of_a_name_in_han_characters(name: str, family: str) -> None:
    assert split_name(name).family == family
