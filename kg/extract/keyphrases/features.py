"""A candidate as numbers: where it stands, how often, what it is made of, what it is part of."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.keyphrases.candidates import Candidate, Word
from kg.extract.keyphrases.keys import Key, make_key, split_word
from kg.extract.keyphrases.lexicon import Lexicon, find_slot, list_clues

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The abstract of a text, in words; a text of so many is one itself.
OPENING_WORDS, ABSTRACT_WORDS = 250, 600
_POS = {name: number for number, name in enumerate("NONE ADJ NOUN PROPN VERB NUM ADV ADP DET AUX PRON PUNCT".split())}


@dataclass(frozen=True, slots=True)
class Text:
    """What all candidates of one text share. end: number of words before its list of references."""

    words: Sequence[Word]
    title: tuple[str, ...]
    stems: Mapping[str, int]
    end: int
    first_line: int


def make_text(words: Sequence[Word], title: str) -> Text:
    """The words of a text and its title, counted."""
    stems = Counter(part for word in words for part in split_word(word.text))
    first = next((i for i, word in enumerate(words) if word.sentence), len(words))
    return Text(words, make_key(title), stems, find_references(words), first)


def find_references(words: Sequence[Word]) -> int:
    """Index of the last "References" that heads a list; the number of words if none does."""
    for index in range(len(words) - 2, len(words) // 2, -1):
        word = words[index].text
        if word in {"REFERENCES", "References", "Bibliography", "BIBLIOGRAPHY"}:
            following = words[index + 1].text
            if following in {"[", "1", "1.", "(", "[1"} or word.isupper():
                return index
    return len(words)


def compute_features(
    candidates: Mapping[Key, Candidate], text: Text, lexicon: Lexicon, *, own: int = 0
) -> "NDArray[np.float32]":
    """One row a candidate, in their order.

    own: 1 when the text itself is among those the lexicon counted, so that it is taken off.
    """
    import numpy as np

    around = count_around(candidates)
    kind = int(len(text.words) > ABSTRACT_WORDS)
    rows = [
        [*_place(c, text), *_form(c, text), *_company(c, candidates, around), *_rarity(c, text, lexicon, kind, own)]
        for c in candidates.values()
    ]
    table = np.array(rows, dtype=np.float32)
    return np.concatenate([table, weigh_clues(candidates, text, lexicon), rank_columns(table)], axis=1)


def weigh_clues(candidates: Mapping[Key, Candidate], text: Text, lexicon: Lexicon) -> "NDArray[np.float32]":
    """What the linear models make of each candidate's words and neighbours, shape (candidates, models)."""
    import numpy as np

    clues = [list_clues(candidate, text.words) for candidate in candidates.values()]
    starts = np.cumsum([0, *map(len, clues[:-1])])
    slots = np.fromiter((slot for row in clues for slot in row), dtype=np.int64)
    sums: NDArray[np.float32] = np.add.reduceat(lexicon.weights[:, slots], starts, axis=1).T
    return sums


#: Columns that matter beside those of the other candidates: counts, tf-idf, rarity.
RANKED = (0, 9, 50, 51, 52, 53)


