"""Parts of PDF reading on lines without files."""

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kg.readers.marks import resolve, split_marked, write_front
from kg.readers.names import MARK_SEPARATOR
from kg.readers.pdf.bullets import Shape, read_shapes, write_bullets
from kg.readers.pdf.columns import has_columns, is_figure, order_page
from kg.readers.pdf.furniture import drop_contents, split_furniture
from kg.readers.pdf.lines import Line
from kg.readers.pdf.notes import split_notes
from kg.readers.pdf.overprint import drop_overprinted
from kg.readers.pdf.paragraphs import find_paragraphs
from kg.readers.pdf.side_heads import find_side_heads
from kg.readers.pdf.title import find_title, is_prose

WORDS = "some words of a line of text"


def line(text: str, x: float, y: float, **more: float) -> Line:
    size = more.get("size", 10.0)
    return Line(text, 1, x, more.get("x1", x + 0.5 * size * len(text)), y, size, font="times")


def column(x: float, top: float, texts: Sequence[str], **more: float) -> list[Line]:
    return [line(text, x, top - 12 * i, **more) for i, text in enumerate(texts)]


def texts(regions: Sequence[Sequence[Line]]) -> list[list[str]]:
    return [[entry.text for entry in region] for region in regions]


def test_columns_are_ordered_left_before_right_within_bands() -> None:
    wide = line("A title across both of the columns of the page, set wide", 50, 800, x1=550)
    left, right = (
        column(50, 760, [f"left {WORDS} {i}" for i in range(4)]),
        column(310, 760, [f"right {WORDS} {i}" for i in range(4)]),
    )
    regions = order_page([*right, wide, *left])
    assert texts(regions) == [[wide.text], [e.text for e in left], [e.text for e in right]]
    assert has_columns(regions)


def test_blank_strip_across_columns_parts_them() -> None:
    left, right = column(50, 760, [f"a {WORDS}"] * 3), column(310, 760, [f"b {WORDS}"] * 3)
    heading = [line("A heading on the left", 50, 640, size=14.0)]
    below, beside = column(50, 600, [f"c {WORDS}"] * 3), column(310, 600, [f"d {WORDS}"] * 3)
    order = [entry.text[0] for region in order_page([*left, *below, *heading, *right, *beside]) for entry in region]
    assert "".join(order) == "aaabbbAcccddd"


def test_labels_beside_texts_come_before_them() -> None:
    labels = [line("Aim:", 50, 700), line("Risk:", 50, 640)]
    values = [*column(150, 706, [f"aim {WORDS}"] * 2), *column(150, 646, [f"risk {WORDS}"] * 2)]
    assert [region[0].split()[0] for region in texts(order_page([*values, *labels]))] == [
        "Aim:",
        "aim",
        "Risk:",
        "risk",
    ]


def test_short_cells_on_common_baselines_are_no_columns() -> None:
    cells = [*column(50, 700, ["no law", "no staff", "no money"]), *column(310, 700, ["12", "7", "3"])]
    assert len(order_page(cells)) == 1
    assert [p.is_row for p in find_paragraphs(order_page(cells)[0], 10.0)] == [True, True, True]


def test_scattered_labels_are_a_figure_and_a_list_is_not() -> None:
    assert is_figure([line(f"Label {i}", 50 + 37 * i, 700 - 20 * i) for i in range(5)], 10.0)
    assert not is_figure(column(50, 700, ["• one", "• two", "• three", "• four"]), 10.0)


def test_running_heads_are_told_by_repetition_at_one_height() -> None:
    pages = [[line(f"Offices | {n}", 50, 820), line(f"text {n}", 50, 500), line(str(n), 300, 30)] for n in range(1, 5)]
    body, dropped = split_furniture(pages, [842.0] * 4)
    assert texts(body) == [["text 1"], ["text 2"], ["text 3"], ["text 4"]]
    assert len(dropped) == 8


def test_large_number_of_a_chapter_is_no_page_number() -> None:
    pages = [[line(str(n), 10, 800, size=40.0), *column(50, 600, [WORDS] * 5)] for n in range(1, 4)]
    assert [page[0].text for page in split_furniture(pages, [842.0] * 3)[0]] == ["1", "2", "3"]


def test_contents_with_leaders_are_dropped() -> None:
    page = [
        line("Contents", 50, 800),
        *column(50, 780, [f"{i} Part {'.' * 30} {i}" for i in range(1, 6)]),
        line("Text below", 50, 600),
    ]
    assert drop_contents([page]) == ([[page[-1]]], [1])


