"""Parts of laws and books whose number stands on a line of its own, above their title."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.readers.structure.chunks import Chunk
from kg.readers.structure.headings import is_heading_text
from kg.readers.structure.markers import find_marker

#: "Article 12", "CHAPTER IV"
MAX_PART_CHARS = 30
MAX_TITLE_WORDS = 14
_CAPTION = re.compile(r"(?:table|figure|fig\.|box) (?:\d{1,3}(?:\.\d{1,2})?|[IVX]{1,5})", re.IGNORECASE)
MAX_CAPTION_WORDS = 30


def join_part_titles(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Chunks with the number of an article or chapter and the title on the line below it as one."""
    joined: list[Chunk] = []
    for i, chunk in enumerate(chunks):
        before = chunks[i - 1] if i else None
        if before and _names_caption(before) and chunk.role == "" and _is_caption(chunk.text):
            joined[-1] = replace(before, text=f"{before.text} {chunk.text}", lead=0)
        elif before and i + 1 < len(chunks) and _names_part(before) and _is_title(chunk, before):
            role, level = chunk.role or before.role, max(chunk.level, before.level)
            text = f"{before.text.rstrip(' .:')} {chunk.text}"
            joined[-1] = replace(before, text=text, role=role, level=level, lead=0)
        else:
            joined.append(chunk)
    return joined


def _names_caption(chunk: Chunk) -> bool:
    """Whether a line is nothing but the number of a table or figure, as printed above its title."""
    return chunk.role == "" and _CAPTION.fullmatch(chunk.text) is not None


def _is_caption(text: str) -> bool:
    return text[:1].isupper() and len(text.split()) <= MAX_CAPTION_WORDS and find_marker(text) is None


def _names_part(chunk: Chunk) -> bool:
    """Whether a line is nothing but the name and number of a part."""
    if chunk.role not in {"", "heading"} or len(chunk.text) > MAX_PART_CHARS:
        return False
    marker = find_marker(chunk.text)
    return marker is not None and marker.style.startswith("word:") and marker.length >= len(chunk.text)


def _is_title(chunk: Chunk, part: Chunk) -> bool:
    alike = chunk.role == "heading" and (part.role == "" or chunk.level == part.level)
    fits = chunk.role == "" or alike
    short = len(chunk.text.split()) <= MAX_TITLE_WORDS and find_marker(chunk.text) is None
    return fits and short and is_heading_text(chunk.text)
