"""Sentences -> how probably each states a dilemma, and a remedy.

Two levels: the default one reads words, neighbours, headings and lists with two small models that ship with the
package; with a sentence encoder, found or named, a tuned encoder judges as well. Both are calibrated on documents
they were not trained on; `model/metrics.json` says how well they do.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate.statements.calibration import Calibration, compute_probabilities
from kg.annotate.statements.encoder import compute_judge_scores, find_encoder, load_judge
from kg.annotate.statements.features import find_features
from kg.annotate.statements.linear import LinearModel, compute_linear_scores, load_linear
from kg.annotate.statements.network import Network, compute_network_scores, load_network
from kg.annotate.statements.wordpiece import WordPiece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL_FOLDER = Path(__file__).parent / "model"
#: From these probabilities on a sentence counts as a dilemma and as a remedy; chosen by validation by document.
THRESHOLDS: tuple[float, float] = (0.36, 0.42)
#: The encoder judges sentences to which the default level gives a probability of at least this for either kind ...
UNSURE_FROM = 0.03
#: ... and at most this for the likelier kind. Outside, the two levels all but never disagree.
UNSURE_TO = 0.97


@dataclass(frozen=True, slots=True)
class _Models:
    linear: LinearModel
    network: Network
    default: Calibration
    encoder: Calibration


def score_sentences(
    sentences: Sequence[str], *, encoder: str = "", everything: bool = False
) -> list[tuple[float, float]]:
    """Calibrated probability of each sentence stating a dilemma and stating a remedy.

    sentences: consecutive sentences of one document, its headings and list items among them.
    encoder: folder of a sentence encoder, "" for the installed one if there is any, "none" for the default level.
    everything: whether the encoder judges all sentences, not only those the default level is unsure of.
    """
    import numpy as np

    if not sentences:
        return []
    models = _load_models()
    features = list(find_features(sentences))
    scores = [
        compute_linear_scores(models.linear, features),
        compute_network_scores(models.network, sentences, features),
    ]
    probabilities = compute_probabilities(scores, models.default)
    folder = find_encoder(encoder)
    judge = load_judge(folder) if folder else None
    if judge is not None:
        wanted = None if everything else _find_unsure(probabilities)
        judged = compute_judge_scores(judge, sentences, wanted=wanted)
        known = np.isfinite(judged[:, 0])
        probabilities[known] = compute_probabilities([s[known] for s in (*scores, judged)], models.encoder)
    return [(float(d), float(r)) for d, r in probabilities]


def has_judge(encoder: str) -> bool:
    """Whether `score_sentences` judges by a sentence encoder too, and not at the default level alone."""
    folder = find_encoder(encoder)
    return folder is not None and load_judge(folder) is not None


def score_phrases(phrases: Sequence[str]) -> list[tuple[float, float]]:
    """Calibrated probability of each phrase by itself stating a dilemma and stating a remedy, by the default level."""
    if not phrases:
        return []
    models = _load_models()
    features = [group for phrase in phrases for group in find_features([phrase])]
    scores = [
        compute_linear_scores(models.linear, features),
        compute_network_scores(models.network, phrases, features, alone=True),
    ]
    return [(float(d), float(r)) for d, r in compute_probabilities(scores, models.default)]


def load_pieces() -> tuple[WordPiece, NDArray[np.float32]]:
    """The word pieces of the small network and the vector of each, shape (pieces, width)."""
    network = _load_models().network
    return network.tokenizer, network.weights["emb.weight"]


@lru_cache(maxsize=1)
def load_learnt_pieces() -> tuple[WordPiece, NDArray[np.float32]]:
    """The word pieces of the small network, and of each the given vector beside the one that it learnt with its task,
    spread all but as widely; shape (pieces, both widths).
    """
    import numpy as np

    tokenizer, given = load_pieces()
    learnt = _load_models().network.weights["own.weight"]
    return tokenizer, np.concatenate([given, learnt / learnt.std()], axis=1, dtype=np.float32)


def _find_unsure(probabilities: NDArray[np.float64]) -> frozenset[int]:
    best = probabilities.max(axis=1)
    return frozenset(((best >= UNSURE_FROM) & (best <= UNSURE_TO)).nonzero()[0].tolist())


def find_label(probabilities: tuple[float, float]) -> str:
    """D (dilemma), R (remedy), B (both) or N (neither), by THRESHOLDS."""
    dilemma, remedy = (p >= threshold for p, threshold in zip(probabilities, THRESHOLDS, strict=True))
    return {(True, True): "B", (True, False): "D", (False, True): "R", (False, False): "N"}[dilemma, remedy]


@lru_cache(maxsize=1)
def _load_models() -> _Models:
    settings = json.loads((MODEL_FOLDER / "calibration.json").read_text(encoding="utf-8"))
    default, encoder = (
        Calibration(tuple((d, r) for d, r in settings[level]["slopes"]), tuple(settings[level]["offsets"]))
        for level in ("default", "encoder")
    )
    linear, network = load_linear(MODEL_FOLDER / "linear.npz"), load_network(MODEL_FOLDER / "network.npz")
    return _Models(linear, network, default, encoder)
