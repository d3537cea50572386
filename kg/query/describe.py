"""All that the graph knows of one thing, put together from queries of queries/."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model import Iri, expand_curie
from kg.model.errors import QueryError
from kg.model.table import Table
from kg.query.bind import to_iri
from kg.query.files import QueryFile, load_queries
from kg.query.labels import find_label as find_label
from kg.query.labels import find_objects, find_quote
from kg.query.resolve import CLASSES, find_things
from kg.query.run import run_query

#: Rows of a section that are shown; the query named beside it gives all.
MAX_ROWS = 12


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a description: what a query says about the thing.

    columns: those worth showing here; () for all but the thing itself.
    """

    title: str
    query: str
    parameter: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """A thing: facts are (name, value); tables stand under their titles, each with the query that gives all of it.

    values: name of a fact -> (text, IRI) of each of its values, IRI "" for what is no thing.
    """

    iri: Iri
    kind: str
    label: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[tuple[Part, Table], ...]
    values: tuple[tuple[str, tuple[tuple[str, Iri], ...]], ...] = ()


PARTS: dict[str, tuple[Part, ...]] = {
    "organisation": (
        Part("Documents", "organisation_documents", "organisation", ("document", "title", "authors")),
        Part("Wrote itself", "author_documents", "author", ("document", "title", "year", "position")),
        Part("Wrote together with", "author_coauthors", "author", ("coauthor", "works")),
        Part("Dilemmas", "author_dilemmas", "author", ("dilemma", "documents")),
    ),
    "document": (
        Part("Authors", "document_authors", "document", ("position", "name", "affiliation")),
        Part("Dilemmas", "document_dilemmas", "document", ("level", "dilemma", "type", "quote", "section")),
        Part("Remedies", "document_remedies", "document", ("level", "remedy", "type", "quote", "section")),
        Part(
            "Which remedy addresses which dilemma",
            "remedy_dilemmas",
            "document",
            ("remedy", "dilemma", "status", "confidence"),
        ),
        Part("May state", "document_candidates", "document", ("kind", "label", "quote", "confidence")),
        Part("Concepts", "document_concepts", "document", ("concept", "count")),
        Part("Names", "document_mentions", "document", ("kind", "thing", "quote")),
        Part("References", "document_references", "document", ("key", "authors", "year", "title")),
        Part("Claims of others", "document_claims", "document", ("mention", "claim")),
        Part("Speaks of the same things", "document_similar", "document", ("other", "shared")),
        Part("Remarks", "document_remarks", "document", ("severity", "remark", "quote")),
    ),
    "dilemma": (
        Part("Stated by", "dilemma_documents", "dilemma", ("document", "year", "kind", "quote")),
        Part("May be stated by", "document_candidates", "thing", ("document", "quote", "confidence")),
        Part("Remedies", "dilemma_remedies", "dilemma", ("remedy", "document", "status", "quote")),
        Part("Part of", "dilemma_hierarchy", "dilemma", ("broader", "document")),
        Part("Causes and effects", "dilemma_causes", "dilemma", ("cause", "effect", "document", "quote")),
        Part("Stated together with", "dilemma_cooccurrence", "dilemma", ("other", "documents")),
    ),
    "remedy": (
        Part("Proposed by", "remedy_documents", "remedy", ("document", "year", "kind", "quote")),
        Part("May be stated by", "document_candidates", "thing", ("document", "quote", "confidence")),
        Part("Against", "remedy_dilemmas", "remedy", ("dilemma", "document", "status", "dilemmaQuote")),
        Part("Cases", "remedy_cases", "remedy", ("case", "place", "document", "quote")),
        Part("Part of", "remedy_hierarchy", "remedy", ("broader", "document")),
        Part("Doubts", "remedy_doubts", "remedy", ("stance", "document", "quote")),
    ),
    "concept": (
        Part("Meaning", "concept_definitions", "concept", ("definition", "names")),
        Part("Narrower", "concept_narrower", "concept", ("narrower", "label")),
        Part("Documents", "concept_documents", "concept", ("document", "title", "year", "count")),
        Part("Together with", "concept_cooccurrence", "concept", ("other", "documents")),
    ),
    "type": (
        Part("Meaning", "concept_definitions", "concept", ("definition", "names")),
        Part("Dilemmas", "type_dilemmas", "type", ("dilemma", "documents")),
        Part("Remedies", "type_remedies", "type", ("remedy", "documents")),
        Part("Dilemmas by document", "dilemma_type_documents", "type", ("document", "title", "year", "dilemmas")),
        Part("Dilemmas by year", "dilemma_by_year", "type", ("year", "documents")),
        Part("Remedies by year", "remedy_by_year", "type", ("year", "documents")),
    ),
    "technology": (
        Part("Meaning", "concept_definitions", "concept", ("definition", "names")),
        Part("Beside remedies", "technology_remedies", "technology", ("remedy", "document", "section")),
    ),
    "place": (
        Part("Documents", "place_documents", "place", ("document", "title", "kind", "year")),
        Part("Dilemmas", "dilemma_places", "place", ("type", "documents")),
        Part("Remedies", "remedy_places", "place", ("type", "documents")),
        Part("Cases", "place_cases", "place", ("case", "document", "quote")),
    ),
    "person": (
        Part("Documents", "author_documents", "author", ("document", "title", "year", "position")),
        Part("Co-authors", "author_coauthors", "author", ("coauthor", "works")),
        Part("Affiliations", "author_affiliations", "author", ("organisation", "documents")),
        Part("Dilemmas", "author_dilemmas", "author", ("dilemma", "documents")),
        Part("May be the same as", "author_same", "author", ("other", "confidence", "reason")),
    ),
    "policy": (Part("Named by", "policy_documents", "policy", ("document", "title", "quote")),),
    "work": (
        Part("Cited by", "work_documents", "work", ("document", "key", "citations")),
        Part("What is said of it", "work_claims", "work", ("claim", "document", "quote")),
        Part("Cited together with", "work_cocitation", "work", ("other", "documents")),
    ),
}
_PROVENANCE = Part(
    "Statements", "statement_provenance", "thing", ("subject", "predicate", "object", "document", "quote", "status")
)
#: Kinds in the order in which a name is looked up; "concept" last, for types and technologies are concepts too.
KINDS = ("document", "dilemma", "remedy", "person", "place", "technology", "type", "policy", "work", "concept")
#: class -> what a thing that no question is asked about is called.
OTHER_KINDS = {
    "deo:ProblemStatement": "statement of a dilemma",
    "dg:RemedyStatement": "statement of a remedy",
    "rdf:Statement": "statement",
    "oa:SpecificResource": "evidence",
    "oa:TextQuoteSelector": "quote",
    "oa:TextPositionSelector": "place in a text",
    "biro:BibliographicReference": "entry of a reference list",
    "biro:ReferenceList": "reference list",
    "c4o:InTextReferencePointer": "citation",
    "dg:Claim": "claim of a cited work",
    "dg:Case": "case",
    "dg:DoubtfulStatement": "doubtful statement",
    "dg:ConceptUse": "use of a concept",
    "dg:Proposition": "proposition",
    "dg:Remark": "remark",
    "doco:Section": "section",
    "pro:RoleInTime": "authorship",
    "prov:Activity": "run of the program",
    "skos:ConceptScheme": "scheme of concepts",
    "owl:Class": "class",
    "owl:ObjectProperty": "property",
    "owl:DatatypeProperty": "property",
}
#: property -> name of the fact.
FACTS = {
    "rdf:subject": "subject",
    "rdf:predicate": "property",
    "rdf:object": "object",
    "dg:states": "states",
    "dg:mayState": "may state",
    "dg:uses": "concept",
    "oa:exact": "quote",
    "dg:hasEvidence": "quote",
    "oa:hasSelector": "quote",
    "prov:wasDerivedFrom": "quote",
    "dg:statedIn": "document",
    "dg:usedIn": "document",
    "oa:hasSource": "document",
    "pro:relatesToDocument": "document",
    "pro:relatesToOrganization": "organisation",
    "dg:section": "section",
    "c4o:denotes": "entry",
    "dg:attributedTo": "entry",
    "biro:references": "cited work",
    "c4o:hasContent": "as written",
    "dcterms:bibliographicCitation": "as written",
    "dg:nameAsWritten": "as written",
    "dg:authorList": "authors",
    "dg:illustrates": "illustrates",
    "dg:intent": "intent",
    "dg:stance": "stance",
    "dg:reviewStatus": "status",
    "dg:confidence": "confidence",
    "dg:method": "found by",
    "dg:reason": "reason",
    "dg:severity": "severity",
    "prov:used": "document",
    "dg:kind": "kind",
    "dcterms:issued": "year",
    "dg:file": "file",
    "dcterms:language": "language",
    "dcterms:publisher": "publisher",
    "dcterms:coverage": "jurisdiction",
    "prism:publicationName": "in",
    "prism:doi": "DOI",
    "dcterms:source": "source",
    "dcterms:license": "licence",
    "prism:keyword": "keywords",
    "dcterms:abstract": "abstract",
    "dg:type": "type",
    "skos:broader": "broader",
    "dcterms:spatial": "place",
    "skos:inScheme": "scheme",
}


