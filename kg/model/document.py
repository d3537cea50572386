"""A document as read: one unchanging plain text and the blocks that lie in it.

All offsets count Unicode code points in `Document.text` and are half-open.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of text is in its document."""

    TITLE = "title"
    AUTHOR = "author"
    AFFILIATION = "affiliation"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    METADATA = "metadata"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    REFERENCE = "reference"
    CODE = "code"


#: Blocks whose sentences speak about the world, so statements are looked for in them.
PROSE_KINDS = frozenset({BlockKind.ABSTRACT, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.TABLE})


@dataclass(frozen=True, slots=True)
class Block:
    """One block; `text[start:end]` is its content without its number, bullet or field name.

    level: depth of a heading (1 = section) or of an item's nesting (1 = outermost), else 0.
    number: as written without brackets and closing dot ("1", "3.2", "a", "iv"); "" if none.
    label: name of a metadata field in lower case ("year", "doi", "publisher"), or what precedes an item; else "".
    page: 1-based page the block begins on, where the format has pages.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    number: str = ""
    label: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The stretch a heading governs, from its title to the next heading of its level or above.

    number: path of numbers from the top ("3.1" for item (1) of section 3); "" if the heading has none.
    parent: index of the enclosing section in the list, or -1.
    """

    number: str
    title: str
    level: int
    start: int
    end: int
    title_end: int
    parent: int = -1


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read.

    id: short name unique in the workspace, made of the file name (a-z, 0-9, hyphens).
    file: POSIX path below corpus/.
    kind: "paper", "policy", "note" or "abstract".
    language: BCP 47, lower case ("en"), or "und".
    blocks: in reading order, not overlapping.
    """

    id: str
    file: str
    text: str
    blocks: tuple[Block, ...]
    kind: str = "paper"
    language: str = "en"

    def block_text(self, block: Block) -> str:
        """The text of one of this document's blocks."""
        return self.text[block.start : block.end]

    def find_blocks(self, *kinds: BlockKind) -> Iterator[Block]:
        """The blocks of these kinds, in reading order."""
        return (block for block in self.blocks if block.kind in kinds)


def _join_number(above: str, own: str, level: int) -> str:
    """ "3" above and "1" give "3.1"; a number that already holds its path stays."""
    if not own or not above or level == 1 or own.startswith(above + "."):
        return own
    return f"{above}.{own}"


def compute_sections(document: Document) -> tuple[Section, ...]:
    """The sections of a document, in reading order, each with its number path and parent."""
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    sections: list[Section] = []
    open_indexes: list[int] = []
    for i, heading in enumerate(headings):
        while open_indexes and sections[open_indexes[-1]].level >= heading.level:
            open_indexes.pop()
        parent = open_indexes[-1] if open_indexes else -1
        above = sections[parent].number if parent >= 0 else ""
        end = next((h.start for h in headings[i + 1 :] if h.level <= heading.level), len(document.text))
        number = _join_number(above, heading.number, heading.level)
        title = document.block_text(heading)
        sections.append(Section(number, title, heading.level, heading.start, end, heading.end, parent))
        open_indexes.append(i)
    return tuple(sections)


def find_section(sections: tuple[Section, ...], offset: int) -> int:
    """Index of the innermost section that holds the offset, or -1."""
    index = bisect_right(sections, offset, key=lambda section: section.start) - 1
    while index >= 0 and offset >= sections[index].end:
        index = sections[index].parent
    return index
