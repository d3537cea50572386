"""What a person wants to hear of a document's graph: its concepts, dilemmas, remedies and links."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.model import Iri, Literal, Statement, expand_curie

_TYPES = {
    expand_curie("skos:Concept"): "concepts",
    expand_curie("dg:Dilemma"): "dilemmas",
    expand_curie("dg:Remedy"): "remedies",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """The things of one document, IRI -> label, and its links (remedy, dilemma).

    concepts: those used, from the schemes or new. dilemmas, remedies: those stated, not those that may be. addresses:
    links the text states; candidates: links inferred.
    """

    title: str = ""
    year: str = ""
    kind: str = ""
    concepts: tuple[tuple[str, str], ...] = ()
    dilemmas: tuple[tuple[str, str], ...] = ()
    remedies: tuple[tuple[str, str], ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    candidates: tuple[tuple[str, str], ...] = ()


def from_json(found: dict[str, Any]) -> Facts:
    """The facts of which these are the fields. Raises TypeError or KeyError for anything else."""
    pairs = ("concepts", "dilemmas", "remedies", "addresses", "candidates")
    return Facts(
        found["title"], found["year"], found["kind"], *(tuple((a, b) for a, b in found[name]) for name in pairs)
    )


def compute_facts(statements: Iterable[Statement], *, document: Iri) -> Facts:
    """The facts in the statements of one document; document: its IRI."""
    labels: dict[str, str] = {}
    things: dict[str, set[str]] = {"concepts": set(), "dilemmas": set(), "remedies": set()}
    said: dict[str, set[str]] = {"dg:states": set(), "dg:mayState": set()}
    links: dict[str, set[tuple[str, str]]] = {"dg:addresses": set(), "dg:mayAddress": set()}
    own = {"dcterms:title": "", "dcterms:issued": "", "dg:kind": ""}
    for statement in statements:
        value = statement.object
        if isinstance(value, Literal):
            if statement.predicate == "skos:prefLabel":
                labels.setdefault(statement.subject, value.value)
            elif statement.subject == document and statement.predicate in own:
                own[statement.predicate] = value.value
        elif statement.predicate == "rdf:type" and value in _TYPES:
            things[_TYPES[value]].add(statement.subject)
        elif statement.predicate == "dcterms:subject" and statement.subject == document:
            things["concepts"].add(value)
        elif statement.predicate in said:
            said[statement.predicate].add(value)
        elif statement.predicate in links:
            links[statement.predicate].add((statement.subject, value))
    doubtful = said["dg:mayState"] - said["dg:states"]
    named = {
        kind: tuple((iri, labels.get(iri, shorten(iri))) for iri in sorted(iris - doubtful))
        for kind, iris in things.items()
    }
    return Facts(
        title=own["dcterms:title"],
        year=own["dcterms:issued"],
        kind=own["dg:kind"],
        concepts=named["concepts"],
        dilemmas=named["dilemmas"],
        remedies=named["remedies"],
        addresses=tuple(sorted(links["dg:addresses"])),
        candidates=tuple(sorted(links["dg:mayAddress"])),
    )


def shorten(iri: str) -> str:
    """The last part of an identifier in words: ".../concept/data-sharing" -> "data sharing"."""
    return iri.rstrip("/").replace("#", "/").rpartition("/")[2].replace("-", " ")