def find_named(store: ox.Store, name: str) -> tuple[tuple[str, Iri], ...]:
    """(kind, IRI) of every thing that the name may mean: those of the first kind that knows it by an exact name,
    of which its own name or identifier goes before other names.

    Raises QueryError if nothing is called so.
    """
    iri = Iri(to_iri(name.strip()))
    if iri:
        return ((find_kind(store, iri), iri),)
    loose: list[tuple[str, Iri]] = []
    by_other_names: tuple[tuple[str, Iri], ...] = ()
    for kind in KINDS:
        try:
            found = find_things(store, kind, name)
        except QueryError:
            continue
        exact = tuple((kind, iri) for iri in found if _is_called(store, iri, name, "dg:file", "skos:altLabel"))
        own = tuple((kind, iri) for kind, iri in exact if _is_called(store, iri, name, "dg:file"))
        if own:
            return own
        by_other_names = by_other_names or exact
        loose += [(kind, iri) for iri in found if iri not in {known for _, known in loose}]
    if by_other_names:
        return by_other_names
    if not loose:
        raise QueryError(f"nothing in the graph is called '{name}'. 'kg search' looks into labels and quotes.")
    return tuple(loose)


def find_kind(store: ox.Store, iri: Iri) -> str:
    """The kind of a thing, a key of PARTS, or "thing"."""
    classes = {node.value for node in find_objects(store, iri, "rdf:type") if isinstance(node, ox.NamedNode)}
    schemes = {node.value for node in find_objects(store, iri, "skos:inScheme") if isinstance(node, ox.NamedNode)}
    if {expand_curie("dg:dilemma-types"), expand_curie("dg:remedy-types")} & schemes:
        return "type"
    if expand_curie("dg:technologies") in schemes:
        return "technology"
    kinds = [k for k in (*KINDS[:5], "policy", "work", "concept") if {expand_curie(c) for c in CLASSES[k]} & classes]
    if kinds:
        is_person = expand_curie("foaf:Person") in classes
        return "organisation" if kinds[0] == "person" and not is_person else kinds[0]
    return next((name for curie, name in OTHER_KINDS.items() if expand_curie(curie) in classes), "thing")


