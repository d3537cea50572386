"""What a word means, roughly: the mean of the vectors of its pieces.

The vectors are those a small sentence encoder gives each piece of its vocabulary, reduced to a few dimensions; they
let the tagger see that an unknown word is a place or a journal word. Pieces are cut greedily, the longest first
(WordPiece: Wu et al. 2016, section 4.1).
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: A longer word is no word.
MAX_WORD_CHARS = 40
#: Longer pieces are whole words and found at once.
MAX_PIECE_CHARS = 12


@dataclass(frozen=True, slots=True)
class Pieces:
    """Piece -> row of `vectors` [pieces, dimensions]; row 0 is all zeros.

    rows: pieces that begin a word; inner: pieces that go on.
    """

    rows: dict[str, int]
    inner: dict[str, int]
    vectors: "NDArray[np.float32]"

    def find_rows(self, text: str) -> list[int]:
        """The rows of a token's pieces, [] if it is no word or cannot be cut."""
        if not text[0].isalpha() or len(text) > MAX_WORD_CHARS:
            return []
        word = text.lower()
        if word in self.rows:
            return [self.rows[word]]
        if not word.isascii():
            word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
        found: list[int] = []
        start = 0
        while start < len(word):
            known = self.inner if start else self.rows
            for end in range(min(len(word), start + MAX_PIECE_CHARS), start, -1):
                row = known.get(word[start:end])
                if row is not None:
                    found.append(row)
                    start = end
                    break
            else:
                return []
        return found

    def mean_vectors(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """The mean vector of the pieces of each token, zeros if it has none: [tokens, dimensions]."""
        import numpy as np

        bags = [self.find_rows(text) or [0] for text in texts]
        sizes = np.array([len(bag) for bag in bags])
        starts = np.cumsum(sizes) - sizes
        means: NDArray[np.float32] = np.add.reduceat(self.vectors[[row for bag in bags for row in bag]], starts)
        means /= sizes[:, None].astype(np.float32)
        return means


@lru_cache(maxsize=1)
def load_pieces() -> Pieces:
    """The pieces that ship with the package."""
    import numpy as np

    with files("kg.extract.references").joinpath("pieces.npz").open("rb") as file:
        arrays = dict(np.load(file))
    names = arrays["names"].tobytes().decode("utf-8").split("\n")
    vectors = arrays["vectors"].astype(np.float32) * arrays["scale"].astype(np.float32)[0]
    padded = np.vstack([np.zeros((1, vectors.shape[1]), dtype=np.float32), vectors])
    rows = {name: i for i, name in enumerate(names, 1) if name[0] != "#"}
    inner = {name[2:]: i for i, name in enumerate(names, 1) if name[0] == "#"}
    return Pieces(rows, inner, padded)
