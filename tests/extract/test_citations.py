"""In-text citations: forms, resolution, odd ones."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.annotate import Annotated
from kg.extract.citations import extract
from kg.extract.citations.find import Mention, expand_numbers, find_mentions, trim_names
from kg.extract.citations.resolve import Entry, match_author, resolve, split_mentioned
from kg.model import Assertion, BlockKind, Evidence, make_fields

MakeAnnotated = Callable[..., Annotated]
LIST = {
    "1": ("Smith, J.; Jones, A.", "Smith; Jones", "2019", "Open data in cities"),
    "2": ("Bao Jing; Fan Ziteng; Jia Kai", "Bao; Fan; Jia", "2020", "Governance of digital government"),
    "3": ("Huang Qisong; Liu Qiangqiang", "Huang; Liu", "2019", "Big data and government"),
    "4": ("Guo Lei; Huang Zhengkai", "Guo; Huang", "2021", "Influencing factors of digital government"),
    "5": ("van der Berg, P.", "van der Berg", "2018", "Legacy systems in ministries"),
    "6": ("Smith, J.", "Smith", "2020a", "Digital skills of civil servants"),
    "7": ("World Health Organization", "World Health Organization", "2021", "Health data governance"),
}


def make_reference(number: str, row: tuple[str, str, str, str]) -> Assertion:
    authors, families, year, title = row
    fields = make_fields(
        number=number, authors=tuple(authors.split("; ")), families=tuple(families.split("; ")), year=year, title=title
    )
    return Assertion("reference", title, Evidence(0, 0, ""), f"ref{number}", fields)


REFERENCES = tuple(make_reference(number, row) for number, row in LIST.items())


def cite(make_annotated: MakeAnnotated, *lines: str) -> list[Assertion]:
    return list(extract(make_annotated(*lines), REFERENCES))


def links(make_annotated: MakeAnnotated, text: str) -> list[tuple[str, str]]:
    found = cite(make_annotated, text)
    return [(one.label, one.get_text("reference_key")) for one in found if one.kind == "citation"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cities publish data [1].", [("[1]", "ref1")]),
        ("Many agree [2,5-7].", [("[2,5-7]", f"ref{n}") for n in (2, 5, 6, 7)]),
        ("Data are open (Smith & Jones, 2019).", [("(Smith & Jones, 2019)", "ref1")]),
        (
            "It is known (see Smith and Jones, 2019: 12; Bao et al., 2020).",
            [("Smith and Jones, 2019: 12", "ref1"), ("Bao et al., 2020", "ref2")],
        ),
        ("However, Smith and Jones (2019) disagree.", [("Smith and Jones (2019)", "ref1")]),
        ("As Bao Jing and Jia Kai (2020) say, it grows.", [("Bao Jing and Jia Kai (2020)", "ref2")]),
        ("Minister van der Berg (2018) knew.", [("van der Berg (2018)", "ref5")]),
        ("Smith’s (2020a) survey counts skills.", [("Smith’s (2020a)", "ref6")]),
        ("Smith (2019, 2020a) repeats it.", [("Smith (2019, 2020a)", "ref1"), ("Smith (2019, 2020a)", "ref6")]),
        ("The World Health Organization (2021) asks for it.", [("World Health Organization (2021)", "ref7")]),
        ("Skills are scarce.⁶", [("⁶", "ref6")]),
        ("The survey of Smith (see 2020a) counts skills.", [("Smith (see 2020a)", "ref6")]),
        (
            "Data are open (Smith & Jones, 2019). All are (ibid., p. 5).",
            [("(Smith & Jones, 2019)", "ref1"), ("ibid.", "ref1")],
        ),
        ("Data are open [2,5]. Ibidem, all are.", [("[2,5]", "ref2"), ("[2,5]", "ref5"), ("Ibidem", "ref5")]),
        ("Ibid. stands for nothing here.", []),
        ("Skills are scarce^6^ today.", [("6", "ref6")]),
        ("The year (2019) was good, and so was May (2020).", []),
        ("Item [12] is not in the list.", []),
    ],
)
def test_citation_in_its_usual_forms(make_annotated: MakeAnnotated, text: str, expected: list[tuple[str, str]]) -> None:
    assert links(make_annotated, text) == expected


def test_citation_carries_its_whole_sentence(make_annotated: MakeAnnotated) -> None:
    [citation, *_] = cite(make_annotated, "First. Data are open (Smith & Jones, 2019), they say. Last.")
    assert citation.evidence.quote == "Data are open (Smith & Jones, 2019), they say."
    assert citation.key == "cit1"


def test_swapped_name_is_linked_and_remarked(make_annotated: MakeAnnotated) -> None:
    found = cite(make_annotated, "Huang Qisong, Qiangqiang Liu (2019) Big data reshapes governance.")
    assert found[0].get_text("reference_key") == "ref3"
    assert found[0].get_text("note") == "given and family name swapped in the text"
    assert found[1].kind == "remark"
    assert found[1].get_text("severity") == "warning"
    assert found[1].label == (
        "The text says 'Huang Qisong, Qiangqiang Liu (2019)', the list has 'Liu Qiangqiang' (entry 3): "
        "given and family name are swapped."
    )


def test_other_given_name_is_linked_and_remarked(make_annotated: MakeAnnotated) -> None:
    found = cite(make_annotated, "Guo Lei, Huang Ryan (2021) used a regression.")
    assert found[0].get_text("reference_key") == "ref4"
    assert "'Huang Zhengkai' (entry 4): the names differ." in found[1].label


def test_year_one_off_is_linked_and_remarked(make_annotated: MakeAnnotated) -> None:
    found = cite(make_annotated, "Bao Jing, Fan Ziteng and Jia Kai (2021) describe it.")
    assert found[0].get_text("reference_key") == "ref2"
    assert found[1].label == ("The text says 'Bao Jing, Fan Ziteng and Jia Kai (2021)', the list has 2020 (entry 2).")


def test_mention_without_an_entry_is_remarked(make_annotated: MakeAnnotated) -> None:
    [_, remark] = cite(make_annotated, "Smith and Jones (2019) and Miller (2015) said so.")
    assert remark.label == "The text cites 'Miller (2015)', the reference list has no such entry."


@pytest.mark.parametrize(
    "text",
    [
        "Smith and Jones (2019) read the Data Protection Act (2018).",
        "Known [1]. Known [2]. It began in Tallinn (Estonia, 2015).",
    ],
)
def test_year_in_brackets_that_cites_nothing_is_not_remarked(make_annotated: MakeAnnotated, text: str) -> None:
    assert [one for one in cite(make_annotated, text) if one.kind == "remark"] == []


def test_mention_two_slips_away_from_the_only_likely_entry_is_linked_with_doubt(make_annotated: MakeAnnotated) -> None:
    [citation, remark] = cite(make_annotated, "Van der Bergh et al. (2012) knew it.")
    assert (citation.get_text("reference_key"), citation.confidence) == ("ref5", 0.6)
    assert remark.label == (
        "The text says 'Van der Bergh et al. (2012)', the list has only 'van der Berg, P. (2018)' (entry 5): "
        "probably the same work."
    )


def test_entries_never_cited_are_told_once_most_are_cited(make_annotated: MakeAnnotated) -> None:
    found = cite(make_annotated, "All of it [1-6].")
    assert [one.label for one in found if one.kind == "remark"] == [
        "Entry 7 'Health data governance' of the reference list is never cited in the text."
    ]


def test_work_given_twice_is_remarked(make_annotated: MakeAnnotated) -> None:
    twin = replace(REFERENCES[0], key="ref8", fields=make_fields(number="8", title="Open Data in Cities", year="2019"))
    found = list(extract(make_annotated("It is so [1]."), (REFERENCES[0], twin)))
    assert "Entries 1 'Open data in cities' and 8 'Open Data in Cities' of the reference list are the same work." in [
        one.label for one in found
    ]


def test_entry_later_than_the_document_is_remarked(make_annotated: MakeAnnotated) -> None:
    year = Assertion("year", "2016", Evidence(0, 0, ""))
    found = list(extract(make_annotated("It is so [1]."), (year, *REFERENCES[:1])))
    assert [one.label for one in found if one.kind == "remark"] == [
        "Entry 1 'Open data in cities' is dated 2019, after the document itself (2016)."
    ]


def test_numbers_that_lost_their_raising_count_where_nothing_else_cites(make_annotated: MakeAnnotated) -> None:
    text = "Data are open.1 Skills are scarce.2 Systems are old.3 Laws are late.4"
    assert [key for _, key in links(make_annotated, text)] == ["ref1", "ref2", "ref3", "ref4"]


def test_reference_blocks_are_not_searched(make_annotated: MakeAnnotated) -> None:
    annotated = make_annotated("Nothing here.", "REFERENCE Smith, J. and Jones, A. (2019) Open data.")
    assert annotated.document.blocks[1].kind is BlockKind.REFERENCE
    assert not [one for one in extract(annotated, REFERENCES) if one.kind == "citation"]


def test_document_without_a_list_has_no_citations(make_annotated: MakeAnnotated) -> None:
    assert list(extract(make_annotated("Smith (2019) says so."), ())) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("2,5-7", ("2", "5", "6", "7")), ("1–3", ("1", "2", "3")), ("3; 4", ("3", "4")), ("9-2", ()), ("1-900", ())],
)
def test_numbers_are_expanded(text: str, numbers: tuple[str, ...]) -> None:
    assert expand_numbers(text) == numbers


def test_words_before_a_name_are_cut_off() -> None:
    assert trim_names("However, Smith and Jones") == "Smith and Jones"
    assert trim_names("In March") == ""
    assert trim_names("In Germany. However, Sera and Early") == "Sera and Early"


def test_authors_of_a_mention_are_split() -> None:
    assert split_mentioned("Smith, Jones and Lee et al.") == (["Smith", "Jones", "Lee"], True)


@pytest.mark.parametrize(
    ("mentioned", "author", "family", "fit"),
    [
        ("Smith", "Smith, J.", "Smith", 1.0),
        ("Berg", "van der Berg, P.", "van der Berg", 1.0),
        ("Johannson", "Johansson, K.", "Johansson", 0.9),
        ("Li", "Liu, W.", "Liu", 0.0),
        ("Qiangqiang Liu", "Liu Qiangqiang", "Liu", 1.0),
        ("WHO", "World Health Organization", "World Health Organization", 0.9),
        ("Weiling", "Wang Weiling", "Wang", 0.6),
    ],
)
def test_mentioned_name_fits_an_author(mentioned: str, author: str, family: str, fit: float) -> None:
    assert match_author(mentioned, author, family) == fit


def test_letter_of_the_year_parts_two_entries_of_one_author() -> None:
    entries = [Entry(f"ref{y}", "", ("Smith, J.",), ("Smith",), y, y) for y in ("2020a", "2020b")]
    link = resolve(Mention(0, 1, "", names="Smith", year="2020b"), entries)
    assert link is not None
    assert link.entry.key == "ref2020b"


def test_mentions_in_one_text_come_in_order() -> None:
    found = find_mentions("A (Smith, 2019) and [1] and Lee (2020).", 10, frozenset({"1"}))
    assert [(one.start, one.text) for one in found] == [(12, "(Smith, 2019)"), (30, "[1]"), (38, "Lee (2020)")]
