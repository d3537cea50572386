"""Plain lines to title, authors, sections, items and references, whatever kind of document they are."""

import pytest

from kg.model import BlockKind, Document, compute_sections
from kg.readers import make_document
from kg.readers.structure import Chunk, find_structure
from kg.readers.structure.front import read_loose
from kg.readers.structure.headings import is_heading_text
from kg.readers.text import read_text

LAW = """DIGITAL SERVICES ACT

Ministry of Communications

Adopted: 3 May 2019

CHAPTER I GENERAL PROVISIONS

Article 1 Subject matter

This law sets out how public bodies offer their services and who answers for them.

Article 2

For the purposes of this law the following definitions apply:

(a) public body means any body that acts for the state;

(b) service means any act that a person may ask of a public body.

CHAPTER II DUTIES

Article 3 Duty to share

1. Public bodies shall share data with each other.

2. The Ministry shall publish a list of the data that are shared.

ANNEX A List of services

- registration of birth
"""
WRAPPED = """            A Report on Open Data in Small Towns

Anna Berg, Office of the Mayor
March 2017

1. What we found

Small towns hold data that nobody has asked for, and they have neither the
people nor the money to put them online. In many of them the person who runs
the website also answers the phone.

    * no money
    * no staff who know
      how to do it

2. What to do

Towns should work together. A county can run one portal for all of them.
"""
PAPER = """Digital exclusion of the elderly

Ingrid Larsen, Tom Okafor

University of Oslo; Lagos Business School

Abstract. Older people are left out when services go online. We ask why.

Introduction

Many services are now online only (Smith, 2019). Older people find it hard to use them (Lee, 2020).

Barriers to use

The first barrier is skill. As Smith (2019) says, nobody teaches people over seventy how to use a portal.

References

Lee, C. (2020) Portals for all. Oslo: Press.

Smith, D. (2019) Online only: a study. Government Information Quarterly, 36,

12-20.
"""
STRATEGY = """National Data Strategy 2020-2025

Challenge 1: Data are kept in silos

Each ministry keeps its data in systems of its own and does not share them with others.

Solution: A law on sharing obliges ministries to open their registers to each other.

Challenge 2: Staff lack skills

Few people in ministries can analyse data, and those who can leave for better pay.

Action 1. Train one thousand analysts

The school of government will train one thousand analysts in five years.
"""


def read(text: str) -> Document:
    return make_document(read_text(text), file="x.txt")


def show(text: str) -> list[tuple[str, str, str]]:
    document = read(text)
    return [(b.kind.value, b.number or b.label, document.block_text(b)) for b in document.blocks]


def outline(text: str) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.title) for s in compute_sections(read(text))]


def test_law_has_chapters_articles_and_annexes() -> None:
    assert outline(LAW) == [
        (1, "I", "GENERAL PROVISIONS"),
        (2, "I.1", "Subject matter"),
        (2, "I.2", "Article 2"),
        (1, "II", "DUTIES"),
        (2, "II.3", "Duty to share"),
        (1, "A", "List of services"),
    ]


def test_law_has_its_issuing_body_its_year_and_its_clauses() -> None:
    assert show(LAW)[:3] == [
        ("title", "", "DIGITAL SERVICES ACT"),
        ("metadata", "publisher", "Ministry of Communications"),
        ("metadata", "year", "2019"),
    ]
    assert [entry for entry in show(LAW) if entry[0] == "item"] == [
        ("item", "a", "public body means any body that acts for the state;"),
        ("item", "b", "service means any act that a person may ask of a public body."),
        ("item", "1", "Public bodies shall share data with each other."),
        ("item", "2", "The Ministry shall publish a list of the data that are shared."),
        ("item", "", "registration of birth"),
    ]


def test_wrapped_report_is_read_line_by_line_at_its_head_and_in_its_lists() -> None:
    assert show(WRAPPED) == [
        ("title", "", "A Report on Open Data in Small Towns"),
        ("author", "", "Anna Berg"),
        ("affiliation", "", "Office of the Mayor"),
        ("metadata", "year", "2017"),
        ("heading", "1", "What we found"),
        (
            "paragraph",
            "",
            "Small towns hold data that nobody has asked for, and they have neither the people nor the money to put "
            "them online. In many of them the person who runs the website also answers the phone.",
        ),
        ("item", "", "no money"),
        ("item", "", "no staff who know how to do it"),
        ("heading", "2", "What to do"),
        ("paragraph", "", "Towns should work together. A county can run one portal for all of them."),
    ]


