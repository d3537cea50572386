"""How well each candidate serves as a label, as a tuned sentence encoder sees the words.

The encoder reads a sentence once. From how it sees each word follow what the word is worth inside a label, as its first
and last word and at a gap; from how it sees the candidate as a whole follows what that is worth. Only the encoder that
the tuning belongs to serves; with any other, or with none, labels are chosen without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate import Annotated
from kg.annotate.statements.encoder import TunedEncoder, compute_windows, find_encoder, read_tuned
from kg.annotate.statements.windows import Window
from kg.annotate.statements.wordpiece import WordPiece
from kg.model import KgError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Span

DELTAS = Path(__file__).with_name("encoder.npz")
MAX_PIECES, MAX_CHARS = 110, 900
#: Scores are rounded to this many decimals, so that another machine's last bits choose no other label.
DECIMALS = 2
#: What a word is worth, by the row of the head that says so, for each kind: inside a label, as its first and last word,
#: before a gap and behind one.
INSIDE, FIRST, LAST, BEFORE_GAP, BEHIND_GAP = range(5)
KINDS = ("dilemma", "remedy")


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


def score_candidates(
    seen: TokenVectors, sentence: "Span", candidates: Sequence[tuple[int, ...]], kind: str
) -> list[float]:
    """What each candidate is worth as a label of a kind; only differences within a sentence mean something.

    candidates: indices of tokens in the document, rising, all in the sentence.
    """
    import numpy as np

    width = seen.tuned.heads["word.weight"].shape[1]
    nothing = np.zeros(width, np.float32)
    rows = np.stack([seen.vectors.get(token.i, nothing) for token in sentence])
    chosen = [tuple(t - sentence.start for t in candidate) for candidate in candidates]
    scores = compute_worths(seen.tuned.heads, rows, chosen, KINDS.index(kind))
    return [round(float(one), DECIMALS) for one in scores]


def compute_worths(
    heads: "Mapping[str, NDArray[np.float32]]",
    rows: "NDArray[np.float32]",
    candidates: Sequence[tuple[int, ...]],
    column: int,
) -> "NDArray[np.float32]":
    """The worth of each candidate.

    heads: word.weight (10, width), inner.weight (n, 4 * width), outer.weight (2, n) and the bias of each; rows: the
    vectors of a sentence's tokens, shape (tokens, width); candidates: indices of rows; column: 0 for dilemmas, 1 for
    remedies.
    """
    import numpy as np

    words = (rows @ heads["word.weight"].T + heads["word.bias"]).reshape(len(rows), 5, 2)[:, :, column]
    whole = rows.mean(axis=0)
    firsts, lasts = [c[0] for c in candidates], [c[-1] for c in candidates]
    means = np.stack([rows[list(c)].mean(axis=0) for c in candidates])
    seen = np.concatenate([means, rows[firsts], rows[lasts], means * whole], axis=1)
    inner = np.maximum(seen @ heads["inner.weight"].T + heads["inner.bias"], 0.0)
    worths = (inner @ heads["outer.weight"].T + heads["outer.bias"])[:, column]
    worths = worths + words[firsts, FIRST] + words[lasts, LAST]
    for number, candidate in enumerate(candidates):
        gaps = [(one, other) for one, other in pairwise(candidate) if other > one + 1]
        worths[number] += words[list(candidate), INSIDE].sum()
        worths[number] += sum(words[one, BEFORE_GAP] + words[other, BEHIND_GAP] for one, other in gaps)
    return np.asarray(worths, dtype=np.float32)
