"""What the answer to a question must have, by the words of the question: columns, and places only where asked for."""

import re
from collections.abc import Iterator, Mapping

from kg.query.files import QueryFile
from kg.query.phrases import find_telling_words

_PLACES = frozenset({"place", "places", "country", "jurisdiction", "thing"})
_BODIES = frozenset({"organisation", "affiliation", "actor", "publisher"})
_LAWS = frozenset({"policy", "thing"})
_TYPES = frozenset({"type", "kind", "narrower", "remedyType", "dilemmaType"})
_YEARS = frozenset({"year", "first", "since", "last"})
_AUTHORS = frozenset({"author", "authors", "coauthor", "person", "affiliation"})
_PEOPLE = _AUTHORS | {"name", "actor", "document", "work"}
#: What a question asks for by its first words -> columns of which an answer must have one.
_FIRST: tuple[tuple[str, frozenset[str]], ...] = (
    (r"(?:in |for |from )?(?:which|what) (?:countr|cit(?:y|ies)|nation|region|place)\w*", _PLACES),
    (r"(?:which|what) (?:government )?(?:organi[sz]ation|universit|institut|agenc|ministr)\w*", _BODIES),
    (r"(?:which|what) (?:law|plan|act|directive)s?\b", _LAWS),
    (r"when|(?:in |since )?(?:which|what) years?", _YEARS),
    (r"(?:by |with )?who(?:m|se)?\b|(?:by )?(?:which|what) (?:author|researcher|scholar)s?\b", _PEOPLE),
    (r"(?:list )?(?:all )?(?:the )?(?:authors|researchers|scholars)\b", _AUTHORS | {"name"}),
    (r"(?:list )?(?:all )?(?:the )?countries\b", _PLACES),
)
#: Columns by which a table can be in the order of most.
COUNTS = frozenset("documents works count links shared dilemmas remedies statements".split())
_EACH = r"\b(?:each|every|per)\s+"
#: What it asks for anywhere -> the same: "how many dilemmas does each author describe" is no count by document.
_ANYWHERE: tuple[tuple[str, frozenset[str]], ...] = (
    (_EACH + r"(?:author|researcher|scholar)\b", _AUTHORS),
    (_EACH + r"(?:country|nation|place)\b", _PLACES),
    (_EACH + r"(?:organi[sz]ation|university|agency|ministry)\b", _BODIES),
    (_EACH + r"year\b|\bby year\b", _YEARS),
    (r"\bby country\b", _PLACES),
    (r"\bmethods?\b.*\b(?:papers|documents|studies|articles|authors)\b|\bresearch methods?\b", frozenset()),
    (r"\b(?:remedies|solutions|measures|dilemmas|problems) (?:need|require)\b", frozenset()),
    (r"\b(?:quote|quotation|sentence)s?\b", frozenset({"quote", "remedyQuote"})),
    (
        r"\b(?:type|kind|sort|categorie|category)s?(?= of\b)",
        _TYPES,
    ),
)
#: Places that no query can sort out, and people by where they are from.
_NOWHERE = re.compile(
    r"\b(?:by|in|of|from)\s+(?:(?:the|other|small|large|many|all|some)\s+)*"
    r"(?:countries|cities|regions|municipalities|towns|governments)\b"
    r"|\b(?:authors|researchers|scholars)\s+(?:from|based\s+in)\b",
    re.IGNORECASE,
)
#: Places below a country, and what stands in a query that lists countries alone.
_SMALL = re.compile(
    r"(?:in |for |from )?(?:which|what) (?:cit(?:y|ies)|regions?|municipalit\w+|towns?)\b", re.IGNORECASE
)
_COUNTRIES = re.compile(r"\ba schema:Country\b")
_ASKED = re.compile(
    r"\b(?:which|what)\s+(?:[a-z]+\s+)?([a-z]{3,}[^\Ws_]s)\b|^who\s+(?:has\s+|have\s+)?([a-z]+)\b", re.I
)
_PLACE = find_telling_words("place")[0]


def find_missing(question: str, query: QueryFile) -> Iterator[str]:
    """What the question asks for and the answer has no column for, as the question puts it."""
    question = question.strip()
    first = [(re.match(pattern, question, re.IGNORECASE), wanted) for pattern, wanted in _FIRST]
    anywhere = [(re.search(pattern, question, re.IGNORECASE), wanted) for pattern, wanted in _ANYWHERE]
    yield from (match[0] for match, wanted in (*first, *anywhere) if match and wanted.isdisjoint(query.columns))
    small = _SMALL.match(question)
    if small and _COUNTRIES.search(query.text):
        yield small[0]
    yield from (match[0] for match in _NOWHERE.finditer(question))


def find_asked(question: str) -> str:
    """What is asked for behind "which", in the plural, or what "who" does: "journals" of "which journals are the papers
    from", "funded" of "who funded it"; else ""."""
    match = _ASKED.search(question)
    return (match[1] or match[2]) if match else ""


def is_by_place(query: QueryFile, values: Mapping[str, str], telling: tuple[tuple[str, str], ...]) -> bool:
    """Whether the answer goes place by place, and thus leaves out what names none, though no place is asked for."""
    words = {word.lower() for word, compared in telling if compared == _PLACE}
    other = {"governments", "where"} if "document" in query.columns else {"governments"}  # "where is it mentioned?"
    asked = "place" in values or bool(words - other)
    return query.columns[:1] == ("place",) and not asked
