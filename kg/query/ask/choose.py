"""Which query a question means, and what fills its parameters."""

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

import pyoxigraph as ox

from kg.model.errors import QueryError
from kg.query.ask.answers import COUNTS, find_asked, find_missing, is_by_place
from kg.query.ask.mentions import PROPER, Mention
from kg.query.ask.reading import COMPARED, DECISIVE, Question, read_question
from kg.query.ask.spelling import correct
from kg.query.ask.weightless import is_weightless
from kg.query.files import Parameter, QueryFile
from kg.query.labels import find_label
from kg.query.phrases import compute_fit, find_all_words, find_phrasings, find_telling_words, weigh_words
from kg.query.resolve import find_wanted
from kg.query.words import STOP_WORDS, find_words, fold, stem

#: Below this the question and the best query have too little in common to run it. Tuned on half of the questions of
#: tests/query/ask, measured on the other half.
MIN_SCORE = 0.45
#: What it counts that a query uses, or has no use for, a thing or year that the question names.
USED, UNUSED = 0.25, 0.45
#: What it counts besides that a thing fills a parameter of its own kind: a country is a place before it is a concept.
OWN_KIND = 0.1
#: What it costs that a phrasing has a blank which the question does not fill.
EMPTY_BLANK = 0.2
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
#: Words of questions that are parts of names, but never a name: "tried out", "what measures did they take".
PARTICLES = frozenset(
    "apart away back behind down effort get getting give given giving involve involving make makes making need needs"
    " new off improve improves improving out per real system systems take taken takes taking target targets today"
    " together try trying up via".split()
)
#: What a phrasing asks for, by its first such word: "which authors ..." is no question for concepts.
HEADS = frozenset(stem(word) for word in "dilemma remedy concept place technology policy case work".split())
#: Nouns for these: a question for technologies is not answered by a table of remedies.
NOUNS = frozenset(
    stem(word)
    for word in "dilemma problem challenge barrier obstacle risk concern difficulty issue hurdle weakness benefit"
    " advantage remedy solution measure recommendation proposal concept topic technology tool country place city policy"
    " law plan case example work organisation university".split()
)
#: What it counts that the question and a phrasing ask for the same, or for different things.
SAME_HEAD, OTHER_HEAD = 0.05, 0.1
#: What it costs that a phrasing asks for remedies or dilemmas where the question names neither.
UNASKED_SIDE = 0.1
#: What it costs that a concept is asked for and the query gives dilemmas or remedies.
NO_DILEMMA = 0.35
#: What a question for an order says, which a table without counts cannot give.
MOST = stem("most")
#: Words by which a question means a dilemma or a remedy.
SIDED = frozenset(stem(word) for word in "dilemma remedy propose case tried doubt evidence".split())
#: What it costs that only one of them says no, and the word that all such words become.
OTHER_SIGN, NEGATION = 0.2, "without"
#: What a question that says no asks for, too: "documents that have no dilemma" are no dilemmas.
DOCUMENT = stem("document")
#: Words that a query may leave out without being another question.
LIGHT = frozenset(stem(word) for word in "state propose number hold author document".split())
#: Of these, what there may be none of: "documents without an author".
HELD = frozenset({stem("author"), stem("document")})
#: Verbs that no table may pass over -> what speaks for them: who proposes something is asked for remedies.
VERBS = {stem("cite"): frozenset[str](), stem("propose"): frozenset({stem("remedy")})}
#: Words that say what a question is after, and what it costs that a phrasing has none for one.
STRONG = HEADS | frozenset(stem(word) for word in "most first without together only same cite propose narrower".split())
MISSED = 0.1
#: Words of a phrasing that narrow it down, which cost the same where the question does not say them.
QUALIFIERS = frozenset(stem(word) for word in "first together only same".split())
#: A single unknown word may name a thing whose label has no more words than this.
MAX_LABEL_WORDS = 3
_SIDES = ("dilemma", "remedy")
_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query chosen for a question. values: parameter -> words or year.

    unused: what the query has no place for; unknown: what is not understood at all; passed: words that say nothing
    to this query. An answer that leaves out one of the first two is the answer to another question. meant: the
    question without slips of the finger, as a sentence, "" if there is none.
    """

    query: QueryFile
    values: Mapping[str, str]
    score: float
    unused: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    meant: str = ""


#: Whether words name a thing of a kind: (type of parameter, words, whether they are a known name) -> yes or no.
_Known = Callable[[str, str, bool], bool]


def choose_query(store: ox.Store, question: str, queries: Mapping[str, QueryFile]) -> tuple[Asked, ...]:
    """The queries that the question may mean, best first, each with its values.

    Raises QueryError if none fits well enough, with the nearest ones.
    """
    weights = weigh_words(queries)
    read = read_question(store, question, weights)
    known = cache(lambda kind, text, exact: _names_something(store, kind, text, exact=exact))
    tried = [_try(query, read, weights, known) for query in queries.values()]
    found = sorted(tried, key=lambda asked: (-asked.score, asked.query.name))
    if not found or found[0].score < MIN_SCORE:
        raise QueryError(_say_none(question, found, named=read.mentions[0].text if read.is_name() else ""))
    return tuple(found)


def check_understood(found: Sequence[Asked]) -> None:
    """Raise QueryError if the best query would leave out what the question asks for, naming it and what is nearest."""
    best = found[0]
    reasons = [f"'{text}' is not understood" for text in best.unknown]
    reasons += [f"no query for this asks for '{text}' too" for text in best.unused]
    if reasons:
        near = "\n".join(_list_near(found))
        said = f"{'; '.join(reasons)}.{best.meant} Nearest, without it:"
        raise QueryError(f"{said}\n{near}\n'kg queries' lists them all.")


def _compute_phrasing_score(
    phrasing: str, read: Question, rests: Sequence[Sequence[str]], weights: Mapping[str, float], filled: frozenset[str]
) -> float:
    blanks = set(_BLANK.findall(phrasing))
    words = find_telling_words(_BLANK.sub(" ", phrasing))
    fits = [min(1.0, compute_fit(asked, words, weights) + _compare(asked, words)) for asked in rests]
    whole = find_all_words(phrasing)
    frame = max(SequenceMatcher(None, asked, whole, autojunk=False).ratio() for asked in read.frames)
    same = frame + IN_FRAME if frame >= SAME_FRAME else 0.0
    return max(*fits, same) - EMPTY_BLANK * len(blanks - filled)


def _compare(asked: Sequence[str], phrasing: Sequence[str]) -> float:
    """What counts besides shared words: asking for the same kind of thing, and saying no where the other does."""
    possible = HEADS | {DOCUMENT} if NEGATION in asked else HEADS
    one, other = (next((word for word in words if word in possible), "") for words in (asked, phrasing))
    heads = 0.0 if not one or not other else SAME_HEAD if one == other else -OTHER_HEAD
    heads -= UNASKED_SIDE * (not one and other in _SIDES)
    return heads - OTHER_SIGN * ((NEGATION in asked) != (NEGATION in phrasing))


def _try(query: QueryFile, read: Question, weights: Mapping[str, float], known: _Known) -> Asked:
    values, left = _fill(query, read, known)
    filled = frozenset(values)
    rests = (read.whole, read.rest) if "kind" in values else (read.whole,)
    plain_name = query.name.replace("_", " ")  # of a name alone, "statement methods", every word must be asked for
    words, phrasing = max(
        (_compute_phrasing_score(phrasing, read, rests, weights, filled), phrasing)
        for phrasing in find_phrasings(query)
        if phrasing != plain_name or set(find_telling_words(plain_name)) <= {*read.whole, *map(stem, filled)}
    )
    score = words + USED * len(values) + OWN_KIND * _count_own_kind(query, read, values) - UNUSED * len(left)
    score -= MISSED * len(QUALIFIERS.intersection(find_telling_words(phrasing)).difference(read.whole))
    covered = set(find_telling_words(_BLANK.sub(" ", phrasing))) | {fold(word) for word in phrasing.split()}
    told = covered | set(find_telling_words(f"{query.title} {query.name.replace('_', ' ')}"))
    unused, unknown, passed = _judge_left(read, left, told, kind_used="kind" in values)
    missing = [*find_missing(read.text, query), *_find_unsaid(read, query)]
    unused, score = (*missing, *unused), score - UNUSED * len(missing)
    score -= NO_DILEMMA * _narrows_to_side(query, read, values)
    score -= UNUSED * is_by_place(query, values, read.telling)
    score -= MISSED * sum(compared in STRONG for _, compared in read.telling if compared not in covered)
    if COUNTS.isdisjoint(query.columns) and not re.search(r"\bhow (?:often|common|frequent)", read.text, re.IGNORECASE):
        unused += tuple(word for word, compared in read.telling if compared == MOST and MOST not in covered)
    return Asked(query, values, score, unused, unknown, passed, _say_meant(read))


def _narrows_to_side(query: QueryFile, read: Question, values: Mapping[str, str]) -> bool:
    """Whether a concept fills the blank of a dilemma or remedy, and nothing is said of either or of trying it."""
    given = {values.get(parameter.name) for parameter in query.parameters if parameter.type in _SIDES}
    found = (mention for mention in read.mentions if mention.text in given and mention.things)
    others = [mention for mention in found if not {*_SIDES, "type"} & dict(mention.things).keys()]
    return bool(others) and not SIDED & set(read.whole)


def _find_unsaid(read: Question, query: QueryFile) -> list[str]:
    """The word for documents, where those without something are asked for and the query lists none."""
    first = next((compared for _, compared in read.telling if compared in HEADS or compared == DOCUMENT), "")
    if NEGATION not in read.whole or first != DOCUMENT or DOCUMENT in find_telling_words(query.name.replace("_", " ")):
        return []
    return [word for word, compared in read.telling if compared == DOCUMENT][:1]


def _judge_left(
    read: Question, left: Sequence[Mention | str], covered: set[str], *, kind_used: bool
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What a query leaves of the question: (known, unknown, of no weight)."""
    unused = [part if isinstance(part, str) else part.text for part in left if isinstance(part, str) or part.things]
    loose = [part for part in left if isinstance(part, Mention) and not part.things]
    narrowing = [part for part in loose if read.narrows(part) or _is_asked(part.text, read)]
    unknown = [part.text for part in narrowing]
    passed = [part.text for part in loose if part not in narrowing]
    kind_words = set(find_telling_words(read.text[read.kind.start : read.kind.end])) if read.kind else set()
    if read.kind and not kind_used and read.kind.value != "paper" and not (kind_words - {DOCUMENT}) & covered:
        unused.append(read.text[read.kind.start : read.kind.end])
    denied, asked = _find_denied(read), find_asked(read.text)
    for word, compared in read.telling:
        if compared in covered or fold(word) in covered or (compared in kind_words):
            continue
        if compared == NEGATION or (compared in VERBS and not VERBS[compared] & covered):
            unused.append(word)
            continue
        decides = fold(word) in DECISIVE or COMPARED.fullmatch(word)
        named = stem(fold(word)) in NOUNS or word in (denied, asked)
        place = unknown if decides else unused if named else passed
        if (compared not in LIGHT or word == denied) and fold(word) not in STOP_WORDS - DECISIVE:
            place.append(word)
    return tuple(dict.fromkeys(unused)), tuple(dict.fromkeys(unknown)), tuple(dict.fromkeys(passed))


