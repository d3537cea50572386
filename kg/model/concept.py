"""A concept of a scheme, as plain data."""

from dataclasses import dataclass

from kg.model.statement import Iri


@dataclass(frozen=True, slots=True)
class Concept:
    """A SKOS concept.

    scheme: short name of its scheme: "concepts", "dilemma-types", "remedy-types", "technologies", "actors", "places".
    labels: every label a text may use, the preferred one first.
    cues: hidden labels (skos:hiddenLabel): words that point to the concept without naming it.
    broader: identifiers of the broader concepts, sorted.
    place_kind: for places, "Country", "AdministrativeArea" or "City"; else "".
    """

    iri: Iri
    scheme: str
    label: str
    labels: tuple[str, ...] = ()
    definition: str = ""
    broader: tuple[Iri, ...] = ()
    related: tuple[Iri, ...] = ()
    cues: tuple[str, ...] = ()
    place_kind: str = ""
