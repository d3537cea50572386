"""AsciiDoc files to blocks."""

from pathlib import Path

from kg.model import BlockKind, Document
from kg.readers import make_document, read_document, read_file
from kg.readers.asciidoc import read_asciidoc

GUIDE = """= Sharing data
Ana Silva <ana@example.org>; Bo Rossi
v1.0, 2019-05-01
:keywords: data, trust

Offices keep datafootnote:[As *said* [twice] here.] for themselves. See https://example.org[the guide].

== Problems

*Missing law*. No law tells an office what it may hand over to others.

.Box of rules
****
[loweralpha]
. first rule
* inner rule
. second rule
****

Portal:: A place for data.

.Barriers
|===
|Barrier |Count

|no law |4
|===

////
hidden
////
"""


def read(text: str) -> Document:
    return make_document(read_asciidoc(text), file="x.adoc")


def show(document: Document) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.number or b.label, document.block_text(b)) for b in document.blocks]


def test_guide_becomes_blocks() -> None:
    assert show(read(GUIDE)) == [
        ("title", 0, "", "Sharing data"),
        ("author", 0, "", "Ana Silva"),
        ("author", 0, "", "Bo Rossi"),
        ("metadata", 0, "year", "2019"),
        ("keywords", 0, "", "data"),
        ("keywords", 0, "", "trust"),
        ("paragraph", 0, "", "Offices keep data for themselves. See the guide."),
        ("heading", 1, "", "Problems"),
        ("heading", 2, "", "Missing law"),
        ("paragraph", 0, "", "No law tells an office what it may hand over to others."),
        ("heading", 2, "", "Box of rules"),
        ("item", 1, "a", "first rule"),
        ("item", 2, "", "inner rule"),
        ("item", 1, "b", "second rule"),
        ("item", 1, "Portal", "A place for data."),
        ("caption", 0, "", "Barriers"),
        ("table", 0, "header", "Barrier | Count"),
        ("table", 0, "", "no law | 4"),
        ("footnote", 0, "1", "As said [twice] here."),
    ]


def test_include_inside_the_folder_is_read_and_outside_is_not(tmp_path: Path) -> None:
    (tmp_path / "secret.adoc").write_text("secret words")
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "part.adoc").write_text("= Part\n\ninner words\n")
    (folder / "main.adoc").write_text(
        "= Book\n\ninclude::part.adoc[leveloffset=+1]\n\ninclude::../secret.adoc[]\n\ninclude::main.adoc[]\n"
    )
    document = read_document(folder / "main.adoc")
    assert "inner words" in document.text
    assert "secret" not in document.text
    assert "include of ../secret.adoc left out: not a file in the folder" in read_file(folder / "main.adoc").notes


def test_conditions_hide_what_does_not_hold() -> None:
    assert show(read("= T\n\nshown\n"))[-1][-1] == "shown"


def test_ifdef_of_an_unknown_name_hides_its_lines(tmp_path: Path) -> None:
    (tmp_path / "x.adoc").write_text("= T\n\nifdef::draft[]\nhidden\nendif::[]\nifndef::draft[]\nshown\nendif::[]\n")
    assert read_document(tmp_path / "x.adoc").text == "T\n\nshown"


def test_footnote_without_closing_bracket_ends_with_its_line() -> None:
    assert show(read("= T\n\nWords footnote:[open\n\nmore words"))[1:] == [
        ("paragraph", 0, "", "Words"),
        ("paragraph", 0, "", "more words"),
        ("footnote", 0, "1", "open"),
    ]


def test_abstract_ticked_boxes_and_named_entries_are_read_without_their_signs() -> None:
    text = (
        "= Plan\n\n[abstract]\nThis plan says how offices share data.\n\n== Aims\n\n* [x] done\n* [ ] open\n\n"
        "[bibliography]\n== References\n\n- [[[silva]]] Silva, A. Data. 2019.\n"
    )
    document = make_document(read_asciidoc(text), file="x.adoc")
    assert [(block.kind.value, document.block_text(block)) for block in document.blocks] == [
        ("title", "Plan"),
        ("abstract", "This plan says how offices share data."),
        ("heading", "Aims"),
        ("item", "done"),
        ("item", "open"),
        ("heading", "References"),
        ("reference", "Silva, A. Data. 2019."),
    ]


def test_bare_cross_reference_is_the_title_it_leads_to_and_cells_reach_over_rows() -> None:
    source = (
        "= Registers\n\nSee <<law>> and <<_next_steps>>, not <<other.adoc#x>>.\n\n"
        "[[law]]\n== The law\n\n== Next steps\n\n"
        '[cols="2*",options="header"]\n|===\n|Barrier\n|Count\n\n.2+|No law\n|4\n|5\n\nin all\n|===\n\n'
        "|===\nno cell\n|===\n"
    )
    document = make_document(read_asciidoc(source), file="x.adoc")
    assert "See The law and Next steps, not" in document.text
    assert [document.block_text(block) for block in document.find_blocks(BlockKind.TABLE)] == [
        "Barrier | Count",
        "No law | 4",
        "No law | 5 in all",
    ]


def test_names_that_the_file_defines_are_filled_in_also_in_includes(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "one.adoc").write_text("The {keeper} answers.\n")
    (tmp_path / "x.adoc").write_text(
        "= T\n:town: Lund\n:keeper: clerk of {town}\n:parts: parts\n\ninclude::{parts}/one.adoc[]\n"
    )
    assert read_document(tmp_path / "x.adoc").text == "T\n\nThe clerk of Lund answers."


def test_lists_in_cells_and_lists_that_go_on_behind_a_joined_paragraph_are_whole() -> None:
    text = (
        "= T\n\n== One\n\n|===\n|Office |Barrier\n\n|Tax\na|\n* no law\n* no staff\n|===\n\n"
        ". first\n+\nMore of it.\n. second\n\n"
        "----\ncode <1>\n----\n<1> A remark.\n"
    )
    assert show(read(text))[2:] == [
        ("table", 0, "header", "Office | Barrier"),
        ("table", 0, "", "Tax | no law; no staff"),
        ("item", 1, "1", "first"),
        ("paragraph", 0, "", "More of it."),
        ("item", 1, "2", "second"),
        ("code", 0, "", "code <1>"),
        ("code", 0, "", "A remark."),
    ]


def test_abstract_of_an_office_makes_no_paper() -> None:
    text = "= Plan\n{}\n\n[abstract]\nThis plan says how offices share data.\n\n== One\n\nShare.\n\n== Two\n\nKeep.\n"
    assert read(text.format("Ministry of Data <a@b.c>")).kind == "policy"
    assert read(text.format("Ana Silva <a@b.c>")).kind == "paper"