def test_shadow_and_hidden_layer_are_dropped() -> None:
    shown, shadow = line("Real words of the page", 50, 700), line("Real words of the page", 50.5, 700)
    hidden = [replace(line("Older words of a page", 52, 702 - 12 * i), font="other") for i in range(3)]
    others = column(50, 688, ["More words of the page", "And more of its words"])
    assert texts(drop_overprinted([[*hidden, shown, shadow, *others]])) == [
        ["Real words of the page", *(o.text for o in others)]
    ]


def test_older_copy_of_a_page_in_another_font_is_dropped_wherever_its_lines_break_and_on_other_pages() -> None:
    words = [f"word{i}" for i in range(60)]
    shown = column(50, 700, [" ".join(words[i : i + 6]) for i in range(0, 60, 6)])
    older = column(50, 694, [" ".join(words[i : i + 5]) for i in range(0, 60, 5)])
    foot = column(50, 300, ["Draft for review", "Figure 1. A place of words"])
    caption = column(50, 304, ["Figure 1. A place of words", *["More of the paper"] * 3])
    copies = [[replace(entry, font="other") for entry in lines] for lines in (older, foot)]
    program = [replace(entry, font="courier") for entry in column(50, 200, ["let there be light on all"] * 3)]
    pages = [[*copies[0], *shown, *program], [*copies[1], *caption]]
    assert drop_overprinted(pages) == [[*shown, *program], caption]


def test_notes_begin_with_a_mark_at_the_foot_of_a_column() -> None:
    body = column(50, 700, ["Words\ue0003\ue001 of the text that stand here", "and more of them"] * 6)
    notes = [
        line("\ue0003\ue001 See the law", 50, 90, size=8.0),
        line("of 2019.", 50, 80, size=8.0),
        line("5 no note", 300, 90, size=8.0),
    ]
    rest, found = split_notes([*body, *notes], 10.0, in_references=False)
    assert [(note.number, [entry.text for entry in note.lines]) for note in found] == [
        ("3", ["See the law", "of 2019."])
    ]
    assert len(rest) == 13


def test_title_is_the_largest_or_what_running_heads_repeat() -> None:
    large = [
        line("A Series of Papers", 50, 800, size=30.0),
        line("Sharing data between offices", 50, 700, size=20.0),
        *column(50, 600, [WORDS] * 14),
    ]
    assert [entry.text for entry in find_title(large, (), "")[0]] == ["A Series of Papers"]
    assert [entry.text for entry in find_title(large, ("Sharing data between offices",), "")[0]] == [
        "Sharing data between offices"
    ]


def test_superscripts_are_notes_citations_or_plain() -> None:
    text = "data\ue0003\ue001 of 5 m\ue0002\ue001 and the 1\ue000st\ue001 act.\ue0007,8\ue001"
    assert resolve(text, {"3"}, cites=False) == "data of 5 m2 and the 1st act."
    assert resolve(text, {"3"}, cites=True) == "data of 5 m [2] and the 1st act. [7,8]"


def test_marks_of_an_author_block_stay_with_their_names() -> None:
    assert write_front("Ana Silva\ue0001,2\ue001, Bo Rossi") == f"Ana Silva 1{MARK_SEPARATOR}2 , Bo Rossi"
    assert split_marked("\ue0001\ue001 Here, \ue0002\ue001 There") == ["\ue0001\ue001 Here", "\ue0002\ue001 There"]


def test_line_that_left_room_for_the_next_word_ends_its_paragraph() -> None:
    lines = [
        line("A line that runs to the right edge of it", 50, 700, x1=300),
        line("and ends here.", 50, 688, x1=130),
        line("Another one begins", 50, 676, x1=200),
    ]
    assert [[entry.text for entry in p.lines] for p in find_paragraphs(lines, 10.0)] == [
        ["A line that runs to the right edge of it", "and ends here."],
        ["Another one begins"],
    ]


def test_a_label_at_half_the_height_of_a_text_comes_before_it() -> None:
    label = [line("Code", 50, 682), line("maintenance", 50, 670)]
    text = column(150, 700, [f"text {WORDS} {i}" for i in range(5)])
    above, below = line(f"above {WORDS} over the whole width", 50, 760), line(f"below {WORDS} again", 50, 600)
    regions = order_page([above, *text, *label, below])
    assert texts(regions) == [[above.text], ["Code", "maintenance"], [e.text for e in text], [below.text]]


