"""Gold fields -> the labels each token may have.

The gold gives the values of the fields, not where they stand. Each value is looked for in the string; where its
place is certain a token gets one label, where it is not it gets all that are possible, and training sums over them
(partial labels: Tsuboi et al. 2008).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.references.labels import INDEX
from kg.extract.references.tokens import Token, clean_reference, find_tokens, is_scripted

#: What no gold field names: editors and publishers hide among it.
OTHER = 1 << INDEX["other"] | 1 << INDEX["editor"] | 1 << INDEX["publisher"]
FAMILY, FAMILY_IN, GIVEN = (1 << INDEX[name] for name in ("family", "family-in", "given"))
BETWEEN, OTHERS = 1 << INDEX["between"], 1 << INDEX["others"]
ANY_AUTHOR = OTHER | FAMILY | FAMILY_IN | GIVEN | BETWEEN | OTHERS
_AND = frozenset({"and", "und", "et", "y", "e", "&", "；", "en", "och", "with", "，", "、"})
_OTHERS_WORDS = frozenset({"et", "al", "등", "等", "외", "外", "人", "他"})
_STOP = frozenset({"al", "in", "ed", "eds"})
_ORGANISATION = re.compile(
    r"organi[sz]ation|institut|department|universit|council|ministry|commission|agency|bank|committee|association|"
    r"society|office|bureau|group|collaboration|consortium|centre|center|foundation|government|union|corporation|inc$|"
    r"company|federation|administration|service|collectif|nations",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A reference with, per token, the set of labels it may have as a bit mask; spaced: a space stands before it."""

    texts: tuple[str, ...]
    spaced: tuple[bool, ...]
    masks: tuple[int, ...]
    source: str = ""


def fold(text: str) -> str:
    """Letters and digits alone, in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text).lower()
    return "".join(c for c in decomposed if c.isalnum() and not unicodedata.combining(c))


def _find_runs(folded: Sequence[str], value: str, start: int = 0) -> list[tuple[int, int]]:
    """Every run of tokens [i, j) whose folded texts joined are the folded value."""
    wanted = fold(value)
    runs: list[tuple[int, int]] = []
    if not wanted:
        return runs
    for i in range(start, len(folded)):
        if not folded[i] or not wanted.startswith(folded[i]):
            continue
        rest, j = wanted, i
        while j < len(folded) and rest and rest.startswith(folded[j]):
            rest = rest[len(folded[j]) :]
            j += 1
        if not rest:
            while not folded[j - 1]:
                j -= 1
            runs.append((i, j))
    return runs


class _Labelling:
    """The masks of one reference while its fields are being placed."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.texts = [token.text for token in tokens]
        self.folded = [fold(token.text) for token in tokens]
        self.masks = [0] * len(tokens)

    def is_free(self, run: tuple[int, int]) -> bool:
        """Whether no token of a run has a label yet."""
        return not any(self.masks[run[0] : run[1]])

    def put(self, run: tuple[int, int], label: str) -> None:
        """Give a label to every token of a run."""
        for i in range(*run):
            self.masks[i] = 1 << INDEX[label]

    def place(self, label: str, value: str, *, after: int = 0) -> tuple[int, int] | None:
        """The value's run: the first free one that begins at `after` or later, else the last free one before."""
        runs = [run for run in _find_runs(self.folded, value) if self.is_free(run)]
        if not runs:
            return None
        run = next((run for run in runs if run[0] >= after), runs[-1])
        self.put(run, label)
        return run


def _place_pages(work: _Labelling, pages: str, after: int) -> bool:
    numbers = pages.split("-")
    if len(numbers) != 2:
        return work.place("pages", pages, after=after) is not None
    firsts = _find_runs(work.folded, numbers[0])
    for i, j in sorted(firsts, key=lambda run: (run[0] < after, run[0])):
        ends = [run for run in _find_runs(work.folded, numbers[1], j) if run[0] <= j + 3]
        if ends and work.is_free((i, ends[0][1])) and not any(work.folded[j : ends[0][0]]):
            work.put((i, ends[0][1]), "pages")
            return True
    return False


