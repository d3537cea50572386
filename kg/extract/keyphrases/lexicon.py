"""What training texts tell of words and phrases, kept under hashes: how often they occur, how often they are keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from kg.extract.keyphrases.candidates import Candidate, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SLOTS = 1 << 16


@dataclass(frozen=True, slots=True)
class Lexicon:
    """counts: texts (of `total` abstracts, papers) that have the stems or phrase in a slot, SLOTS of each.

    weights: a linear model's weight for each slot of `list_clues`, shape (models, SLOTS).
    """

    counts: tuple[Sequence[int], Sequence[int]]
    totals: tuple[int, int]
    weights: "NDArray[np.float32]"


@lru_cache(maxsize=1 << 17)
def find_slot(clue: str) -> int:
    """The slot of a clue, the same on every machine."""
    return crc32(clue.encode()) & (SLOTS - 1)


def make_context(words: Sequence[Word], index: int) -> str:
    """The word at an index as a neighbour: its letters if it is short, its part of speech otherwise."""
    if not 0 <= index < len(words):
        return "#"
    word = words[index]
    return word.text.casefold() if len(word.text) < 5 else word.pos


def list_clues(candidate: Candidate, words: Sequence[Word]) -> list[int]:
    """Slots of what may tell a key phrase: its words, their order and parts of speech, its neighbours."""
    key = candidate.key
    place = candidate.places[0]
    shape = " ".join([word.pos[0] + word.pos[-1] for word in candidate.words])
    before = make_context(words, place - 1)
    behind = make_context(words, place + len(candidate.words))
    last = candidate.words[-1].text.casefold()
    size = str(min(len(candidate.words), 4))
    clues = [
        "k" + " ".join(key),
        "f" + key[0] + size,
        "l" + key[-1] + size,
        "F" + key[0],
        "L" + key[-1],
        "s" + shape,
        "b" + before + size,
        "n" + behind + size,
        "c" + before + "|" + behind,
        "x" + last[-3:] + size,
        "y" + key[0][-3:] + candidate.words[0].pos,
        "S" + shape + before,
        "T" + shape + behind,
    ]
    clues += ["w" + part for part in key]
    clues += ["g" + a + " " + b for a, b in pairwise(key)]
    return [find_slot(clue) for clue in clues]
