"""What holds between documents: the same work, the same person. Depends on the set, not on the order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.link.identifiers import make_slug
from kg.model import Iri, Statement

#: A cited title must share its year with the document of the corpus, give or take an online-first year.
YEAR_TOLERANCE = 1


@dataclass(frozen=True, slots=True)
class Person:
    """An author as one document names them."""

    iri: Iri
    family: str
    given: str


@dataclass(frozen=True, slots=True)
class Work:
    """A document of the corpus or a work that one cites."""

    iri: Iri
    title: str
    year: int | None = None
    doi: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What linking across documents needs to know of one document."""

    work: Work
    authors: tuple[Person, ...] = ()
    cited: tuple[Work, ...] = ()


def link_corpus(summaries: Iterable[Summary]) -> list[Statement]:
    """Edges between documents, sorted; the same for every order of the summaries."""
    known = sorted(summaries, key=lambda s: s.work.iri)
    statements = [
        *find_citations(known),
        *find_same_documents(known),
        *find_same_people({person for summary in known for person in summary.authors}),
    ]
    return sorted(set(statements), key=lambda s: (s.subject, s.predicate, str(s.object)))


def find_citations(summaries: list[Summary]) -> Iterator[Statement]:
    """Documents of the corpus that others of it cite."""
    by_doi = {s.work.doi.casefold(): s.work for s in summaries if s.work.doi}
    by_title: dict[str, list[Work]] = defaultdict(list)
    for summary in summaries:
        by_title[make_slug(summary.work.title)].append(summary.work)
    for summary in summaries:
        for cited in summary.cited:
            target = by_doi.get(cited.doi.casefold()) if cited.doi else None
            target = target or next((w for w in by_title[make_slug(cited.title)] if _years_agree(w, cited)), None)
            if target and target.iri != summary.work.iri:
                yield Statement(cited.iri, "dg:sameWorkAs", target.iri)
                yield Statement(summary.work.iri, "cito:cites", target.iri)


def _years_agree(one: Work, other: Work) -> bool:
    return one.year is None or other.year is None or abs(one.year - other.year) <= YEAR_TOLERANCE


def find_same_documents(summaries: list[Summary]) -> Iterator[Statement]:
    """Pairs of documents that look like the same work: the same title, years that agree."""
    groups: dict[str, list[Work]] = defaultdict(list)
    for summary in summaries:
        if summary.work.title:
            groups[make_slug(summary.work.title)].append(summary.work)
    for works in groups.values():
        for one, other in combinations(works, 2):
            if _years_agree(one, other):
                reason = "the same title and year" if one.year == other.year else "the same title"
                yield _possibly_same(one.iri, other.iri, 0.9, reason)


def find_same_people(people: set[Person]) -> Iterator[Statement]:
    """Pairs of names that one person may bear: same family name, given names that abbreviate one another; or all words
    the same, where two family names were taken for one ("José Labra Gayo", "José Labra-Gayo").
    """
    families: dict[str, list[Person]] = defaultdict(list)
    wholes: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.family:
            families[make_slug(person.family)].append(person)
            wholes[make_slug(f"{person.given} {person.family}")].append(person)
    for group in (*families.values(), *wholes.values()):
        for one, other in combinations(sorted(group, key=lambda p: p.iri), 2):
            same_family = make_slug(one.family) == make_slug(other.family)
            if one.iri != other.iri and (not same_family or _names_agree(one.given, other.given)):
                reason = f"'{one.given} {one.family}' and '{other.given} {other.family}' can be the same name"
                yield _possibly_same(one.iri, other.iri, 0.7, reason)


def _names_agree(one: str, other: str) -> bool:
    """Whether each given name of the shorter list begins its counterpart, or the counterpart it."""
    names = [make_slug(name).split("-") for name in (one, other) if name]
    if len(names) < 2:
        return False
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(*names, strict=False))


def _possibly_same(one: Iri, other: Iri, confidence: float, reason: str) -> Statement:
    first, second = sorted((one, other))
    return Statement(
        first,
        "dg:possiblySame",
        second,
        confidence=confidence,
        method="link.corpus/same",
        status="candidate",
        reasons=(reason,),
    )
