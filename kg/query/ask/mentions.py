"""Names of things in a question."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model import Iri
from kg.query.resolve import find_labels
from kg.query.words import STOP_WORDS, fold, stem

#: Kinds of things a question may name; of two that share a name the earlier is taken first.
KINDS = ("document", "person", "place", "technology", "type", "policy", "work", "dilemma", "remedy", "concept")
#: Kinds whose names are names, found word for word: what is main is not Maine.
PROPER = frozenset({"person", "place"})
#: Stands before a word that is not to be compared by its stem.
PLAINLY = "="
#: A name longer than this is a sentence, which nobody types into a question.
MAX_NAME_WORDS = 12
#: Of so many words of a person's name the last but one may be a family name.
MIN_WORDS_WITH_FATHER = 3
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
    words = [(fold(match.group()), match.start(), match.end()) for match in re.finditer(r"[^\W_]+", question)]
    names = _load_names(store, {form for word, _, _ in words for form in (stem(word), PLAINLY + word)})
    found: list[Mention] = []
    i = 0
    while i < len(words):
        things: dict[str, set[Iri]] = {}
        length = min(MAX_NAME_WORDS, len(words) - i)
        while length and not (things := _look_up(names, [word for word, _, _ in words[i : i + length]])):
            length -= 1
        if length == 1 and words[i][0].endswith("ed") and not PROPER & things.keys():
            things = {}  # who funded something is no question for funds
        if things:
            start, end = words[i][1], words[i + length - 1][2]
            ordered = tuple((kind, tuple(sorted(things[kind]))) for kind in KINDS if kind in things)
            found.append(Mention(question[start:end], start, end, ordered))
        i += length or 1
    return tuple(found)


def _look_up(names: Mapping[tuple[str, ...], Mapping[str, set[Iri]]], words: Sequence[str]) -> dict[str, set[Iri]]:
    """Kind -> things that these words name, by their stems or, of what has a name of its own, word for word."""
    stems, plain = tuple(map(stem, words)), tuple(PLAINLY + word for word in words)
    return {**names.get(stems, {}), **names.get(plain, {})}


def _load_names(store: ox.Store, asked: set[str]) -> dict[tuple[str, ...], dict[str, set[Iri]]]:
    """Name, as stems or word for word -> kind -> things, for names made of words of the question alone."""
    names: dict[tuple[str, ...], dict[str, set[Iri]]] = {}
    labelled = {kind: find_labels(store, kind) for kind in KINDS}
    proper = {iri for kind in PROPER for iri in labelled[kind]}  # a place is a concept, too
    for kind, found in labelled.items():
        for iri, labels in found.items():
            for key in _find_keys(kind, iri, labels, plainly=iri in proper):
                if asked.issuperset(key):
                    names.setdefault(key, {}).setdefault(kind, set()).add(iri)
    fathers = [(key, iri) for iri, labels in labelled["person"].items() for key in _find_fathers(iri, labels)]
    taken = set(names)
    for key, iri in fathers:
        if asked.issuperset(key) and key not in taken:
            names.setdefault(key, {}).setdefault("person", set()).add(iri)
    return names


def _find_fathers(iri: Iri, labels: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The first of two family names, "Hidalgo" of "Francisco José Hidalgo López", which may be a given name, too."""
    for words in (re.findall(r"[^\W_]+", fold(label)) for label in labels if "/organisation/" not in iri):
        if len(words) >= MIN_WORDS_WITH_FATHER and len(words[-2]) > 1 and words[-2] not in STOP_WORDS:
            yield (PLAINLY + words[-2],)


def _find_keys(kind: str, iri: Iri, labels: tuple[str, ...], *, plainly: bool) -> Iterator[tuple[str, ...]]:
    """The names of a thing as stems: its labels, a document's short name, a person's family name, the name turned."""
    texts = [*labels]
    if kind == "document":
        texts.append(iri.rsplit("/", 1)[-1])
    if kind == "person" and "/organisation/" in iri:
        texts += [part for label in labels for part in label.split(", ")]
    elif kind == "person":
        for given, _, family in (label.rpartition(" ") for label in labels):
            texts += [family, f"{family} {given}", family.partition("-")[0]]
    for text in texts:
        words = re.findall(r"[^\W_]+", fold(text))
        stems = tuple(map(stem, words))
        if 0 < len(words) <= MAX_NAME_WORDS and not is_plain(stems):
            yield tuple(PLAINLY + word for word in words) if plainly else stems


def is_plain(words: Sequence[str]) -> bool:
    """Whether a name is a single word that questions hold anyway, such as "policy"."""
    return len(words) == 1 and (len(words[0]) < 2 or words[0] in _PLAIN_STEMS or words[0] in STOP_WORDS)


_PLAIN_STEMS = frozenset(stem(word) for word in _PLAIN)
