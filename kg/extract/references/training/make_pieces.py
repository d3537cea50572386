"""Makes pieces.npz from a sentence encoder: `python -m kg.extract.references.training.make_pieces ENCODER_FOLDER`.

Each word piece goes through the encoder alone; the vectors are centred, reduced by principal components and rounded
to bytes (the recipe of Model2Vec, Tulkens and van Dongen 2024). Needs torch and transformers, and a BERT-like encoder
with an uncased WordPiece vocabulary, such as all-MiniLM-L6-v2.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

DIMENSIONS = 48
HERE = Path(__file__).parent.parent


def encode_pieces(folder: Path) -> tuple[list[str], np.ndarray]:
    """Every piece of letters of the vocabulary, and its vector [pieces, hidden size]."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoder = AutoModel.from_pretrained(folder).eval()
    named = [(name, row) for name, row in tokenizer.get_vocab().items() if name.removeprefix("##").isalpha()]
    named.sort()
    vectors: list[np.ndarray] = []
    with torch.no_grad():
        for at in range(0, len(named), 512):
            rows = [[tokenizer.cls_token_id, row, tokenizer.sep_token_id] for _, row in named[at : at + 512]]
            ids = torch.tensor(rows)
            output = encoder(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
            vectors.append(output[:, 1].numpy())
    return [name for name, _ in named], np.concatenate(vectors)


def reduce_vectors(vectors: np.ndarray, dimensions: int) -> np.ndarray:
    """The first principal components of the vectors at length 1, scaled to unit variance."""
    centred = vectors - vectors.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    reduced: np.ndarray = centred @ axes[:dimensions].T
    reduced /= reduced.std()
    return reduced


def main() -> None:
    """Write pieces.npz."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", type=Path, help="folder of the encoder")
    parser.add_argument("--output", type=Path, default=HERE / "pieces.npz")
    options = parser.parse_args()
    torch.set_num_threads(1)
    names, vectors = encode_pieces(options.encoder)
    reduced = reduce_vectors(vectors, DIMENSIONS)
    scale = float(np.abs(reduced).max() / 127)
    np.savez_compressed(
        options.output,
        allow_pickle=False,
        names=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        vectors=np.round(reduced / scale).astype(np.int8),
        scale=np.array([scale], dtype=np.float32),
    )


if __name__ == "__main__":
    main()
