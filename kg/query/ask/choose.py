"""Which query a question means, and what fills its parameters."""

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

import pyoxigraph as ox

from kg.model.errors import QueryError
from kg.query.ask.mentions import Mention, find_mentions, is_plain
from kg.query.ask.years import Bound, find_kind, find_years
from kg.query.files import QueryFile
from kg.query.phrases import compute_fit, find_all_words, find_phrasings, find_telling_words, weigh_words
from kg.query.resolve import find_things

#: Below this the question and the best query have too little in common to run it. Tuned on half of the questions of
#: tests/query/ask, measured on the other half.
MIN_SCORE = 0.45
#: What it counts that a query uses, or has no use for, a thing or year that the question names.
USED, UNUSED = 0.25, 0.45
#: What it counts besides that a thing fills a parameter of its own kind: a country is a place before it is a concept.
OWN_KIND = 0.1
#: What it costs that a phrasing has a blank which the question does not fill.
EMPTY_BLANK = 0.15
#: From this share of words in the same order on, the small words of a question count too ("what does {place} do?").
SAME_FRAME = 0.9
#: What that counts besides: "which papers cite {document}?" has the words of its reverse, in another order.
IN_FRAME = 0.05
#: type of a parameter -> kinds of mention that can fill it, the fittest first.
FILLS = {
    "document": ("document",),
    "person": ("person",),
    "place": ("place",),
    "technology": ("technology", "concept"),
    "policy": ("policy",),
    "work": ("work",),
    "type": ("type",),
    "concept": ("concept", "technology", "type"),
    "dilemma": ("dilemma", "type", "concept", "technology"),
    "remedy": ("remedy", "type", "concept", "technology"),
}
#: Kinds that words may name which are no name of anything; a place or a person must be called by its name.
LOOSE_KINDS = frozenset({"dilemma", "remedy", "concept", "work", "document"})
_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query chosen for a question. values: parameter -> words or year; unused: what the query has no place for."""

    query: QueryFile
    values: Mapping[str, str]
    score: float
    unused: tuple[str, ...] = ()


#: Whether words name a thing of a kind: (type of parameter, words) -> yes or no.
_Known = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class _Question:
    """rest: telling words outside names and years; frame: all words, "_" for each name."""

    text: str
    mentions: tuple[Mention, ...]
    bounds: tuple[Bound, ...]
    rest: list[str]
    frame: list[str]


def choose_query(store: ox.Store, question: str, queries: Mapping[str, QueryFile]) -> tuple[Asked, ...]:
    """The queries that the question may mean, best first, each with its values.

    Raises QueryError if none fits well enough, with the nearest ones.
    """
    weights = weigh_words(queries)
    read = _read(store, question, weights)
    known = cache(lambda kind, text: _names_something(store, kind, text))
    tried = [_try(query, read, weights, known) for query in queries.values()]
    found = sorted(tried, key=lambda asked: (-asked.score, asked.query.name))
    if not found or found[0].score < MIN_SCORE:
        raise QueryError(_say_none(question, found))
    return tuple(found)


def _read(store: ox.Store, question: str, weights: Mapping[str, float]) -> _Question:
    years, kind = find_years(question), find_kind(question)
    mentions = [m for m in find_mentions(store, question) if not any(_overlap(m, year) for year in years)]
    mentions += _find_loose(question, [*mentions, *years], weights)
    mentions.sort(key=lambda mention: mention.start)
    rest = find_telling_words(_cut_out(question, [*mentions, *years]))
    named = [*mentions, *(Mention("", year.start, year.end, ()) for year in years)]
    frame = find_all_words(_cut_out(question, named, "{name}"))
    return _Question(question, tuple(mentions), (*years, *([kind] if kind else [])), rest, frame)


def _find_loose(question: str, parts: Sequence[Mention | Bound], weights: Mapping[str, float]) -> list[Mention]:
    """Stretches of words that no query's questions hold: they may name a thing that is not called just so."""
    free = question
    for part in parts:
        free = free[: part.start] + "\0" * (part.end - part.start) + free[part.end :]
    found: list[Mention] = []
    for match in re.finditer(r"[^\W_]+", free):
        words = find_telling_words(match.group())
        if not words or words[0] in weights or is_plain(words):
            continue
        gap = question[found[-1].end : match.start()] if found else "-"
        if found and not gap.strip():
            last = found.pop()
            found.append(Mention(question[last.start : match.end()], last.start, match.end(), ()))
        else:
            found.append(Mention(match.group(), match.start(), match.end(), ()))
    return found


