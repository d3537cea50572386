"""Word files to blocks."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from kg.model import Document, ReadError
from kg.readers import read_document


def show(document: Document) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.number or b.label, document.block_text(b)) for b in document.blocks]


def test_paper_becomes_blocks(tmp_path: Path) -> None:
    book = docx.Document()
    book.core_properties.author = "python-docx"
    book.add_heading("Sharing data between offices", 0)
    line = book.add_paragraph("Ana Silva")
    line.add_run("1,2").font.superscript = True
    line.add_run(", Bo Rossi")
    line.add_run("2").font.superscript = True
    book.add_paragraph("1 Example University, Lisbon")
    book.add_paragraph("Abstract: Offices do not share.")
    book.add_heading("1. Introduction", 1)
    text = book.add_paragraph("Offices keep data")
    text.add_run("1 ").font.superscript = True
    text.add_run("for themselves.")
    lead = book.add_paragraph()
    lead.add_run("Missing law.").bold = True
    lead.add_run(" No law tells an office what it may hand over to others.")
    book.add_paragraph("first", style="List Bullet")
    book.add_paragraph("second", style="List Number")
    table = book.add_table(2, 2)
    for cell, value in zip(
        (c for row in table.rows for c in row.cells), ("Barrier", "Count", "no law", "4"), strict=True
    ):
        cell.text = value
    book.add_heading("References", 1)
    book.add_paragraph("[1] Li C. Rules. Press, 2019.")
    book.save(str(tmp_path / "x.docx"))
    assert show(read_document(tmp_path / "x.docx")) == [
        ("title", 0, "", "Sharing data between offices"),
        ("author", 0, "1,2", "Ana Silva"),
        ("author", 0, "2", "Bo Rossi"),
        ("affiliation", 0, "1", "Example University"),
        ("abstract", 0, "", "Offices do not share."),
        ("heading", 1, "1", "Introduction"),
        ("paragraph", 0, "", "Offices keep data [1] for themselves."),
        ("heading", 2, "", "Missing law"),
        ("paragraph", 0, "", "No law tells an office what it may hand over to others."),
        ("item", 1, "", "first"),
        ("item", 1, "1", "second"),
        ("table", 0, "", "Barrier | Count"),
        ("table", 0, "", "no law | 4"),
        ("heading", 1, "", "References"),
        ("reference", 0, "1", "Li C. Rules. Press, 2019."),
    ]


@pytest.mark.parametrize(
    ("entries", "text"),
    [
        (
            ["Li C. Rules. Press, 2019.", "Rossi B. Trust. Press, 2020."],
            "Offices lack trust. [1,2] Each is 5 km2 wide.",
        ),
        ([], "Offices lack trust. Each is 5 km2 wide."),
    ],
)
def test_superscripts_are_citations_where_a_list_has_them_and_powers_stay(
    tmp_path: Path, entries: list[str], text: str
) -> None:
    book = docx.Document()
    book.add_heading("Sharing data between offices", 0)
    book.add_heading("Introduction", 1)
    line = book.add_paragraph("Offices lack trust.")
    for raised in ("1", ",", "2"):
        line.add_run(raised).font.superscript = True
    line.add_run(" Each is 5 km")
    line.add_run("2").font.superscript = True
    line.add_run(" wide.")
    book.add_heading("References" if entries else "Outlook", 1)
    for number, entry in enumerate(entries or ["Nothing else is known."], start=1):
        book.add_paragraph(f"{number}. {entry}" if entries else entry)
    book.save(str(tmp_path / "x.docx"))
    document = read_document(tmp_path / "x.docx")
    assert next(block for block in show(document) if block[0] == "paragraph") == ("paragraph", 0, "", text)


def test_zip_without_a_document_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.docx", "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(ReadError, match="no Word document in it"):
        read_document(tmp_path / "x.docx")


def test_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(ReadError, match="not a whole file"):
        read_document(tmp_path / "x.docx")


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 20_000_000)
    with pytest.raises(ReadError, match="unpacks to 1 files of 20 MB"):
        read_document(tmp_path / "x.docx")


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(tmp_path / "x.docx", "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'{bomb}<w:document xmlns:w="{w}"><w:body><w:p><w:r><w:t>plain &b; words</w:t></w:r></w:p>'
            "</w:body></w:document>",
        )
    assert read_document(tmp_path / "x.docx").text == "plain"


def test_first_of_several_headings_on_one_level_is_no_title_and_a_program_no_author(tmp_path: Path) -> None:
    document = docx.Document()
    for title in ("The problem", "The solution"):
        document.add_heading(title, 1)
        document.add_paragraph("There is something to be said about it, and it is said here at length.")
    document.save(str(tmp_path / "x.docx"))
    kinds = [block.kind.value for block in read_document(tmp_path / "x.docx").blocks]
    assert kinds == ["heading", "paragraph", "heading", "paragraph"]


def test_title_below_other_lines_is_found_and_bold_items_with_text_below_are_headings(tmp_path: Path) -> None:
    text = "Whoever makes a service asks those who use it first and again later."
    document = docx.Document()
    document.add_paragraph("A draft for comments.")
    document.add_heading("Services that people use", 1)
    document.add_heading("What we found", 2)
    for words, below in (("Ask people", text), ("Ask again", text), ("one thing", ""), ("another thing", "")):
        document.add_paragraph(style="List Number").add_run(words).bold = True
        if below:
            document.add_paragraph(below)
    document.save(str(tmp_path / "x.docx"))
    read = read_document(tmp_path / "x.docx")
    assert [(block.kind.value, read.block_text(block)) for block in read.blocks] == [
        ("title", "Services that people use"),
        ("paragraph", "A draft for comments."),
        ("heading", "What we found"),
        ("heading", "Ask people"),
        ("paragraph", text),
        ("heading", "Ask again"),
        ("paragraph", text),
        ("item", "one thing"),
        ("item", "another thing"),
    ]


def test_first_line_set_larger_than_all_others_is_the_title_whatever_the_properties_say(tmp_path: Path) -> None:
    book = docx.Document()
    book.core_properties.title = "Document1"
    run = book.add_paragraph().add_run("A strategy for the data of offices")
    run.bold, run.font.size = True, docx.shared.Pt(24)
    book.add_paragraph("March 2025")
    book.add_heading("1 Introduction", 1)
    book.add_paragraph("Offices keep data for themselves.")
    book.add_heading("2 Barriers", 1)
    book.save(str(tmp_path / "x.docx"))
    assert show(read_document(tmp_path / "x.docx"))[:3] == [
        ("title", 0, "", "A strategy for the data of offices"),
        ("metadata", 0, "year", "2025"),
        ("heading", 1, "1", "Introduction"),
    ]


def test_text_box_is_read_once_though_it_is_written_twice(tmp_path: Path) -> None:
    w, mc = nsdecls("w"), "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = "<w:txbxContent><w:p><w:r><w:t>Records were split.</w:t></w:r></w:p></w:txbxContent>"
    both = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    xml = f"<w:p {w} xmlns:mc='{mc}'><w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r></w:p>"
    book = docx.Document()
    book.add_paragraph("Offices keep data for themselves.")
    book.element.body.insert(1, parse_xml(xml))
    book.save(str(tmp_path / "x.docx"))
    assert read_document(tmp_path / "x.docx").text.count("Records were split.") == 1


TEXT = "The two registers are not linked. A family that moves reports it three times, and nobody checks it at all."


def test_sizes_of_letters_make_the_title_and_the_depth_of_headings(tmp_path: Path) -> None:
    book = docx.Document()
    lines = (
        ("MINISTRY OF REGISTERS", 12, True), ("A register for everyone", 24, False), ("2021 – 2025", 14, False),
        ("Prepared by the Department of Addresses", 11, False), ("1 Why", 16, True), (TEXT, 11, False),
        ("1.1 Then", 13, True), (TEXT, 11, False), ("Since", 13, True), (TEXT, 11, False), ("What to do", 16, False),
    )  # fmt: skip
    for text, size, bold in lines:
        run = book.add_paragraph().add_run(text)
        run.bold, run.font.size = bold or None, docx.shared.Pt(size)
    book.save(str(tmp_path / "x.docx"))
    assert [entry for entry in show(read_document(tmp_path / "x.docx")) if entry[0] != "paragraph"] == [
        ("metadata", 0, "publisher", "MINISTRY OF REGISTERS"),
        ("title", 0, "", "A register for everyone"),
        ("metadata", 0, "period", "2021 – 2025"),
        ("metadata", 0, "publisher", "Department of Addresses"),
        ("heading", 1, "1", "Why"),
        ("heading", 2, "1.1", "Then"),
        ("heading", 2, "", "Since"),
        ("heading", 1, "", "What to do"),
    ]


def test_numbers_tell_the_depth_of_headings_that_are_only_bold(tmp_path: Path) -> None:
    book = docx.Document()
    book.add_heading("Sharing data", 0)
    for text in ("1 Why", "1.1 Then", "1.2 Now", "2 How"):
        book.add_paragraph().add_run(text).bold = True
        book.add_paragraph(TEXT)
    book.save(str(tmp_path / "x.docx"))
    headings = [(level, text) for kind, level, _, text in show(read_document(tmp_path / "x.docx")) if kind == "heading"]
    assert headings == [(1, "Why"), (2, "Then"), (2, "Now"), (1, "How")]


def test_merged_cells_forms_and_tables_in_them_are_read(tmp_path: Path) -> None:
    book = docx.Document()
    book.add_heading("Cases", 1)
    merged = book.add_table(3, 2)
    for (row, column), text in {
        (0, 0): "Barrier",
        (0, 1): "Office",
        (1, 0): "No law",
        (1, 1): "A",
        (2, 1): "B",
    }.items():
        merged.cell(row, column).text = text
    merged.cell(1, 0).merge(merged.cell(2, 0))
    book.add_heading("Case", 1)
    form = book.add_table(2, 2)
    for (row, column), text in {(0, 0): "Problem:", (0, 1): TEXT + " " + TEXT, (1, 0): "Town:", (1, 1): "Lund"}.items():
        form.cell(row, column).text = text
    inner = form.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "2020", "812"
    book.add_paragraph("first", style="List Number")
    book.add_paragraph("inner", style="List Number 2")
    book.save(str(tmp_path / "x.docx"))
    found = show(read_document(tmp_path / "x.docx"))
    assert [(kind, level, text) for kind, level, _, text in found if kind != "title"][1:] == [
        ("table", 0, "Barrier | Office"),
        ("table", 0, "No law | A"),
        ("table", 0, "No law | B"),
        ("heading", 1, "Case"),
        ("heading", 2, "Problem"),
        ("paragraph", 0, TEXT + " " + TEXT),
        ("table", 0, "2020 | 812"),
        ("table", 0, "Town | Lund"),
        ("item", 1, "first"),
        ("item", 2, "inner"),
    ]


def test_lines_ended_by_hand_subtitles_and_contents_written_by_hand_are_read(tmp_path: Path) -> None:
    book = docx.Document()
    book.add_paragraph("Linking\nregisters", style="Title")
    book.add_paragraph("A plan for cities", style="Subtitle")
    book.add_paragraph("City of Lund")
    book.add_paragraph("Contents")
    for line in ("1 Why\t3", "2 How\t4", "3 When\t5"):
        book.add_paragraph(line)
    book.add_heading("1 Why", 1)
    more = "and so on, as all of those who were asked said to us in the spring of the year before last."
    book.add_paragraph(TEXT.replace(". ", ".\n", 1) + "\n" + more)
    book.add_heading("2 How", 1)
    book.add_paragraph("Ask at:\nRegisters Agency\nMain Street 1")
    book.save(str(tmp_path / "x.docx"))
    assert show(read_document(tmp_path / "x.docx")) == [
        ("title", 0, "", "Linking registers"),
        ("metadata", 0, "subtitle", "A plan for cities"),
        ("metadata", 0, "publisher", "City of Lund"),
        ("heading", 1, "1", "Why"),
        ("paragraph", 0, "", f"{TEXT} {more}"),
        ("heading", 1, "2", "How"),
        ("paragraph", 0, "", "Ask at:"),
        ("paragraph", 0, "", "Registers Agency"),
        ("paragraph", 0, "", "Main Street 1"),
    ]


def test_words_moved_away_or_hidden_are_left_out_and_formulas_kept(tmp_path: Path) -> None:
    book = docx.Document()
    book.add_heading("Registers", 0)
    paragraph = book.add_paragraph("Offices keep ")
    words = (
        "<w:moveFrom {}><w:r><w:t>old words </w:t></w:r></w:moveFrom>",
        "<w:moveTo {}><w:r><w:t>new words</w:t></w:r></w:moveTo>",
        "<w:r {}><w:rPr><w:vanish/></w:rPr><w:t>hidden words</w:t></w:r>",
        "<m:oMath {}><m:r><m:t> n=3</m:t></m:r></m:oMath>",
    )
    for part in words:
        paragraph._p.append(parse_xml(part.format(nsdecls("w", "m"))))
    book.add_paragraph("Table 2: Offices by size", style="Caption")
    book.add_paragraph("☐ Is it shared?")
    book.save(str(tmp_path / "x.docx"))
    assert show(read_document(tmp_path / "x.docx"))[1:] == [
        ("paragraph", 0, "", "Offices keep new words n=3"),
        ("caption", 0, "2", "Offices by size"),
        ("item", 1, "", "Is it shared?"),
    ]


def test_cover_without_styles_gives_its_facts(tmp_path: Path) -> None:
    book = docx.Document()
    lines = (
        ("MINISTRY OF DATA", 12),
        ("Strategy for Shared Registers", 28),
        ("From silos to services", 16),
        ("2021–2025", 12),
    )
    for text, size in (*lines, ("Lund, May 2021", 11)):
        book.add_paragraph().add_run(text).font.size = Pt(size)
    book.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    book.add_paragraph().add_run("Context").bold = True
    book.add_paragraph("There are 212 registers in the country, and nobody keeps them.")
    book.save(str(tmp_path / "x.docx"))
    assert show(read_document(tmp_path / "x.docx")) == [
        ("metadata", 0, "publisher", "MINISTRY OF DATA"),
        ("title", 0, "", "Strategy for Shared Registers"),
        ("metadata", 0, "subtitle", "From silos to services"),
        ("metadata", 0, "period", "2021–2025"),
        ("metadata", 0, "year", "2021"),
        ("heading", 1, "", "Context"),
        ("paragraph", 0, "", "There are 212 registers in the country, and nobody keeps them."),
    ]


def test_points_set_as_a_table_are_items(tmp_path: Path) -> None:
    book = docx.Document()
    book.add_heading("Act", 0)
    table = book.add_table(2, 2)
    for row, texts in zip(table.rows, (("(a)", "keep a register;"), ("(b)", "read one.")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    book.save(str(tmp_path / "x.docx"))
    assert show(read_document(tmp_path / "x.docx"))[1:] == [
        ("item", 1, "a", "keep a register;"),
        ("item", 1, "b", "read one."),
    ]
