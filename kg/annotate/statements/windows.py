"""Sentences of a document -> windows of pieces in which each sentence is read with its neighbours.

A window is [CLS] heading [SEP] sentence [SEP] sentence [SEP] ...; every sentence is judged in exactly one window and
stands in others as context. Source: Cohan et al. 2019, Pretrained language models for sequential sentence
classification.
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
#: Sentences of context kept on each side where a document does not fit into one window.
CONTEXT = 2


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
        begin = max(0, left[0] - CONTEXT)
        row = [start_mark]
        if above[begin] >= 0:
            row += [*pieces[above[begin]][:MAX_HEADING_PIECES], end_mark]
        end = _find_end(pieces, begin, left[0], len(row))
        after = end if end == len(pieces) else max(left[0] + 1, end - CONTEXT)
        here = left[: bisect_left(left, after)]
        end = min(end, here[-1] + CONTEXT + 1)
        judged = []
        for i in range(begin, end):
            if i in here:
                judged.append((i, len(row), len(row) + len(pieces[i])))
            row += [*pieces[i], end_mark]
        windows.append(Window(tuple(row), tuple(judged)))
        left = left[len(here) :]
    return windows


def _find_end(pieces: list[list[int]], begin: int, first: int, used: int) -> int:
    """The first sentence that no longer fits into the window; at least one after `first` does."""
    used += sum(len(pieces[i]) + 1 for i in range(begin, first))
    end = first
    while end < len(pieces) and (end == first or used + len(pieces[end]) + 1 <= MAX_WINDOW_PIECES):
        used += len(pieces[end]) + 1
        end += 1
    return end
