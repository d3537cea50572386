"""A text as words with parts of speech, for abstracts, papers and raw text with broken lines alike."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.annotate import Annotated, annotate
from kg.extract.keyphrases.candidates import Word
from kg.model import Block, BlockKind, Document

if TYPE_CHECKING:
    from spacy.tokens import Token

_BROKEN_LINE = re.compile(r"(?<=[\w,;)\]’'\"-]) ?\n(?=[\w(\[“\"'])")
#: More of a text than this (in characters) adds no key phrase.
MAX_CHARS = 120_000
_LEFT_OUT = frozenset({BlockKind.METADATA, BlockKind.AUTHOR, BlockKind.AFFILIATION, BlockKind.REFERENCE})
_HYPHENS = frozenset({"-", "–", "‐", "‑"})


def join_lines(text: str) -> str:
    """The text with lines that break within a sentence joined; its length stays the same."""
    return _BROKEN_LINE.sub(lambda found: " " * len(found.group()), text)


def find_words(text: str) -> list[Word]:
    """The words of a plain text, a paragraph a line or lines broken anywhere."""
    joined = join_lines(text[:MAX_CHARS])
    blocks, start = [], 0
    for line in joined.splitlines(keepends=True):
        if line.strip():
            offset = start + len(line) - len(line.lstrip())
            blocks.append(Block(BlockKind.PARAGRAPH, offset, start + len(line.rstrip())))
        start += len(line)
    return list_words(annotate(Document("text", "text", joined, tuple(blocks)), ()))


def list_words(annotated: Annotated) -> list[Word]:
    """The tokens of an annotated document as words: what hyphens join is one, marks are words of their own.

    Left out is what stands in blocks of facts about the document and in its list of references.
    """
    words: list[Word] = []
    sentence, glue = -1, False
    for token in _list_tokens(annotated):
        sentence += bool(token.is_sent_start)
        if token.is_space:
            glue = False
            continue
        last = words[-1] if words else None
        if last and last.end == token.idx and (glue or token.text in _HYPHENS) and last.sentence == sentence:
            glue = token.text in _HYPHENS
            pos = last.pos if glue else token.pos_
            words[-1] = Word(last.text + token.text, pos, last.start, token.idx + len(token), sentence)
            continue
        glue = False
        words.append(Word(token.text, token.pos_, token.idx, token.idx + len(token), max(sentence, 0)))
    return words


def _list_tokens(annotated: Annotated) -> "Iterator[Token]":
    left_out = [(b.start, b.end) for b in annotated.document.blocks if b.kind in _LEFT_OUT]
    for token in annotated.doc:
        while left_out and left_out[0][1] <= token.idx:
            left_out.pop(0)
        if not (left_out and left_out[0][0] <= token.idx):
            yield token
