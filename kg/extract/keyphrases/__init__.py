"""Key phrases of a text, best first: one ranker for abstracts and for full papers.

Candidates by parts of speech, some seventy numbers for each, boosted trees trained on abstracts and papers whose key
phrases people chose (kg.extract.keyphrases.train; sources in NOTICE.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.keyphrases.candidates import Candidate, Word
from kg.extract.keyphrases.choice import choose, keep_likely, spell
from kg.extract.keyphrases.joins import collect_candidates
from kg.extract.keyphrases.keys import Key, make_key, make_singular
from kg.extract.keyphrases.words import find_words, join_lines, list_words

if TYPE_CHECKING:
    from kg.extract.keyphrases.model import Model

__all__ = [
    "Phrase",
    "Word",
    "find_words",
    "join_lines",
    "list_words",
    "make_key",
    "make_singular",
    "rank_phrases",
    "stands_inside",
]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A key phrase as the text most often writes it.

    key: its stems, by which spellings meet. score: probability that a person would choose it. starts: offsets of the
    first letter of each place. short: the abbreviation that the text explains, "" if there is none; its places are
    among the starts.
    """

    text: str
    key: Key
    score: float
    starts: tuple[int, ...]
    short: str = ""


def rank_phrases(
    words: Sequence[Word],
    title: str = "",
    *,
    limit: int = 30,
    same: Mapping[Key, str] | None = None,
    model: "Model | None" = None,
) -> tuple[Phrase, ...]:
    """The best phrases of a text, at most `limit`, best first.

    words: all words of the text in order, as find_words or list_words give them; the title may be among them.
    same: key of a label -> concept it names; labels of one concept are one phrase.
    model: another one than the package's, for training.
    """
    from kg.extract.keyphrases.features import compute_features, make_text
    from kg.extract.keyphrases.model import load_model

    text = make_text(words, title)
    candidates = keep_likely(collect_candidates(words, same), text)
    if not candidates:
        return ()
    model = model or load_model()
    scores = model.trees.score(compute_features(candidates, text, model.lexicon)).tolist()
    return tuple(_make_phrases(words, candidates, scores, limit))


#: A phrase gives way to a longer and better one that stands around so much of its places.
MOST_INSIDE = 0.75


def stands_inside(phrase: Phrase, better: Iterable[Phrase]) -> bool:
    """Whether a phrase hardly ever stands outside a longer one: "source software" in "open source software"."""
    from kg.extract.keyphrases.features import contains

    return any(
        len(other.key) > len(phrase.key)
        and len(other.starts) >= MOST_INSIDE * len(phrase.starts)
        and contains(other.key, phrase.key)
        for other in better
    )


def _make_phrases(
    words: Sequence[Word], candidates: Mapping[Key, Candidate], scores: list[float], limit: int
) -> list[Phrase]:
    import math

    ranked = choose(list(candidates), scores, limit=limit)
    return [
        Phrase(
            spell(candidates[key]),
            key,
            round(1 / (1 + math.exp(-score)), 4),
            tuple(words[place].start for place in candidates[key].places),
            candidates[key].short,
        )
        for key, score in ranked
    ]
