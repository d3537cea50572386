"""What a word means, roughly: the sum of the vectors of its pieces.

The vectors are those a small sentence encoder gives each piece of its vocabulary, reduced to a few dimensions; they
let the tagger see that an unknown word is a place or a journal word. Pieces are cut greedily, the longest first
(WordPiece: Wu et al. 2016, section 4.1).
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: A longer word is no word.
MAX_WORD_CHARS = 40


@dataclass(frozen=True, slots=True)
class Pieces:
    """Piece -> row of `vectors` [pieces, dimensions]; row 0 is all zeros."""

    rows: dict[str, int]
    vectors: "NDArray[np.float32]"

    def find_rows(self, text: str) -> list[int]:
        """The rows of a token's pieces, [] if it is no word or cannot be cut."""
        if not text[0].isalpha() or len(text) > MAX_WORD_CHARS:
            return []
        word = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
        found: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            for end in range(len(word), start, -1):
                row = self.rows.get(prefix + word[start:end])
                if row is not None:
                    found.append(row)
                    start = end
                    break
            else:
                return []
        return found

    def sum_vectors(self, text: str) -> "NDArray[np.float32]":
        """The mean vector of a token's pieces, zeros if it has none."""
        rows = self.find_rows(text)
        total: NDArray[np.float32] = self.vectors[rows or [0]].mean(axis=0)
        return total


@lru_cache(maxsize=1)
def load_pieces() -> Pieces:
    """The pieces that ship with the package."""
    import numpy as np

    with files("kg.extract.references").joinpath("pieces.npz").open("rb") as file:
        arrays = dict(np.load(file))
    names = arrays["names"].tobytes().decode("utf-8").split("\n")
    vectors = arrays["vectors"].astype(np.float32) * arrays["scale"].astype(np.float32)[0]
    padded = np.vstack([np.zeros((1, vectors.shape[1]), dtype=np.float32), vectors])
    return Pieces({name: i + 1 for i, name in enumerate(names)}, padded)