def _place_fields(work: _Labelling, gold: dict[str, str]) -> bool:
    """Whether every field was found."""
    end = 0
    if gold["title"]:
        run = work.place("title", gold["title"])
        if run is None:
            return False
        end = run[1]
    if gold["container"]:
        run = work.place("container", gold["container"], after=end)
        if run is None:
            return False
        end = max(run[1], end)
    if gold["pages"] and not _place_pages(work, gold["pages"], end):
        return False
    if gold["volume"]:
        run = work.place("volume", gold["volume"], after=end)
        if run is None:
            return gold["volume"] == gold["issue"] or gold["volume"] == gold["year"]
        _allow_letter(work, run[0] - 1)
        end = run[1]
    if gold["issue"] and gold["issue"] != gold["volume"] and work.place("issue", gold["issue"], after=end) is None:
        return False
    return not gold["year"] or work.place("year", gold["year"]) is not None


def _allow_letter(work: _Labelling, i: int) -> None:
    """The letter glued before a volume ("B428") may be part of the volume or of nothing."""
    glued = i >= 0 and not work.masks[i] and work.tokens[i].end == work.tokens[i + 1].start
    if glued and len(work.texts[i]) == 1 and work.texts[i].isalpha():
        work.masks[i] = 1 << INDEX["other"] | 1 << INDEX["volume"]


def _skip_marker(work: _Labelling) -> int:
    """Index of the first token after a list number such as "[3]" or "15."."""
    texts = work.texts
    if len(texts) > 3 and texts[0] in "[(":
        close = next((i for i, text in enumerate(texts[:6]) if text in "])"), -1)
        return close + 1 if close > 0 and not any(work.masks[: close + 1]) else 0
    if len(texts) > 2 and texts[0].isdecimal() and texts[1] == "." and not work.masks[0]:
        return 2
    return 0


def _find_families(work: _Labelling, authors: Sequence[str], start: int) -> list[tuple[int, int]] | None:
    """The run of each surname, in order."""
    runs: list[tuple[int, int]] = []
    at = start
    for author in authors:
        run = next((run for run in _find_runs(work.folded, author, at) if work.is_free(run)), None)
        if run is None:
            return None
        runs.append(run)
        at = run[1]
    return runs


def _split_between(work: _Labelling, i: int, j: int, inverted: bool) -> tuple[int, int]:
    """The run of tokens in [i, j) that stands between two names."""
    texts = work.texts
    strong = [k for k in range(i, j) if _is_and(texts[k]) or texts[k] in ";/"]
    commas = [k for k in range(i, j) if texts[k] in ",，、"]
    if strong:
        first = last = strong[-1]
        while first - 1 >= i and texts[first - 1] in ",，;":
            first -= 1
        return first, last + 1
    if not commas:
        return (j, j) if inverted else (i, i)
    cut = commas[-1]
    if len(commas) == 1 and cut == i and inverted and j > i + 1:
        return j, j
    return cut, cut + 1


def _is_and(text: str) -> bool:
    """Whether the word joins two names; a capital E or Y is an initial."""
    return (text if len(text) == 1 else text.lower()) in _AND


def _find_last_end(work: _Labelling, family: tuple[int, int], inverted: bool, limit: int) -> int:
    """Where the last name ends."""
    end = family[1]
    if not inverted:
        return end
    for k in range(family[1], min(limit, family[1] + 9)):
        text = work.texts[k]
        if (
            work.masks[k]
            or text in "([:;"
            or text.isdecimal()
            or text.lower() in _STOP
            or text in '“"‘«'
            or _is_and(text)
        ):
            break
        ends_initial = text == "." and work.texts[k - 1][0].isupper() and len(work.texts[k - 1]) <= 3
        if text[0].isupper() or ends_initial:
            end = k + 1
        elif text not in ",.-‐’'" and not (len(text) == 1 and text.isalpha()):
            break
    return end