def describe_thing(store: ox.Store, iri: Iri, queries: Mapping[str, QueryFile] | None = None) -> Description:
    """What the graph knows of a thing: its facts, and what the queries for its kind say.

    Raises QueryError if the graph does not know it.
    """
    kind = find_kind(store, iri)
    node = ox.NamedNode(iri)
    quads = (*store.quads_for_pattern(node, None, None, None), *store.quads_for_pattern(None, None, node, None))
    if not quads:
        raise QueryError(f"the graph knows nothing of <{iri}>. 'kg list' and 'kg search' find what it knows.")
    all_queries = load_queries() if queries is None else queries
    tables = []
    for part in PARTS.get(kind, (_PROVENANCE,)):
        table = run_query(store, part.query, {part.parameter: iri}, queries=all_queries)
        if table.rows:
            tables.append((part, _choose_columns(table, part.columns)))
    found = _find_facts(store, iri)
    facts = tuple((name, "; ".join(sorted(values))) for name, values in found.items())
    whole = tuple((name, tuple(sorted(values.items()))) for name, values in found.items())
    return Description(iri, kind, find_label(store, iri), facts, tuple(tables), whole)


def _find_facts(store: ox.Store, iri: Iri) -> dict[str, dict[str, Iri]]:
    """Name of a fact -> its values, each with the thing that it names, "" for a text."""
    facts: dict[str, dict[str, Iri]] = {}
    for curie, name in FACTS.items():
        for node in find_objects(store, iri, curie):
            if isinstance(node, ox.Literal):
                facts.setdefault(name, {})[node.value] = Iri("")
            elif isinstance(node, ox.NamedNode):
                thing = Iri(node.value)
                label = find_quote(store, thing) if name == "quote" else find_label(store, thing)
                facts.setdefault(name, {}).update({label: thing} if label else {})
                if curie == "prov:wasDerivedFrom":
                    facts.setdefault("document", {}).update(_find_sources(store, thing))
    return {name: values for name, values in facts.items() if values}


def _find_sources(store: ox.Store, evidence: Iri) -> dict[str, Iri]:
    sources = [node for node in find_objects(store, evidence, "oa:hasSource") if isinstance(node, ox.NamedNode)]
    return {find_label(store, Iri(node.value)): Iri(node.value) for node in sources}


def _is_called(store: ox.Store, iri: Iri, name: str, *also: str) -> bool:
    names = {find_label(store, iri).casefold(), iri.rsplit("/", 1)[-1], iri.rsplit("#", 1)[-1]}
    names |= {node.value for c in also for node in find_objects(store, iri, c) if isinstance(node, ox.Literal)}
    return name.strip().casefold() in {known.casefold() for known in names} or iri.endswith("/" + name.strip())


def _choose_columns(table: Table, columns: tuple[str, ...]) -> Table:
    kept = [table.columns.index(column) for column in columns or table.columns]
    rows = tuple(dict.fromkeys(tuple(row[i] for i in kept) for row in table.rows))
    return Table(tuple(table.columns[i] for i in kept), rows, table.title)
