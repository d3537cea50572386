"""Language: tokens, sentences, parts of speech, parse and concept mentions of one document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.annotate.language import load_language
from kg.annotate.mentions import find_mentions
from kg.annotate.nounphrases import find_noun_phrases
from kg.annotate.parse import annotate_prose
from kg.annotate.records import Annotated, ConceptMention, SentenceSpan
from kg.annotate.sentences import find_sentences, split_sentences
from kg.model import Concept, Document, compute_sections

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = [
    "Annotated",
    "ConceptMention",
    "SentenceSpan",
    "annotate",
    "find_mentions",
    "find_noun_phrases",
    "find_sentences",
    "load_language",
    "split_sentences",
]


def annotate(document: Document, concepts: Sequence[Concept], *, nlp: Language | None = None) -> Annotated:
    """The document with tokens of exactly its text, sentences, sections and the concepts it names.

    nlp: the language pipeline; the packaged one if None. Without trained parts words have no part of speech.
    """
    nlp = load_language() if nlp is None else nlp
    sentences = find_sentences(document.text, document.blocks)
    doc = annotate_prose(nlp.make_doc(document.text), document, sentences, nlp)
    mentions = find_mentions(doc, concepts, nlp)
    return Annotated(document, doc, tuple(sentences), tuple(mentions), compute_sections(document), tuple(concepts))