def test_paper_with_unnumbered_headings_and_an_author_year_list() -> None:
    assert [entry for entry in show(PAPER) if entry[0] != "paragraph"] == [
        ("title", "", "Digital exclusion of the elderly"),
        ("author", "", "Ingrid Larsen"),
        ("author", "", "Tom Okafor"),
        ("affiliation", "", "University of Oslo"),
        ("affiliation", "", "Lagos Business School"),
        ("abstract", "", "Older people are left out when services go online. We ask why."),
        ("heading", "", "Introduction"),
        ("heading", "", "Barriers to use"),
        ("heading", "", "References"),
        ("reference", "", "Lee, C. (2020) Portals for all. Oslo: Press."),
        ("reference", "", "Smith, D. (2019) Online only: a study. Government Information Quarterly, 36, 12-20."),
    ]


def test_strategy_has_challenges_with_their_solutions_and_actions() -> None:
    assert outline(STRATEGY) == [
        (1, "1", "Data are kept in silos"),
        (2, "", "Solution"),
        (1, "2", "Staff lack skills"),
        (2, "2.1", "Train one thousand analysts"),
    ]


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (["2.3 Method", "We asked twenty offices what they do with data."], ["heading", "paragraph"]),
        (["3.5 million people use the portal."], ["paragraph"]),
        (["IV. RESULTS", "We found that offices do not share their data."], ["heading", "paragraph"]),
        (["Figure 2. Offices by size", "Table 1: Barriers"], ["caption", "caption"]),
        (["Figure 2 shows that offices differ."], ["paragraph"]),
        (["• one", "– two", "[x] three"], ["item", "item", "item"]),
        (["See below:", "i) one", "ii) two"], ["paragraph", "item", "item"]),
        (["[1]: as the law says."], ["footnote"]),
    ],
    ids=lambda value: value[0][:12] if isinstance(value, list) else "",
)
def test_line_by_line_kinds(lines: list[str], kinds: list[str]) -> None:
    text = "A Title of Words\n\nA first sentence stands here, so that the head is over.\n\n" + "\n\n".join(lines)
    assert [kind for kind, _, _ in show(text)][2:] == kinds


def test_notes_between_the_halves_of_a_paragraph_follow_it() -> None:
    text = "A Title\n\nThe offices of the state keep the data that all of the\n\nTable 1. Numbers\n\nothers could use."
    assert show(text)[1:] == [
        ("paragraph", "", "The offices of the state keep the data that all of the others could use."),
        ("caption", "1", "Numbers"),
    ]


def test_references_glued_into_one_paragraph_are_parted() -> None:
    text = "A Title\n\nWords.\n\nReferences\n\n[1] Silva A. Data. 2019. [2] Rossi B. Rules. 2020. [3] Li C. More. 2021."
    assert show(text)[-3:] == [
        ("reference", "1", "Silva A. Data. 2019."),
        ("reference", "2", "Rossi B. Rules. 2020."),
        ("reference", "3", "Li C. More. 2021."),
    ]


def test_sections_behind_the_references_are_sections_again() -> None:
    text = "A Title\n\nReferences\n\n[1] Silva A. Data. 2019.\n\nAppendix A: Questions\n\nWe asked what offices do."
    assert [kind for kind, _, _ in show(text)] == ["title", "heading", "reference", "heading", "paragraph"]


def test_items_without_stops_stay_apart_and_a_mark_typed_twice_counts_once() -> None:
    first = "the adaptation of an existing solution to these requirements is not viable, and"
    second, third = "the construction of a new solution is not viable.", "a third thing that is said"
    chunks = [Chunk(f"a) {first}"), Chunk(f"b) b) {second}"), Chunk(f"• • {third}"), Chunk("c)The rule holds.")]
    items = [
        draft for draft in find_structure([Chunk("Some title"), Chunk("A text."), *chunks]) if draft.kind == "item"
    ]
    assert [(draft.number, draft.text) for draft in items] == [
        ("a", first),
        ("b", second),
        ("", third),
        ("c", "The rule holds."),
    ]


def test_a_clause_that_begins_with_a_short_sentence_is_no_heading_among_clauses_that_do_not() -> None:
    rest = "Whoever answers for them says so in the yearly report of the office."
    clauses = [
        f"a) Offices keep lists of their data, {rest.lower()}",
        f"b) Units keep their own lists. {rest}",
        f"c) The lists that all of them keep are public, {rest.lower()}",
        f"d) Names of people are left out. {rest}",
        f"e) In cases where no list can be kept, {rest.lower()}",
    ]
    drafts = find_structure([Chunk("Some title"), Chunk("A text."), *map(Chunk, clauses)])
    assert [(d.kind, d.number) for d in drafts[2:]] == [("item", letter) for letter in "abcde"]


