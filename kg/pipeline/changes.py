"""What a step has changed in the graph, in the words a person would use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.corpus.manifest import Manifest
from kg.model import DG, Literal, Statement
from kg.pipeline.facts import Facts, shorten


@dataclass(frozen=True, slots=True)
class News:
    """Things of one kind, their labels sorted.

    merged: those of the documents at hand that another document has too or that are of the ontology.
    """

    new: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two states of the graph.

    added, replaced, removed: (id, file) of documents.
    links, candidates: "remedy -> dilemma", stated by a text and inferred.
    conflicts: what may be the same thing twice, in plain words.
    """

    added: tuple[tuple[str, str], ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    removed: tuple[tuple[str, str], ...] = ()
    concepts: News = News()
    dilemmas: News = News()
    remedies: News = News()
    links: News = News()
    candidates: News = News()
    conflicts: tuple[str, ...] = ()


def compare_states(before: Manifest, after: Manifest) -> Changes:
    """The documents added, replaced (other quads under the same name) and removed, in the order of their names."""
    old, new = ({_document(name): record.sha256 for name, record in state.graphs} for state in (before, after))
    files = {entry.id: entry.name for state in (before, after) for entry in state.entries}
    return Changes(
        added=tuple((i, files[i]) for i in sorted(files) if i in new and i not in old),
        replaced=tuple((i, files[i]) for i in sorted(files) if i in new and i in old and old[i] != new[i]),
        removed=tuple((i, files[i]) for i in sorted(files) if i in old and i not in new),
    )


def _document(graph: str) -> str:
    return graph.rpartition("/graph/")[2]


def compute_changes(
    documents: Changes, before: Mapping[str, Facts], after: Mapping[str, Facts], *, base: str
) -> Changes:
    """The changes of these documents with what they mean for the things of the graph.

    before, after: document id -> facts, of the whole graph in the two states.
    base: things whose identifier begins otherwise are of the ontology, and never new.
    """
    touched = {document for document, _ in (*documents.added, *documents.replaced)}
    return replace(
        documents,
        concepts=_compare("concepts", before, after, touched, base),
        dilemmas=_compare("dilemmas", before, after, touched, base),
        remedies=_compare("remedies", before, after, touched, base),
        links=_compare_links("addresses", before, after),
        candidates=_compare_links("candidates", before, after),
    )


def _compare(kind: str, before: Mapping[str, Facts], after: Mapping[str, Facts], touched: set[str], base: str) -> News:
    old, new = _collect(kind, before.values()), _collect(kind, after.values())
    came = _collect(kind, (facts for document, facts in after.items() if document in touched))
    others = _collect(kind, (facts for document, facts in after.items() if document not in touched))
    return News(
        new=_sort(label for iri, label in new.items() if iri not in old and iri.startswith(base)),
        merged=_sort(label for iri, label in came.items() if iri in others or not iri.startswith(base)),
        gone=_sort(label for iri, label in old.items() if iri not in new),
    )


def _sort(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(labels, key=lambda label: (label.casefold(), label)))


def _collect(kind: str, documents: Iterable[Facts]) -> dict[str, str]:
    return {iri: label for facts in documents for iri, label in getattr(facts, kind)}


def _compare_links(kind: str, before: Mapping[str, Facts], after: Mapping[str, Facts]) -> News:
    labels = {
        iri: label
        for state in (before, after)
        for facts in state.values()
        for iri, label in facts.remedies + facts.dilemmas
    }
    old, new = ({link for facts in state.values() for link in getattr(facts, kind)} for state in (before, after))

    def name(link: tuple[str, str]) -> str:
        return " -> ".join(labels.get(iri, shorten(iri)) for iri in link)

    return News(new=tuple(sorted(map(name, new - old))), gone=tuple(sorted(map(name, old - new))))


def find_conflicts(statements: Iterable[Statement], earlier: bytes) -> tuple[str, ...]:
    """The pairs of things that may be the same, those that `earlier` N-Quads do not hold, with the reasons."""
    found = {
        f"{_name(s.subject)} may be the same as {_name(s.object)} ({'; '.join(s.reasons) or 'no reason given'})"
        for s in statements
        if s.predicate == "dg:possiblySame"
        and not isinstance(s.object, Literal)
        and f"<{s.subject}> <{DG}possiblySame> <{s.object}> ".encode() not in earlier
    }
    return tuple(sorted(found))


def _name(iri: object) -> str:
    """The kind and name in an identifier: "document wu-2022"."""
    kind, _, name = str(iri).rpartition("/")
    return f"{kind.rpartition('/')[2]} {name}"