def _is_asked(text: str, read: Question) -> bool:
    """Whether one of these words says what is asked for, or is no word that a question can lose."""
    words = text.split()
    return find_asked(read.text) in words or any(stem(fold(w)) in NOUNS or not is_weightless(w) for w in words)


def _find_denied(read: Question) -> str:
    """The word that says what is not there: "references" of "documents with no references"; "" if nothing is denied."""
    telling = [(word, compared) for word, compared in read.telling if compared not in LIGHT - HELD]
    signs = [i for i, (_, compared) in enumerate(telling) if compared == NEGATION]
    return telling[signs[0] + 1][0] if signs and signs[0] + 1 < len(telling) else ""


def _fill(query: QueryFile, read: Question, known: _Known) -> tuple[dict[str, str], list[Mention | str]]:
    """Values for the query's parameters, and what it has no place for: mentions, and the words of years."""
    values: dict[str, str] = {}
    left: list[Mention | str] = []
    types = {parameter.name: parameter.type for parameter in query.parameters}
    sides = {parameter.name: _find_side(parameter) for parameter in query.parameters}
    for year in read.years:
        if year.name in types:
            values[year.name] = year.value
        elif read.text[year.start : year.end] not in left:
            left.append(read.text[year.start : year.end])
    if read.kind and "kind" in types:
        values["kind"] = read.kind.value
    for mention in sorted(read.mentions, key=lambda mention: not mention.things):  # what is known has the first choice
        first = mention.things[0][0] if mention.things else ""
        free = {name: kind for name, kind in types.items() if name not in values}
        free = dict(sorted(free.items(), key=lambda pair: pair[1] != first))  # a document is one before it is a concept
        free = {n: kind for n, kind in free.items() if kind not in _SIDES or not read.is_part(mention)}
        if not read.is_joined(mention):
            free.pop("other", None)
        if read.wants_dilemmas():
            free = {n: kind for n, kind in free.items() if kind != "remedy"}
        if not mention.things and not read.narrows(mention) and any(types[name] in _SIDES for name in values):
            free = {}
        name = next(
            (n for n, kind in free.items() if _can_fill(kind, mention, known) and _is_side(sides[n], mention)), ""
        )
        if name:
            values[name] = mention.text
        elif mention.text not in {part.text for part in left if isinstance(part, Mention)}:
            left.append(mention)
    return values, left


