"""What the annotate room hands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Concept, Document, Iri, Section

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """One sentence, without the white space around it: `text[start:end]`; `block` is its block's index."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class ConceptMention:
    """A stretch of text that names a concept: `document.text[start:end] == text`."""

    start: int
    end: int
    iri: Iri
    scheme: str
    text: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its language annotation; every offset counts in `document.text`.

    doc: tokens of exactly that text. Prose of a document in English carries tag, pos, lemma, dep and head
        (universal dependencies) where a trained pipeline is present; elsewhere `token.dep` is 0.
    sentences: in reading order; none crosses a block, text outside blocks has none.
    mentions: by start, then longest first; two that overlap belong to different schemes.
    concepts: those the mentions were looked for.
    encoder: folder of the sentence encoder that judges statements, "" for the installed one, "none" for none.
    """

    document: Document
    doc: Doc
    sentences: tuple[SentenceSpan, ...]
    mentions: tuple[ConceptMention, ...]
    sections: tuple[Section, ...]
    concepts: tuple[Concept, ...] = ()
    encoder: str = ""

    def sentence_text(self, sentence: SentenceSpan) -> str:
        """The text of one of this document's sentences."""
        return self.document.text[sentence.start : sentence.end]

    def find_span(self, start: int, end: int) -> Span:
        """The tokens that lie in a stretch of the text, those it cuts included."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return self.doc[0:0] if span is None else span