def _overlap(one: Mention, other: Bound) -> bool:
    return one.start < other.end and other.start < one.end


def _cut_out(text: str, parts: Sequence[Mention | Bound], instead: str = "") -> str:
    """The text with something else, or nothing, instead of these stretches."""
    kept, position = [], 0
    for part in sorted(parts, key=lambda part: part.start):
        kept += [text[position : max(position, part.start)], instead]
        position = max(position, part.end)
    return " ".join([*kept, text[position:]])


def _compute_phrasing_score(
    phrasing: str, read: _Question, weights: Mapping[str, float], filled: frozenset[str]
) -> float:
    blanks = set(_BLANK.findall(phrasing))
    fit = compute_fit(read.rest, find_telling_words(_BLANK.sub(" ", phrasing)), weights)
    frame = SequenceMatcher(None, read.frame, find_all_words(phrasing), autojunk=False).ratio()
    return max(fit, frame + IN_FRAME if frame >= SAME_FRAME else 0.0) - EMPTY_BLANK * len(blanks - filled)


def _try(query: QueryFile, read: _Question, weights: Mapping[str, float], known: _Known) -> Asked:
    values, unused = _fill(query, read, known)
    filled = frozenset(values)
    words = max(_compute_phrasing_score(phrasing, read, weights, filled) for phrasing in find_phrasings(query))
    score = words + USED * len(values) + OWN_KIND * _count_own_kind(query, read, values) - UNUSED * len(unused)
    return Asked(query, values, score, unused)


def _fill(query: QueryFile, read: _Question, known: _Known) -> tuple[dict[str, str], tuple[str, ...]]:
    """Values for the query's parameters, and the texts of what it has no place for."""
    values: dict[str, str] = {}
    unused: list[str] = []
    types = {parameter.name: parameter.type for parameter in query.parameters}
    for bound in read.bounds:
        if bound.name in types:
            values[bound.name] = bound.value
        elif bound.name != "kind":
            unused.append(read.text[bound.start : bound.end])
    for mention in read.mentions:
        name = next((n for n, kind in types.items() if n not in values and _can_fill(kind, mention, known)), "")
        if name:
            values[name] = mention.text
        else:
            unused.append(mention.text)
    return values, tuple(dict.fromkeys(unused))


def _count_own_kind(query: QueryFile, read: _Question, values: Mapping[str, str]) -> int:
    """How many parameters are filled by what is of their kind before any other."""
    kinds = {mention.text: mention.things[0][0] for mention in read.mentions if mention.things}
    return sum(kinds.get(values.get(parameter.name, "")) == parameter.type for parameter in query.parameters)


def _can_fill(kind: str, mention: Mention, known: _Known) -> bool:
    if not mention.things and kind not in LOOSE_KINDS:
        return False
    if mention.things and not any(mention.get(named) for named in FILLS.get(kind, ())):
        return False
    return known(kind, mention.text)


def _names_something(store: ox.Store, kind: str, text: str) -> bool:
    try:
        return bool(find_things(store, kind, text))
    except QueryError:
        return False


def to_command(asked: Asked) -> str:
    """What a person types to ask just this."""
    values = [f" -p {name}={shlex.quote(value)}" for name, value in asked.values.items()]
    return f"kg query {asked.query.name}{''.join(values)}"


def _say_none(question: str, found: Sequence[Asked]) -> str:
    near = [f"  {to_command(asked)}   {asked.query.title}" for asked in found[:3] if asked.score > 0]
    if not near:
        return f"no query answers '{question}'. 'kg queries' lists what can be asked."
    return "\n".join([f"no query surely answers '{question}'. Nearest:", *near, "'kg queries' lists them all."])
