"""Words -> the things of the graph that they name."""

import difflib
import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.model import Iri, expand_curie
from kg.model.errors import QueryError
from kg.query.authored import find_authored
from kg.query.words import compute_overlap, compute_rarity, find_words, fold

#: type of a parameter -> classes of the things it names.
CLASSES: dict[str, tuple[str, ...]] = {
    "document": ("dg:Document",),
    "concept": ("skos:Concept",),
    "type": ("skos:Concept",),
    "technology": ("skos:Concept",),
    "place": ("schema:Country", "schema:AdministrativeArea", "schema:City", "schema:Place"),
    "dilemma": ("dg:Dilemma",),
    "remedy": ("dg:Remedy",),
    "person": ("foaf:Person", "org:Organization"),
    "policy": ("fabio:Policy",),
    "work": ("fabio:Work",),
}
#: type -> schemes its concepts are in; every scheme where it has no row.
SCHEMES = {"type": ("dilemma-types", "remedy-types"), "technology": ("technologies",)}
#: type -> properties that name its things; the names of a concept where it has no row.
LABELS: dict[str, tuple[str, ...]] = {
    "document": ("dcterms:title",),
    "work": ("dcterms:title",),
    "person": ("foaf:name",),
    "policy": ("rdfs:label",),
    "place": ("skos:prefLabel", "skos:altLabel", "rdfs:label"),
}
_CONCEPT_LABELS = ("skos:prefLabel", "skos:altLabel")
#: Words that make up so much of a label name the thing: all of its telling words, or nearly.
GOOD_FIT = 0.8
#: Above this many things a person should say more precisely which one is meant.
MAX_MATCHES = 200


def find_things(store: ox.Store, kind: str, text: str) -> tuple[Iri, ...]:
    """The things of a kind that the words name, best first: by identifier, by label, or as dilemmas of a type.

    kind: a key of CLASSES.
    Raises QueryError if there is none, naming labels that are near.
    """
    own = find_by_identifier(store, kind, text) or _find_by_exact_label(store, kind, text)
    if own:
        return own
    labels = find_labels(store, kind)
    wanted = fold(text.strip())
    exact = tuple(iri for iri, names in labels.items() if any(fold(name) == wanted for name in names))
    if exact and kind not in {"dilemma", "remedy"}:
        return exact
    fits = rank_labels(labels, text, at_least=GOOD_FIT)
    if kind == "concept":  # public participation is participation, a participation platform is not
        fits = {iri: fit for iri, fit in fits.items() if _is_kind_of(labels[iri], text)} or fits
    found = tuple(dict.fromkeys((*exact, *fits, *_find_of_type(store, kind, text))))
    if not found:
        raise QueryError(_say_none(kind, text, labels))
    return found[:MAX_MATCHES]


def _is_kind_of(names: tuple[str, ...], text: str) -> bool:
    """Whether a name ends in the last of the words."""
    return find_words(text)[-1] in {find_words(name)[-1] for name in names}


def find_wanted(store: ox.Store, kind: str, text: str) -> tuple[Iri, ...]:
    """The things that a parameter of a kind is given by these words: those so called, or documents with these words.

    Raises QueryError as find_things does.
    """
    try:
        return find_things(store, kind, text)
    except QueryError:
        found = find_titled(store, text) if kind == "document" else ()
        if not found:
            raise
        return found[:MAX_MATCHES]


def find_by_identifier(store: ox.Store, kind: str, text: str) -> tuple[Iri, ...]:
    """The thing whose identifier ends in "kind/text", or the document of that short name or file,
    or the documents or works of that author and year."""
    text = text.strip()
    if kind == "document":
        joined = "-".join(re.findall(r"[^\W_]+", fold(text)))  # "Wang (2020)" is wang-2020
        for curie, name in (("dcterms:identifier", text), ("dg:file", text), ("dcterms:identifier", joined)):
            pattern = store.quads_for_pattern(None, _node(curie), ox.Literal(name), None)
            found = sorted({Iri(q.subject.value) for q in pattern if isinstance(q.subject, ox.NamedNode)})
            if found:
                return tuple(found)
    ending = text if "/" in text else f"{kind}/{text}"
    named = tuple(iri for iri in _find_members(store, kind) if iri.endswith((f"/{ending}", f"#{text}")))
    return named or (find_authored(store, kind, text) if kind in {"document", "work"} else ())


