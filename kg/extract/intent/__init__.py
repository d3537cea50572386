"""Why a sentence cites: background, method or result, and the CiTO property that says so.

A linear classifier over hashed words and letter groups, trained on SciCite (Cohan et al. 2019) by
kg.extract.intent.train; cue phrases choose among the CiTO properties of one class.
"""

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.extract.intent.features import find_features

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


@lru_cache(maxsize=1)
def _load_weights() -> "tuple[NDArray[np.float32], NDArray[np.float32]]":
    """Weights [buckets, classes] and intercepts [classes]."""
    import numpy as np

    with files("kg.extract.intent").joinpath("weights.npz").open("rb") as file:
        arrays = dict(np.load(file))
    return arrays["weights"].astype(np.float32) * arrays["scale"].astype(np.float32), arrays["intercepts"]


def score_intent(text: str) -> tuple[float, float, float]:
    """Probabilities of background, method and result for one citing sentence, summing to 1."""
    import numpy as np

    weights, intercepts = _load_weights()
    found = find_features(text)
    if not found:
        return 1.0, 0.0, 0.0
    values = np.fromiter(found.values(), dtype=np.float32)
    scores = values @ weights[list(found)] + intercepts
    odds = np.exp(scores - scores.max())
    background, method, result = (odds / odds.sum()).tolist()
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
