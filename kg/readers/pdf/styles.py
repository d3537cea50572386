"""How paragraphs are set, and the depth of headings that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.readers.pdf.paragraphs import Paragraph
from kg.readers.structure.chunks import Chunk


@dataclass(frozen=True, slots=True, order=True)
class Style:
    """How a heading is set; a larger one comes first in descending order."""

    size: float
    bold: bool
    caps: bool
    upright: bool

    @property
    def italic(self) -> bool:
        """Whether it is slanted."""
        return not self.upright

    @classmethod
    def of(cls, paragraph: Paragraph) -> "Style":
        """The style of a paragraph as a whole, sizes to half a point."""
        letters = [char for line in paragraph.lines for char in line.text if char.isalpha()]
        caps = len(letters) > 3 and sum(map(str.isupper, letters)) > 0.9 * len(letters)
        bold = all(line.lead >= len(line.text.rstrip()) or line.bold for line in paragraph.lines)
        italic = all(line.italic for line in paragraph.lines)
        return cls(round(2 * paragraph.first.size) / 2, bold, caps, not italic)


NO_STYLE = Style(0.0, False, False, True)


def rank_headings(styled: Sequence[tuple[Chunk, Style]]) -> list[Chunk]:
    """Chunks whose headings have a level: the larger the style, the further out; bold before plain, italic last."""
    used = sorted({style for chunk, style in styled if chunk.role == "heading"}, reverse=True)
    levels = {style: level for level, style in enumerate(used, start=1)}
    return [replace(chunk, level=levels[style]) if chunk.role == "heading" else chunk for chunk, style in styled]
