"""A question -> the names, years and kinds of document in it, and the words that are left."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.query.ask.demonyms import find_demonyms
from kg.query.ask.mentions import Mention, find_mentions, is_plain
from kg.query.ask.spelling import find_slips
from kg.query.ask.titles import find_titles
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
    "average bad best better both but cheapest compare compared contrary correlate correlation correlated"
    " difference differences differ effective effectively effectiveness efficient elsewhere except excluding"
    " fail failed fewer fewest good last latest least less new newer newest older oldest only percent"
    " percentage proportion rarely rarest recent recently share similar single specific strongest succeed"
    " success successful once twice unlike versus vs well worst".split()
)


#: Comparisons with a number, which no query makes unless it says so itself.
COMPARED = re.compile(
    r"\b(?:(?:more|less|fewer) than|at (?:least|most)|over|under) (?:an?|\d+|one|two|three|four|five|ten|half)\b"
    r"|\bseveral\b|\bmultiple\b|\bin common\b",
    re.IGNORECASE,
)
#: What questions ask for: a name made of these alone, "case studies", is none.
_ASKED = frozenset(
    find_telling_words("case document author policy law dilemma remedy place country work concept actor government")
)
_DILEMMA, _REMEDY = find_telling_words("dilemma remedy")
_AFFILIATION = find_telling_words("affiliation")[0]
_ASKING = re.compile(r"\b(?:which|what|how many|list|come from)\s+(?:of\s+)?(?:the\s+)?$", re.IGNORECASE)
#: A document that deals with something is about it; a person or a measure that does is a remedy.
_DEALS = re.compile(
    r"\b(papers?|documents?|articles?|studies|study|publications?|sources?|texts?|quotes?|sentences?|authors|scholars|researchers)"
    r"((?:\s+(?:that|which|who))?)\s+(?:deal(?:s|ing)?\s+with|address(?:es|ing)?)\b",
    re.IGNORECASE,
)
#: What stands before a question, and "stand for" for "mean".
_GREETING = re.compile(r"^\s*(?:good (?:morning|afternoon|evening|day)|greetings)\b[\s,.!]*", re.IGNORECASE)
_STANDS = re.compile(r"\bstands? for\b", re.IGNORECASE)
_AS_WELL = re.compile(r"\bas well as\b", re.IGNORECASE)
_JOINING = re.compile(
    r"\s*,?\s+(?:and|&|plus|along with|(?:together|combined|connected) with)\s+(?:also\s+|the\s+)?",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|,?\s+(?:and|or|&))\s+(?:also\s+|the\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """What was found in a question.

    rest: telling words outside names, years and kinds; whole: the same with the words that name a kind; frames: all
    words, "_" for each name, with or without years, and the same with "documents" for a kind of them; telling: (word,
    as it is compared) outside names and years; slips: unknown word -> the word that was probably meant.
    """

    text: str
    mentions: tuple[Mention, ...]
    years: tuple[Bound, ...]
    kind: Bound | None
    rest: tuple[str, ...]
    whole: tuple[str, ...]
    frames: tuple[tuple[str, ...], ...]
    telling: tuple[tuple[str, str], ...]
    slips: Mapping[str, str] = field(default_factory=dict)

    def is_name(self) -> bool:
        """Whether nothing is asked, but a thing named alone: "open data"."""
        return len(self.mentions) == 1 and bool(self.mentions[0].things) and not (self.telling or self.years)

    def is_part(self, mention: Mention) -> bool:
        """Whether the words only complete a name before them: "low take-up of digital services" is one dilemma."""
        return any(self.text[other.end : mention.start].strip() == "of" for other in self.mentions if other.get("type"))

    def wants_dilemmas(self) -> bool:
        """Whether dilemmas are asked for and nothing is said of remedies: "problems of open source" are not those that
        open source solves."""
        return _DILEMMA in self.whole and _REMEDY not in self.whole

    def is_joined(self, mention: Mention) -> bool:
        """Whether the words are one of two names, "open data and trust", of which both are meant."""
        return self._stands_by(_JOINING, mention, self.mentions)

    def _stands_by(self, gap: re.Pattern[str], mention: Mention, others: Sequence[Mention]) -> bool:
        """Whether nothing but this stands between the words and one of the others, before or behind them."""
        return any(
            gap.fullmatch(self.text, *stretch)
            for other in others
            for stretch in ((other.end, mention.start), (mention.end, other.start))
        )

    def narrows(self, mention: Mention) -> bool:
        """Whether unknown words narrow the question down: a name, a number, or what a preposition leads to."""
        if mention.text.lower() == "every":
            return False
        if any(word in self.slips for word in mention.text.split()):
            return True
        before = self.text[: mention.start]
        if self._stands_by(_AND, mention, [other for other in self.mentions if other.things]):
            return True
        named = bool(before.strip()) and mention.text != mention.text.lower()
        quoted = before.rstrip()[-1:] in set('"“„«')
        return named or quoted or any(c.isdigit() for c in mention.text) or bool(_NARROWING.search(before))


def read_question(store: ox.Store, text: str, weights: Mapping[str, float]) -> Question:
    """What a question names. weights: the words that the questions of the queries hold."""
    text = _STANDS.sub("mean", _GREETING.sub("", text))
    text = _AS_WELL.sub("and", _DEALS.sub(r"\1\2 discuss", text))
    cited = [*_find_quoted(store, text), *_find_cited(store, text, weights)]
    cited += [title for title in find_titles(store, text) if not any(_overlap(title, part) for part in cited)]
    years = [year for year in find_years(text) if not any(_overlap(year, part) for part in cited)]
    kind = find_kind(text)
    taken: list[Mention | Bound] = [*cited, *years]
    names = [m for m in find_mentions(store, text) if not any(_overlap(m, part) for part in taken)]
    names += [m for m in find_demonyms(store, text) if not any(_overlap(m, part) for part in (*taken, *names))]
    if not years:
        years = [year for year in find_lone_year(text) if not any(_overlap(year, part) for part in (*cited, *names))]
    names = [m for m in names if not _is_asked_for(text, m)]
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
        frames=tuple(
            tuple(find_all_words(_cut_out(text, [*mentions, *years, *general], "{name}", years=dated)))
            for general in ([], [kind] if kind else [])
            for dated in (True, False)
        ),
        telling=tuple(_pair_words(left)),
        slips=find_slips(store, (word for m in mentions if not m.things for word in m.text.split())),
    )


def _is_asked_for(text: str, name: Mention) -> bool:
    """Whether a name is made of words for what questions ask for: "case studies", and "universities" behind "which"."""
    words, begins = set(find_telling_words(name.text)), _ASKING.search(text[: name.start])
    return words <= (_ASKED | {_AFFILIATION} if begins else _ASKED)


def _pair_words(text: str) -> Iterator[tuple[str, str]]:
    yield from ((match.group(), fold(match.group())) for match in COMPARED.finditer(text))
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
    compared = [match.span() for match in COMPARED.finditer(question)]
    for match in re.finditer(r"[^\W_]+", free):
        words = find_telling_words(match.group())
        if (
            not words
            or is_plain(words)
            or fold(match.group()) in DECISIVE
            or any(a <= match.start() < b for a, b in compared)
        ):
            continue
        if words[0] in weights and not _is_coordinated(question, match.start(), parts):
            continue
        gap = question[found[-1].end : match.start()] if found else "-"
        if found and not gap.strip():
            last = found.pop()
            found.append(Mention(question[last.start : match.end()], last.start, match.end(), ()))
        else:
            found.append(Mention(match.group(), match.start(), match.end(), ()))
    return found


def _is_coordinated(question: str, start: int, parts: Sequence[Mention | Bound]) -> bool:
    """Whether a word follows a concept and "and", and is thus meant for one, and is no word of what is asked."""
    concepts = [part for part in parts if isinstance(part, Mention) and part.get("concept")]
    word = re.match(r"[^\W_]+", question[start:])
    asked = set(find_telling_words(word[0] if word else "")) <= _ASKED
    return not asked and any(_AND.fullmatch(question, part.end, start) for part in concepts)


def _overlap(one: Mention | Bound, other: Mention | Bound) -> bool:
    return one.start < other.end and other.start < one.end


def _cut_out(text: str, parts: Sequence[Mention | Bound], instead: str = "", *, years: bool = True) -> str:
    """The text with something else, or nothing, instead of these stretches; a kind of document becomes documents.

    years: whether the years, too, become something else.
    """
    kept, position = [], 0
    for part in sorted(parts, key=lambda part: part.start):
        is_kind = isinstance(part, Bound) and part.name == "kind"
        is_year = isinstance(part, Bound) and not is_kind
        other = "documents" if instead and is_kind else "" if is_year and not years else instead
        kept += [text[position : max(position, part.start)], other]
        position = max(position, part.end)
    return " ".join([*kept, text[position:]])
