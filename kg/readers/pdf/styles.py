"""How paragraphs are set, and the depth of headings that follows from it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.readers.pdf.paragraphs import Paragraph
from kg.readers.structure.chunks import Chunk
from kg.readers.structure.headings import is_heading_text

#: A title that ends in a stop is set like so many headings at least, in bold letters, over a text of some length.
MIN_ALIKE = 3
MAX_TITLE_WORDS = 10
MIN_TEXT_CHARS = 60


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
    counts = Counter(style for chunk, style in styled if chunk.role == "heading")
    levels = {style: level for level, style in enumerate(sorted(counts, reverse=True), start=1)}
    ranked: list[Chunk] = []
    for i, (chunk, style) in enumerate(styled):
        following = styled[i + 1][0] if i + 1 < len(styled) else None
        if chunk.role == "" and counts[style] >= MIN_ALIKE and style.bold and _ends_in_stop(chunk, following):
            ranked.append(replace(chunk, text=chunk.text.rstrip("."), role="heading", level=levels[style], lead=0))
        else:
            ranked.append(replace(chunk, level=levels[style]) if chunk.role == "heading" else chunk)
    return ranked


def _ends_in_stop(chunk: Chunk, following: Chunk | None) -> bool:
    """Whether a short line over a text is a title but for the stop behind it."""
    title = chunk.text.removesuffix(".")
    short = title != chunk.text and len(title.split()) <= MAX_TITLE_WORDS and is_heading_text(title)
    return short and following is not None and following.role == "" and len(following.text) >= MIN_TEXT_CHARS
