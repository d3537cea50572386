"""Documents called by words of their titles: "the FixMyStreet paper", "the Federal Data Strategy"."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.model import Iri
from kg.query.ask.demonyms import name_countries
from kg.query.ask.mentions import Mention, find_mentions
from kg.query.labels import find_objects
from kg.query.resolve import find_labels, find_titled
from kg.query.words import STOP_WORDS, find_words, fold

_NOUN = (
    r"(?:(?:white|policy|research|working|position|conference)\s+)?"
    r"(?:paper|article|study|report|document|note|playbook|handbook|manual)"
)
_WORD = r"[^\W_][\w'’/-]*"
#: "the ... paper"
_BEFORE = re.compile(rf"\bthe\s+(?P<title>{_WORD}(?:\s+(?!the\s){_WORD}){{0,5}}?)\s+{_NOUN}\b", re.IGNORECASE)
#: "the paper on ..."
_LEADING = re.compile(r"\s+(?:on|about|of|called|titled|entitled|named)\s+", re.IGNORECASE)
_BEHIND = re.compile(rf"\bthe\s+{_NOUN}{_LEADING.pattern}", re.IGNORECASE)
_NAMES = ("dcterms:title", "dcterms:identifier")
#: Words that begin with capitals, with small ones between them.
_NAME = re.compile(r"[A-Z][\w'’/-]*(?:\s+(?:(?:of|for|and|in|on|the|to)\s+){0,2}[A-Z][\w'’/-]*)+")
#: A part of a title that is called for the whole ends at such a mark.
_PART = re.compile(r"\s*[:;?!(–—]\s*|\s+-\s+")


def find_titles(store: ox.Store, question: str) -> tuple[Mention, ...]:
    """The stretches of a question that call one document by words of its title or short name, or several by the
    words with which these begin, in order, not overlapping."""
    found: list[Mention] = []
    for mention in (*_find_named(store, question), *_find_described(store, question)):
        if not any(mention.start < other.end and other.start < mention.end for other in found):
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _find_described(store: ox.Store, question: str) -> Iterator[Mention]:
    """What stands beside "paper", where it fits one document, or begins the titles or short names of some."""
    for match in _BEFORE.finditer(question):
        title, start = match["title"], match.start("title")
        more = _LEADING.match(question, match.end())
        longer = list(_find_longest(store, question, more.end(), (f"{title} ", start))) if more else []
        yield from longer or _make_mention(store, title, start, match.end())
    for match in _BEHIND.finditer(question):
        yield from _find_longest(store, question, match.end(), ("", match.start()))


def _find_longest(store: ox.Store, question: str, position: int, lead: tuple[str, int]) -> Iterator[Mention]:
    """The most words from the position on that call a document, with those that stand before them, from there on."""
    before, start = lead
    for last in reversed(list(re.finditer(_WORD, question[position:]))[:12]):
        end = position + last.end()
        if fold(last.group()) in STOP_WORDS:
            continue
        made = list(_make_mention(store, before + question[position:end], start, end))
        if made:
            yield from made
            return


def _make_mention(store: ox.Store, text: str, start: int, end: int) -> Iterator[Mention]:
    documents = find_titled(store, text)
    if not documents and (called := name_countries(text)) != text:
        text, documents = called, find_titled(store, called)
    words = find_words(text)
    if len(documents) > 1:
        documents = tuple(iri for iri in documents if any(b[: len(words)] == words for b in _find_parts(store, iri)))
    if documents:
        yield Mention(text, start, end, (("document", documents),))


def _find_named(store: ox.Store, question: str) -> Iterator[Mention]:
    """Names in capitals with which titles, or parts of them, begin; a word before them may be one of the short name."""
    names = list(_NAME.finditer(question))
    if not names:
        return
    parts = {iri: _find_parts(store, iri) for iri in find_labels(store, "document")}
    for match in names:
        text, start = match.group(), match.start()
        called_so = next((mention for mention in find_mentions(store, text) if mention.text == text), None)
        if called_so and not _is_own(called_so, find_words(text)):
            continue
        for cut in (0, *(gap.end() for gap in re.finditer(r"\s+", text))):
            called = find_words(text[cut:])
            if len(called) < 2:
                break
            fits = tuple(iri for iri, some in parts.items() if any(part[: len(called)] == called for part in some))
            before = set(find_words(text[:cut])) if text[:cut].strip() else set()
            fits = tuple(iri for iri in fits if before <= _find_short_words(store, iri))
            if fits:
                others = called_so.things if called_so else ()
                yield Mention(text, start, match.end(), (("document", fits), *others))
                break


def _is_own(mention: Mention, title: list[str]) -> bool:
    """Whether a name of three words or more is only a policy, a work or a concept, which the document may be meant by.

    "Open Data" is a concept, though a title begins so; of "Federal Data Strategy" the title is the better guess.
    """
    return len(title) > 2 and {kind for kind, _ in mention.things} <= {"policy", "concept", "work"}


def _find_parts(store: ox.Store, iri: Iri) -> list[list[str]]:
    """The words of each part of a document's title, and of its short name."""
    names = [name.value for curie in _NAMES for name in find_objects(store, iri, curie) if isinstance(name, ox.Literal)]
    return [find_words(part) for name in names for part in _PART.split(name)]


def _find_short_words(store: ox.Store, iri: Iri) -> set[str]:
    """The words of a document's short name."""
    names = find_objects(store, iri, "dcterms:identifier")
    return {word for name in names if isinstance(name, ox.Literal) for word in find_words(name.value)}
