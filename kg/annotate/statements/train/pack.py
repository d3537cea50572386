"""Trained weights -> the small files that ship: 8-bit tables, 16-bit layers, low-rank deltas, plain words."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.annotate.statements.wordpiece import WordPiece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[np.float32]]

#: Tables of one row a piece or bucket; 8 bits with a scale a row cost no accuracy.
_TABLES = ("emb.weight", "own.weight", "sh.weight")
_PLAIN_PIECE = re.compile(r"(##)?([a-z]+|[0-9]{1,2}|.)|\[UNK\]")
#: Rank of the deltas of the encoder's matrices.
RANK = 32


def find_kept_pieces(tokenizer: WordPiece) -> list[str]:
    """The pieces that ship: words and word parts of a-z, one- and two-digit numbers, single characters, [UNK]."""
    ordered = sorted(tokenizer.vocabulary.items(), key=lambda item: item[1])
    return [piece for piece, _ in ordered if _PLAIN_PIECE.fullmatch(piece)]


def write_network(path: Path, weights: "Arrays", tokenizer: WordPiece) -> None:
    """The network as one .npz file, in the layout that `network.load_network` reads."""
    import numpy as np

    pieces = find_kept_pieces(tokenizer)
    kept = [tokenizer.vocabulary[piece] for piece in pieces]
    arrays: dict[str, NDArray[Any]] = {"pieces": np.frombuffer("\n".join(pieces).encode("utf-8"), np.uint8)}
    for name, array in weights.items():
        if name not in _TABLES:
            arrays[name] = array.astype(np.float16)
            continue
        table = array if name == "sh.weight" else array[kept]
        arrays[name], arrays[name + ".scale"] = _to_bytes(table)
    np.savez_compressed(path, allow_pickle=False, **arrays)


def write_deltas(path: Path, changed: "Arrays", sha256: str, *, rank: int = RANK, layers: int | None = None) -> None:
    """What tuning changed, in the layout that `encoder.read_judge` reads; matrices by their largest directions.

    layers: how many layers are used, counted from below; all if not given.
    Source: Eckart and Young 1936 (the best approximation of a given rank is the cut singular value decomposition).
    """
    import numpy as np

    settings = {"sha256": sha256, "rank": rank} | ({} if layers is None else {"layers": layers})
    arrays: dict[str, NDArray[Any]] = {"settings": np.array(json.dumps(settings))}
    for name, delta in changed.items():
        if name.startswith("head."):
            arrays[name] = delta.astype(np.float16)
        elif delta.ndim == 1:
            arrays[f"{name}.delta"] = delta.astype(np.float16)
        else:
            left, values, right = np.linalg.svd(delta, full_matrices=False)
            root = np.sqrt(values[:rank])
            for side, matrix in (("A", root[:, None] * right[:rank]), ("B", left[:, :rank] * root)):
                arrays[f"{name}.{side}"], arrays[f"{name}.{side}.scale"] = _to_bytes(matrix)
    np.savez_compressed(path, allow_pickle=False, **arrays)


def _to_bytes(table: "NDArray[np.float32]") -> "tuple[NDArray[np.int8], NDArray[np.float16]]":
    """A table in 8 bits and the scale of each row."""
    import numpy as np

    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127.0
    return np.round(table / scale).astype(np.int8), scale.astype(np.float16)
