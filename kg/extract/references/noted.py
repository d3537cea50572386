"""Works that a document cites in its notes alone: each note that is a reference is an entry, where most notes cite."""

import re
from collections.abc import Iterator

from kg.extract.references.lists import ListEntry
from kg.model import Block, BlockKind, Document

#: So many notes at least, and so large a part of all, must cite a work before notes count as the reference list.
LEAST_NOTES = 4
LEAST_SHARE = 0.5
#: A shorter or longer note is no reference.
MIN_CHARS, MAX_CHARS = 25, 400
_LEAD = re.compile(r"\s*(?:\d{1,3}[.)]?\s+)?(?:(?:see|see also|see generally|cf\.|compare|but see)[,:]?\s+)?", re.I)
_BEGINS = re.compile(r"[A-ZÀ-ÖØ-ÞА-Я\u3400-\u9fff\uac00-\ud7a3“‘\"'«„]")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_QUOTED = re.compile(r"“[^”]*”|‘[^’]{8,}’|\"[^\"]*\"|«[^»]*»")
#: What a sentence has and a reference has not outside of a title, where such words are in quotes or capital.
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|may|might|will|would|should|does|did|we|they|he|she|it|you|I|"
    r"this|these|there|also|however|which|who)\b"
)
_AGAIN = re.compile(r"\b(?:ibid(?:em)?|id\.|(?:op|loc|art|ob)\.?\s?cit|supra|above n)\b", re.I)


def find_note_entries(document: Document) -> list[ListEntry]:
    """The references among the notes, [] if most notes are no references or the document has few."""
    notes = [block for block in document.find_blocks(BlockKind.FOOTNOTE) if document.block_text(block).strip()]
    works = [list(_find_works(document, note)) for note in notes]
    citing = sum(
        bool(found or _AGAIN.search(document.block_text(note))) for note, found in zip(notes, works, strict=True)
    )
    is_list = citing >= max(LEAST_NOTES, LEAST_SHARE * len(notes))
    return [entry for found in works for entry in found] if is_list else []


def _find_works(document: Document, note: Block) -> Iterator[ListEntry]:
    start = note.start
    for part in re.split(r"(?<=;) ", document.block_text(note)):
        lead = _LEAD.match(part)
        body = part[lead.end() :].rstrip(" ;") if lead else part
        if _is_work(body):
            begin = start + part.index(body)
            yield ListEntry(begin, begin + len(body), "", note.page)
        start += len(part) + 1


def _is_work(text: str) -> bool:
    bare = _QUOTED.sub(" ", text)
    return (
        MIN_CHARS <= len(text) <= MAX_CHARS
        and bool(_BEGINS.match(text))
        and bool(_YEAR.search(text))
        and not _AGAIN.search(bare)
        and not _SENTENCE.search(bare)
        and ("," in bare or bare != text)
    )