def _find_side(parameter: Parameter) -> str:
    """ "dilemma" or "remedy" for what takes one of these or its types, "organisation", else ""."""
    if parameter.name == "organisation":
        return parameter.name
    if parameter.type != "type":
        return parameter.type if parameter.type in _SIDES else ""
    return next((side for side in _SIDES if side in parameter.meaning), "")


def _is_side(side: str, mention: Mention) -> bool:
    """Whether a type that is named is one of this side; what names no type is."""
    if side == "organisation":
        return any("/organisation/" in iri for iri in mention.get("person"))
    if not side or not mention.things or mention.things[0][0] != "type":
        return True
    other = next(name for name in _SIDES if name != side)
    return any(f"/{other}-types" not in iri for iri in mention.get("type"))


def _count_own_kind(query: QueryFile, read: Question, values: Mapping[str, str]) -> int:
    """How many parameters are filled by what is of their kind, or of a type of their kind, before any other."""
    firsts = {mention.text: mention for mention in read.mentions if mention.things}
    found = 0
    for parameter in query.parameters:
        mention = firsts.get(values.get(parameter.name, ""))
        if mention:
            first = mention.things[0][0]
            found += parameter.type == first or (first == "type" and parameter.type in _SIDES)
    return found


def _can_fill(kind: str, mention: Mention, known: _Known) -> bool:
    if not mention.things and (kind not in LOOSE_KINDS or mention.text.endswith("ed") or mention.text in PARTICLES):
        return False
    if mention.things and not any(mention.get(named) for named in FILLS.get(kind, ())):
        return False
    first = mention.things[0][0] if mention.things else ""
    titled = first == "document" and mention.text != mention.text.lower()
    if (first in PROPER and kind != first) or (titled and kind not in {"document", "policy", "concept"}):
        return False
    return known(kind, mention.text, bool(mention.things))


