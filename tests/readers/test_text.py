"""Plain text files to blocks."""

import os
from pathlib import Path

import pytest

from kg.model import BlockKind, Document, ReadError, compute_sections
from kg.readers import make_document, make_document_id, read_document
from kg.readers.text import read_text

PAPER = """

Sharing Data between Offices

Ana Silva

School of Law, Example University, 12 Main Road, Lisbon 1000, Portugal

Keywords: open data, trust

Abstract: Offices hold data. They do not share it.

1. Introduction

Offices hold much data and they keep it for themselves because of

old habits.

2. Problems

Two problems are known.

(1) Missing rules. No rule tells an office what it may hand over to another one.

(2) Missing staff. Few people know how to prepare data for other people.

3. Answers

(1) New rules

A rule is needed that tells every office what it may hand over, and to whom.

(2) Training

Staff must learn how to prepare data, and they must be given time to do so.

References

- [1] Silva A, Rossi B. Data at work[J]. Offices, 2020(3): 1-9.
- [2] Li C. Rules for sharing. Press, 2019.
"""


def read(text: str, file: str = "x.txt") -> Document:
    return make_document(read_text(text), file=file)


def show(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind.value, b.number, document.block_text(b)) for b in document.blocks]


def test_head_of_a_paper_is_title_author_affiliation_keywords_and_abstract() -> None:
    assert show(read(PAPER))[:6] == [
        ("title", "", "Sharing Data between Offices"),
        ("author", "", "Ana Silva"),
        ("affiliation", "", "School of Law, Example University"),
        ("keywords", "", "open data"),
        ("keywords", "", "trust"),
        ("abstract", "", "Offices hold data. They do not share it."),
    ]


def test_sections_have_number_paths_through_run_in_headings_and_title_lines() -> None:
    assert [(s.number, s.title, s.level) for s in compute_sections(read(PAPER))] == [
        ("1", "Introduction", 1),
        ("2", "Problems", 1),
        ("2.1", "Missing rules", 2),
        ("2.2", "Missing staff", 2),
        ("3", "Answers", 1),
        ("3.1", "New rules", 2),
        ("3.2", "Training", 2),
        ("", "References", 1),
    ]


def test_paragraph_cut_by_a_page_break_is_one_block() -> None:
    text = "Offices hold much data and they keep it for themselves because of old habits."
    assert ("paragraph", "", text) in show(read(PAPER))


def test_text_shows_numbers_and_field_names_outside_the_blocks() -> None:
    text = read(PAPER).text
    assert "Keywords: open data, trust\n\nAbstract: Offices" in text
    assert "(1) Missing rules. No rule tells" in text
    assert "\n- [2] Li C. Rules" in text


def test_reference_entries_have_their_numbers() -> None:
    assert show(read(PAPER))[-2:] == [
        ("reference", "1", "Silva A, Rossi B. Data at work[J]. Offices, 2020(3): 1-9."),
        ("reference", "2", "Li C. Rules for sharing. Press, 2019."),
    ]


def test_blocks_do_not_overlap_and_hold_no_outer_space() -> None:
    document = read(PAPER)
    ends = [0, *(block.end for block in document.blocks)]
    assert all(block.start >= end for block, end in zip(document.blocks, ends, strict=False))
    assert all(document.block_text(block) == document.block_text(block).strip() for block in document.blocks)


def test_numbered_lines_in_a_row_are_items_not_headings() -> None:
    text = "What to do\n\nThree steps follow here.\n\n1. Ask the users\n\n2. Build a small thing\n\n3. Test it\n"
    assert [entry for entry in show(read(text)) if entry[0] == "item"] == [
        ("item", "1", "Ask the users"),
        ("item", "2", "Build a small thing"),
        ("item", "3", "Test it"),
    ]


def test_wrapped_lines_are_joined_and_cut_words_mended() -> None:
    text = (
        "A Plain Report\n\nThe office that runs the programme has no funds for the govern-\n"
        "ment portal, and e-\ngovernment suffers from it, as the report of the committee says.\n"
    )
    assert show(read(text))[1][2] == (
        "The office that runs the programme has no funds for the government portal, and e-government suffers from it, "
        "as the report of the committee says."
    )


def test_abstract_record_with_inverted_names_and_countries() -> None:
    text = (
        "Barriers to Sharing\n\nSilva, Ana; Rossi, Bo M.\n\nPortugal; Italy\n\nProceedings of the 3rd Conference on "
        "Offices, 2016\n\nDOI: 10.1000/182.9\n\nKeywords: data; trust\n\nAbstract\n\nWe ask why offices do not share."
    )
    document = read(text)
    assert [(b.kind.value, b.label, document.block_text(b)) for b in document.blocks] == [
        ("title", "", "Barriers to Sharing"),
        ("author", "", "Silva, Ana"),
        ("author", "", "Rossi, Bo M."),
        ("metadata", "country", "Portugal"),
        ("metadata", "country", "Italy"),
        ("metadata", "container", "Proceedings of the 3rd Conference on Offices"),
        ("metadata", "year", "2016"),
        ("metadata", "doi", "10.1000/182.9"),
        ("keywords", "", "data"),
        ("keywords", "", "trust"),
        ("abstract", "", "We ask why offices do not share."),
    ]
    assert document.kind == "abstract"


