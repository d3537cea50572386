"""What a shape asks of a graph, checked in one pass over plain facts.

Covers the part of SHACL that ontology/shapes.ttl uses; pySHACL covers all of it and must agree on this part.
Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, chapters 2, 4 and 5.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

import pyoxigraph as ox

from kg.model import PREFIXES

Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
_TYPE = PREFIXES["rdf"] + "type"
_SUBCLASS = PREFIXES["rdfs"] + "subClassOf"
_LEXICAL = {
    PREFIXES["xsd"] + "integer": re.compile(r"[+-]?[0-9]+"),
    PREFIXES["xsd"] + "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    PREFIXES["xsd"] + "boolean": re.compile(r"true|false|0|1"),
}
#: Local name of a SHACL node kind -> the terms that are of it.
NODE_KINDS: dict[str, tuple[type, ...]] = {
    "IRI": (ox.NamedNode,),
    "Literal": (ox.Literal,),
    "BlankNode": (ox.BlankNode,),
    "BlankNodeOrIRI": (ox.BlankNode, ox.NamedNode),
    "IRIOrLiteral": (ox.NamedNode, ox.Literal),
    "BlankNodeOrLiteral": (ox.BlankNode, ox.Literal),
}


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is not as a shape asks.

    focus: identifier of the thing at fault; shape: name of the node shape ("Document").
    message: plain words; severity: "Violation", "Warning" or "Info"; value: what was found, "" if something is missing.
    """

    focus: str
    shape: str
    message: str
    severity: str = "Violation"
    value: str = ""

    def __str__(self) -> str:
        found = f" (found: {self.value})" if self.value else ""
        return f"{self.severity}: {self.focus}: {self.message}{found}"


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path by any of the predicates, followed backwards if inverse."""

    predicates: tuple[str, ...]
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """What holds for the values at the end of a path.

    constraints: (local name of the SHACL parameter, its value). properties: what each value itself is asked for.
    """

    path: tuple[Step, ...]
    constraints: tuple[tuple[str, Node | tuple[Node, ...]], ...]
    message: str = ""
    severity: str = "Violation"
    properties: tuple["PropertyShape", ...] = ()


@dataclass(frozen=True, slots=True)
class QueryShape:
    """A SELECT whose rows (?this, ?value) are violations."""

    query: str
    prefixes: tuple[tuple[str, str], ...]
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class NodeShape:
    """Which nodes a shape is about, and what it asks of them. Targets are identifiers of nodes, classes, predicates."""

    name: str
    nodes: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    subjects_of: tuple[str, ...] = ()
    objects_of: tuple[str, ...] = ()
    properties: tuple[PropertyShape, ...] = ()
    queries: tuple[QueryShape, ...] = ()


@dataclass(slots=True)
class Facts:
    """A graph as nested dictionaries; the names of named graphs are gone."""

    triples: list[ox.Triple]
    forward: dict[str, dict[Node, dict[Node, None]]] = field(default_factory=lambda: defaultdict(dict))
    backward: dict[str, dict[Node, dict[Node, None]]] = field(default_factory=lambda: defaultdict(dict))
    _below: dict[str, dict[Node, None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for triple in self.triples:
            subject, name, value = triple.subject, triple.predicate.value, triple.object
            if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
                continue  # RDF 1.2; this project's graphs are RDF 1.1
            self.forward[name].setdefault(subject, {})[value] = None
            self.backward[name].setdefault(value, {})[subject] = None

    def follow(self, node: Node, path: tuple[Step, ...]) -> dict[Node, None]:
        """The nodes at the end of a path, each once."""
        reached: dict[Node, None] = {node: None}
        for step in path:
            edges = self.backward if step.inverse else self.forward
            reached = {end: None for p in step.predicates for start in reached for end in edges[p].get(start, ())}
        return reached

    def find_instances(self, class_iri: str) -> dict[Node, None]:
        """Nodes of a class or of a class below it."""
        below = self._find_below(class_iri)
        return {node: None for name in below for node in self.backward[_TYPE].get(name, ())}

    def is_instance(self, node: Node, class_iri: str) -> bool:
        """Whether a node is of a class or of a class below it."""
        below = self._find_below(class_iri)
        return any(name in below for name in self.forward[_TYPE].get(node, ()))

    def _find_below(self, class_iri: str) -> dict[Node, None]:
        if class_iri not in self._below:
            top: Node = ox.NamedNode(class_iri)
            found, waiting = {top: None}, [top]
            while waiting:
                lower = [node for node in self.backward[_SUBCLASS].get(waiting.pop(), ()) if node not in found]
                found.update(dict.fromkeys(lower))
                waiting.extend(lower)
            self._below[class_iri] = found
        return self._below[class_iri]


def check_facts(facts: Facts, shapes: Iterable[NodeShape]) -> set[Violation]:
    """Every violation of the property shapes."""
    return {violation for shape in shapes for violation in _check_shape(facts, shape)}


def check_queries(store: ox.Store, shapes: Iterable[NodeShape]) -> set[Violation]:
    """Every violation that a query of the shapes finds; the store holds the triples in its default graph."""
    found: set[Violation] = set()
    for shape in shapes:
        for query in shape.queries:
            rows = store.query(query.query, prefixes=dict(query.prefixes))
            if isinstance(rows, ox.QuerySolutions):
                for row in rows:
                    value = row["value"].value if row["value"] else ""
                    found.add(Violation(row["this"].value, shape.name, query.message, query.severity, value))
    return found


def _find_focus(facts: Facts, shape: NodeShape) -> dict[Node, None]:
    found: dict[Node, None] = {ox.NamedNode(name): None for name in shape.nodes}
    for name in shape.classes:
        found.update(facts.find_instances(name))
    for name in shape.subjects_of:
        found.update(dict.fromkeys(facts.forward[name]))
    for name in shape.objects_of:
        found.update(dict.fromkeys(facts.backward[name]))
    return found


def _check_shape(facts: Facts, shape: NodeShape) -> Iterator[Violation]:
    for focus in _find_focus(facts, shape):
        for asked in shape.properties:
            yield from _check_property(facts, focus, asked, shape.name)


def _check_property(facts: Facts, focus: Node, asked: PropertyShape, shape: str) -> Iterator[Violation]:
    values = list(facts.follow(focus, asked.path))
    for name, argument in asked.constraints:
        for value in _CHECKS[name](facts, focus, values, argument):
            yield Violation(focus.value, shape, asked.message, asked.severity, "" if value is None else value.value)
    for inner in asked.properties:
        for value in values:
            yield from _check_property(facts, value, inner, shape)


# Each check gives the values at fault, or None where something is missing or too much.
_Check: TypeAlias = Callable[[Facts, Node, list[Node], object], Iterable[Node | None]]


def _check_min_count(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    return [None] if len(values) < _number(argument) else []


def _check_max_count(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    return [None] if len(values) > _number(argument) else []


def _check_node_kind(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    kinds = NODE_KINDS[str(getattr(argument, "value", "")).rpartition("#")[2]]
    return [value for value in values if not isinstance(value, kinds)]


def _check_datatype(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    return [value for value in values if not _is_of(value, str(getattr(argument, "value", "")))]


def _check_in(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    allowed = argument if isinstance(argument, tuple) else (argument,)
    return [value for value in values if value not in allowed]


def _check_class(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    return [value for value in values if not facts.is_instance(value, str(getattr(argument, "value", "")))]


def _check_min_inclusive(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    bound = _number(argument)
    return [value for value in values if (number := _number_or_none(value)) is None or number < bound]


def _check_max_inclusive(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    bound = _number(argument)
    return [value for value in values if (number := _number_or_none(value)) is None or number > bound]


def _check_min_length(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    return [value for value in values if isinstance(value, ox.BlankNode) or len(value.value) < _number(argument)]


def _check_pattern(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    pattern = re.compile(str(getattr(argument, "value", "")))
    return [value for value in values if isinstance(value, ox.BlankNode) or not pattern.search(value.value)]


def _check_less_than(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    others = _find_others(facts, focus, argument)
    return [value for value in values if any(not _is_less(value, other) for other in others)]


def _check_disjoint(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    others = _find_others(facts, focus, argument)
    return [value for value in values if value in others]


def _check_unique_lang(facts: Facts, focus: Node, values: list[Node], argument: object) -> Iterable[Node | None]:
    languages = [value.language for value in values if isinstance(value, ox.Literal) and value.language]
    return [None] if len(languages) > len(set(languages)) else []


#: Local name of a SHACL parameter -> its check; a parameter that is not here is left to pySHACL.
_CHECKS: dict[str, _Check] = {
    "minCount": _check_min_count,
    "maxCount": _check_max_count,
    "nodeKind": _check_node_kind,
    "datatype": _check_datatype,
    "in": _check_in,
    "class": _check_class,
    "minInclusive": _check_min_inclusive,
    "maxInclusive": _check_max_inclusive,
    "minLength": _check_min_length,
    "pattern": _check_pattern,
    "lessThan": _check_less_than,
    "disjoint": _check_disjoint,
    "uniqueLang": _check_unique_lang,
}
CHECKED_PARAMETERS = frozenset(_CHECKS)


def _find_others(facts: Facts, focus: Node, predicate: object) -> dict[Node, None]:
    return facts.follow(focus, (Step((str(getattr(predicate, "value", "")),)),))


def _is_of(value: Node, datatype: str) -> bool:
    if not isinstance(value, ox.Literal) or value.datatype.value != datatype:
        return False
    lexical = _LEXICAL.get(datatype)
    return lexical is None or lexical.fullmatch(value.value) is not None


def _number_or_none(value: object) -> Decimal | None:
    try:
        return Decimal(value.value) if isinstance(value, ox.Literal) else None
    except InvalidOperation:
        return None


def _number(value: object) -> Decimal:
    """The number of a shape's own argument; 0 for one that is not a number."""
    return _number_or_none(value) or Decimal(0)


def _is_less(one: Node, other: Node) -> bool:
    left, right = _number_or_none(one), _number_or_none(other)
    if left is not None and right is not None:
        return left < right
    return isinstance(one, ox.Literal) and isinstance(other, ox.Literal) and one.value < other.value