def _names_something(store: ox.Store, kind: str, text: str, *, exact: bool) -> bool:
    try:
        things = find_wanted(store, kind, text)
    except QueryError:
        return False
    if exact or len(find_words(text)) > 1:
        return bool(things)
    return any(len(find_words(find_label(store, thing))) <= MAX_LABEL_WORDS for thing in things)


def _say_meant(read: Question) -> str:
    return f' Did you mean "{correct(read.text, read.slips)}"?' if read.slips else ""


def to_command(asked: Asked) -> str:
    """What a person types to ask just this."""
    values = [f" -p {name}={shlex.quote(value)}" for name, value in asked.values.items()]
    return f"kg query {asked.query.name}{''.join(values)}"


def _list_near(found: Sequence[Asked]) -> list[str]:
    return [f"  {to_command(asked)}   {asked.query.title}" for asked in found[:3] if asked.score > 0]


def _say_none(question: str, found: Sequence[Asked], *, named: str) -> str:
    near = _list_near(found)
    unknown = "".join(f"; '{text}' is not understood" for text in (found[0].unknown if found else ()))
    meant = found[0].meant if found else ""
    if named:
        return f"'{named}' by itself asks nothing. For all that is known of it: kg show {shlex.quote(named)}"
    if not near:
        return f"no query answers '{question}'{unknown}.{meant} 'kg queries' lists what can be asked."
    said = f"no query surely answers '{question}'{unknown}.{meant} Nearest:"
    return "\n".join([said, *near, "'kg queries' lists them all."])