def _place_authors(work: _Labelling, families: list[tuple[int, int]], start: int, limit: int) -> None:
    for run in families:
        work.masks[run[0]] = FAMILY
        for k in range(run[0] + 1, run[1]):
            work.masks[k] = FAMILY_IN
    inverted = families[0][0] == start
    for k in range(start, families[0][0]):
        work.masks[k] = work.masks[k] or GIVEN
    for left, right in pairwise(families):
        first, last = _split_between(work, left[1], right[0], inverted)
        for k in range(left[1], right[0]):
            work.masks[k] = work.masks[k] or (BETWEEN if first <= k < last else GIVEN)
    given_first = len(families) > 1 and work.masks[families[-1][0] - 1] == GIVEN
    end = _find_last_end(work, families[-1], inverted and not given_first, limit)
    for k in range(families[-1][1], end):
        work.masks[k] = work.masks[k] or GIVEN
    for k in range(end, min(end + 5, limit)):
        if work.texts[k].lower() in ("et", "al", "others", "等"):
            work.masks[k] = work.masks[k] or OTHERS


def _mark_open_zone(work: _Labelling, start: int, limit: int) -> None:
    """Authors the gold could not split: names in Han or Hangul, an organisation as one long surname, all else open."""
    zone = [k for k in range(start, limit) if not work.masks[k]]
    while zone and not work.folded[zone[-1]]:
        work.masks[zone.pop()] = OTHER
    words = [work.texts[k] for k in zone]
    if _mark_scripted(work, zone):
        return
    if len(words) > 1 and any(_ORGANISATION.match(word) for word in words) and not {",", ";"} & set(words):
        for k in zone:
            work.masks[k] = FAMILY if k == zone[0] else FAMILY_IN
        return
    for k in zone:
        work.masks[k] = ANY_AUTHOR


def _mark_scripted(work: _Labelling, zone: Sequence[int]) -> bool:
    """Whether the zone is a list of names of two to four characters each, now labelled."""
    names: list[list[int]] = [[]]
    for k in zone:
        text = work.texts[k]
        if text in ",.、·;&/-" or text.lower() in _OTHERS_WORDS:
            names.append([])
        elif is_scripted(text):
            names[-1].append(k)
        else:
            return False
    named = [name for name in names if name]
    if not named or not all(2 <= sum(len(work.texts[k]) for k in name) <= 5 for name in named):
        return False
    for k in zone:
        work.masks[k] = OTHERS if work.texts[k].lower() in _OTHERS_WORDS else BETWEEN
    for name in named:
        for k in name:
            work.masks[k] = FAMILY if k == name[0] else GIVEN
    return True


def make_example(reference: str, gold: dict[str, object], *, source: str = "") -> Example | None:
    """The labelled tokens of a reference; None where a gold value cannot be found in the string."""
    tokens = find_tokens(clean_reference(reference))
    work = _Labelling(tokens)
    texts = {
        name: clean_reference(str(gold.get(name) or ""))
        for name in ("title", "container", "volume", "issue", "pages", "year")
    }
    if not tokens or not _place_fields(work, texts):
        return None
    start = _skip_marker(work)
    named = [i for i, mask in enumerate(work.masks) if mask and i >= start]
    authors = gold.get("authors")
    if isinstance(authors, list) and authors:
        families = _find_families(work, [str(author) for author in authors], start)
        if families is None:
            return None
        limit = next((i for i in named if i >= families[-1][1]), len(tokens))
        zone_start = max((i + 1 for i in named if i < families[0][0]), default=start)
        while zone_start < families[0][0] and not work.folded[zone_start]:
            zone_start += 1
        if families[0][0] - zone_start <= 8 and families[-1][1] - families[0][0] <= 12 * len(families):
            _place_authors(work, families, zone_start, limit)
        else:
            return None
    elif authors is None:
        _mark_open_zone(work, start, named[0] if named and named[0] > start else start)
    spaced = tuple(i == 0 or token.start > tokens[i - 1].end for i, token in enumerate(tokens))
    return Example(tuple(work.texts), spaced, tuple(mask or OTHER for mask in work.masks), source)