def test_a_label_beside_the_first_line_or_a_second_column_or_a_number_is_no_side_head() -> None:
    text = column(150, 700, [f"text {WORDS} {i}" for i in range(5)])
    for label in ([line("Top", 50, 700)], [line("4", 50, 676)], [line("Half", 50, 676), line("Other", 50, 652)]):
        assert find_side_heads([*text, *label]) == [], label


def test_a_drawn_dot_before_a_line_is_a_bullet() -> None:
    first, second = line("one thing", 64, 700), line("another", 64, 688)
    dot, rule, far = Shape(52, 702, 55, 705), Shape(52, 690, 53, 700), Shape(20, 690, 23, 693)
    assert [entry.text for entry in write_bullets([first, second], [dot, rule, far])] == ["• one thing", "another"]
    assert [entry.x0 for entry in write_bullets([first], [dot])] == [52]
    numbered = line("3. Be consistent", 64, 700)
    assert write_bullets([numbered, replace(numbered, bold=True)], [dot]) == [
        replace(numbered, text="• 3. Be consistent", x0=52),
        replace(numbered, bold=True),
    ]


def test_a_large_line_below_several_sentences_heads_a_section_and_is_no_title() -> None:
    sentence = "This is a sentence of the text that ends here."
    above = column(50, 760, [sentence] * 3)
    heading = line("How to go on from here", 50, 700, size=18.0)
    assert find_title([*above, heading, *column(50, 670, [sentence] * 9)], [], "")[0] == []
    assert [is_prose(above), is_prose(above[:2])] == [True, False]


def test_a_heading_of_two_lines_that_look_like_names_is_one_behind_the_first_page() -> None:
    lines = [line("LEADERSHIP AND", 50, 700, size=15.0), line("HUMAN RESOURCES", 50, 682, size=15.0)]
    lines += column(50, 656, [f"text {WORDS} {i}" for i in range(3)])
    behind = [replace(entry, page=3) for entry in lines]
    assert [len(p.lines) for p in find_paragraphs(behind, 10.0)] == [2, 3]


def test_bold_words_behind_a_bullet_begin_the_item_of_the_lines_below() -> None:
    label = replace(line("• A safe place for files:", 60, 700, x1=232), bold=True, lead=24)
    below = column(50, 688, ["It keeps all of them for as long as", "anybody may want to read them."])
    assert [len(p.lines) for p in find_paragraphs([label, *below], 10.0)] == [3]


def test_a_name_of_a_section_or_a_numbered_line_is_no_title() -> None:
    below = column(50, 700, [WORDS] * 12)
    for heading in ("The problem", "Introduction", "10.1 Work with others", "1. Work fast"):
        assert find_title([line(heading, 50, 740, size=18.0), *below], [], "")[0] == [], heading


def test_title_of_one_word_is_larger_than_all_else() -> None:
    below = [line("What we found", 50, 720, size=14.0), *column(50, 700, [WORDS] * 12)]
    for size, title in ((22.0, ["Practices"]), (14.5, ["What we found"])):
        found, _ = find_title([line("Practices", 50, 760, size=size), *below], [], "")
        assert [entry.text for entry in found] == title


def test_lines_as_far_apart_as_paragraphs_are_paragraphs_where_few_lines_are_closer() -> None:
    lines = [line(f"• item {i}", 60, 700 - 24 * i) for i in range(6)]
    lines += [line("A paragraph of the text that ends", 50, 556, x1=300), line("on its second line.", 50, 544)]
    lines += [line("Another paragraph of the text that", 50, 520, x1=300), line("ends on its second line.", 50, 508)]
    assert [len(p.lines) for p in find_paragraphs(lines, 10.0)] == [1] * 6 + [2, 2]


def test_caption_that_fills_its_line_goes_on_and_one_that_does_not_ends() -> None:
    first = line("Figure 2: What offices do with all of their data and", 50, 700, x1=300)
    below = column(50, 688, ["Their Files", "Words that stand below the figure and run on for"], x1=300)
    assert [len(p.lines) for p in find_paragraphs([first, *below], 10.0)] == [3]
    short = replace(first, text="Figure 2: What offices do", x1=100)
    assert len(find_paragraphs([short, *below], 10.0)[0].lines) == 1


def test_lines_of_a_program_are_apart_from_the_text_and_their_pitch_is_their_own() -> None:
    code = [replace(line(f"x = {i} ;", 60, 700 - 11 * i), font="couriernew") for i in range(8)]
    text = [line(f"text {WORDS} {i}", 50, 590 - 20 * i, size=11.0) for i in range(3)]
    paragraphs = find_paragraphs([*code, *text], 11.0)
    assert [(len(p.lines), p.first.is_code) for p in paragraphs if not p.first.is_code] == [(3, False)]


