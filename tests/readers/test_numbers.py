"""Whole numbers as files write them."""

import zipfile
from pathlib import Path

import pytest

from kg.readers import read_document
from kg.readers.numbers import read_whole

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), (" 3 ", 3), ("", 7), (None, 7), ("²", 7), ("0<>", 7), ("-1", 7), ("9" * 5000, 7)]
)
def test_what_is_no_number_counts_as_the_default(text: str | None, number: int) -> None:
    assert read_whole(text, 7) == number


@pytest.mark.parametrize("depth", ["0&lt;&gt;", "²", "9" * 5000, "999999999"])
def test_odd_depth_of_a_list_in_word_is_no_failure(tmp_path: Path, depth: str) -> None:
    level = f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="decimal"/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    properties = (
        f'<w:pPr><w:outlineLvl w:val="{depth}"/><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
    )
    body = f"<w:body><w:p>{properties}</w:pPr><w:r><w:t>One office keeps data.</w:t></w:r></w:p></w:body>"
    with zipfile.ZipFile(tmp_path / "x.docx", "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}>{body}</w:document>")
        archive.writestr("word/numbering.xml", f"<w:numbering {W}>{lists}</w:numbering>")
    assert read_document(tmp_path / "x.docx").text.endswith("One office keeps data.")
