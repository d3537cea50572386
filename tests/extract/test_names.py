"""Person names: order, particles, institutions, scripts."""

import pytest

from kg.extract.names import Name, count_syllables, find_order, is_organisation, split_name, split_names, vote_order


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Bao Jing", "Jing", "Bao"),
        ("Yang Guodong", "Yang", "Guodong"),
        ("Qiangqiang Liu", "Liu", "Qiangqiang"),
        ("Haohan Wu", "Wu", "Haohan"),
        ("Nguyen Van An", "Nguyen", "Van An"),
        ("Min-Jung Kim", "Kim", "Min-Jung"),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig"),
        ("van den Berg, J. H.", "van den Berg", "J. H."),
        ("J. R. R. Tolkien", "Tolkien", "J. R. R."),
        ("Smith JA", "Smith", "JA"),
        ("KING C", "KING", "C"),
        ("DI GARBO A", "DI GARBO", "A"),
        ("LE JAN R", "LE JAN", "R"),
        ("LI N", "LI", "N"),
        ("WANG T H", "WANG", "T H"),
        ("J. R. KING", "KING", "J. R."),
        ("King, Jr., Martin Luther", "King", "Martin Luther, Jr."),
        ("Martin Luther King, Jr.", "King", "Martin Luther, Jr."),
        ("Plato", "Plato", ""),
        ("王一童", "王", "一童"),
        ("欧阳修", "欧阳", "修"),
        ("葉山嘉一", "葉山", "嘉一"),
        ("立田 ルミ", "立田", "ルミ"),
        ("김미정", "김", "미정"),
        ("남궁민수", "남궁", "민수"),
    ],
)
def test_name_is_split_by_what_it_shows_alone(text: str, family: str, given: str) -> None:
    assert split_name(text) == Name(text, family, given)


@pytest.mark.parametrize(
    "text",
    ["World Health Organization", "Ministry of Finance", "OECD", "Department for Culture, Media and Sport"],
)
def test_institution_is_one_name(text: str) -> None:
    assert split_name(text) == Name(text, text, organisation=True)


@pytest.mark.parametrize("text", ["Bank, John", "Jane Smith", "Ma", "LI", "Li Wei"])
def test_person_is_no_institution(text: str) -> None:
    assert not is_organisation(text)


def test_open_names_follow_the_order_the_list_shows() -> None:
    listed = split_names(["Bao Jing", "Fan Ziteng", "Jia Kai"])
    assert [name.family for name in listed] == ["Bao", "Fan", "Jia"]
    western = split_names(["Jing Bao", "Ziteng Fan", "Kai Jia"])
    assert [name.family for name in western] == ["Bao", "Fan", "Jia"]


def test_name_that_shows_its_order_goes_against_the_list() -> None:
    assert [name.family for name in split_names(["Huang Qisong", "Guo Leilei", "Qiangqiang Liu"])] == [
        "Huang",
        "Guo",
        "Liu",
    ]


def test_western_names_do_not_follow_a_surname_first_list() -> None:
    assert [name.family for name in split_names(["Yang Guodong", "Jane Smith"])] == ["Yang", "Smith"]


def test_vote_counts_only_names_that_show_their_order() -> None:
    assert vote_order(["Yang Guodong", "Bao Jing", "John Smith"]) == 1
    assert vote_order(["Guodong Yang"]) == -1
    assert vote_order(["John Smith", "Bao Jing"]) == 0


@pytest.mark.parametrize(
    ("text", "order"), [("Wang Weiling", 1), ("Weiling Wang", -1), ("Wang W", 0), ("John Brown", 0)]
)
def test_order_of_one_name(text: str, order: int) -> None:
    assert find_order(text) == order


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Dan Brown", "Brown"),
        ("Bo Rothstein", "Rothstein"),
        ("Kim Johnson", "Johnson"),
        ("Lee Smith", "Smith"),
        ("Tony Pan", "Pan"),
    ],
)
def test_western_given_name_that_is_a_surname_elsewhere_stays_given(text: str, family: str) -> None:
    assert split_name(text, order=1).family == family


@pytest.mark.parametrize(("word", "count"), [("Xiangyu", 2), ("Ling", 1), ("Simon", 0), ("Ouyang", 2), ("", 0)])
def test_pinyin_syllables_are_counted(word: str, count: int) -> None:
    assert count_syllables(word) == count
