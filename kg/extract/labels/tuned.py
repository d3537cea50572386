"""How likely each word of a sentence belongs to the phrase that a reader would give it, by a tuned sentence encoder.

The encoder reads the sentence by itself; the plain model of `shares` has its say besides. Only the encoder that the
tuning belongs to serves; with any other, or with none, labels are chosen without it.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate import Annotated
from kg.annotate.statements.encoder import Judge, compute_windows, find_encoder, make_judge
from kg.annotate.statements.windows import Window
from kg.annotate.statements.wordpiece import WordPiece
from kg.model import KgError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DELTAS = Path(__file__).with_name("encoder.npz")
MAX_PIECES, MAX_CHARS = 110, 900
#: Log-odds are rounded to this many decimals, so that another machine's last bits choose no other label.
DECIMALS = 2

#: Log-odds of standing in the phrase of a dilemma and in that of a remedy, by the token's index in the document.
TokenOdds = Mapping[int, tuple[float, float]]


@lru_cache(maxsize=2)
def load_tuned(folder: Path) -> Judge | None:
    """The encoder in a folder as tuned for labels; None if it is another one, or cannot be used."""
    try:
        return make_judge(folder, DELTAS)
    except (KgError, OSError):
        return None


def find_token_odds(annotated: Annotated, spans: Sequence[tuple[int, int]]) -> TokenOdds:
    """The log-odds of the tokens of some sentences; empty without a fitting encoder.

    spans: start and end of each sentence in the document's text.
    """
    folder = find_encoder(annotated.encoder)
    judge = load_tuned(folder) if folder and spans else None
    if judge is None:
        return {}
    texts = [annotated.document.text[start:end] for start, end in spans]
    found: dict[int, tuple[float, float]] = {}
    for (start, end), text, odds in zip(spans, texts, compute_letter_odds(judge, texts), strict=True):
        for token in annotated.find_span(start, end):
            first = count_letters(text[: token.idx - start])
            rows = odds[first : first + count_letters(token.text)]
            if len(rows):
                dilemma, remedy = (round(float(mean), DECIMALS) for mean in rows.mean(axis=0))
                found[token.i] = (dilemma, remedy)
    return found


def count_letters(text: str) -> int:
    """How many characters a text has, spaces not counted."""
    return sum(map(len, text.split()))


def compute_letter_odds(judge: Judge, sentences: Sequence[str]) -> "list[NDArray[np.float32]]":
    """For each sentence the log-odds of its characters but spaces, shape (characters, 2), those of a word alike.

    Fewer rows than characters if the sentence is long; none if the tokenizer leaves out some of its characters.
    """
    import numpy as np

    start, end = (judge.tokenizer.get_number(mark) for mark in ("[CLS]", "[SEP]"))
    windows = []
    for index, sentence in enumerate(sentences):
        pieces = judge.tokenizer.find_pieces(sentence[:MAX_CHARS])[:MAX_PIECES]
        if pieces:
            windows.append(Window((start, *pieces, end), ((index, 1, len(pieces) + 1),)))
    found = [np.zeros((0, 2), np.float32) for _ in sentences]
    for window, hidden in compute_windows(judge, windows):
        ((index, first, last),) = window.judged
        rows = hidden[first:last] @ judge.weight.T + judge.bias
        found[index] = _spread(rows, judge.tokenizer, sentences[index][:MAX_CHARS])
    return found


def _spread(rows: "NDArray[np.float32]", tokenizer: WordPiece, text: str) -> "NDArray[np.float32]":
    """Rows of pieces -> rows of characters: each word's mean, as often as the word has characters."""
    import numpy as np

    words = list(tokenizer.find_words(text))
    if sum(letters for _, letters in words) != count_letters(text):
        return rows[:0]
    spread, first = [], 0
    for pieces, letters in words:
        if first + pieces > len(rows):
            break
        spread.append(np.repeat(rows[first : first + pieces].mean(axis=0, keepdims=True), letters, axis=0))
        first += pieces
    return np.concatenate(spread) if spread else rows[:0]
