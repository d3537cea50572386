"""What to rank, how to spell it, and how many of the best are told."""

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.extract.keyphrases.candidates import Candidate
from kg.extract.keyphrases.features import ABSTRACT_WORDS, Text
from kg.extract.keyphrases.keys import Key

#: In a long text, a phrase that stands only once is ranked if it stands among so many first words.
OPENING_WORDS = 350


def keep_likely(candidates: Mapping[Key, Candidate], text: Text) -> dict[Key, Candidate]:
    """The candidates worth ranking: in a long text those that come back or stand at its beginning."""
    if len(text.words) <= ABSTRACT_WORDS:
        return dict(candidates)
    return {
        key: candidate
        for key, candidate in candidates.items()
        if candidate.places[0] < OPENING_WORDS or (len(candidate.places) > 1 and candidate.places[1] < text.end)
    }


def spell(candidate: Candidate) -> str:
    """The spelling used most, in small letters where the text has it so too; of two, the one met first."""
    letters = Counter[str]()
    for spelling, count in candidate.spellings.items():
        letters[spelling.casefold()] += count
    best = max(letters, key=letters.__getitem__)
    return min((s for s in candidate.spellings if s.casefold() == best), key=lambda s: sum(map(str.isupper, s)))


def choose(keys: Sequence[Key], scores: Sequence[float], *, limit: int) -> list[tuple[Key, float]]:
    """The best keys with their scores, best first, at most `limit`; of equals the one met first."""
    return sorted(zip(keys, scores, strict=True), key=lambda pair: -pair[1])[:limit]
