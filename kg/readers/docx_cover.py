"""The first page of a Word file where it is a cover: a few lines, none of them a sentence, and a page break."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from lxml import etree

from kg.readers.characters import normalise, squeeze
from kg.readers.docx_styles import W, is_on, read_value
from kg.readers.names import is_organisation, is_person
from kg.readers.structure.chunks import Chunk, is_finished
from kg.readers.structure.fields import find_field, find_loose_metadata

MAX_COVER_LINES = 15
#: So many words that end in a stop are a sentence.
MIN_SENTENCE_WORDS = 6


def find_cover(body: etree._Element) -> frozenset[str]:
    """The lines of a cover, none if the file begins with its text."""
    texts: list[str] = []
    for node in body.iter(W + "p", W + "tbl"):
        text = squeeze(normalise(" ".join(str(part.text or "") for part in node.iter(W + "t"))))
        if node.tag == W + "tbl" or len(texts) > MAX_COVER_LINES or _is_sentence(text):
            return frozenset()
        if texts and _begins_page(node):
            return frozenset(texts)
        texts += [text] if text else []
        if _ends_page(node):
            return frozenset(texts)
    return frozenset()


def _begins_page(paragraph: etree._Element) -> bool:
    return (
        is_on(paragraph.find(f"{W}pPr/{W}pageBreakBefore"))
        or paragraph.find(f".//{W}lastRenderedPageBreak") is not None
    )


def _ends_page(paragraph: etree._Element) -> bool:
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    parts = section is not None and read_value(section.find(W + "type")) != "continuous"
    return parts or any(node.get(W + "type") == "page" for node in paragraph.iter(W + "br"))


def _is_sentence(text: str) -> bool:
    return is_finished(text) and len(text.split()) >= MIN_SENTENCE_WORDS


def mark_cover(chunks: Sequence[Chunk], texts: Collection[str]) -> list[Chunk]:
    """Chunks with those of a cover as facts: what stands large below its title is the subtitle, names are kept."""
    marked = list(chunks)
    titled = False
    for i, chunk in enumerate(chunks[: MAX_COVER_LINES + 1]):
        titled = titled or chunk.role == "title"
        if chunk.role not in {"", "heading"} or chunk.text not in texts:
            continue
        plain = replace(chunk, role="", level=0, lead=0)
        if is_person(chunk.text) or is_organisation(chunk.text) or find_field(chunk.text):
            marked[i] = plain
            continue
        is_subtitle = titled and chunk.role == "heading" and not find_loose_metadata(chunk.text)
        marked[i] = replace(plain, role="metadata", label="subtitle" if is_subtitle else "")
    return marked