def test_lines_of_a_note_may_be_wide_apart() -> None:
    body = column(50, 700, ["Words\ue0003\ue001 of the text that stand here", "and more of them"] * 6)
    notes = [line("\ue0003\ue001 A note that goes", 50, 300, size=8.0), line("on below.", 50, 286, size=8.0)]
    assert [(note.number, len(note.lines)) for note in split_notes([*body, *notes], 10.0, in_references=False)[1]] == [
        ("3", 2)
    ]


def test_text_left_of_the_bullets_ends_an_item_that_fills_its_line_where_items_hang() -> None:
    full = {"x1": 400.0}
    lines = [
        line("• An item of more than one line that goes on below", 70, 700, **full),
        line("behind its own bullet.", 85, 688, x1=200),
        line("• An item that ends at the edge.", 70, 676, **full),
        line("The text goes on here.", 50, 664, **full),
        line("And it ends here.", 50, 652, x1=200),
    ]
    found = [[entry.text for entry in paragraph.lines] for paragraph in find_paragraphs(lines, 10.0)]
    assert [len(paragraph) for paragraph in found] == [2, 1, 2]


def test_item_that_goes_on_left_of_its_bullet_stays_whole() -> None:
    full = {"x1": 400.0}
    lines = [
        line("• An item of more than one line that goes on", 70, 700, **full),
        line("below. And this is its second sentence that", 50, 688, **full),
        line("• An item that has an end at the edge.", 70, 676, **full),
        line("This is its second sentence too.", 50, 664, x1=300),
    ]
    assert [len(paragraph.lines) for paragraph in find_paragraphs(lines, 10.0)] == [2, 2]


def test_mark_of_a_note_before_a_stop_leaves_no_space() -> None:
    assert resolve("the cloud\ue0001 \ue001. It grows", {"1"}, cites=False) == "the cloud. It grows"


def test_of_two_like_lines_the_one_in_the_font_of_the_document_stays_whichever_was_drawn_last() -> None:
    shown = column(50, 700, ["Real words of the page", "and more of them"])
    copies = [replace(entry, y=entry.y + 2, font="other") for entry in shown]
    body = column(50, 500, [WORDS] * 3)
    assert drop_overprinted([[*copies, *shown, *body]]) == [[*shown, *body]]


def test_head_of_a_manuscript_under_review_is_furniture() -> None:
    page = [line("Offices 2017, 9, x FOR PEER REVIEW", 50, 820), line("For peer review we need time.", 50, 400)]
    assert [entry.text for entry in split_furniture([page], [842.0])[0][0]] == ["For peer review we need time."]


def test_head_with_the_number_of_its_page_is_furniture_on_two_pages() -> None:
    pages = [
        [line(f"{n} | A strategy" if n % 2 else f"Offices {n}", 50, 820), line(f"In {2000 + n} it grew", 50, 40), body]
        for n in range(4, 8)
        for body in [line(f"text {n}", 50, 500)]
    ]
    assert texts(split_furniture(pages, [842.0] * 4)[0]) == [[f"text {n}"] for n in range(4, 8)]
    years = [[line(f"Budget {year}", 50, 820), *column(50, 500, [WORDS])] for year in (2018, 2024, 2020, 2031)]
    assert [page[0].text for page in split_furniture(years[:2], [842.0] * 2)[0]] == [WORDS, WORDS]


def test_ministry_in_a_running_head_is_no_title_where_a_larger_one_stands() -> None:
    cover = [
        line("Ministry of Registers", 50, 700, size=12.0),
        line("A register for", 50, 660, size=28.0),
        line("everyone", 50, 626, size=28.0),
    ]
    title = find_title([*cover, line("June 2021", 50, 500)], ("Ministry of Registers | 3",), "")[0]
    assert [entry.text for entry in title] == ["A register for", "everyone"]


def test_numbers_beside_the_lines_of_a_draft_are_left_out() -> None:
    text = column(90, 700, [WORDS] * 8)
    beside = [line(str(5 + i), 50, entry.y, x1=62) for i, entry in enumerate(text)]
    assert texts(split_furniture([[*text, *beside]], [842.0])[0]) == [[WORDS] * 8]
    uneven = [replace(entry, text=str(i * i)) for i, entry in enumerate(beside)]
    assert len(split_furniture([[*text, *uneven]], [842.0])[0][0]) == 16


