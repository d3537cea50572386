"""Sentences of a document -> windows of pieces in which each sentence is read with its neighbours.

A window is [CLS] heading [SEP] sentence [SEP] sentence [SEP] ...; every sentence is judged in exactly one window.
Windows that overlap by two sentences cost twice as much and judge no better. Source: Cohan et al. 2019, Pretrained
language models for sequential sentence classification.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.annotate.statements.wordpiece import WordPiece
from kg.annotate.statements.words import find_headings

MAX_WINDOW_PIECES = 256
MAX_SENTENCE_PIECES = 80
MAX_HEADING_PIECES = 24
#: Characters of a sentence that are looked at; 80 pieces are fewer.
MAX_SENTENCE_CHARS = 700


@dataclass(frozen=True, slots=True)
class Window:
    """Piece numbers of one row, and the sentences judged in it: (index in the document, start, end)."""

    pieces: tuple[int, ...]
    judged: tuple[tuple[int, int, int], ...]


def find_sentence_pieces(tokenizer: WordPiece, sentences: Sequence[str]) -> list[list[int]]:
    """The pieces of each sentence, cut to MAX_SENTENCE_PIECES, never none."""
    unknown = [tokenizer.get_number("[UNK]")]
    return [tokenizer.find_pieces(s[:MAX_SENTENCE_CHARS])[:MAX_SENTENCE_PIECES] or unknown for s in sentences]


def cut_windows(
    tokenizer: WordPiece, sentences: Sequence[str], *, wanted: frozenset[int] | None = None
) -> list[Window]:
    """The windows in which all sentences, or the wanted ones, are judged.

    wanted: indices of the sentences to judge; windows without any are left out.
    """
    pieces = find_sentence_pieces(tokenizer, sentences)
    above = find_headings(sentences)
    start_mark, end_mark = tokenizer.get_number("[CLS]"), tokenizer.get_number("[SEP]")
    left = sorted(range(len(pieces)) if wanted is None else wanted)
    windows = []
    while left:
        begin = left[0]
        row = [start_mark]
        if above[begin] >= 0:
            row += [*pieces[above[begin]][:MAX_HEADING_PIECES], end_mark]
        here = left[: bisect_left(left, _find_end(pieces, begin, len(row)))]
        judged = []
        for i in range(begin, here[-1] + 1):
            if i in here:
                judged.append((i, len(row), len(row) + len(pieces[i])))
            row += [*pieces[i], end_mark]
        windows.append(Window(tuple(row), tuple(judged)))
        left = left[len(here) :]
    return windows


def _find_end(pieces: list[list[int]], begin: int, used: int) -> int:
    """The first sentence that no longer fits into the window that begins with a sentence; that one always does."""
    end = begin
    while end < len(pieces) and (end == begin or used + len(pieces[end]) + 1 <= MAX_WINDOW_PIECES):
        used += len(pieces[end]) + 1
        end += 1
    return end
