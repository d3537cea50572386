"""A question -> the names, years and kinds of document in it, and the words that are left."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.query.ask.mentions import Mention, find_mentions, is_plain
from kg.query.ask.years import Bound, find_kind, find_lone_year, find_years
from kg.query.authored import CITED, find_authored
from kg.query.phrases import find_all_words, find_telling_words
from kg.query.words import STOP_WORDS, fold

_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]{2,80})[\"“”»]")
#: What stands before a word that narrows the question down: "in Utopia", "about flying", "by Nobody".
_NARROWING = re.compile(
    r"\b(?:about|against|among|at|by|concerning|for|from|in|of|on|regarding|to|under|with)\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
#: Words that change what is asked, and that a query must therefore ask for itself.
DECISIVE = frozenset(
    "average bad best better both but cheapest compare compared contrary correlate correlation correlated effective"
    " effectively effectiveness efficient elsewhere except excluding fail failed fewer good less percent"
    " percentage proportion share similar specific strongest succeed success successful once twice unlike versus"
    " vs well worst".split()
)


#: What questions ask for: a name made of these alone, "case studies", is none.
_ASKED = frozenset(find_telling_words("case document author policy law dilemma remedy place country work concept"))


@dataclass(frozen=True, slots=True)
class Question:
    """What was found in a question.

    rest: telling words outside names, years and kinds; whole: the same with the words that name a kind; frame: all
    words, "_" for each name; decisive: words of DECISIVE outside names; telling: (word, as it is compared) outside
    names and years.
    """

    text: str
    mentions: tuple[Mention, ...]
    years: tuple[Bound, ...]
    kind: Bound | None
    rest: tuple[str, ...]
    whole: tuple[str, ...]
    frame: tuple[str, ...]
    telling: tuple[tuple[str, str], ...]

    def narrows(self, mention: Mention) -> bool:
        """Whether unknown words narrow the question down: a name, a number, or what a preposition leads to."""
        if mention.text.lower() == "every":
            return False
        before = self.text[: mention.start]
        named = bool(before.strip()) and mention.text != mention.text.lower()
        quoted = before.rstrip()[-1:] in set('"“„«')
        return named or quoted or any(c.isdigit() for c in mention.text) or bool(_NARROWING.search(before))


def read_question(store: ox.Store, text: str, weights: Mapping[str, float]) -> Question:
    """What a question names. weights: the words that the questions of the queries hold."""
    cited = [*_find_quoted(store, text), *_find_cited(store, text, weights)]
    years = [year for year in find_years(text) if not any(_overlap(year, part) for part in cited)]
    kind = find_kind(text)
    taken: list[Mention | Bound] = [*cited, *years]
    names = [m for m in find_mentions(store, text) if not any(_overlap(m, part) for part in taken)]
    if not years:
        years = [year for year in find_lone_year(text) if not any(_overlap(year, part) for part in (*cited, *names))]
    names = [m for m in names if not set(find_telling_words(m.text)) <= _ASKED]
    mentions = [*cited, *names]
    if kind and any(_overlap(kind, part) for part in mentions):
        kind = None
    parts: list[Mention | Bound] = [*mentions, *years, *([kind] if kind else [])]
    mentions += _find_loose(text, parts, weights)
    mentions.sort(key=lambda mention: mention.start)
    left = _cut_out(text, [*mentions, *years])
    return Question(
        text,
        tuple(mentions),
        tuple(years),
        kind,
        rest=tuple(find_telling_words(_cut_out(text, [*mentions, *years, *([kind] if kind else [])]))),
        whole=tuple(find_telling_words(left)),
        frame=tuple(find_all_words(_cut_out(text, [*mentions, *years], "{name}"))),
        telling=tuple(_pair_words(left)),
    )


def _pair_words(text: str) -> Iterator[tuple[str, str]]:
    for word in re.findall(r"[^\W_]+", text):
        compared = find_telling_words(word)
        if compared or fold(word) in DECISIVE:
            yield word, compared[0] if compared else fold(word)


def _find_quoted(store: ox.Store, text: str) -> Iterator[Mention]:
    """What stands in quotation marks, whole."""
    for match in _QUOTED.finditer(text):
        start, end = match.span(1)
        inner = find_mentions(store, match[1])
        things = inner[0].things if inner and inner[0].text == match[1].strip() else ()
        yield Mention(match[1], start, end, things)


def _find_cited(store: ox.Store, text: str, weights: Mapping[str, float]) -> Iterator[Mention]:
    """Works called by author and year; of nobody's work where the words are no name of anything else."""
    for match in CITED.finditer(text):
        start = match.start()
        while start < match.end() and _is_common(text[start : match.end()], weights):
            start += len(text[start : match.end()].split(maxsplit=1)[0])
            start += len(text[start : match.end()]) - len(text[start : match.end()].lstrip())
        cited = text[start : match.end()]
        if not re.match(r"[^\W\d_]", cited):
            continue
        things = tuple((kind, found) for kind in ("document", "work") if (found := find_authored(store, kind, cited)))
        others = [m for m in find_mentions(store, cited) if set(dict(m.things)) - {"person", "document", "work"}]
        if (things and not any(m.get("place") for m in others)) or not others:
            yield Mention(cited, start, match.end(), things)


def _is_common(text: str, weights: Mapping[str, float]) -> bool:
    """Whether a text begins with a word of questions."""
    words = re.findall(r"[^\W_]+", fold(text.split(maxsplit=1)[0]))
    if not words or words[0].isdigit():
        return False
    telling = find_telling_words(words[0])
    return words[0] in STOP_WORDS or not telling or telling[0] in weights or is_plain(telling)


def _find_loose(question: str, parts: Sequence[Mention | Bound], weights: Mapping[str, float]) -> list[Mention]:
    """Stretches of words that no query's questions hold: they may name a thing that is not called just so."""
    free = question
    for part in parts:
        free = free[: part.start] + "\0" * (part.end - part.start) + free[part.end :]
    found: list[Mention] = []
    for match in re.finditer(r"[^\W_]+", free):
        words = find_telling_words(match.group())
        if not words or words[0] in weights or is_plain(words) or fold(match.group()) in DECISIVE:
            continue
        gap = question[found[-1].end : match.start()] if found else "-"
        if found and not gap.strip():
            last = found.pop()
            found.append(Mention(question[last.start : match.end()], last.start, match.end(), ()))
        else:
            found.append(Mention(match.group(), match.start(), match.end(), ()))
    return found


def _overlap(one: Mention | Bound, other: Mention | Bound) -> bool:
    return one.start < other.end and other.start < one.end


def _cut_out(text: str, parts: Sequence[Mention | Bound], instead: str = "") -> str:
    """The text with something else, or nothing, instead of these stretches."""
    kept, position = [], 0
    for part in sorted(parts, key=lambda part: part.start):
        kept += [text[position : max(position, part.start)], instead]
        position = max(position, part.end)
    return " ".join([*kept, text[position:]])
