"""A writer of small PDFs, so that layouts can be tested without shipping files."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

#: One line of text: left end and baseline in points, letter size, font ("F1" plain, "F2" bold, "F3" italic), words.
Placed = tuple[float, float, float, str, str]
MakePdf = Callable[[Path, Sequence[Sequence[Placed]]], Path]
FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Helvetica-Oblique"}


def write_pdf(path: Path, pages: Sequence[Sequence[Placed]]) -> Path:
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    fonts: list[str] = []
    for name, base in FONTS.items():
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >>".encode())
        fonts.append(f"/{name} {len(objects)} 0 R")
    kids: list[str] = []
    for lines in pages:
        content = b"".join(
            f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm (".encode() + _escape(text) + b") Tj ET\n"
            for x, y, size, font, text in lines
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"endstream")
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
        objects.append((page + f"/Resources << /Font << {' '.join(fonts)} >> >> >>").encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    path.write_bytes(data + head + table + tail)
    return path


def _escape(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


@pytest.fixture
def make_pdf() -> MakePdf:
    return write_pdf
