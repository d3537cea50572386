"""Some tokens of a sentence that may be its label, as it is asked whether they turn the sentence round."""

from dataclasses import dataclass

from kg.extract.labels.frame import Frame


@dataclass(frozen=True, slots=True)
class Phrase:
    """Indices of tokens within a frame.

    chosen: rising; inside: the same as a set; root: the first one whose head is not inside.
    """

    chosen: tuple[int, ...]
    inside: frozenset[int]
    root: int


def make_phrase(frame: Frame, chosen: tuple[int, ...]) -> Phrase:
    """Some tokens with what is asked of them again and again."""
    inside = frozenset(chosen)
    return Phrase(chosen, inside, frame.find_root(inside))
