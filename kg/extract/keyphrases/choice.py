"""What to rank, how to spell it, and which phrases give way to others that say the same."""

from collections.abc import Mapping, Sequence

from kg.extract.keyphrases.candidates import Candidate
from kg.extract.keyphrases.features import ABSTRACT_WORDS, Text, contains

Key = tuple[str, ...]
#: In a long text, a phrase that stands only once is ranked if it stands among so many first words.
OPENING_WORDS = 350
#: What a phrase loses (log-odds) when a better one holds it, and when it holds a better one. Tuned on Inspec dev and
#: by cross-validation on the SemEval-2010 training texts.
LOSS_PART, LOSS_WHOLE = 0.0, 0.0


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
    """The spelling used most; of two, the one met first."""
    return max(candidate.spellings, key=candidate.spellings.__getitem__)


def choose(keys: Sequence[Key], scores: Sequence[float], *, limit: int) -> list[tuple[Key, float]]:
    """The best keys with their scores, best first, at most `limit`; parts and wholes of better ones come later."""
    pool = dict(sorted(zip(keys, scores, strict=True), key=lambda pair: -pair[1])[: 2 * limit])
    chosen: list[tuple[Key, float]] = []
    while pool and len(chosen) < limit:
        best = max(pool, key=pool.__getitem__)
        chosen.append((best, pool.pop(best)))
        for key in pool:
            if len(key) < len(best) and contains(best, key):
                pool[key] -= LOSS_PART
            elif len(key) > len(best) and contains(key, best):
                pool[key] -= LOSS_WHOLE
    return chosen