def test_pages_are_counted_at_form_feeds() -> None:
    document = read("A Title\n\nThe first page ends here.\fThe second page has this sentence.")
    assert [block.page for block in document.blocks] == [1, 1, 2]


def test_document_id_is_plain_and_made_of_the_path() -> None:
    assert make_document_id("Notes/Été 2022_b.md") == "notes-ete-2022-b"


def test_unknown_ending_is_refused_with_what_is_known(tmp_path: Path) -> None:
    (tmp_path / "x.odt").write_bytes(b"")
    with pytest.raises(ReadError, match=r"x\.odt: no reader for '\.odt'; known: .*\.md, .*\.txt"):
        read_document(tmp_path / "x.odt")


def test_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("  \n")
    with pytest.raises(ReadError, match=r"x\.txt: no text in it"):
        read_document(tmp_path / "x.txt")


def test_folder_and_pipe_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    for name, message in (
        ("folder.pdf", "a folder and no file"),
        ("pipe.md", "a pipe or device and no file"),
        ("loop.md", "cannot be opened"),
        ("none.md", "cannot be opened"),
    ):
        with pytest.raises(ReadError, match=f"{name}: {message}"):
            read_document(tmp_path / name)


def test_text_that_is_too_long_for_one_document_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.readers.MAX_TEXT_CHARS", 100)
    (tmp_path / "x.txt").write_text("Some words. " * 20)
    with pytest.raises(ReadError, match=r"^x\.txt: .* too many for one document .*; split it into chapters$"):
        read_document(tmp_path / "x.txt")


def test_given_kind_wins_over_the_guess(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(PAPER)
    assert read_document(tmp_path / "x.txt", file="a/x.txt", kind="note").kind == "note"
    document = read_document(tmp_path / "x.txt", file="a/x.txt")
    assert (document.id, document.file, document.kind, document.language) == ("a-x", "a/x.txt", "paper", "en")


def test_title_block_is_the_only_one_of_its_kind() -> None:
    assert len(list(read(PAPER).find_blocks(BlockKind.TITLE))) == 1


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("The content of this page is a fragment of Silva, A., Rossi-Li, M. & Wu, H. (2018). On data.", "paper"),
        ("Suggested citation: Silva, A. (2018). On data.", "paper"),
        ("This is a part of the plan of 2018 (Ministry of Data, 2018).", "policy"),
    ],
)
def test_text_that_says_whose_work_it_is_part_of_is_a_paper(tmp_path: Path, head: str, kind: str) -> None:
    (tmp_path / "x.txt").write_text(f"On data\n\n{head}\n\nData are shared between offices in many ways.\n")
    assert read_document(tmp_path / "x.txt").kind == kind


ENTRIES = [
    f"[{n}] Silva, A. Sharing data between offices, part {n}. Journal of Offices, 3(1), 201{n}." for n in range(1, 5)
]


def find_entries(text: str) -> list[tuple[str, str]]:
    document = make_document(read_text(text), file="x.txt")
    return [(b.number, document.block_text(b)) for b in document.blocks if b.kind is BlockKind.REFERENCE]


@pytest.mark.parametrize("heading", ["27 7. REFERENCES", "7. REFERENCES", "12 IV. References", "References"])
def test_reference_list_below_a_heading_with_the_number_of_its_page(heading: str) -> None:
    text = "A title of the text\n\nOffices keep data and share none of it.\nWhat do they keep it for?6\n"
    assert [number for number, _ in find_entries("\n".join([text + heading, *ENTRIES]))] == ["1", "2", "3", "4"]


def test_figures_behind_a_numbered_list_do_not_hide_its_numbers() -> None:
    figures = [f"(a) Events of {n} offices\n\n{n}000\n\n{n}500" for n in range(1, 9)]
    text = "\n\n".join(["A title of the text", "REFERENCES", *ENTRIES, *figures])
    assert [number for number, _ in find_entries(text)[:4]] == ["1", "2", "3", "4"]


def test_entries_in_one_paragraph_are_parted_where_a_number_in_brackets_breaks_their_row() -> None:
    entries = " ".join(ENTRIES).replace("part 2", "part [9] of 2")
    assert [number for number, _ in find_entries(f"A title of the text\n\nREFERENCES\n\n{entries}")] == [
        "1",
        "2",
        "3",
        "4",
    ]


def test_line_with_the_year_goes_on_with_an_entry_that_names_none() -> None:
    first = "[1] Silva, A. Sharing data. In Proceedings of the Offices."
    entries = f"{first}\n\nOffice Press, 2003.\n\n[2] Rossi, B. Trust. 2004."
    assert find_entries(f"A title of the text\n\nREFERENCES\n\n{entries}") == [
        ("1", "Silva, A. Sharing data. In Proceedings of the Offices. Office Press, 2003."),
        ("2", "Rossi, B. Trust. 2004."),
    ]


