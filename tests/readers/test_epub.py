"""EPUB books to blocks."""

import zipfile
from pathlib import Path

import pytest

from kg.model import ReadError
from kg.readers import read_document

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>Sharing data</dc:title><dc:creator>Ana Silva</dc:creator><dc:date>2021-05-06</dc:date>
<dc:language>en</dc:language></metadata><manifest>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""


def write(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_chapters_are_read_in_the_order_of_the_spine(tmp_path: Path) -> None:
    chapter = '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>{}</h1><p>{}</p></body></html>'
    path = write(
        tmp_path / "x.epub",
        {
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": PACKAGE,
            "OEBPS/nav.xhtml": chapter.format("Contents", "x"),
            "OEBPS/two b.xhtml": chapter.format("Two", "Second words."),
            "OEBPS/one.xhtml": chapter.format("One", "First words."),
        },
    )
    document = read_document(path)
    assert [(b.kind.value, b.label, document.block_text(b)) for b in document.blocks] == [
        ("title", "", "Sharing data"),
        ("author", "", "Ana Silva"),
        ("metadata", "year", "2021"),
        ("metadata", "language", "en"),
        ("heading", "", "One"),
        ("paragraph", "", "First words."),
        ("heading", "", "Two"),
        ("paragraph", "", "Second words."),
    ]


def test_zip_without_a_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no book in it"):
        read_document(write(tmp_path / "x.epub", {"a": "b"}))


def test_chapter_outside_the_archive_is_not_looked_for(tmp_path: Path) -> None:
    package = PACKAGE.replace("one.xhtml", "../../etc/passwd")
    path = write(tmp_path / "x.epub", {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package})
    with pytest.raises(ReadError, match="no chapter in it"):
        read_document(path)


def test_pages_around_a_book_are_left_out_and_its_notes_have_numbers(tmp_path: Path) -> None:
    body = (
        '<section epub:type="titlepage"><p>Ana Silva</p></section><section epub:type="chapter"><h1>One</h1>'
        '<p>Trust is low.<a epub:type="noteref" href="#n">1</a></p><aside epub:type="footnote" id="n"><p>1. In 2021.'
        '</p></aside></section><section epub:type="index"><h1>Index</h1><p>trust, 4</p></section>'
    )
    page = f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>{body}</body></html>'
    members = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": PACKAGE, "OEBPS/one.xhtml": page}
    document = read_document(write(tmp_path / "x.epub", members))
    assert [(b.kind.value, b.number, document.block_text(b)) for b in document.blocks][4:] == [
        ("heading", "", "One"),
        ("paragraph", "", "Trust is low."),
        ("footnote", "1", "In 2021."),
    ]


def test_second_title_that_says_so_is_the_subtitle(tmp_path: Path) -> None:
    titles = "<dc:title>Sharing data</dc:title><dc:title id='s'>A guide</dc:title>"
    package = PACKAGE.replace("<dc:title>Sharing data</dc:title>", f"{titles}<meta refines='#s'>subtitle</meta>")
    members = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package, "OEBPS/one.xhtml": "<p>Words of it.</p>"}
    document = read_document(write(tmp_path / "x.epub", members))
    assert [(b.label, document.block_text(b)) for b in document.blocks[:2]] == [
        ("", "Sharing data"),
        ("subtitle", "A guide"),
    ]
