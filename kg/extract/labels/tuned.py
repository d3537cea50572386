"""The words of a sentence as a tuned sentence encoder sees them, for choosing its label (see `heads`).

The encoder reads a sentence once. Only the encoder that the tuning belongs to serves; with any other, or with none,
labels are chosen without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate import Annotated
from kg.annotate.statements.encoder import TunedEncoder, compute_windows, find_encoder, read_tuned
from kg.annotate.statements.windows import Window
from kg.annotate.statements.wordpiece import WordPiece
from kg.extract.labels.frame import Frame
from kg.extract.labels.heads import Seen, see
from kg.model import KgError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DELTAS = Path(__file__).with_name("encoder.npz")
MAX_PIECES, MAX_CHARS = 110, 900


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """How a tuned encoder sees the tokens of some sentences: a vector by the token's index in the document."""

    tuned: TunedEncoder
    vectors: "Mapping[int, NDArray[np.float32]]"


@lru_cache(maxsize=2)
def load_tuned(folder: Path) -> TunedEncoder | None:
    """The encoder in a folder as tuned for labels; None if it is another one, or cannot be used."""
    try:
        return read_tuned(folder, DELTAS)
    except (KgError, OSError):
        return None


def find_token_vectors(annotated: Annotated, spans: Sequence[tuple[int, int]]) -> TokenVectors | None:
    """The vectors of the tokens of some sentences; None without a fitting encoder.

    spans: start and end of each sentence in the document's text.
    """
    folder = find_encoder(annotated.encoder)
    tuned = load_tuned(folder) if folder and spans else None
    if tuned is None:
        return None
    texts = [annotated.document.text[start:end] for start, end in spans]
    found: dict[int, NDArray[np.float32]] = {}
    for (start, end), text, hidden in zip(spans, texts, compute_hidden_pieces(tuned, texts), strict=True):
        tokens = annotated.find_span(start, end)
        places = find_places(tuned.tokenizer, text, [(token.idx - start, token.text) for token in tokens])
        for token, (first, last) in zip(tokens, places, strict=True):
            if first < last <= len(hidden):
                found[token.i] = hidden[first:last].mean(axis=0)
    return TokenVectors(tuned, found)


def compute_hidden_pieces(tuned: TunedEncoder, sentences: Sequence[str]) -> "list[NDArray[np.float32]]":
    """For each sentence the last hidden states of its pieces, with the marks at both ends, shape (pieces, width)."""
    import numpy as np

    windows = [Window(cut_pieces(tuned.tokenizer, text), ((i, 0, 0),)) for i, text in enumerate(sentences)]
    found = [np.zeros((0, 0), np.float32) for _ in sentences]
    for window, hidden in compute_windows(tuned, windows):
        found[window.judged[0][0]] = hidden
    return found


def cut_pieces(tokenizer: WordPiece, sentence: str) -> tuple[int, ...]:
    """The pieces of a sentence between its two marks; the end of a very long one is left out."""
    pieces = tokenizer.find_pieces(sentence[:MAX_CHARS])[:MAX_PIECES]
    return (tokenizer.get_number("[CLS]"), *pieces, tokenizer.get_number("[SEP]"))


def find_places(tokenizer: WordPiece, sentence: str, tokens: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """The first piece of each token and the one behind its last, in a row that begins with a mark; (0, 0) for those not
    read.

    tokens: start within the sentence and text of each.
    """
    words, first, at = [], 1, 0
    for size, letters in tokenizer.find_words(sentence[:MAX_CHARS]):
        words.append((at, at + letters, first, first + size))
        first, at = first + size, at + letters
    if at != count_letters(sentence[:MAX_CHARS]):
        return [(0, 0)] * len(tokens)
    found = []
    for start, text in tokens:
        begin = count_letters(sentence[:start])
        end = begin + count_letters(text)
        held = [(one, other) for low, high, one, other in words if low < end and high > begin]
        fits = bool(held) and held[-1][1] <= MAX_PIECES + 1
        found.append((held[0][0], held[-1][1]) if fits else (0, 0))
    return found


def count_letters(text: str) -> int:
    """How many characters a text has, spaces not counted."""
    return sum(map(len, text.split()))


def see_tuned(vectors: TokenVectors, frame: Frame) -> Seen:
    """A sentence as the encoder sees it; words that it did not read are nothing to it."""
    import numpy as np

    heads = vectors.tuned.heads
    nothing = np.zeros(heads["word.weight"].shape[1], np.float32)
    rows = np.stack([vectors.vectors.get(frame.first + t, nothing) for t in range(len(frame.words))])
    return see(heads, rows, frame)