def test_numbered_appendix_ends_the_reference_list() -> None:
    text = "\n\n".join(
        ["A title of the text", "5. REFERENCES", *ENTRIES, "6. APPENDIX", "Offices keep data of all kinds."]
    )
    assert len(find_entries(text)) == 4
    document = make_document(read_text(text), file="x.txt")
    assert [document.block_text(b) for b in document.blocks][-2:] == ["APPENDIX", "Offices keep data of all kinds."]


def test_policy_below_the_name_of_its_ministry_has_its_title_its_year_and_no_contents() -> None:
    text = (
        "MINISTRY OF DIGITAL AFFAIRS\n\nNATIONAL DATA SHARING POLICY\n\nApproved by Cabinet on 3 May 2022\n\n"
        "TABLE OF CONTENTS\n\n1. Aims .......... 1\n2. Duties .......... 2\n\n1. AIMS\n\n"
        "Agencies share data.\n\nPage 2 of 9\n"
    )
    document = make_document(read_text(text), file="x.txt")
    assert [(b.kind.value, b.number or b.label, document.block_text(b)) for b in document.blocks] == [
        ("metadata", "publisher", "MINISTRY OF DIGITAL AFFAIRS"),
        ("title", "", "NATIONAL DATA SHARING POLICY"),
        ("metadata", "year", "2022"),
        ("heading", "1", "AIMS"),
        ("paragraph", "", "Agencies share data."),
    ]


RFC = """
Working Group                                               A. Silva
Request: 12                                       Example University
                                                            May 2021

                 Linking the Registers of Cities

Status of This Memo

   This text is published for information, and it is no standard
   of any kind; whoever likes may use it.

Abstract

   Registers are kept apart by law.

Silva                       Informational                   [Page 1]
\f
Request 12               Linking Registers                  May 2021

1.  Problems

   Registers are kept on paper, so that a
   family must report a move to each of

Silva                       Informational                   [Page 2]
\f
Request 12               Linking Registers                  May 2021

   the offices of the city.

   +--------+        +--------+
   | City A |------->| City B |
   +--------+        +--------+

2.  References

2.1.  Normative References

   [REG1]  Rossi, B., "Registers", 2019.

Author's Address

   Ana Silva
"""


def test_text_laid_out_like_an_rfc_is_read_without_its_pages() -> None:
    assert show(read(RFC)) == [
        ("title", "", "Linking the Registers of Cities"),
        ("metadata", "", "Working Group"),
        ("metadata", "", "Request: 12"),
        ("author", "", "A. Silva"),
        ("affiliation", "", "Example University"),
        ("metadata", "", "2021"),
        ("abstract", "", "Registers are kept apart by law."),
        ("heading", "", "Status of This Memo"),
        (
            "paragraph",
            "",
            "This text is published for information, and it is no standard of any kind; whoever likes may use it.",
        ),
        ("heading", "1", "Problems"),
        (
            "paragraph",
            "",
            "Registers are kept on paper, so that a family must report a move to each of the offices of the city.",
        ),
        ("code", "", "+--------+        +--------+\n   | City A |------->| City B |\n   +--------+        +--------+"),
        ("heading", "2", "References"),
        ("heading", "2.1", "Normative References"),
        ("reference", "REG1", 'Rossi, B., "Registers", 2019.'),
        ("heading", "", "Author's Address"),
        ("paragraph", "", "Ana Silva"),
    ]


def test_underlined_headings_and_tables_in_columns_are_seen() -> None:
    text = (
        "Register strategy\n=================\n\n:Author: Ana Silva\n\nWhy\n---\n\nFew people trust the registers.\n\n"
        "Barrier    Count\n---------  -----\nNo law     14\nNo staff   9\n\nHow\n---\n\nLink the registers.\n"
    )
    assert [(b.kind.value, b.level, read(text).block_text(b)) for b in read(text).blocks] == [
        ("title", 0, "Register strategy"),
        ("author", 0, "Ana Silva"),
        ("heading", 1, "Why"),
        ("paragraph", 0, "Few people trust the registers."),
        ("table", 0, "Barrier | Count"),
        ("table", 0, "No law | 14"),
        ("table", 0, "No staff | 9"),
        ("heading", 1, "How"),
        ("paragraph", 0, "Link the registers."),
    ]


def test_text_that_argues_in_long_paragraphs_is_a_paper_unless_a_body_issued_it() -> None:
    argued = "\n\n".join(
        [f"In the city of {name} people talk. " * 40 for name in ("Lund", "Brno", "Porto", "Turin")] * 2
    )
    assert read(f"What do people want?\n\n{argued}\n").kind == "paper"
    assert read(f"National data strategy\n\n{argued}\n").kind == "policy"
    assert (
        read("What do people want?\n\n" + "They want to be asked before a service is changed.\n\n" * 20).kind
        == "policy"
    )
