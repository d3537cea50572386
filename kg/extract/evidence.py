"""Stretches of a document as evidence."""

from bisect import bisect_right

from kg.annotate import Annotated
from kg.model import Block, BlockKind, Evidence, find_section


def make_evidence(annotated: Annotated, start: int, end: int) -> Evidence:
    """The evidence `text[start:end]`, without white space at its ends, with its section and page."""
    text = annotated.document.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    index = find_section(annotated.sections, start)
    section = ""
    if index >= 0:
        found = annotated.sections[index]
        section = f"{found.number} {found.title}".strip()
    block = find_block(annotated, start)
    return Evidence(start, end, text[start:end], section, block.page if block else None)


def find_block(annotated: Annotated, offset: int) -> Block | None:
    """The block that holds the offset, or None between blocks."""
    blocks = annotated.document.blocks
    index = bisect_right(blocks, offset, key=lambda b: b.start) - 1
    return blocks[index] if index >= 0 and offset < blocks[index].end else None


def block_evidence(annotated: Annotated, block: Block) -> Evidence:
    """A whole block as evidence."""
    return make_evidence(annotated, block.start, block.end)


def sentence_around(annotated: Annotated, offset: int) -> Evidence:
    """The sentence that holds the offset; its block where there is no sentence; else the one character."""
    sentences = annotated.sentences
    index = bisect_right(sentences, offset, key=lambda s: s.start) - 1
    if index >= 0 and offset < sentences[index].end:
        return make_evidence(annotated, sentences[index].start, sentences[index].end)
    block = find_block(annotated, offset)
    return block_evidence(annotated, block) if block else make_evidence(annotated, offset, offset + 1)


def is_prose(annotated: Annotated, offset: int) -> bool:
    """Whether the offset lies in running text, not in a reference, a heading or a field."""
    block = find_block(annotated, offset)
    return block is not None and block.kind not in {
        BlockKind.REFERENCE,
        BlockKind.AUTHOR,
        BlockKind.AFFILIATION,
        BlockKind.METADATA,
        BlockKind.CODE,
    }
