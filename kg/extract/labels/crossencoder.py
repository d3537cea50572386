"""A sentence read once more with a label marked in it: how probably a reader calls the label right.

A tuned sentence encoder reads the sentence with marks around the label's stretches and one for its kind, and a small
head over what it sees gives the odds. Only the encoder that the tuning belongs to serves.
Source: Nogueira and Cho 2019, Passage re-ranking with BERT; Baldini Soares et al. 2019, Matching the blanks (marks).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate.statements.encoder import TunedEncoder, compute_windows, find_encoder, read_tuned
from kg.annotate.statements.windows import Window
from kg.annotate.statements.wordpiece import WordPiece
from kg.model import KgError

if TYPE_CHECKING:
    from spacy.tokens import Token

DELTAS = Path(__file__).with_name("crossencoder.npz")
KINDS = ("dilemma", "remedy")
#: Pieces that no text has: the first of a row says which kind, the others stand around each stretch of the label.
KIND_MARKS = dict(zip(KINDS, ("[unused1]", "[unused2]"), strict=True))
OPEN, CLOSE = "[unused3]", "[unused4]"
MAX_PIECES, MAX_CHARS = 124, 900
#: Odds are rounded to this many decimals, so that another machine's last bits change no confidence.
DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and a label in it.

    kind: "dilemma" or "remedy"; runs: start and end in the text of each stretch of the label, rising.
    """

    text: str
    kind: str
    runs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A label marked in its sentence that is learnt from: how probably it is right, and how much that counts."""

    marked: Marked
    right: float
    counts: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """What the encoder reads, and of each piece whether it is the label's."""

    pieces: tuple[int, ...]
    held: tuple[bool, ...]


@lru_cache(maxsize=2)
def load_crossencoder(folder: Path) -> TunedEncoder | None:
    """The encoder in a folder as tuned to judge labels; None if it is another one, or cannot be used."""
    try:
        tuned = read_tuned(folder, DELTAS)
        mark_pieces(tuned.tokenizer, Marked("", KINDS[0], ()))
    except (KgError, OSError):
        return None
    return tuned


def read_marked(encoder: str, marked: Sequence[Marked]) -> list[float | None]:
    """The log-odds of each label to be right; None each without a fitting encoder.

    encoder: as in `kg.annotate.Annotated`.
    """
    folder = find_encoder(encoder)
    tuned = load_crossencoder(folder) if folder else None
    return list(compute_odds(tuned, marked)) if tuned else [None] * len(marked)


def compute_odds(tuned: TunedEncoder, marked: Sequence[Marked]) -> list[float]:
    """The log-odds of each label to be right.

    Of the heads: weight (2, 3 * width) over the first piece, the mean of the label's and that of all; bias (2,); one
    row for each kind.
    """
    import numpy as np

    rows = [mark_pieces(tuned.tokenizer, one) for one in marked]
    odds = [0.0] * len(rows)
    windows = [Window(row.pieces, ((number, 0, 0),)) for number, row in enumerate(rows)]
    for window, hidden in compute_windows(tuned, windows):
        number = window.judged[0][0]
        held = hidden[list(rows[number].held)] if any(rows[number].held) else hidden
        seen = np.concatenate([hidden[0], held.mean(axis=0), hidden.mean(axis=0)])
        kind = KINDS.index(marked[number].kind)
        odds[number] = round(float(tuned.heads["weight"][kind] @ seen + tuned.heads["bias"][kind]), DECIMALS)
    return odds


def mark_pieces(tokenizer: WordPiece, marked: Marked) -> Row:
    """The pieces of a sentence with its marks; the end of a very long one is left out.

    Raises KgError if the vocabulary has no such marks.
    """
    pieces = [tokenizer.get_number("[CLS]"), tokenizer.get_number(KIND_MARKS[marked.kind])]
    held, at = [False, False], 0
    for start, end in marked.runs:
        before, inside = (tokenizer.find_pieces(marked.text[low:high]) for low, high in ((at, start), (start, end)))
        pieces += [*before, tokenizer.get_number(OPEN), *inside, tokenizer.get_number(CLOSE)]
        held += [*[False] * (len(before) + 1), *[True] * len(inside), False]
        at = end
    rest = tokenizer.find_pieces(marked.text[at:MAX_CHARS])
    pieces, held = [*pieces, *rest][:MAX_PIECES], [*held, *[False] * len(rest)][:MAX_PIECES]
    return Row((*pieces, tokenizer.get_number("[SEP]")), (*held, False))


def find_runs(tokens: "Sequence[Token]", start: int) -> tuple[tuple[int, int], ...]:
    """The stretches of neighbouring tokens, as places in a sentence that begins at `start` of the document's text."""
    runs: list[tuple[int, int, int]] = []
    for token in tokens:
        low, high = token.idx - start, token.idx - start + len(token)
        if runs and runs[-1][2] == token.i - 1:
            low = runs.pop()[0]
        runs.append((low, high, token.i))
    return tuple((low, high) for low, high, _ in runs)
