"""Chunks of text to the blocks of a document: title, authors, sections, paragraphs, items, references."""

from collections.abc import Sequence

from kg.readers.drafts import Draft
from kg.readers.structure.body import read_body
from kg.readers.structure.chunks import Chunk, join_cut
from kg.readers.structure.front import read_front
from kg.readers.structure.memo import find_memo_head
from kg.readers.structure.parts import join_part_titles
from kg.readers.structure.words import find_common_words


def find_structure(chunks: Sequence[Chunk], *, marked: bool = False, front: Sequence[Draft] = ()) -> list[Draft]:
    """The drafts of a document, in reading order.

    marked: the format names headings and items itself (Markdown, HTML, DOCX); plain text and PDF do not.
    front: facts known from elsewhere (front matter), put first; a title among them is not looked for again.
    """
    joined = join_part_titles(join_cut(chunks))
    joined = find_memo_head(joined, has_title=any(d.kind.value == "title" and d.text for d in front))
    common = find_common_words(chunk.text for chunk in joined)
    has_title = any(d.kind.value == "title" for d in front)
    head, start = read_front(joined, has_title=has_title, marked=marked, is_common=common.__contains__)
    return [*front, *head, *read_body(joined[start:], marked=marked)]


__all__ = ["Chunk", "find_structure"]
