"""A bibliographic record and the file it describes as one document."""

from collections.abc import Callable
from dataclasses import replace

from kg.model import Block, BlockKind, Document

#: What a record states better than the first page of the file it describes.
_STATED = frozenset({BlockKind.TITLE, BlockKind.METADATA, BlockKind.KEYWORDS})
_PEOPLE = frozenset({BlockKind.AUTHOR, BlockKind.AFFILIATION})


def deepen(record: Document, full: Document) -> Document:
    """The record's document with the whole text of the file behind its facts.

    Title, facts and keywords are the record's; so are the authors, unless the file names the same ones, with their
    affiliations; so is the abstract where the file has none.
    """
    own = _families(full)
    from_file = bool(own) and _families(record) <= own
    has_abstract = any(full.find_blocks(BlockKind.ABSTRACT))
    stated = {block.kind for block in record.blocks}

    def is_kept(block: Block) -> bool:
        gone = (block.kind in _PEOPLE and from_file) or (block.kind is BlockKind.ABSTRACT and has_abstract)
        return not gone

    def is_new(block: Block) -> bool:
        if block.kind in _PEOPLE:
            return from_file or BlockKind.AUTHOR not in stated
        if block.kind is BlockKind.METADATA:
            return block.label not in {b.label for b in record.find_blocks(BlockKind.METADATA)}
        return block.kind not in _STATED or block.kind not in stated

    text, blocks = cut_blocks(record, is_kept)
    more, others = cut_blocks(full, is_new)
    shift = len(text) + 2
    moved = tuple(replace(block, start=block.start + shift, end=block.end + shift) for block in others)
    language = full.language if full.language != "und" else record.language
    return replace(record, text=f"{text}\n\n{more}", blocks=(*blocks, *moved), kind=full.kind, language=language)


def cut_blocks(document: Document, is_kept: Callable[[Block], bool]) -> tuple[str, tuple[Block, ...]]:
    """The text without the blocks that are not kept and what stands before each, and the blocks that lie in it."""
    parts: list[str] = []
    blocks: list[Block] = []
    length = before = 0
    for block in document.blocks:
        if is_kept(block):
            gap = document.text[before : block.start] if parts else ""
            parts.append(gap + document.block_text(block))
            start = length + len(gap)
            length += len(parts[-1])
            blocks.append(replace(block, start=start, end=length))
        before = block.end
    return "".join(parts), tuple(blocks)


def _families(document: Document) -> set[str]:
    """The authors' family names in lower case: before a comma, else the last word."""
    names = (document.block_text(block) for block in document.find_blocks(BlockKind.AUTHOR))
    return {(name.split(",")[0] if "," in name else name.split()[-1]).strip().casefold() for name in names}
