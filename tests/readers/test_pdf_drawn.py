"""Pages with drawn rules, made for the test."""

import ctypes
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kg.model import BlockKind
from kg.readers import read_document


def write(page: pdfium.PdfPage, document: pdfium.PdfDocument, x: float, y: float, text: str) -> None:
    letters = (ctypes.c_ushort * (len(text) + 1))(*map(ord, text), 0)
    item = raw.FPDFPageObj_NewTextObj(document, b"Helvetica", 10.0)
    raw.FPDFText_SetText(item, letters)
    raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, x, y)
    raw.FPDFPage_InsertObject(page, item)


def rule(page: pdfium.PdfPage, x: float, y: float, width: float, height: float) -> None:
    item = raw.FPDFPageObj_CreateNewRect(x, y, width, height)
    raw.FPDFPath_SetDrawMode(item, raw.FPDF_FILLMODE_WINDING, False)
    raw.FPDFPage_InsertObject(page, item)


def test_cells_that_stand_as_near_as_words_are_parted_by_the_rule_between_them(tmp_path: Path) -> None:
    document = pdfium.PdfDocument.new()
    page = document.new_page(400, 400)
    write(page, document, 50, 350, "Barriers that towns have named to us:")
    for y, (name, count) in ((303, ("Barrier", "Towns")), (283, ("No rule", "29")), (263, ("No time", "17"))):
        write(page, document, 52, y, name)
        write(page, document, 93, y, count)
    for x in (49.5, 89.5, 129.5):
        rule(page, x, 258, 0.7, 60)
    for y in (258, 278, 298, 318):
        rule(page, 49.5, y, 80, 0.7)
    raw.FPDFPage_GenerateContent(page)
    document.save(tmp_path / "x.pdf")
    page.close()
    document.close()
    read = read_document(tmp_path / "x.pdf")
    assert [read.block_text(block) for block in read.find_blocks(BlockKind.TABLE)] == [
        "Barrier | Towns",
        "No rule | 29",
        "No time | 17",
    ]
