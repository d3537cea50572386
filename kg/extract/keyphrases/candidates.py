"""Phrases of a text that may be key phrases, by their parts of speech, and where they stand.

A candidate is a run of adjectives, participles and nouns that ends on a noun (or gerund), up to five words, every
sub-run included, or two such runs around "of"; "multi-agent" and "multi agent" are one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extract.keyphrases.keys import Key, split_word
from kg.extract.words import STOP_WORDS

MAX_WORDS = 5
#: Words around "of": at most so many before and behind it.
MAX_BEFORE_OF, MAX_BEHIND_OF = 2, 2
#: Words that point at the text itself, count or praise; they begin no phrase and are none alone.
_WEAK = frozenset(
    "paper article author authors et al e.g i.e fig figure table section many several various different such same "
    "new other more most first second third one two three following above present proposed important main certain "
    "recent current excellent outstanding surprising surprisingly hardly little hefty slightly tremendous remarkable "
    "considerable substantial numerous enormous huge striking impressive interesting useful additional overall usual "
    "typical respective better".split()
)
_INNER = frozenset({"ADJ", "NOUN", "PROPN"})
_PARTICIPLE = re.compile(r"\w{3,}(?:ing|ed)$")
_WORD = re.compile(r"[^\W_][\w./+#&'’-]*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text, its tokens joined again at hyphens.

    pos: part of speech of its last token; start, end: offsets; sentence: index of its sentence.
    """

    text: str
    pos: str
    start: int
    end: int
    sentence: int


@dataclass(slots=True)
class Candidate:
    """All places of one phrase.

    key: its stems, hyphens opened. words: its words at the first place. places: index of the first word of each
    place in the text. maximal: how many places no longer run surrounds. short: its abbreviation, "" if it has none.
    """

    key: Key
    words: tuple[Word, ...]
    spellings: dict[str, int] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)
    maximal: int = 0
    short: str = ""


def find_candidates(words: Sequence[Word]) -> dict[Key, Candidate]:
    """Candidates by key, in order of first place."""
    found: dict[Key, Candidate] = {}
    parts = [split_word(word.text) for word in words]
    for i, j, maximal in _find_spans(words):
        key = parts[i] if j == i + 1 else tuple(part for word in parts[i:j] for part in word)
        if not any(len(part) > 1 for part in key):
            continue
        candidate = found.get(key)
        if candidate is None:
            candidate = found[key] = Candidate(key, tuple(words[i:j]))
        spelling = " ".join([word.text for word in words[i:j]])
        candidate.spellings[spelling] = candidate.spellings.get(spelling, 0) + 1
        candidate.places.append(i)
        candidate.maximal += maximal
    return found


def _find_spans(words: Sequence[Word]) -> Iterator[tuple[int, int, bool]]:
    """Spans of words, and whether each is a whole run."""
    before = (-9, -9)
    for start, end in find_runs(words):
        begins = [_may_begin(word) for word in words[start:end]]
        ends = [_may_end(word) for word in words[start:end]]
        for i in range(start, end):
            if not begins[i - start]:
                continue
            if ends[i - start] or (words[i].pos == "ADJ" and len(words[i].text) > 4):
                yield i, i + 1, end == start + 1
            for j in range(i + 2, min(end, i + MAX_WORDS) + 1):
                if ends[j - 1 - start]:
                    yield i, j, (i, j) == (start, end)
        if before[1] == start - 1 and words[start - 1].text == "of":
            for i in range(max(before[0], before[1] - MAX_BEFORE_OF), before[1]):
                if _may_begin(words[i]) and words[before[1] - 1].pos == "NOUN":
                    for j in range(start + 1, min(end, start + MAX_BEHIND_OF) + 1):
                        if begins[0] and ends[j - 1 - start]:
                            yield i, j, (i, j) == (before[0], end)
        before = (start, end)


def find_runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Longest runs of words that a phrase may be made of, within a sentence."""
    start = -1
    for index, word in enumerate(words):
        stands = _may_stand(word.text, word.pos)
        if start >= 0 and not (stands and words[index - 1].sentence == word.sentence):
            yield start, index
            start = -1
        if stands and start < 0:
            start = index
    if start >= 0:
        yield start, len(words)


@lru_cache(maxsize=65536)
def _may_stand(text: str, pos: str) -> bool:
    if not _WORD.match(text) or (text.casefold() in STOP_WORDS and not (text.isupper() and len(text) > 1)):
        return False
    if pos in _INNER or "-" in text:
        return True
    if pos == "ADV":
        return len(text) > 4 and text.endswith("ly")
    return (pos == "VERB" and bool(_PARTICIPLE.match(text.casefold()))) or (pos == "NUM" and not text.isdigit())


def _may_begin(word: Word) -> bool:
    return word.text.casefold() not in _WEAK


def _may_end(word: Word) -> bool:
    return word.pos in {"NOUN", "PROPN"} or word.text.endswith("ing")