@pytest.mark.parametrize(("mark", "kinds"), [("{}.", ["item"] * 3), ("({})", ["heading", "paragraph"] * 3)])
def test_numbered_words_before_a_colon_are_items_in_a_row_unless_in_brackets(mark: str, kinds: list[str]) -> None:
    text = "Offices have to say what they need and what they can do without."
    chunks = [Chunk(f"{mark.format(n)} Needs of the office: {text}", lead=23) for n in (1, 2, 3)]
    drafts = find_structure([Chunk("Some title"), Chunk("A text that stands before them."), *chunks])
    assert [str(draft.kind) for draft in drafts[2:]] == kinds


def test_paragraph_that_fills_its_page_goes_on_behind_a_name_with_a_capital() -> None:
    first = "Institutions have to notify the Office of the Commissioner and the Board of Canada"
    second = "Secretariat (TBS) of all breaches."
    for is_open, texts in ((True, [f"{first} {second}"]), (False, [first, second])):
        chunks = [Chunk("Some title"), Chunk("A text."), Chunk(first, page=1, is_open=is_open), Chunk(second, page=2)]
        assert [draft.text for draft in find_structure(chunks)][2:] == texts


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("27 7. REFERENCES", "before='27 7. ' number='7' text='REFERENCES'"),
        ("312 VII. References", "before='312 VII. ' number='VII' text='References'"),
        ("27 References", "before='27 ' number='27' text='References'"),
    ],
)
def test_heading_of_the_reference_list_is_seen_behind_the_number_of_its_page(line: str, heading: str) -> None:
    lines = ["1. Introduction", "Offices do not share what they know.", line, "[1] Silva, A. (2020). On data."]
    drafts = find_structure([Chunk("On sharing data in offices", role="heading"), *map(Chunk, lines)])[-2:]
    assert [(f"before={d.before!r} number={d.number!r} text={d.text!r}", d.kind.value) for d in drafts] == [
        (heading, "heading"),
        ("before='[1] ' number='1' text='Silva, A. (2020). On data.'", "reference"),
    ]


def test_line_of_a_contents_page_heads_no_reference_list() -> None:
    kinds = [d.kind.value for d in find_structure([*map(Chunk, ["On sharing", "7. References 27", "8. Annexes 30"])])]
    assert "reference" not in kinds


def test_remark_below_a_list_is_no_heading() -> None:
    chunks = [
        Chunk("Duties", role="heading"),
        Chunk("Note: Laws and further sources stand on page 11"),
        Chunk("a. " * 50),
    ]
    assert [d.kind.value for d in find_structure(chunks, front=[])][1] == "paragraph"


def test_appendix_printed_smaller_than_chapters_stands_beside_them() -> None:
    printed = [("1. Aims", 1), ("1.1 Offices", 2), ("REMARKS", 3), ("Appendix 1. Glossary", 4), ("TERMS", 3)]
    chunks = [Chunk("A plan for offices", role="title")]
    for title, level in printed:
        chunks += [Chunk(title, role="heading", level=level), Chunk("The offices of the city share their data.")]
    drafts = [draft for draft in find_structure(chunks) if draft.kind is BlockKind.HEADING]
    assert [(draft.text, draft.level) for draft in drafts] == [
        ("Aims", 1),
        ("Offices", 2),
        ("REMARKS", 3),
        ("Glossary", 1),
        ("TERMS", 2),
    ]


def test_ministry_above_a_title_may_be_for_law() -> None:
    text = "Ministry of Law and Justice\n\nNational data charter\n\nRegistries are kept on paper.\n"
    assert show(text)[:2] == [
        ("metadata", "publisher", "Ministry of Law and Justice"),
        ("title", "", "National data charter"),
    ]


def test_title_of_an_article_may_stand_on_the_line_below_its_number() -> None:
    text = (
        "Law on registers\n\nCHAPTER I\nGENERAL RULES\n\nArticle 1\nPurpose\n\n"
        "This law links the registers of cities.\n\n"
        "Article 2\n\nFor the purposes of this law a register is a list that is kept by law.\n"
    )
    assert outline(text) == [(1, "I", "GENERAL RULES"), (2, "I.1", "Purpose"), (2, "I.2", "Article 2")]


