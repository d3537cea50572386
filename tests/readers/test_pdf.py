"""PDF files to blocks."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from kg.model import BlockKind, Document, ReadError
from kg.readers import read_document, read_file
from kg.readers.pdf.lines import Rule, pick_font, read_lines

Placed = tuple[float, float, float, str, str]
MakePdf = Callable[[Path, Sequence[Sequence[Placed]]], Path]
LEFT = "offices keep data for their own use and nobody"
RIGHT = "who stands in the second column can do a thing"


def show(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind.value, b.number or b.label, document.block_text(b)) for b in document.blocks]


def column(x: float, y: float, lines: Sequence[str]) -> list[Placed]:
    return [(x, y - 12 * i, 10, "F1", text) for i, text in enumerate(lines)]


def test_head_sections_and_references_of_a_paper(tmp_path: Path, make_pdf: MakePdf) -> None:
    page: list[Placed] = [
        (70, 780, 18, "F2", "Sharing Data between"),
        (70, 758, 18, "F2", "Public Offices"),
        (70, 730, 10, "F1", "Ana Silva"),
        (113, 734, 6, "F1", "1,2"),
        (122, 730, 10, "F1", ", Bo Rossi"),
        (168, 734, 6, "F1", "2"),
        (70, 712, 6, "F1", "1"),
        (75, 708, 9, "F1", "Example University, Lisbon, Portugal"),
        (70, 700, 6, "F1", "2"),
        (75, 696, 9, "F1", "Institute of Data, Rome, Italy"),
        (70, 670, 10, "F2", "Abstract:"),
        (118, 670, 10, "F1", "Offices hold much data and do not share it with other offices."),
        (70, 650, 10, "F2", "Keywords:"),
        (122, 650, 10, "F1", "data; trust"),
        (70, 620, 12, "F2", "1. Introduction"),
        (70, 600, 10, "F1", "Offices hold data that other offices could use, but they do not hand it to any-"),
        (70, 588, 10, "F1", "body because no law says how, and the people who could prepare it are missing."),
        (70, 560, 12, "F2", "References"),
        (
            70,
            540,
            9,
            "F1",
            "1. Silva, A. Data at work in many offices of the state and in all of its cities. Offices 2019,",
        ),
        (85, 529, 9, "F1", "3, 1-9."),
        (70, 518, 9, "F1", "2. Rossi, B. Rules. Press, 2018."),
    ]
    assert show(read_document(make_pdf(tmp_path / "x.pdf", [page]))) == [
        ("title", "", "Sharing Data between Public Offices"),
        ("author", "1,2", "Ana Silva"),
        ("author", "2", "Bo Rossi"),
        ("affiliation", "1", "Example University"),
        ("affiliation", "2", "Institute of Data"),
        ("abstract", "", "Offices hold much data and do not share it with other offices."),
        ("keywords", "", "data"),
        ("keywords", "", "trust"),
        ("heading", "1", "Introduction"),
        (
            "paragraph",
            "",
            "Offices hold data that other offices could use, but they do not hand it to anybody because no law says "
            "how, and the people who could prepare it are missing.",
        ),
        ("heading", "", "References"),
        (
            "reference",
            "1",
            "Silva, A. Data at work in many offices of the state and in all of its cities. Offices 2019, 3, 1-9.",
        ),
        ("reference", "2", "Rossi, B. Rules. Press, 2018."),
    ]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path, make_pdf: MakePdf) -> None:
    rows: list[Placed] = [(60, 790, 16, "F2", "Sharing data between public offices")]
    for i in range(6):
        rows += [(60, 750 - 12 * i, 10, "F1", f"{LEFT} {i}"), (310, 750 - 12 * i, 10, "F1", f"{RIGHT} {i}")]
    text = read_document(make_pdf(tmp_path / "x.pdf", [rows])).text
    assert text.split("\n\n", 1)[1] == " ".join(
        [*(f"{LEFT} {i}" for i in range(6)), *(f"{RIGHT} {i}" for i in range(6))]
    )


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path, make_pdf: MakePdf) -> None:
    words = "The offices of the state keep data that others could use for many things."
    pages: list[list[Placed]] = [
        [(70, 815, 8, "F1", "Offices 2019, 3, 44"), (500, 815, 8, "F1", f"{n} of 3"), *column(70, 760, [words] * 3)]
        for n in (1, 2, 3)
    ]
    document = read_document(make_pdf(tmp_path / "x.pdf", pages))
    assert "of 3" not in document.text
    assert [b.page for b in document.blocks if b.kind.value == "paragraph"] == [1, 2, 3]
    assert [entry for entry in show(document) if entry[0] == "metadata"] == [
        ("metadata", "container", "Offices"),
        ("metadata", "year", "2019"),
        ("metadata", "volume", "3"),
    ]


def test_footnotes_stand_apart_and_their_marks_are_dropped(tmp_path: Path, make_pdf: MakePdf) -> None:
    page: list[Placed] = [
        (70, 790, 16, "F2", "Sharing data between offices"),
        *column(70, 750, ["The offices of the state keep data"]),
        (222, 754, 6, "F1", "1"),
        (228, 750, 10, "F1", "that others could use, as they"),
        *column(70, 738, ["say when they are asked about it by the people of the ministry."]),
        (70, 104, 5, "F1", "1"),
        (74, 100, 8, "F1", "See the law of 2019 on offices."),
    ]
    assert show(read_document(make_pdf(tmp_path / "x.pdf", [page])))[1:] == [
        (
            "paragraph",
            "",
            "The offices of the state keep data that others could use, as they say when they are asked about it by "
            "the people of the ministry.",
        ),
        ("footnote", "1", "See the law of 2019 on offices."),
    ]


def test_table_of_contents_is_left_out_and_told(tmp_path: Path, make_pdf: MakePdf) -> None:
    cover: list[Placed] = [(70, 700, 24, "F2", "A Strategy for Data"), (70, 650, 11, "F1", "May 2018")]
    contents: list[Placed] = [(70, 780, 14, "F2", "Contents")]
    contents += [(70, 750 - 16 * i, 11, "F1", f"{i}. Part {'. ' * 30} {i + 2}") for i in range(1, 7)]
    body: list[Placed] = [
        (70, 780, 14, "F2", "1. Part"),
        *column(70, 750, ["Offices shall hand data to each other when asked."] * 2),
    ]
    path = make_pdf(tmp_path / "x.pdf", [cover, contents, body])
    assert show(read_document(path))[:3] == [
        ("title", "", "A Strategy for Data"),
        ("metadata", "year", "2018"),
        ("heading", "1", "Part"),
    ]
    assert "table of contents left out on page 2" in read_file(path).notes


def test_table_rows_are_blocks_of_their_own(tmp_path: Path, make_pdf: MakePdf) -> None:
    page: list[Placed] = [
        (70, 790, 16, "F2", "Barriers to sharing data"),
        (70, 760, 10, "F1", "Table 1. Barriers named by offices."),
    ]
    for i, (barrier, count) in enumerate(
        [("Barrier", "Count"), ("no law", "12"), ("no staff", "7"), ("no money", "3")]
    ):
        page += [(70, 740 - 14 * i, 10, "F1", barrier), (300, 740 - 14 * i, 10, "F1", count)]
    assert show(read_document(make_pdf(tmp_path / "x.pdf", [page])))[1:] == [
        ("caption", "1", "Barriers named by offices."),
        ("table", "", "Barrier | Count"),
        ("table", "", "no law | 12"),
        ("table", "", "no staff | 7"),
        ("table", "", "no money | 3"),
    ]


def test_superscript_numbers_are_citations_where_there_are_no_footnotes(tmp_path: Path, make_pdf: MakePdf) -> None:
    page: list[Placed] = [(70, 790, 16, "F2", "Sharing data between offices")]
    for i in range(5):
        page += [
            (70, 750 - 12 * i, 10, "F1", "Offices keep data"),
            (150, 754 - 12 * i, 6, "F1", str(i + 1)),
            (156, 750 - 12 * i, 10, "F1", "for their own use and for nobody else."),
        ]
    page += [(70, 660, 12, "F2", "References"), *column(70, 640, [f"{i}. Silva, A. Title. 2019." for i in range(1, 6)])]
    assert "Offices keep data [3] for their own" in read_document(make_pdf(tmp_path / "x.pdf", [page])).text


def test_pdf_without_text_is_refused_with_what_to_do(tmp_path: Path, make_pdf: MakePdf) -> None:
    with pytest.raises(ReadError, match=r"^x\.pdf page 1: no text layer; run OCR or add x\.txt beside it$"):
        read_document(make_pdf(tmp_path / "x.pdf", [[], []]))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 junk", b"no pdf at all" * 100], ids=["empty", "cut", "other"])
def test_broken_pdf_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(data)
    with pytest.raises(ReadError, match=r"^x\.pdf: not a whole PDF"):
        read_document(tmp_path / "x.pdf")


def test_locked_pdf_is_refused(tmp_path: Path, make_pdf: MakePdf) -> None:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=make_pdf(tmp_path / "x.pdf", [column(70, 700, ["secret words"])]))
    writer.encrypt("key", algorithm="RC4-128")
    writer.write(tmp_path / "y.pdf")
    with pytest.raises(ReadError, match=r"y\.pdf: locked with a password"):
        read_document(tmp_path / "y.pdf")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "x.pdf: not a whole PDF but an empty file; download it again"),
        (b"\n<!DOCTYPE html><html>Log in</html>", "x.pdf: no PDF but a web page, often that of a login"),
        (b"%PDF-1.7 cut off", "x.pdf: not a whole PDF"),
    ],
)
def test_what_is_no_pdf_is_refused_with_what_to_do(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "x.pdf").write_bytes(content)
    with pytest.raises(ReadError, match=message):
        read_document(tmp_path / "x.pdf")


def test_bullets_drawn_as_squares_are_written(tmp_path: Path, make_pdf: MakePdf) -> None:
    lines = [
        (72, 700 - 14 * i, 10, "F1", text) for i, text in enumerate(["one thing to do", "another thing", "a third"])
    ]
    path = make_pdf(
        tmp_path / "x.pdf", [[(54, 740, 10, "F1", "What has to be done is this, as far as we know:"), *lines]]
    )
    squares = b"".join(b"60 %d 4 4 re f\n" % (702 - 14 * i) for i in range(3))
    data = path.read_bytes()
    old = data[data.index(b"BT") : data.index(b"endstream")]
    data = data.replace(b"/Length %d" % len(old), b"/Length %d" % (len(old) + len(squares))).replace(old, squares + old)
    path.write_bytes(data)
    assert read_document(path).text.count("• ") == 3


def test_font_of_a_line_is_that_of_most_of_its_letters(tmp_path: Path, make_pdf: MakePdf) -> None:
    placed = [(70.0, 700.0, 10.0, "F2", "*"), (78.0, 700.0, 10.0, "F1", "a thing in a list")]
    page = pdfium.PdfDocument(make_pdf(tmp_path / "x.pdf", [placed]))[0]
    assert [line.font for line in read_lines(page, 1)] == ["helvetica"]


def test_items_lie_as_deep_as_they_are_indented(tmp_path: Path, make_pdf: MakePdf) -> None:
    rows = [(70, "a) a first clause that says"), (90, "- one thing"), (90, "- another"), (70, "b) a second clause")]
    placed = [(float(x), 700.0 - 14 * i, 10.0, "F1", text) for i, (x, text) in enumerate(rows)]
    head = [(70.0, 760.0, 18.0, "F2", "A Law of Clauses"), (70.0, 730.0, 12.0, "F2", "1. Introduction")]
    document = read_document(make_pdf(tmp_path / "x.pdf", [[*head, *placed]]))
    assert [(b.level, b.number) for b in document.find_blocks(BlockKind.ITEM)] == [(1, "a"), (2, ""), (2, ""), (1, "b")]


def test_font_for_programs_counts_only_where_a_line_is_set_in_it() -> None:
    fonts = Counter({"couriernew": 60, "calibri": 40})
    assert (pick_font(fonts), pick_font(Counter({"couriernew": 95, "calibri": 5}))) == ("calibri", "couriernew")


def test_rule_parts_the_words_of_two_cells(tmp_path: Path, make_pdf: MakePdf) -> None:
    page = pdfium.PdfDocument(make_pdf(tmp_path / "x.pdf", [[(70.0, 700.0, 10.0, "F1", "Staff Money")]]))[0]
    rules = [Rule(92.0, 600.0, 720.0)]
    assert [[line.text for line in read_lines(page, 1, rules=given)] for given in ([], rules)] == [
        ["Staff Money"],
        ["Staff", "Money"],
    ]


def test_list_set_in_columns_is_items_and_not_a_table(tmp_path: Path, make_pdf: MakePdf) -> None:
    words = (
        "\u2022 Openness",
        "\u2022 Limits of use",
        "\u2022 Purpose",
        "\u2022 Security",
        "\u2022 Quality",
        "\u2022 Audits",
    )
    rows = [(72.0 + 250 * (i % 2), 640.0 - 16 * (i // 2), 11.0, "F1", word) for i, word in enumerate(words)]
    body = [
        (72.0, 700.0 - 14 * i, 11.0, "F1", "The offices of the city say that these are their principles.")
        for i in range(3)
    ]
    path = make_pdf(tmp_path / "a.pdf", [[(72, 760, 20, "F2", "Principles of the city"), *body, *rows]])
    document = read_document(path)
    items = [document.block_text(block) for block in document.find_blocks(BlockKind.ITEM)]
    assert sorted(items) == ["Audits", "Limits of use", "Openness", "Purpose", "Quality", "Security"]


def test_policy_names_its_ministry_and_its_numbered_actions(tmp_path: Path, make_pdf: MakePdf) -> None:
    lines = [
        (72.0, 780.0, 11.0, "F1", "Ministry of Digital Affairs"),
        (72.0, 740.0, 24.0, "F2", "Data Strategy 2025-"),
        (72.0, 712.0, 24.0, "F2", "2030 of the State"),
        (72.0, 670.0, 16.0, "F2", "1. Actions"),
        (72.0, 640.0, 11.0, "F2", "Action 1.1"),
        (140.0, 640.0, 11.0, "F1", "Appoint an officer for data in each of the ministries by June 2026."),
        *(
            (72.0, 610.0 - 13 * i, 11.0, "F1", "The ministries say by the end of each year what they have done.")
            for i in range(4)
        ),
    ]
    document = read_document(make_pdf(tmp_path / "a.pdf", [lines]))
    shown = [(b.kind.value, b.number or b.label, document.block_text(b)) for b in document.blocks]
    assert ("metadata", "publisher", "Ministry of Digital Affairs") in shown
    assert ("title", "", "Data Strategy 2025-2030 of the State") in shown
    assert ("item", "1.1", "Appoint an officer for data in each of the ministries by June 2026.") in shown


def test_damaged_title_in_the_properties_does_not_matter(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = make_pdf(
        tmp_path / "a.pdf", [[(72, 760, 20, "F2", "Principles of the city"), (72, 700, 11, "F1", "Words.")]]
    )
    title = b"<FEFFD800>"  # half of a pair of UTF-16
    data = path.read_bytes().replace(b"trailer <<", b"trailer << /Info << /Title " + title + b" >>")
    path.write_bytes(data)
    assert read_document(path).text.startswith("Principles of the city")


LONG = "The two registers of the offices are not linked and a family that moves must report it"


def show_file(path: Path) -> list[tuple[str, str, str]]:
    document = read_document(path)
    return [(b.kind.value, b.number or b.label, document.block_text(b)) for b in document.blocks]


def test_cover_has_title_subtitle_publisher_and_year_and_a_signature_is_no_heading(
    tmp_path: Path, make_pdf: MakePdf
) -> None:
    cover = [
        (72.0, 700.0, 12.0, "F1", "Ministry of Registers"),
        (72.0, 660.0, 26.0, "F2", "A register for everyone"),
        (72.0, 620.0, 15.0, "F2", "One address, one report"),
        (72.0, 580.0, 11.0, "F1", "June 2021"),
    ]
    body = [(72.0, 640.0 - 14 * i, 11.0, "F1", LONG) for i in range(3)]
    text = [(72.0, 700.0, 16.0, "F2", "Foreword"), *body, (72.0, 598.0, 11.0, "F1", "three times.")]
    signed = [(72.0, 560.0, 11.0, "F2", "Jane Silva"), (72.0, 544.0, 11.0, "F1", "Minister for Registers")]
    assert show_file(make_pdf(tmp_path / "a.pdf", [cover, [*text, *signed]])) == [
        ("title", "", "A register for everyone"),
        ("metadata", "publisher", "Ministry of Registers"),
        ("metadata", "subtitle", "One address, one report"),
        ("metadata", "year", "2021"),
        ("heading", "", "Foreword"),
        ("paragraph", "", f"{LONG} {LONG} {LONG} three times."),
        ("paragraph", "", "Jane Silva"),
        ("paragraph", "", "Minister for Registers"),
    ]


def test_paragraph_that_goes_on_below_a_box_is_read_before_it(tmp_path: Path, make_pdf: MakePdf) -> None:
    size = 10.0
    wide = [(72.0, 700.0 - 13 * i, size, "F1", f"{LONG} {i} at the office of the city.") for i in range(4)]
    left = [(72.0, 640.0 - 13 * i, size, "F1", "A family that moves must report the change") for i in range(6)]
    box = [(340.0, 638.0, size, "F2", "Case: Lund")]
    box += [(340.0, 620.0 - 13 * i, size, "F1", "In Lund half of all filed on the phone.") for i in range(4)]
    below = [
        (72.0, 562.0 - 13 * i, size, "F1", f"to each of the offices by letter or in person {i}, {LONG[:38]}.")
        for i in range(4)
    ]
    found = show_file(make_pdf(tmp_path / "a.pdf", [[*wide, *left, *box, *below]]))
    assert [(kind, text[:10]) for kind, _, text in found][-3:] == [
        ("paragraph", "A family t"),
        ("heading", "Case: Lund"),
        ("paragraph", "In Lund ha"),
    ]
    assert found[-3][2].endswith(below[-1][4])


def test_first_line_of_a_column_beside_an_abstract_is_no_part_of_the_head(tmp_path: Path, make_pdf: MakePdf) -> None:
    head = [(150.0, 780.0, 18.0, "F2", "Why registers stay apart"), (230.0, 750.0, 10.0, "F1", "Ana Silva")]
    left = [
        (72.0, 700.0, 10.0, "F1", "Abstract. Registers are kept apart in cities"),
        (72.0, 688.0, 10.0, "F1", "and in towns."),
    ]
    left += [(72.0, 660.0, 11.0, "F2", "1 Introduction")]
    left += [(72.0, 640.0 - 12 * i, 10.0, "F1", "The offices of a city do not share what") for i in range(12)]
    right = [(310.0, 704.0 - 12 * i, 10.0, "F1", "they know of those who live there and so") for i in range(17)]
    found = show_file(make_pdf(tmp_path / "a.pdf", [[*head, *left, *right]]))
    assert found[:3] == [
        ("title", "", "Why registers stay apart"),
        ("author", "", "Ana Silva"),
        ("abstract", "", "Registers are kept apart in cities and in towns."),
    ]
    assert found[-1][2].count("they know of those") == 17


def test_title_that_ends_in_a_stop_is_a_heading_where_others_are_set_like_it(tmp_path: Path, make_pdf: MakePdf) -> None:
    lines = [(72.0, 780.0, 20.0, "F2", "A register for everyone")]
    for i, title in enumerate(("Why it is needed", "What it costs", "Who pays", "Work with others.")):
        top = 730.0 - 80 * i
        lines.append((72.0, top, 11.0, "F2", title))
        lines += [(72.0, top - 20 - 13 * j, 11.0, "F1", f"{LONG}.") for j in range(2)]
    titles = [text for kind, _, text in show_file(make_pdf(tmp_path / "a.pdf", [lines])) if kind == "heading"]
    assert titles == ["Why it is needed", "What it costs", "Who pays", "Work with others"]


def test_numbers_in_the_margin_belong_to_their_paragraphs_and_questions_stand_apart(
    tmp_path: Path, make_pdf: MakePdf
) -> None:
    lines = [(72.0, 780.0, 20.0, "F2", "Linking the registers"), (72.0, 745.0, 14.0, "F2", "Chapter 1")]
    lines += [(72.0, 727.0, 14.0, "F2", "The case for change")]
    for i in range(3):
        top = 700.0 - 60 * i
        lines += [
            (72.0, top, 11.0, "F1", f"1.{i + 1}"),
            *((120.0, top - 13 * j, 11.0, "F1", f"{LONG[:70]}.") for j in range(3)),
        ]
    lines += [(72.0, 500.0 - 14 * i, 11.0, "F2", f"Question {i + 1}: Do you agree with this?") for i in range(2)]
    text = " ".join([f"{LONG[:70]}."] * 3)
    assert show_file(make_pdf(tmp_path / "a.pdf", [lines])) == [
        ("title", "", "Linking the registers"),
        ("heading", "1", "The case for change"),
        *(("paragraph", f"1.{i}", text) for i in (1, 2, 3)),
        ("heading", "1", "Do you agree with this?"),
        ("heading", "2", "Do you agree with this?"),
    ]


def test_names_of_columns_that_fill_them_are_parted_where_the_columns_begin(tmp_path: Path, make_pdf: MakePdf) -> None:
    rows = [
        ("Law", "It forbids to share", "Amend the law", "House"),
        ("Staff", "Few have skills", "Train the clerks", "City"),
    ]
    rows += [("Trust", "People fear a watch", "Log each access", "State")]
    table = [(72.0 + 110 * i, 700.0, 9.0, "F2", name) for i, name in ((0, "Barrier"), (3, "Owner"))]
    table += [(182.0, 700.0, 9.0, "F2", "What the barrier means"), (292.0, 700.0, 9.0, "F2", "Remedy")]
    table += [
        (72.0 + 110 * i, 685.0 - 15 * j, 9.0, "F1", text) for j, row in enumerate(rows) for i, text in enumerate(row)
    ]
    text = "The council wants every resident to be able to apply for a permit from a phone by next year."
    around = [(72.0, y, 9.0, "F1", text) for y in (740.0, 600.0)]
    document = read_document(make_pdf(tmp_path / "a.pdf", [[*around, *table]]))
    assert [(b.label, document.block_text(b)) for b in document.find_blocks(BlockKind.TABLE)] == [
        ("header", "Barrier | What the barrier means | Remedy | Owner"),
        *(("", " | ".join(row)) for row in rows),
    ]


def test_facts_of_an_article_beside_its_abstract_stay_apart_from_it(tmp_path: Path, make_pdf: MakePdf) -> None:
    head = [
        (72.0, 790.0, 17.0, "F1", "Why registers of cities stay apart"),
        (72.0, 765.0, 11.0, "F1", "Ana Silva and Bo Rossi"),
    ]
    info = [
        (72.0, 730.0 - 11 * i, 8.0, "F1", t)
        for i, t in enumerate(("ARTICLE INFO", "Keywords:", "Registers", "Address data"))
    ]
    abstract = [(200.0, 729.0, 8.0, "F1", "ABSTRACT")]
    abstract += [(200.0, 717.0 - 10 * i, 8.0, "F1", f"{LONG}. {LONG[:40]}") for i in range(6)]
    left = [(72.0, 630.0, 10.0, "F2", "1. Introduction")]
    left += [(72.0, 612.0 - 12 * i, 10.0, "F1", "The offices of a city do not share what") for i in range(14)]
    right = [(310.0, 630.0 - 12 * i, 10.0, "F1", "they know of those who live there and so") for i in range(15)]
    found = show_file(make_pdf(tmp_path / "a.pdf", [[*head, *info, *abstract, *left, *right]]))
    assert [(kind, text[:20]) for kind, _, text in found[:8]] == [
        ("title", "Why registers of cit"),
        ("author", "Ana Silva"),
        ("author", "Bo Rossi"),
        ("metadata", "ARTICLE INFO"),
        ("keywords", "Registers"),
        ("keywords", "Address data"),
        ("abstract", "The two registers of"),
        ("heading", "Introduction"),
    ]


def test_table_behind_the_references_is_none_of_them(tmp_path: Path, make_pdf: MakePdf) -> None:
    texts = ("[1] Silva A. Data. Offices, 2019.", "[2] Rossi B. Law. Offices, 2020: 1-9.")
    first: list[Placed] = [(70, 780, 18, "F2", "Sharing Data"), (70, 740, 12, "F2", "References")]
    first += column(70, 720, (*texts, "[3] Li C. Registers and who keeps them. Press, 2018."))
    second: list[Placed] = [(70, 620, 10, "F2", "Table 1: Barriers named by offices")]
    for y, row in ((600, ("Barrier", "2019", "2020")), (588, ("No law", "29", "31")), (576, ("No staff", "9", "8"))):
        second += [(x, y, 10, "F2" if y == 600 else "F1", text) for x, text in zip((70, 250, 350), row, strict=True)]
    assert show(read_document(make_pdf(tmp_path / "x.pdf", [first, second])))[-5:] == [
        ("reference", "3", "Li C. Registers and who keeps them. Press, 2018."),
        ("caption", "1", "Barriers named by offices"),
        ("table", "header", "Barrier | 2019 | 2020"),
        ("table", "", "No law | 29 | 31"),
        ("table", "", "No staff | 9 | 8"),
    ]
