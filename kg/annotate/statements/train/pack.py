"""Trained weights -> the small files that ship: 8-bit tables, 16-bit layers, a vocabulary cut to plain words."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate.statements.wordpiece import WordPiece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Tables of one row a piece or bucket; 8 bits with a scale a row cost no accuracy.
_TABLES = ("emb.weight", "sh.weight")
_PLAIN_PIECE = re.compile(r"(##)?([a-z]+|[0-9]{1,2}|.)|\[UNK\]")


def find_kept_pieces(tokenizer: WordPiece) -> list[str]:
    """The pieces that ship: words and word parts of a-z, one- and two-digit numbers, single characters, [UNK]."""
    ordered = sorted(tokenizer.vocabulary.items(), key=lambda item: item[1])
    return [piece for piece, _ in ordered if _PLAIN_PIECE.fullmatch(piece)]


def write_network(path: Path, weights: "dict[str, NDArray[np.float32]]", tokenizer: WordPiece) -> None:
    """The network as one .npz file, in the layout that `network.load_network` reads."""
    import numpy as np

    pieces = find_kept_pieces(tokenizer)
    kept = [tokenizer.vocabulary[piece] for piece in pieces]
    arrays: dict[str, NDArray[np.generic]] = {"pieces": np.frombuffer("\n".join(pieces).encode("utf-8"), np.uint8)}
    for name, array in weights.items():
        if name not in _TABLES:
            arrays[name] = array.astype(np.float16)
            continue
        table = array[kept] if name == "emb.weight" else array
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127.0
        arrays[name] = np.round(table / scale).astype(np.int8)
        arrays[name + ".scale"] = scale.astype(np.float16)
    np.savez_compressed(path, allow_pickle=False, **arrays)
