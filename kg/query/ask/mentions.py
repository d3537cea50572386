"""Names of things in a question."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model import Iri
from kg.query.resolve import find_labels
from kg.query.words import STOP_WORDS, fold, stem

#: Kinds of things a question may name; of two that share a name the earlier is taken first.
KINDS = ("document", "person", "place", "technology", "type", "policy", "work", "dilemma", "remedy", "concept")
#: A name longer than this is a sentence, which nobody types into a question.
MAX_NAME_WORDS = 12
#: Names that are also the plain words of questions.
_PLAIN = frozenset(
    "policy document paper author place country remedy dilemma problem solution concept technology work year case law"
    " research researcher scholar government citizen term plan open".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the question that names things: iris by kind."""

    text: str
    start: int
    end: int
    things: tuple[tuple[str, tuple[Iri, ...]], ...]

    def get(self, kind: str) -> tuple[Iri, ...]:
        """The things of a kind that it names."""
        return dict(self.things).get(kind, ())


def find_mentions(store: ox.Store, question: str) -> tuple[Mention, ...]:
    """The longest names of things in the question, from left to right, not overlapping."""
    words = [(stem(fold(match.group())), match.start(), match.end()) for match in re.finditer(r"[^\W_]+", question)]
    names = _load_names(store, {word for word, _, _ in words})
    found: list[Mention] = []
    i = 0
    while i < len(words):
        length = next(
            (n for n in range(min(MAX_NAME_WORDS, len(words) - i), 0, -1) if _key(words[i : i + n]) in names), 0
        )
        if length:
            start, end = words[i][1], words[i + length - 1][2]
            things = names[_key(words[i : i + length])]
            ordered = tuple((kind, tuple(sorted(things[kind]))) for kind in KINDS if kind in things)
            found.append(Mention(question[start:end], start, end, ordered))
        i += length or 1
    return tuple(found)


def _key(words: Iterable[tuple[str, int, int]]) -> tuple[str, ...]:
    return tuple(word for word, _, _ in words)


def _load_names(store: ox.Store, asked: set[str]) -> dict[tuple[str, ...], dict[str, set[Iri]]]:
    """Name, as stems -> kind -> things, for names made of words of the question alone."""
    names: dict[tuple[str, ...], dict[str, set[Iri]]] = {}
    for kind in KINDS:
        for iri, labels in find_labels(store, kind).items():
            for key in _find_keys(kind, iri, labels):
                if asked.issuperset(key):
                    names.setdefault(key, {}).setdefault(kind, set()).add(iri)
    return names


def _find_keys(kind: str, iri: Iri, labels: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The names of a thing as stems: its labels, a document's short name, a person's family name, the name turned."""
    texts = [*labels]
    if kind == "document":
        texts.append(iri.rsplit("/", 1)[-1])
    if kind == "person" and "/organisation/" in iri:
        texts += [part for label in labels for part in label.split(", ")]
    elif kind == "person":
        for given, _, family in (label.rpartition(" ") for label in labels):
            texts += [family, f"{family} {given}"]
    for text in texts:
        words = tuple(stem(word) for word in re.findall(r"[^\W_]+", fold(text)))
        if 0 < len(words) <= MAX_NAME_WORDS and not is_plain(words):
            yield words


def is_plain(words: Sequence[str]) -> bool:
    """Whether a name is a single word that questions hold anyway, such as "policy"."""
    return len(words) == 1 and (len(words[0]) < 2 or words[0] in _PLAIN_STEMS or words[0] in STOP_WORDS)


_PLAIN_STEMS = frozenset(stem(word) for word in _PLAIN)
