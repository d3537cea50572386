"""Words cut into pieces with vectors."""

from pathlib import Path

import numpy as np
import pytest

from kg.extract.references.pieces import Pieces, load_pieces

VECTORS = np.array([[0, 0], [1, 0], [0, 1], [2, 2]], dtype=np.float32)
PIECES = Pieces({"data": 1, "ete": 3}, {"base": 2}, VECTORS)


@pytest.mark.parametrize(
    ("text", "rows"),
    [("data", [1]), ("Database", [1, 2]), ("Été", [3]), ("datum", []), ("12", []), (".", []), ("data" * 20, [])],
)
def test_word_is_cut_greedily_or_not_at_all(text: str, rows: list[int]) -> None:
    assert PIECES.find_rows(text) == rows


def test_vector_of_a_word_is_the_mean_of_its_pieces() -> None:
    assert PIECES.mean_vectors(["database", "?", "data"]).tolist() == [[0.5, 0.5], [0, 0], [1, 0]]


def test_shipped_pieces_are_small_and_know_common_words() -> None:
    pieces = load_pieces()
    assert len(pieces.find_rows("journal")) == 1
    assert not pieces.vectors[0].any()
    assert (Path(__file__).parents[2] / "kg/extract/references/pieces.npz").stat().st_size < 1_500_000
