"""Some tokens of a sentence that may be its label, as the rules look at them."""

from collections.abc import Callable
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

    @property
    def last(self) -> int:
        """The last token."""
        return self.chosen[-1]


#: Whether something is wrong with a phrase.
Rule = Callable[[Frame, Phrase], bool]


def make_phrase(frame: Frame, chosen: tuple[int, ...]) -> Phrase:
    """Some tokens with what the rules ask of them again and again."""
    inside = frozenset(chosen)
    return Phrase(chosen, inside, frame.find_root(inside))