def test_values_behind_names_of_rows_are_no_column_of_their_own() -> None:
    names = ("No rule who reports a change", "No time set aside", "No staff with the skills they need", "No law")
    rows = [[line(name, 50, 500 - 12 * i), line(f"{i} %", 240, 500 - 12 * i)] for i, name in enumerate(names)]
    text = [line(WORDS * 2, 50, 600 - 12 * i) for i in range(4)]
    cells = [cell for row in rows for cell in row]
    assert order_page([*text, *cells]) == [[*text, *cells]]


def test_number_behind_the_name_of_a_row_is_a_value() -> None:
    rows = [[line(name, 50, y), line("29", 200, y), line("71 %", 240, y)] for name, y in (("law", 500), ("time", 488))]
    lines = [
        cell for row in [*rows, [line("staff", 50, 476), line("9", 200, 476), line("22 %", 240, 476)]] for cell in row
    ]
    assert [paragraph.write(frozenset()) for paragraph in find_paragraphs(lines, 10.0)] == [
        "law | 29 | 71 %",
        "time | 29 | 71 %",
        "staff | 9 | 22 %",
    ]


def test_shapes_are_found_on_a_page_with_an_object_for_each_letter() -> None:
    document = pdfium.PdfDocument.new()
    page = document.new_page(200, 200)
    for _ in range(3100):
        raw.FPDFPage_InsertObject(page, raw.FPDFPageObj_NewTextObj(document, b"Helvetica", 10.0))
    raw.FPDFPage_InsertObject(page, raw.FPDFPageObj_CreateNewRect(10, 20, 3, 4))
    assert read_shapes(page) == [Shape(10.0, 20.0, 13.0, 24.0)]
    page.close()
    document.close()


def test_lists_side_by_side_are_read_one_behind_the_other() -> None:
    left = [line("Challenges", 50, 512), line("• no law", 50, 500), line("• no staff", 50, 488)]
    right = [line("Solutions", 300, 512), line("• write one", 300, 500), line("• lend some", 300, 488)]
    both = [one for pair in zip(left, right, strict=True) for one in pair]
    assert order_page(both) == [left, right]


def test_names_of_columns_that_fill_a_table_are_no_justified_line() -> None:
    rows = [("Barrier", "Count", "Share"), ("No law", "29", "71 %"), ("No staff", "9", "22 %")]
    cells = [
        line(text, x, 500 - 12 * i) for i, row in enumerate(rows) for x, text in zip((50, 200, 300), row, strict=True)
    ]
    assert [paragraph.is_row for paragraph in find_paragraphs(cells, 10.0)] == [True, True, True]


def test_titles_in_the_margin_stand_before_their_texts_below_a_heading_over_both() -> None:
    one = [line("Section 1", 50, 600), line("Purpose", 50, 588)]
    first = [
        line("(1) This Act says who has to report what he learns", 200, 599),
        line("and to whom he reports it.", 200, 587),
    ]
    two = [line("Section 2", 50, 560), line("Terms", 50, 548)]
    second = [
        line("In this Act a keeper is who answers for a register", 200, 559),
        line("that he keeps by law.", 200, 547),
    ]
    heading = replace(line("CHAPTER 2", 227, 520, x1=273), bold=True)
    three = [line("Section 3", 50, 490), line("Duty", 50, 478)]
    third = [
        line("(1) Users report within seven days of what they do", 200, 489),
        line("or say why they did not.", 200, 477),
    ]
    signed = [line("Lund, 3 May 2021", 50, 420), line("Anna Berg", 50, 408)]
    middle = (50 + max(entry.x1 for entry in (*first, *second, *third))) / 2
    heading = replace(heading, x0=middle - 23, x1=middle + 23)
    assert order_page([*one, *first, *two, *second, *signed]) == [one, first, two, second, signed]
    assert order_page([*one, *first, heading, *three, *third]) == [one, first, [heading], three, third]


def test_time_and_address_that_a_browser_prints_are_no_text() -> None:
    around = [line("5/3/21, 5:38 PM", 20, 830), line("https://example.org/plan", 20, 12), line("1/1", 560, 12)]
    text = [line("Plan", 50, 790), line(WORDS, 50, 700), line("https://example.org/other", 50, 400)]
    kept, dropped = split_furniture([[*around, *text]], [842.0])
    assert (kept, [entry.text for entry in dropped]) == ([text], ["1/1"])
    address = [line("https://example.org/plan", 20, 12), *text]
    assert split_furniture([address], [842.0])[0] == [address]