def find_titled(store: ox.Store, text: str) -> tuple[Iri, ...]:
    """The documents whose title and short name together hold every telling word of the text, sorted."""
    wanted = set(find_words(text))
    names = dict(find_labels(store, "document"))
    for quad in store.quads_for_pattern(None, _node("dcterms:identifier"), None, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            iri = Iri(quad.subject.value)
            names[iri] = (*names.get(iri, ()), quad.object.value)
    documents = set(_find_members(store, "document"))
    fits = (
        i for i, some in names.items() if i in documents and wanted <= {w for name in some for w in find_words(name)}
    )
    return tuple(sorted(fits)) if wanted else ()


def _find_by_exact_label(store: ox.Store, kind: str, text: str) -> tuple[Iri, ...]:
    """The things called just so, without reading every label; of dilemmas and remedies more are wanted than these."""
    if kind in {"dilemma", "remedy"}:
        return ()
    spellings = {text, text.lower(), text[:1].upper() + text[1:]}
    literals = [ox.Literal(t) for t in spellings] + [ox.Literal(t, language="en") for t in spellings]
    predicates = [_node(curie) for curie in LABELS.get(kind, _CONCEPT_LABELS)]
    quads = [q for p in predicates for label in literals for q in store.quads_for_pattern(None, p, label, None)]
    found = {Iri(q.subject.value) for q in quads if isinstance(q.subject, ox.NamedNode)}
    return tuple(sorted(found & set(_find_members(store, kind)))) if found else ()


def find_labels(store: ox.Store, kind: str) -> dict[Iri, tuple[str, ...]]:
    """Thing -> its labels, sorted, for every thing of the kind that has any."""
    predicates = [_node(curie) for curie in LABELS.get(kind, _CONCEPT_LABELS)]
    found: dict[Iri, tuple[str, ...]] = {}
    for iri in _find_members(store, kind):
        quads = (q for p in predicates for q in store.quads_for_pattern(ox.NamedNode(iri), p, None, None))
        labels = {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
        if labels:
            found[iri] = tuple(sorted(labels))
    return found


def rank_labels(labels: dict[Iri, tuple[str, ...]], text: str, *, at_least: float) -> dict[Iri, float]:
    """Thing -> how well its best label fits the words, best first, without those below `at_least`."""
    wanted = find_words(text)
    words = {iri: [find_words(name) for name in names] for iri, names in labels.items()}
    rarity = compute_rarity(one for some in words.values() for one in some)
    fits = {iri: max(compute_overlap(wanted, one, rarity) for one in some) for iri, some in words.items()}
    return dict(sorted(((i, f) for i, f in fits.items() if f >= at_least), key=lambda pair: (-pair[1], pair[0])))


def _find_of_type(store: ox.Store, kind: str, text: str) -> Iterator[Iri]:
    """Dilemmas or remedies of a type that the words name: "information island" finds every data silo."""
    if kind not in {"dilemma", "remedy"}:
        return
    members = set(_find_members(store, kind))
    for concept in rank_labels(find_labels(store, "type"), text, at_least=GOOD_FIT):
        quads = store.quads_for_pattern(None, _node("dg:type"), ox.NamedNode(concept), None)
        yield from sorted({Iri(q.subject.value) for q in quads if isinstance(q.subject, ox.NamedNode)} & members)


def _find_members(store: ox.Store, kind: str) -> tuple[Iri, ...]:
    schemes = [f"dg:{name}" for name in SCHEMES.get(kind, ())]
    pairs = [("skos:inScheme", scheme) for scheme in schemes] or [("rdf:type", curie) for curie in CLASSES[kind]]
    found = set()
    for predicate, target in pairs:
        for quad in store.quads_for_pattern(None, _node(predicate), _node(target), None):
            if isinstance(quad.subject, ox.NamedNode):
                found.add(Iri(quad.subject.value))
    return tuple(sorted(found))


def _say_none(kind: str, text: str, labels: dict[Iri, tuple[str, ...]]) -> str:
    names = {fold(name): name for some in labels.values() for name in some}
    near = [names[key] for key in difflib.get_close_matches(fold(text), names, n=3, cutoff=0.5)]
    if not near:
        some = rank_labels(labels, text, at_least=0.2)
        near = [labels[iri][0] for iri in list(some)[:3]]
    hint = f"Did you mean {' or '.join(map(repr, near))}?" if near else f"The graph names {len(labels)} of that kind."
    return f"no {kind} is called '{text}'. {hint}"


def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand_curie(curie))
