"""What may be wrong with a phrase as a label: each rule by name, and which of them hold."""

from kg.extract.labels.completeness import COMPLETENESS
from kg.extract.labels.frame import Frame
from kg.extract.labels.matter import MATTER
from kg.extract.labels.phrase import Phrase, Rule
from kg.extract.labels.soundness import SOUNDNESS

#: A ranker has learnt what each weighs.
RULES: dict[str, Rule] = {**SOUNDNESS, **MATTER, **COMPLETENESS}


def find_broken(frame: Frame, phrase: Phrase) -> list[str]:
    """Names of the rules that a phrase breaks."""
    return [name for name, breaks in RULES.items() if breaks(frame, phrase)]
