"""Bullets that a page draws as shapes instead of letters, as browsers do when they print."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kg.readers.pdf.lines import Line
from kg.readers.structure.markers import BULLET, find_marker

#: A page with more paths is a drawing; looking at all of them would take longer than reading its text.
MAX_PATHS = 3000
#: Browsers make an object of each letter; a page with more of any kind is not looked at.
MAX_OBJECTS = 60_000
#: More small shapes than this are the points of a chart.
MAX_SHAPES = 120
MAX_SHAPE_POINTS = 12.0
#: A path is looked at for curves no further.
MAX_SEGMENTS = 40
#: Size of a bullet and its distance from the text, in letter sizes.
MIN_SIZE, MAX_SIZE = 0.15, 0.75
MAX_DISTANCE = 2.5


@dataclass(frozen=True, slots=True)
class Shape:
    """The box around a drawn shape, in points from the lower left corner of the page.

    is_curved: whether it is drawn with curves, as pictures and the letters of a watermark are.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    is_curved: bool = False

    def precedes(self, line: Line) -> bool:
        """Whether it stands as a bullet before a line: about as high as wide, smaller than a letter, beside it."""
        width, height = self.x1 - self.x0, self.y1 - self.y0
        middle = (self.y0 + self.y1) / 2 - line.y
        return (
            0.7 * width < height < 1.4 * width
            and MIN_SIZE * line.size < height < MAX_SIZE * line.size
            and 0 < line.x0 - self.x1 < MAX_DISTANCE * line.size
            and 0 < middle < 0.7 * line.size
        )


def read_shapes(page: pdfium.PdfPage) -> list[Shape]:
    """The shapes drawn on a page, [] if there are so many that they are a drawing."""
    count = raw.FPDFPage_CountObjects(page)
    shapes: list[Shape] = []
    paths = 0
    if count > MAX_OBJECTS:
        return []
    box = [ctypes.c_float() for _ in range(4)]
    for i in range(count):
        item = raw.FPDFPage_GetObject(page, i)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
            continue
        paths += 1
        if paths > MAX_PATHS:
            return []
        if raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(edge) for edge in box)):
            left, foot, right, top = (edge.value for edge in box)
            is_large = min(right - left, top - foot) > MAX_SHAPE_POINTS
            shapes.append(Shape(left, foot, right, top, is_curved=is_large and _is_curved(item)))
    return shapes


def _is_curved(path: object) -> bool:
    """Whether one of the first pieces of a path is a curve."""
    pieces = (raw.FPDFPath_GetPathSegment(path, i) for i in range(min(raw.FPDFPath_CountSegments(path), MAX_SEGMENTS)))
    return any(raw.FPDFPathSegment_GetType(piece) == raw.FPDF_SEGMENT_BEZIERTO for piece in pieces)


def write_bullets(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[Line]:
    """The lines, those behind a bullet that is drawn with a bullet that is written."""
    small = [shape for shape in shapes if max(shape.x1 - shape.x0, shape.y1 - shape.y0) < MAX_SHAPE_POINTS]
    return [_write_bullet(line, small) for line in lines] if 0 < len(small) <= MAX_SHAPES else list(lines)


def _write_bullet(line: Line, shapes: Sequence[Shape]) -> Line:
    bullet = next((shape for shape in shapes if shape.precedes(line)), None)
    text = line.text.lstrip()
    if bullet is None or BULLET.match(text) or (line.bold and find_marker(text)):
        return line
    return replace(line, text=f"• {text}", x0=bullet.x0, lead=line.lead + 2 if line.lead else 0)
