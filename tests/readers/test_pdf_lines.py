"""Lines of a PDF page."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from kg.readers.pdf.lines import Line, read_lines

Placed = tuple[float, float, float, str, str]


@pytest.fixture
def read(make_pdf: Callable[[Path, list[list[Placed]]], Path], tmp_path: Path) -> Callable[[list[Placed]], list[Line]]:
    def read_page(placed: list[Placed]) -> list[Line]:
        with pdfium.PdfDocument(make_pdf(tmp_path / "x.pdf", [placed])) as document:
            return read_lines(document[0], 1)

    return read_page


def test_line_stands_where_its_larger_letters_stand_though_most_are_raised(
    read: Callable[[list[Placed]], list[Line]],
) -> None:
    (line,) = read([(70.0, 700.0, 10.0, "F1", "x85x"), (91.2, 704.0, 6.0, "F1", "measured in whole days")])
    assert (line.text, line.y, line.size) == ("x85x\ue000measured in whole days\ue001", 700.0, 10.0)


def test_large_first_letter_does_not_make_the_line_larger(read: Callable[[list[Placed]], list[Line]]) -> None:
    (line,) = read([(70.0, 700.0, 14.0, "F1", "I"), (74.0, 700.0, 10.0, "F1", "NTRODUCTION OF LAWS")])
    assert (line.text, line.size) == ("INTRODUCTION OF LAWS", 10.0)
