"""Citations of notes: op. cit., ibid., the number of a note, whole references; and citations without brackets."""

import pytest

from kg.extract.citations import find_citations, link_mentions
from kg.extract.citations.find import find_mentions
from kg.extract.citations.resolve import Entry, make_entries
from kg.model import Assertion, Block, BlockKind, Document, Evidence, make_fields

ENTRIES = (
    Entry("z", "", ("Zuboff, Shoshana",), ("Zuboff",), "2020", "The Age of Surveillance Capitalism"),
    Entry("f1", "", ("Foucault, Michel",), ("Foucault",), "1977", "History of Sexuality: The Will to Know"),
    Entry("f2", "", ("Foucault, Michel",), ("Foucault",), "2007", "The Birth of Biopolitics"),
    Entry("n", "", ("North, Douglass",), ("North",), "1990", "Institutions"),
)


def link(*notes: str, body: str = "") -> list[tuple[str, str]]:
    """Each mention with the key of its entry, of a paragraph and notes numbered from 1."""
    parts = [part for part in (body, *notes) if part]
    text, blocks = "\n\n".join(parts), []
    for position, part in enumerate(parts, 0 if body else 1):
        start = text.index(part)
        kind = BlockKind.FOOTNOTE if position else BlockKind.PARAGRAPH
        blocks.append(Block(kind, start, start + len(part), number=str(position or "")))
    mentions = find_citations(Document("d", "d.txt", text, tuple(blocks)), ENTRIES)
    return [(mention.text, found.entry.key) for mention, found in link_mentions(mentions, ENTRIES) if found]


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (
            ("Shoshana Zuboff, The Age of Surveillance Capitalism, Profile, 2020.", "Zuboff, op. cit., p. 3."),
            [("Shoshana Zuboff, The Age of Surveillance Capitalism, Profile, 2020", "z"), ("Zuboff, op. cit.", "z")],
        ),
        (("See Foucault, Birth of Biopolitics, op. cit.",), [("Foucault, Birth of Biopolitics, op. cit.", "f2")]),
        (
            ("Foucault, The Birth of Biopolitics (2007).", "North, loc. cit.", "Foucault, op. cit., p. 9."),
            [
                ("Foucault, The Birth of Biopolitics (2007)", "f2"),
                ("North, loc. cit.", "n"),
                ("Foucault, op. cit.", "f2"),
            ],
        ),
        (
            ("North 1990, p. 3.", "Op. cit., p. 5.", "Ibid."),
            [("North 1990, p. 3", "n"), ("Op. cit.", "n"), ("Ibid.", "n")],
        ),
        (("North 1990.", "See above n 1, 33."), [("North 1990", "n"), ("See above n 1", "n")]),
        (
            ("North 1990.", "Zuboff (2020).", "North (n 1) 33."),
            [("North 1990", "n"), ("Zuboff (2020)", "z"), ("North (n 1)", "n")],
        ),
        (("North 1990.", "Zuboff, supra note 9."), [("North 1990", "n"), ("Zuboff, supra note 9", "z")]),
        (("North 1990.", "Id. at 12."), [("North 1990", "n"), ("Id.", "n")]),
        (("Foucault, op. cit.",), []),
        (("See above n 4.", "Smith (n 1) 33."), []),
    ],
)
def test_note_leads_to_the_work_cited_before(notes: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert link(*notes) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("As North 1990 says, rules matter.", [("North 1990", "n")]),
        ("Rules matter (see North 1990: 3; Zuboff 2020).", [("North 1990: 3", "n"), ("Zuboff 2020", "z")]),
        ("North's 1990 book, and North’s (1990) too.", [("North's 1990", "n"), ("North’s (1990)", "n")]),
        ("It is so [@north1990; @zuboff_2020, p. 3; @none1999].", [("@north1990", "n"), ("@zuboff_2020", "z")]),
        ("In the North 2010 was a good year; so was Zuboff 2019.", []),
    ],
)
def test_name_and_year_without_brackets_count_where_both_are_those_of_an_entry(
    body: str, expected: list[tuple[str, str]]
) -> None:
    assert link(body=body) == expected


def numbered(*sentences: str) -> list[tuple[str, str]]:
    entries = [Entry(f"r{n}", str(n), ("Lee, A.",), ("Lee",), "2000", "") for n in range(1, 13)]
    text = " ".join(sentences)
    document = Document("d", "d.txt", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    mentions = find_citations(document, entries)
    return [(mention.text, found.entry.key) for mention, found in link_mentions(mentions, entries) if found]


@pytest.mark.parametrize("text", ["values in the range of [5,10]", "prices between [2, 5]", "where x ∈ [1, 3]"])
def test_interval_is_no_citation(text: str) -> None:
    assert numbered(f"There are {text} here.") == []


def test_raised_numbers_may_stand_apart() -> None:
    assert numbered("Cities publish data ^1,2^ and x ^2 grows.") == [("1,2", "r1"), ("1,2", "r2")]


def test_raised_numbers_are_notes_where_the_text_cites_in_brackets() -> None:
    found = numbered("Data [1].", "Skills.² Law [3].", "Rules [4].")
    assert found == [("[1]", "r1"), ("[3]", "r3"), ("[4]", "r4")]


def test_program_text_cites_nothing() -> None:
    assert numbered("then mid ← (bound[1] + bound[2])/2") == []
    assert numbered("Chord[3] and CAN[4] are known.") == [("[3]", "r3"), ("[4]", "r4")]


@pytest.mark.parametrize(
    ("cited", "keys"),
    [
        ("Lee (2020k)", ["k"]),
        ("Kim (2019b)", ["second"]),
        ("Kim (2019a, b)", ["first", "second"]),
        ("Lee (2020)", ["bare"]),
    ],
)
def test_letter_of_the_year_is_that_of_the_list_or_its_order_there(cited: str, keys: list[str]) -> None:
    rows = {
        "bare": "Lee, A. 2020. One.",
        "k": "Lee, A. 2020k. Two.",
        "first": "Kim, B. 2019. X.",
        "second": "Kim, B. 2019. Y.",
    }
    references = [
        Assertion(
            "reference",
            "",
            Evidence(0, 0, quote),
            key,
            make_fields(authors=(quote[:6],), families=(quote[:3],), year=quote[8:12]),
        )
        for key, quote in rows.items()
    ]
    entries = make_entries(references)
    mentions = find_mentions(f"As {cited} says.", 0, frozenset())
    assert [found.entry.key for _, found in link_mentions(mentions, entries) if found] == keys
