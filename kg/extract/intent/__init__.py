"""Why a sentence cites: background, method or result, and the CiTO property that says so.

Linear classifiers over hashed words and letter groups, trained on SciCite (Cohan et al. 2019) by
kg.extract.intent.train; cue phrases choose among the CiTO properties of one class.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.extract.intent.features import RATIO_FAMILIES, find_features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LABELS: tuple[str, ...] = ("background", "method", "result")
#: Cue phrase -> CiTO property, tried in order before the classifier's class decides.
_CUES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{phrases})", re.I), curie)
    for phrases, curie in (
        (
            r"in contrast (?:to|with)|contrary to|inconsistent with|disagrees? with|contradict\w*|at odds with|"
            r"differs? from",
            "cito:disagreesWith",
        ),
        (
            r"consistent with|in line with|in (?:good )?agreement with|agrees? with|in accordance with|"
            r"confirm(?:s|ed|ing)?\b|corroborat\w+|similar to (?:those|the (?:findings|results))",
            "cito:agreesWith",
        ),
        (
            r"(?:we|this (?:paper|study|work|article)) (?:extends?|builds? (?:up)?on|generali[sz]es?)\b|"
            r"an extension of\b",
            "cito:extends",
        ),
        (
            r"(?:fails? to|suffers? from|overlooks?|neglects?|limitations? of|critici[sz]\w+|shortcomings?)\b",
            "cito:critiques",
        ),
    )
)
_OF_CLASS: dict[str, str] = {
    "background": "cito:obtainsBackgroundFrom",
    "method": "cito:usesMethodIn",
    "result": "cito:citesAsEvidence",
}


@dataclass(frozen=True, slots=True)
class Model:
    """The classifier's arrays: per family "-weights" [buckets, labels], "-idf" [buckets] and "-scales"."""

    arrays: "dict[str, NDArray[np.generic]]"

    def score(self, family: str, found: dict[int, float]) -> "NDArray[np.float64]":
        """One family's probability of each label."""
        import numpy as np

        scales = self.arrays[f"{family}-scales"].astype(np.float64)
        buckets = list(found)
        values = np.fromiter(found.values(), dtype=np.float64) * self.arrays[f"{family}-idf"][buckets].astype(
            np.float64
        )
        length = math.sqrt(float(values @ values)) or 1.0
        scores = values / length @ self.arrays[f"{family}-weights"][buckets].astype(np.float64) * scales[0] + scales[2:]
        odds = 1 / (1 + np.exp(-scores)) if family in RATIO_FAMILIES else np.exp(scores - scores.max())
        chances: NDArray[np.float64] = odds / odds.sum()
        return chances


def score_features(model: Model, found: dict[str, dict[int, float]]) -> "NDArray[np.float64]":
    """The mean probability of each label over the families."""
    import numpy as np

    scored = [model.score(family, buckets) for family, buckets in found.items() if buckets]
    mean: NDArray[np.float64] = np.mean(scored, axis=0)
    return mean


@lru_cache(maxsize=1)
def _load_model() -> Model:
    import numpy as np

    with files("kg.extract.intent").joinpath("weights.npz").open("rb") as file:
        return Model(dict(np.load(file)))


def score_intent(text: str) -> tuple[float, float, float]:
    """Probabilities of background, method and result for one citing sentence, summing to 1."""
    if not text.strip():
        return 1.0, 0.0, 0.0
    background, method, result = score_features(_load_model(), find_features(text)).tolist()
    return background, method, result


def label_intent(text: str) -> str:
    """ "background", "method" or "result": what the sentence cites a work for."""
    scores = score_intent(text)
    return LABELS[scores.index(max(scores))]


@lru_cache(maxsize=1024)
def find_intent(text: str) -> str:
    """The CiTO property, as a CURIE, by which the sentence cites."""
    for pattern, curie in _CUES:
        if pattern.search(text):
            return curie
    return _OF_CLASS[label_intent(text)]