def test_sections_of_an_order_have_their_titles_run_in() -> None:
    text = (
        "Order on registers\n\nIt is ordered as follows.\n\n"
        "Section 1. Policy. It is the policy to link the registers.\n\n"
        "Sec. 2. Definitions. For purposes of this order:\n\n(a) a register is a list.\n\n"
        "Sec. 3. Linking. (a) The Director shall publish an interface.\n\n(b) Agencies shall use it.\n"
    )
    assert outline(text) == [(1, "1", "Policy"), (1, "2", "Definitions"), (1, "3", "Linking")]
    assert [entry for entry in show(text) if entry[0] == "item"] == [
        ("item", "a", "a register is a list."),
        ("item", "a", "The Director shall publish an interface."),
        ("item", "b", "Agencies shall use it."),
    ]


def test_keywords_may_have_a_heading_and_an_entry_goes_on_with_where_it_was_found() -> None:
    text = (
        "Registers apart\n\nAna Silva\n\nAbstract\n\nRegisters are kept apart by law and by habit in many cities.\n\n"
        "CONCEPTS\n\nRegisters of the city are read here by those who keep them, and by nobody else at all.\n\n"
        "KEYWORDS\n\nregisters, address data\n\n1. Introduction\n\nFew people trust the registers of their city.\n\n"
        "References\n\nBerg, A. (2017). Why we type. The Clerk.\n\nRetrieved 3 May 2019 from https://example.org/a\n"
    )
    found = show(text)
    assert [entry[2] for entry in found if entry[0] == "keywords"] == ["registers", "address data"]
    assert found[-1][2] == "Berg, A. (2017). Why we type. The Clerk. Retrieved 3 May 2019 from https://example.org/a"


def test_addresses_with_letters_as_marks_stay_apart_and_bold_names_of_facts_head_nothing() -> None:
    chunks = [
        Chunk("Registers apart", role="title"),
        Chunk("Ana Silva a, Bo Rossi b"),
        Chunk("a School of Law, Example University, Lisbon, Portugal"),
        Chunk("b Faculty of Informatics, Sample University, Brno"),
        Chunk("Abstract: Registers are kept apart by law and by habit."),
        Chunk("Some words of the text stand here, and they are read by those who keep registers of cities."),
        Chunk("Keywords: registers; address data", lead=9),
        Chunk("Copyright: the authors of this text, who share it under a licence that is open to all.", lead=10),
    ]
    drafts = find_structure(chunks)
    assert [draft.text for draft in drafts if draft.kind == "affiliation"] == [
        "School of Law, Example University",
        "Faculty of Informatics, Sample University",
    ]
    assert not [draft for draft in drafts if draft.kind == "heading"]
    assert [draft.text for draft in drafts if draft.kind == "keywords"] == ["registers", "address data"]


def test_number_of_a_table_above_its_title_is_one_caption_with_it() -> None:
    chunks = [
        Chunk("Some title"),
        Chunk("A text."),
        Chunk("TABLE II"),
        Chunk("Barriers by City"),
        Chunk("No law | 4", "table"),
    ]
    drafts = [(draft.kind.value, draft.number, draft.text) for draft in find_structure(chunks)][2:]
    assert drafts == [("caption", "II", "Barriers by City"), ("table", "", "No law | 4")]


def test_what_somebody_says_and_the_beginning_of_a_list_are_no_headings() -> None:
    assert is_heading_text("“Digital by default”")
    assert is_heading_text("Employees should")
    assert not is_heading_text("Contact: registers@example.org")
    assert not is_heading_text("“The post comes back, then I know.”")
    assert not is_heading_text("Users report changes within a week and the keeper may")


def test_facts_on_one_line_of_a_cover_are_parted() -> None:
    drafts = read_loose(Chunk("May 2021 · ISBN 978-92-64", role="metadata", page=1))
    assert [(draft.label, draft.text, draft.glue) for draft in drafts] == [
        ("year", "2021", "\n\n"),
        ("line", "ISBN 978-92-64", " · "),
    ]
    (whole,) = read_loose(Chunk("Lund | Cork", role="metadata", page=1))
    assert whole.text == "Lund | Cork"


def test_year_of_a_conference_is_read_although_its_place_stands_behind() -> None:
    drafts = read_loose(Chunk("In: Proceedings of the 3rd Conference on Data, May 3–5, 2021, Lund", role="metadata"))
    assert [(draft.label, draft.text) for draft in drafts] == [
        ("container", "In: Proceedings of the 3rd Conference on Data"),
        ("year", "2021"),
    ]
