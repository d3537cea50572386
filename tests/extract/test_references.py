"""Reference strings of many styles, parsed."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from kg.extract.references import ParsedReference, extract_references, parse_references
from kg.extract.references.authors import find_authors
from kg.extract.references.bodies import find_body
from kg.extract.references.fields import build_fields, trim
from kg.extract.references.gbt7714 import find_mark
from kg.extract.references.labels import LABELS
from kg.extract.references.record import find_doi, find_publisher, find_url, split_number
from kg.extract.references.tokens import MAX_TOKENS, describe_token, find_tokens
from kg.model import Block, BlockKind, Document

#: Reference -> surnames; title; container; year, volume, issue, pages; type. The works are invented.
GBT7714 = {
    "[1] Bao Jing, Fan Ziteng. Data and offices[J]. Public Forum, 2020(11): 2-13.": (
        "Bao; Fan|Data and offices|Public Forum|2020|||11|2-13|article"
    ),
    "[2] Zhu Ling. How cities learn[J/OL]. Urban Studies, 2021(06):64-75": (
        "Zhu|How cities learn|Urban Studies|2021||06|64-75|article"
    ),
    "[3] Huang Qi, Liu Qiang. A revolution? [J]. Forum, 2019, 26(01): 56-64.": (
        "Huang; Liu|A revolution?|Forum|2019|26|01|56-64|article"
    ),
    "[4] SMITH J A, BROWN K. Open data: a survey[J]. Gov Inform Q, 2018, 35(2): 101-110. DOI:10.1000/abc.": (
        "SMITH; BROWN|Open data: a survey|Gov Inform Q|2018|35|2|101-110|article"
    ),
    "[5] 王秀芳，李明. 数字政府的治理逻辑[J]. 电子政务，2020（11）：2－13．": (
        "王; 李|数字政府的治理逻辑|电子政务|2020||11|2-13|article"
    ),
    "[6] 刘大伟. 公共数据论[M]. 北京: 人民出版社, 2017: 45-48.": "刘|公共数据论||2017|||45-48|book",
    "[7] Li Wei. Trust in digital offices[D]. Beijing: Peking University, 2016.": (
        "Li|Trust in digital offices||2016||||thesis"
    ),
    "[8] Sun Yi, Gao Feng. Sharing data[C]//Proceedings of the Digital State. Berlin: Springer, 2015: 7-19.": (
        "Sun; Gao|Sharing data|Proceedings of the Digital State|2015|||7-19|inproceedings"
    ),
    "[9] National Bureau of Statistics. Report on digital skills[R]. Beijing: NBS, 2022.": (
        "National Bureau of Statistics|Report on digital skills||2022||||report"
    ),
    "[10] Chen Jie. One counter[N]. City Daily, 2019-05-16(3).": "Chen|One counter|City Daily|2019||3||newspaper",
    "[11] Zhou Min, et al. Skills of staff[J]. Training, 2020, 12: 33-35.": (
        "Zhou|Skills of staff|Training|2020|12||33-35|article"
    ),
    "[12] 省统计局. 年度公报[R]. 南京: 江苏出版社, 2022.": "省统计局|年度公报||2022||||report",
    "[13] 张晓, 李思. 平台比较[C]//中国信息学会. 情报论文集. 上海: 复旦大学出版社, 2018: 101-110.": (
        "张; 李|平台比较|情报论文集|2018|||101-110|inproceedings"
    ),
    "[14] 周志. 绩效评估[A]. 俞可平. 创新的理论[C]. 杭州: 浙江人民出版社, 2005: 88-99.": (
        "周|绩效评估|创新的理论|2005|||88-99|incollection"
    ),
    "[15] Bao J, Jia K. Digital rule[J]. Social Review, 2020, vol. 3, no. 2: 23-30.": (
        "Bao; Jia|Digital rule|Social Review|2020|3|2|23-30|article"
    ),
    "[16] 李军鹏．数字战略［J］．改革，2018，（1）：20－25．": "李|数字战略|改革|2018||1|20-25|article",
    "[31] 省政府办公厅. 政务数据共享办法[A/OL]. (2020-03-01)[2021-05-04]. http://www.example.cn/art/1.html.": (
        "省政府办公厅|政务数据共享办法||2020||||report"
    ),
}
OTHER_STYLES = {
    "Smith, J. A., & Lee, K. (2019). Open data and trust. Government Information Quarterly, 36(2), 101–110.": (
        "Smith; Lee|Open data and trust|Government Information Quarterly|2019|36|2|101-110"
    ),
    'J. A. Smith and K. Lee, "Open data and trust," Gov. Inf. Q., vol. 36, no. 2, pp. 101–110, 2019.': (
        "Smith; Lee|Open data and trust|Gov. Inf. Q|2019|36|2|101-110"
    ),
    "Smith JA, Lee K. Open data and trust. Gov Inf Q. 2019;36(2):101-10.": (
        "Smith; Lee|Open data and trust|Gov Inf Q|2019|36|2|101-10"
    ),
    "Smith, John, and Karen Lee. “Open Data and Trust.” Government Information Quarterly 36, no. 2 (2019): 101–10.": (
        "Smith; Lee|Open Data and Trust|Government Information Quarterly|2019|36|2|101-10"
    ),
    "Müller, Hans: Das digitale Amt. In: Weber, Max (Hrsg.): Verwaltung im Wandel. Berlin: Nomos 2015, S. 11-30.": (
        "Müller|Das digitale Amt|Verwaltung im Wandel|2015|||11-30"
    ),
}


def row(reference: ParsedReference) -> list[str]:
    families = "; ".join(name.family for name in reference.authors)
    return [
        families,
        reference.title,
        reference.container,
        reference.year,
        reference.volume,
        reference.issue,
        reference.pages,
    ]


@pytest.mark.parametrize(("text", "expected"), GBT7714.items())
def test_gbt7714_reference_is_wholly_right(text: str, expected: str) -> None:
    [reference] = parse_references([text])
    assert [*row(reference), reference.type] == expected.replace("|||11|", "||11|").split("|")


@pytest.mark.parametrize(("text", "expected"), OTHER_STYLES.items())
def test_common_styles_are_wholly_right(text: str, expected: str) -> None:
    [reference] = parse_references([text])
    assert row(reference) == expected.split("|")


def test_reference_paper_is_wholly_right() -> None:
    shared = Path(__file__).parents[2] / "../shared"
    if not shared.exists():
        pytest.skip("the shared documents are not beside the repository")
    gold = json.loads((shared / "gold/wu-dilemma-efficiency.json").read_text(encoding="utf-8"))["references"]
    text = (shared / "data/documents/wu-dilemma-efficiency.txt").read_text(encoding="utf-8")
    found = parse_references(text[text.index("\n- [1]") :].strip().splitlines())
    for reference, wanted in zip(found, gold, strict=True):
        assert reference.number == wanted["key"]
        assert [name.written for name in reference.authors] == wanted["authors"]
        rest = [wanted["title"], wanted["container"], str(wanted["year"]), wanted.get("volume", "")]
        assert row(reference)[1:] == [*rest, wanted["issue"], wanted["pages"]]


def test_blocks_become_assertions_with_their_whole_text_as_evidence() -> None:
    text = "Smith, J. (2019). Open data and trust. Government Information Quarterly, 36(2), 101–110."
    block = Block(BlockKind.REFERENCE, 0, len(text), number="4", page=9)
    [assertion] = extract_references(Document("doc", "doc.txt", text, (block,)))
    assert (assertion.key, assertion.label, assertion.evidence.quote) == ("ref1", "Open data and trust", text)
    assert (assertion.evidence.page, assertion.get("number"), assertion.get("authors")) == (9, "4", ("Smith, J.",))
    assert (assertion.get("families"), assertion.get("type")) == (("Smith",), "article")


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        (
            "Head of State. Law 39/2015, of October 1, on the common procedure of administrations. 2015.",
            "Law 39/2015, of October 1, on the common procedure of administrations",
            "2015",
        ),
        (
            "European Parliament: Directive (EU) 2019/1024 of 20 June 2019 on open data, OJ L 172.",
            "Directive (EU) 2019/1024 of 20 June 2019 on open data",
            "2019",
        ),
    ],
)
def test_law_is_named_by_its_kind_and_number(text: str, title: str, year: str) -> None:
    [reference] = parse_references([text])
    assert (reference.title, reference.year, reference.type) == (title, year, "legislation")


@pytest.mark.parametrize(
    ("text", "row_expected"),
    [
        ("Smith v. Jones, 410 U.S. 113 (1973).", ["", "Smith v. Jones", "U.S.", "1973", "410", "", "113"]),
        ("Smith v Jones [1998] 2 AC 45", ["", "Smith v Jones", "AC", "1998", "2", "", "45"]),
    ],
)
def test_court_case(text: str, row_expected: list[str]) -> None:
    [reference] = parse_references([text])
    assert (row(reference), reference.type) == (row_expected, "legal_case")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("OECD (2019), The Path to a Data-Driven Public Sector, Paris.", "OECD"),
        ("Ministry of Finance of Estonia (2018). Digital Agenda 2020.", "Ministry of Finance of Estonia"),
        ("World Health Organization (WHO). 2020. Digital Health.", "World Health Organization (WHO)"),
        ("Department of Culture. Digital Strategy. London.", "Department of Culture"),
        ("Smith, J. (2019). Open data.", ""),
        ("Journal of data. Title", ""),
        ("Pillars of an institution. (1993, September). Forum", ""),
    ],
)
def test_institution_at_the_beginning_is_found(text: str, body: str) -> None:
    assert find_body(text)[0] == body


def test_institution_is_the_author() -> None:
    [reference] = parse_references(["Ministry of Finance of Estonia (2018). Digital Agenda 2020 for Estonia. Tallinn."])
    assert [(name.written, name.organisation) for name in reference.authors] == [
        ("Ministry of Finance of Estonia", True)
    ]
    assert (reference.title, reference.year) == ("Digital Agenda 2020 for Estonia", "2018")


def test_collaboration_steps_back_behind_its_persons() -> None:
    texts = [
        "ATLAS Collaboration, G. Smith et al., Phys. Lett. B 716 (2012) 1.",
        "ATLAS Collaboration, Phys. Lett. B 716 (2012) 1.",
    ]
    assert [[name.family for name in one.authors] for one in parse_references(texts)] == [
        ["Smith"],
        ["ATLAS Collaboration"],
    ]


def test_markup_is_no_part_of_a_field() -> None:
    text = "Smith, J. (2019). Growth of <i>Salmo trutta</i> in lakes. Ecology, 3, 4–5."
    block = Block(BlockKind.REFERENCE, 0, len(text))
    [assertion] = extract_references(Document("doc", "doc.txt", text, (block,)))
    assert assertion.get("title") == "Growth of Salmo trutta in lakes"


def test_document_without_a_list_has_no_references() -> None:
    assert list(extract_references(Document("doc", "doc.txt", "Text.", ()))) == []


def test_names_of_a_list_vote_on_their_order() -> None:
    texts = [
        "Bao Jing. A study of offices[J]. Forum, 2020(1): 2-3.",
        "Yang Guodong. A theory of data[J]. Forum, 2020(2): 4-5.",
    ]
    assert [name.family for one in parse_references(texts) for name in one.authors] == ["Bao", "Yang"]


@pytest.mark.parametrize("text", ["", "   ", "[1]", ".", "\u0000", "(" * 500, "a" * 20000, "[J]", "et al.", "1 2 3 4"])
def test_any_string_gives_an_answer(text: str) -> None:
    [reference] = parse_references([text])
    assert isinstance(reference, ParsedReference)


def test_page_read_as_one_reference_is_cut() -> None:
    assert len(find_tokens("word " * 5000)) == MAX_TOKENS


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Phys. B428", ["Phys", ".", "B", "428"]),
        ("D'Arcy O’Neil", ["D'Arcy", "O’Neil"]),
        ("王秦,J", ["王", "秦", ",", "J"]),
        ("see https://a.b/c.html.", ["see", "https://a.b/c.html", "."]),
        ("doi:10.1000/x(2019).", ["doi", ":", "10.1000/x", "(", "2019", ")", "."]),
    ],
)
def test_token_borders(text: str, tokens: list[str]) -> None:
    assert [token.text for token in find_tokens(text)] == tokens


def test_year_and_initial_are_seen_in_a_token() -> None:
    assert "year" in describe_token("1998")
    assert "s=X1" in describe_token("J")
    assert "cue=pages" in describe_token("pp")


def test_labelled_tokens_become_fields() -> None:
    text = "A. Smith, Open data. Forum 3, 2019"
    names = "given given family other title title other container volume other year".split()
    fields = build_fields(text, find_tokens(text), [LABELS.index(name) for name in names])
    assert [name.written for name in fields.authors] == ["A. Smith"]
    assert (fields.title, fields.container, fields.volume, fields.year) == ("Open data", "Forum", "3", "2019")


@pytest.mark.parametrize(
    ("text", "labels", "names"),
    [
        ("Gruber T", "family given", [("Gruber T", "Gruber", "T")]),
        (
            "Labra G., J. E.",
            "family given given between given given family given",
            [("Labra G., J. E.", "Labra", "G J. E.")],
        ),
        ("Labra Gayo, J.", "given family given given given", [("Labra Gayo, J.", "Labra Gayo", "J.")]),
        (
            "Labra, J., Prud, E.",
            "family between family given between family between family given",
            [("Labra, J.", "Labra", "J."), ("Prud, E.", "Prud", "E.")],
        ),
        (
            "A. Smith Jr., B. Lee",
            "given given family between between between given given family",
            [("A. Smith", "Smith", "A"), ("B. Lee", "Lee", "B")],
        ),
        ("J Smith K Lee", "given family given family", [("J Smith", "Smith", "J"), ("K Lee", "Lee", "K")]),
        ("Smith J Lee K", "family given family given", [("Smith J", "Smith", "J"), ("Lee K", "Lee", "K")]),
    ],
)
def test_labels_of_authors_become_names(text: str, labels: str, names: list[tuple[str, str, str]]) -> None:
    found = find_authors(text, find_tokens(text), [LABELS.index(label) for label in labels.split()])
    assert [(name.written, name.family, name.given) for name in found] == names


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("“Open data,”", "Open data"),
        ("Open data?", "Open data?"),
        ("Data (2nd ed.", "Data (2nd ed"),
        ("*Data*.", "Data"),
    ],
)
def test_marks_around_a_field_are_trimmed(text: str, trimmed: str) -> None:
    assert trim(text) == trimmed


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("[12] Smith", "12", "Smith"),
        ("3. Smith", "3", "Smith"),
        ("- [1] Bao", "1", "Bao"),
        ("Smith 2019", "", "Smith 2019"),
        ("2019 Smith", "", "2019 Smith"),
    ],
)
def test_list_number_is_split_off(text: str, number: str, rest: str) -> None:
    assert split_number(text) == (number, rest)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("doi:10.1016/0261-5177(96)00003-9.", "10.1016/0261-5177(96)00003-9"),
        ("https://doi.org/10.1111/JOMS.12179.", "10.1111/joms.12179"),
        ("(doi 10.1000/abc)", "10.1000/abc"),
        ("no doi", ""),
    ],
)
def test_doi_is_found(text: str, doi: str) -> None:
    assert find_doi(text) == doi


def test_address_that_is_no_doi_is_found() -> None:
    assert find_url("See https://doi.org/10.1/x and http://a.org/b(c), today.") == "http://a.org/b(c)"


@pytest.mark.parametrize(
    ("rest", "publisher"),
    [
        (". London: Routledge, 2019.", "Routledge"),
        (", MIT Press, 1999.", "MIT Press"),
        (". 北京: 人民出版社, 2017.", "人民出版社"),
        ("12(3)", ""),
    ],
)
def test_publisher_is_found(rest: str, publisher: str) -> None:
    assert find_publisher(rest) == publisher


@pytest.mark.parametrize(
    ("text", "mark"), [("A[J]. B", "J"), ("A [EB/OL]. B", "EB"), ("[J] A", ""), ("A [in Chinese]. B", "")]
)
def test_type_mark_is_found(text: str, mark: str) -> None:
    assert find_mark(text) == mark


def test_weights_are_small_and_carry_their_notice() -> None:
    folder = files("kg.extract.references")
    assert len(folder.joinpath("weights.npz").read_bytes()) < 4_000_000
    assert "BSD-2-Clause" in folder.joinpath("NOTICE.md").read_text(encoding="utf-8")
