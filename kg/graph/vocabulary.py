"""Turtle files of an ontology folder -> Concept records, and the terms a graph may use.

Every `*.ttl` of a folder is read with pyoxigraph; a concept described in two files is one concept.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg.model import PREFIXES, Concept, Iri, ValidationError

_SKOS = PREFIXES["skos"]
_TYPE = PREFIXES["rdf"] + "type"
_CONCEPT = _SKOS + "Concept"
#: The languages tried in turn for the one name and definition of a concept; "" is an untagged text.
LANGUAGES = ("en", "")
PLACE_KINDS = ("Country", "AdministrativeArea", "City")

_Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: subject -> predicate -> objects in file order.
_Facts: TypeAlias = dict[str, dict[str, list[_Node]]]


def load_concepts(folder: Path, *more: Path) -> tuple[Concept, ...]:
    """Every SKOS concept of the Turtle files of these folders, sorted by identifier.

    folder, more: for instance the ontology that comes with kg and a workspace's own `ontology/`.
    Raises ValidationError for a missing folder, a file that is not Turtle, or a concept without a name.
    """
    facts, origin = _read_facts((folder, *more))
    found = (iri for iri in sorted(facts) if _CONCEPT in _find_iris(facts[iri], _TYPE))
    return tuple(_make_concept(iri, facts[iri], origin[iri]) for iri in found)


def load_ambiguous_labels(folder: Path, *more: Path) -> frozenset[str]:
    """The labels that also mean something else ("Georgia", "Turkey"): matched only where the context speaks for them.

    Raises ValidationError as load_concepts does.
    """
    facts, _ = _read_facts((folder, *more))
    predicate = PREFIXES["dg"] + "ambiguousLabel"
    return frozenset(text for own in facts.values() for _, text in _find_texts(own, predicate))


def declared_terms(folder: Path, *more: Path) -> frozenset[str]:
    """Every IRI that the Turtle files of these folders give a type: own terms, and those named of other vocabularies.

    Raises ValidationError as load_concepts does.
    """
    facts, _ = _read_facts((folder, *more))
    return frozenset(subject for subject, own in facts.items() if _TYPE in own)


def find_turtle_files(folder: Path) -> tuple[Path, ...]:
    """The Turtle files of an ontology folder, sorted by name.

    Raises ValidationError if there is no such folder.
    """
    if not folder.is_dir():
        raise ValidationError(f"{folder}: no such folder of Turtle files; `kg init` lays one out, or make it yourself")
    return tuple(sorted(folder.glob("*.ttl")))


def parse_turtle(path: Path) -> Iterator[ox.Triple]:
    """The triples of one Turtle file.

    Raises ValidationError with the place of the fault if it is not Turtle.
    """
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            yield quad.triple
    except SyntaxError as error:
        raise ValidationError(
            f"{path.name} line {error.lineno}: not Turtle: {error.msg}. "
            f"Correct the line, or take the file out of {path.parent}, and run the command again."
        ) from error


def _read_facts(folders: Iterable[Path]) -> tuple[_Facts, dict[str, str]]:
    """All facts by subject, and the first file that speaks of each subject."""
    facts: _Facts = defaultdict(lambda: defaultdict(list))
    origin: dict[str, str] = {}
    for path in dict.fromkeys(path.resolve() for folder in folders for path in find_turtle_files(folder)):
        for triple in parse_turtle(path):
            subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
            if subject:
                facts[subject][triple.predicate.value].append(triple.object)
                origin.setdefault(subject, path.name)
    return facts, origin


def _make_concept(iri: str, own: dict[str, list[_Node]], file: str) -> Concept:
    preferred = _find_texts(own, _SKOS + "prefLabel")
    label = _choose_text(preferred)
    if not label:
        raise ValidationError(f'{file}: <{iri}> is a skos:Concept without a name; add skos:prefLabel "..."@en to it.')
    others = {text for _, text in (*preferred, *_find_texts(own, _SKOS + "altLabel"))} - {label}
    return Concept(
        iri=Iri(iri),
        scheme=_find_scheme(own),
        label=label,
        labels=(label, *sorted(others)),
        definition=_choose_text(_find_texts(own, _SKOS + "definition")),
        broader=_find_iris(own, _SKOS + "broader"),
        related=tuple(sorted({*_find_iris(own, _SKOS + "related"), *_find_iris(own, _SKOS + "relatedMatch")})),
        cues=tuple(sorted({text for _, text in _find_texts(own, _SKOS + "hiddenLabel")})),
        place_kind=_find_place_kind(own),
    )


def _find_scheme(own: dict[str, list[_Node]]) -> str:
    """The short name of the scheme: what follows the last "#" or "/" of its identifier."""
    schemes = _find_iris(own, _SKOS + "inScheme")
    return schemes[0].rstrip("/#").replace("#", "/").rpartition("/")[2] if schemes else "concepts"


def _find_place_kind(own: dict[str, list[_Node]]) -> str:
    types = _find_iris(own, _TYPE)
    return next((kind for kind in PLACE_KINDS if PREFIXES["schema"] + kind in types), "")


def _find_iris(own: dict[str, list[_Node]], predicate: str) -> tuple[Iri, ...]:
    return tuple(sorted({Iri(node.value) for node in own.get(predicate, ()) if isinstance(node, ox.NamedNode)}))


def _find_texts(own: dict[str, list[_Node]], predicate: str) -> list[tuple[str, str]]:
    """(language, text) of every literal, sorted."""
    return sorted((node.language or "", node.value) for node in own.get(predicate, ()) if isinstance(node, ox.Literal))


def _choose_text(texts: list[tuple[str, str]]) -> str:
    """The text in the first of LANGUAGES that has one, else in any language, else ""."""
    by_language = dict(reversed(texts))
    found = next((by_language[language] for language in LANGUAGES if language in by_language), "")
    return found or (texts[0][1] if texts else "")
