"""Whether a graph has the shape that ontology/shapes.ttl asks for.

The same file of shapes drives both ways to check: a fast one for every write, and pySHACL for the whole standard.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.constraints import (
    CHECKED_PARAMETERS,
    NODE_KINDS,
    Facts,
    Node,
    NodeShape,
    PropertyShape,
    QueryShape,
    Step,
    Violation,
    check_facts,
    check_queries,
)
from kg.graph.vocabulary import parse_turtle
from kg.model import PREFIXES, ValidationError

if TYPE_CHECKING:
    import rdflib

SHAPES_FILE = "shapes.ttl"
#: Said where a shape has no sh:message.
DEFAULT_MESSAGE = "Not as this shape asks."
_RDF, _SH = PREFIXES["rdf"], PREFIXES["sh"]
_NUMBERS = frozenset({"minCount", "maxCount", "minInclusive", "maxInclusive", "minLength"})
#: A shape may only look at the graph that it is run on.
_REACHES_OUT = re.compile(r"\b(?:service|from|load)\b", re.IGNORECASE)

__all__ = ["SHAPES_FILE", "NodeShape", "Violation", "load_shapes", "validate"]


def validate(nquads: bytes, folder: Path, *, full: bool = False) -> tuple[Violation, ...]:
    """Everything in a graph that breaks the shapes of `folder/shapes.ttl`, sorted; () if all is well.

    nquads: one or more named graphs, checked as one.
    full: by pySHACL, which knows all of the standard but takes seconds; otherwise by our own check of the core.
    Raises ValidationError if the graph is not N-Quads or the shapes cannot be read.
    """
    triples = _parse_nquads(nquads)
    shapes = load_shapes(folder)
    if full:
        return tuple(sorted(_run_pyshacl(triples, folder / SHAPES_FILE), key=_order))
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return tuple(sorted(check_facts(Facts(triples), shapes) | check_queries(store, shapes), key=_order))


def load_shapes(folder: Path) -> tuple[NodeShape, ...]:
    """The node shapes of `folder/shapes.ttl`, sorted by name.

    Raises ValidationError if there is no such file, it is not Turtle, or a shape in it cannot be used.
    """
    path = folder / SHAPES_FILE
    if not path.is_file():
        raise ValidationError(f"{path}: no such file; `kg init` lays out the ontology with its shapes")
    stat = path.stat()
    return _read_shapes(path, (stat.st_ino, stat.st_mtime_ns, stat.st_size))


@functools.lru_cache(maxsize=4)
def _read_shapes(path: Path, stamp: tuple[int, ...]) -> tuple[NodeShape, ...]:
    """The shapes of a file as it is at a time: every document is checked by the same."""
    reader = _ShapeReader(path.name, Facts(list(parse_turtle(path))))
    return tuple(sorted(reader.read(), key=lambda shape: shape.name))


def _order(violation: Violation) -> tuple[str, ...]:
    return (violation.severity, violation.focus, violation.shape, violation.message, violation.value)


def _parse_nquads(nquads: bytes) -> list[ox.Triple]:
    """The triples without the names of their graphs, each once."""
    try:
        quads = ox.parse(nquads, format=ox.RdfFormat.N_QUADS)
        return list(dict.fromkeys(quad.triple for quad in quads))
    except SyntaxError as error:
        raise ValidationError(f"line {error.lineno} of the graph is not N-Quads: {error.msg}") from error


class _ShapeReader:
    """Reads the shapes of one file."""

    def __init__(self, file: str, facts: Facts) -> None:
        self.file, self.facts = file, facts

    def read(self) -> Iterator[NodeShape]:
        """The node shapes of the file."""
        for node in self.facts.find_instances(_SH + "NodeShape"):
            yield NodeShape(
                name=_local_name(node),
                nodes=self._names(node, "targetNode"),
                classes=self._names(node, "targetClass"),
                subjects_of=self._names(node, "targetSubjectsOf"),
                objects_of=self._names(node, "targetObjectsOf"),
                properties=tuple(self._read_property(p) for p in self._get(node, "property")),
                queries=tuple(self._read_query(q) for q in self._get(node, "sparql")),
            )

    def _get(self, node: Node, name: str) -> list[Node]:
        return list(self.facts.forward[_SH + name].get(node, ()))

    def _names(self, node: Node, name: str) -> tuple[str, ...]:
        return tuple(sorted(value.value for value in self._get(node, name)))

    def _text(self, node: Node, name: str) -> str:
        values = self._get(node, name)
        return values[0].value if values else ""

    def _severity(self, node: Node) -> str:
        return self._text(node, "severity").rpartition("#")[2] or "Violation"

    def _read_property(self, node: Node) -> PropertyShape:
        constraints: dict[str, Node | tuple[Node, ...]] = {}
        for name in sorted(CHECKED_PARAMETERS):
            for value in self._get(node, name):
                self._check_argument(name, value)
                constraints[name] = tuple(self._read_list(value)) if name == "in" else value
        paths = self._get(node, "path")
        if not paths:
            raise ValidationError(f"{self.file}: a property shape has no path")
        return PropertyShape(
            path=tuple(self._read_path(paths[0])),
            constraints=tuple(constraints.items()),
            message=self._text(node, "message") or (DEFAULT_MESSAGE if constraints else ""),
            severity=self._severity(node),
            properties=tuple(self._read_property(inner) for inner in self._get(node, "property")),
        )

    def _check_argument(self, name: str, value: Node) -> None:
        if name == "nodeKind" and _local_name(value) not in NODE_KINDS:
            raise ValidationError(f"{self.file}: <{value.value}> is no kind of node; known: {', '.join(NODE_KINDS)}")
        if name in _NUMBERS and not re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", value.value):
            raise ValidationError(f"{self.file}: sh:{name} must be a number, not '{value.value}'")
        if name == "pattern":
            try:
                re.compile(value.value)
            except re.error as error:
                raise ValidationError(f"{self.file}: '{value.value}' is no pattern: {error}") from error

    def _read_path(self, node: Node) -> Iterator[Step]:
        if isinstance(node, ox.NamedNode):
            yield Step((node.value,))
        elif inverse := self._get(node, "inversePath"):
            (step,) = self._read_path(inverse[0])
            yield Step(step.predicates, inverse=not step.inverse)
        elif choices := self._get(node, "alternativePath"):
            yield Step(tuple(choice.value for choice in self._read_list(choices[0])))
        elif node in self.facts.forward[_RDF + "first"]:
            for part in self._read_list(node):
                yield from self._read_path(part)
        else:
            raise ValidationError(f"{self.file}: a path is no property, inverse, choice or list of them")

    def _read_list(self, node: Node) -> Iterator[Node]:
        first, rest = self.facts.forward[_RDF + "first"], self.facts.forward[_RDF + "rest"]
        while node in first:
            yield next(iter(first[node]))
            node = next(iter(rest[node]))

    def _read_query(self, node: Node) -> QueryShape:
        query = self._text(node, "select")
        if _REACHES_OUT.search(query):
            raise ValidationError(f"{self.file}: a query of a shape may not use SERVICE, FROM or LOAD")
        declared = [d for owner in self._get(node, "prefixes") for d in self._get(owner, "declare")]
        prefixes = {self._text(d, "prefix"): self._text(d, "namespace") for d in declared}
        try:
            answer = ox.Store().query(query, prefixes=prefixes)
        except SyntaxError as error:
            raise ValidationError(f"{self.file}: a query of a shape is no SPARQL: {error.msg}") from error
        names = {v.value for v in answer.variables} if isinstance(answer, ox.QuerySolutions) else set()
        if not {"this", "value"} <= names:
            raise ValidationError(f"{self.file}: a query of a shape must SELECT $this and ?value")
        message = self._text(node, "message") or DEFAULT_MESSAGE
        return QueryShape(query, tuple(sorted(prefixes.items())), message, self._severity(node))


def _local_name(node: Node) -> str:
    return node.value.replace("#", "/").rpartition("/")[2]


def _run_pyshacl(triples: list[ox.Triple], path: Path) -> set[Violation]:
    """The results of pySHACL as records; rdflib sees only our own N-Triples and the file of shapes."""
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError

    data = rdflib.Graph()
    data.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    shapes = rdflib.Graph()
    shapes.parse(path, format="turtle")
    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", do_owl_imports=False)
    except ReportableRuntimeError as error:
        raise ValidationError(f"{path.name}: pySHACL could not use these shapes: {error}") from error
    if not isinstance(report, rdflib.Graph):
        raise ValidationError(f"{path.name}: pySHACL could not use these shapes: {report}")
    owners = _find_owners(shapes)
    return {
        _read_result(report, result, owners) for result in report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)
    }


def _find_owners(shapes: "rdflib.Graph") -> dict[str, str]:
    """Message -> name of the node shape that says it: pySHACL names the property shape, which has no name."""
    import rdflib

    owners: dict[str, str] = defaultdict(str)
    below = (rdflib.SH.property | rdflib.SH.sparql) * "+"
    for owner in shapes.subjects(rdflib.RDF.type, rdflib.SH.NodeShape):
        for part in shapes.objects(owner, below):
            for message in shapes.objects(part, rdflib.SH.message):
                owners[str(message)] = re.split("[#/]", str(owner))[-1]
    return owners


def _read_result(report: "rdflib.Graph", result: "rdflib.term.Node", owners: dict[str, str]) -> Violation:
    import rdflib

    message = str(report.value(result, rdflib.SH.resultMessage))
    value = report.value(result, rdflib.SH.value)
    return Violation(
        focus=str(report.value(result, rdflib.SH.focusNode)),
        shape=owners[message],
        message=message,
        severity=str(report.value(result, rdflib.SH.resultSeverity)).rpartition("#")[2],
        value="" if value is None else str(value),
    )