def rank_columns(table: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Of some columns, each value's place among the others: 0 for the largest, towards 1 for the smallest."""
    import numpy as np

    chosen = table[:, RANKED]
    order = np.argsort(np.argsort(-chosen, axis=0, kind="stable"), axis=0)
    return (order / max(1, len(table))).astype(np.float32)


def _place(c: Candidate, text: Text) -> list[float]:
    n, places, size = len(text.words), c.places, len(c.words)
    end = max(text.end, 1)
    inside = [p for p in places if p < end]
    count = len(places)
    first, last = places[0], (inside or places)[-1]
    opening = sum(p < OPENING_WORDS for p in places)
    early = sum(p < 0.1 * end for p in places)
    late = sum(0.85 * end <= p for p in inside)
    middle = (inside or places)[len(inside) // 2 if inside else 0]
    tenths = len({10 * p // end for p in inside})
    begin = text.words[first]
    title = contains(text.title, c.key)
    overlap = sum(part in text.title for part in c.key) / len(c.key)
    sentence = sum(w.text in {".", ";"} for w in text.words[max(0, first - 30) : first])
    return [
        math.log1p(len(inside)), math.log1p(count), math.log(n), n > ABSTRACT_WORDS, first / n, math.log1p(first),
        last / end, (last - first) / end, opening, math.log1p(early), late, middle / end, tenths,
        1 - len(inside) / count, title, overlap, begin.sentence, len(inside) / end * 1000, sentence,
        first < text.first_line, size * math.log1p(count),
    ]  # fmt: skip


def contains(whole: Sequence[str], part: Sequence[str]) -> bool:
    """Whether the stems of one phrase stand in a row in another."""
    size = len(part)
    return any(tuple(whole[i : i + size]) == tuple(part) for i in range(len(whole) - size + 1))


def _form(c: Candidate, text: Text) -> list[float]:
    words, place = c.words, c.places[0]
    kinds = [_POS.get(word.pos, 0) for word in words]
    before = text.words[place - 1] if place else None
    behind = text.words[place + len(words)] if place + len(words) < len(text.words) else None
    joined = "".join(word.text for word in words)
    capitals = sum(word.text[0].isupper() for word in words)
    return [
        len(words), len(c.key), len(joined), kinds[0], kinds[-1], kinds[1] if len(kinds) > 1 else -1,
        sum(k == 1 for k in kinds), sum(k == 2 for k in kinds), sum(k == 3 for k in kinds), sum(k == 4 for k in kinds),
        any(k == 7 for k in kinds), _POS.get(before.pos, 0) if before else -1,
        _POS.get(behind.pos, 0) if behind else -1,
        capitals / len(words), joined.isupper(), any(ch.isdigit() for ch in joined), "-" in joined,
        bool(behind and behind.text == "("), bool(before and before.text == "("),
    ]  # fmt: skip


@dataclass(slots=True)
class Company:
    """Of one phrase: places and kinds of longer phrases around it, and the most frequent of them."""

    places: int = 0
    kinds: int = 0
    most: int = 0


def count_around(candidates: Mapping[Key, Candidate]) -> dict[Key, Company]:
    """The longer candidates around each candidate."""
    found: dict[Key, Company] = {}
    for key, candidate in candidates.items():
        count = len(candidate.places)
        for size in range(1, len(key)):
            for start in range(len(key) - size + 1):
                part = key[start : start + size]
                if part in candidates:
                    company = found.setdefault(part, Company())
                    company.places += count
                    company.kinds += 1
                    company.most = max(company.most, count)
    return found


_NOBODY = Company()


def _company(c: Candidate, candidates: Mapping[Key, Candidate], around: Mapping[Key, Company]) -> list[float]:
    count = len(c.places)
    company = around.get(c.key, _NOBODY)
    parts = [len(candidates[(part,)].places) if (part,) in candidates else 0 for part in c.key]
    head = candidates.get(c.key[1:])
    stem = candidates.get(c.key[:-1])
    last = around.get(c.key[-1:], _NOBODY)
    return [
        c.maximal / count, company.places / count, company.kinds, company.most / count,
        count / max(1, *parts), min(parts), max(parts),
        count / len(head.places) if head else -1, count / len(stem.places) if stem else -1, last.kinds,
    ]  # fmt: skip


def _rarity(c: Candidate, text: Text, lexicon: Lexicon, kind: int, own: int) -> list[float]:
    counts, totals = lexicon.counts[kind], lexicon.totals
    phrase = find_slot(" ".join(c.key))
    rare = [math.log((totals[kind] + 1) / (max(0, counts[find_slot(p)] - own) + 1)) for p in c.key]
    whole = math.log((totals[kind] + 1) / (max(0, counts[phrase] - own) + 1))
    other = math.log((totals[1 - kind] + 1) / (lexicon.counts[1 - kind][phrase] + 1))
    tf = [text.stems.get(part, 1) for part in c.key]
    weights = [math.log1p(f) * r for f, r in zip(tf, rare, strict=True)]
    count = len(c.places)
    return [
        math.log1p(count) * whole, sum(weights) / len(weights), sum(weights), min(weights), max(weights),
        min(rare), max(rare), whole, other, rare[0], rare[-1], math.log1p(min(tf)), math.log1p(max(tf)),
        math.log1p(tf[0]), math.log1p(tf[-1]), count * count / (tf[0] * tf[-1]), len(c.short),
    ]  # fmt: skip
