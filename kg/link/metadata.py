"""Who wrote a document, when, where, and what it is about."""

from collections.abc import Iterator

from kg.link.context import Context, Linker, Namer
from kg.link.edges import make_edge, make_type, make_values
from kg.link.identifiers import Minter
from kg.model import Assertion, Document, Iri, Literal, Statement, expand_curie

#: kind of document -> its class.
DOCUMENT_CLASSES = {
    "paper": "fabio:ResearchPaper",
    "policy": "fabio:PolicyDocument",
    "note": "fabio:Expression",
    "abstract": "fabio:Abstract",
}
#: metadata field -> predicate; other fields are kept as dg:note "field: value".
METADATA_PREDICATES = {
    "doi": "prism:doi",
    "publisher": "dcterms:publisher",
    "source": "dcterms:source",
    "licence": "dcterms:license",
    "license": "dcterms:license",
    "container": "prism:publicationName",
    "volume": "prism:volume",
    "issue": "prism:number",
    "pages": "prism:pageRange",
    "issn": "prism:issn",
    "isbn": "prism:isbn",
    "url": "dcterms:source",
    "jurisdiction": "dcterms:coverage",
}


def describe_document(document: Document, minter: Minter) -> Iterator[Statement]:
    """What follows from the file itself: class, kind, file name, language."""
    node = minter.document
    yield make_type(node, DOCUMENT_CLASSES.get(document.kind, "fabio:Expression"))
    yield make_type(node, "dg:Document")
    yield Statement(node, "dg:kind", Literal(document.kind))
    yield Statement(node, "dg:file", Literal(document.file))
    yield Statement(node, "dcterms:language", Literal(document.language))
    yield Statement(node, "dcterms:identifier", Literal(document.id))


def link_value(predicate: str, datatype: str = "") -> Linker:
    """A linker that puts the label on the document."""

    def link(assertion: Assertion, context: Context) -> Iterator[Statement]:
        yield make_edge(context.minter.document, predicate, Literal(assertion.label, datatype), assertion)

    return link


def link_metadata(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """A further bibliographic fact; one of an unknown field stays readable as a note."""
    field = assertion.get_text("field")
    predicate = METADATA_PREDICATES.get(field)
    value = Literal(assertion.label if predicate else f"{field}: {assertion.label}")
    yield make_edge(context.minter.document, predicate or "skos:note", value, assertion)


def name_author(assertion: Assertion, minter: Minter) -> Iri:
    """A person is named by family and given name; an organisation by its name."""
    if assertion.get("organisation"):
        return minter.mint_shared("organisation", assertion.label)
    family, given = assertion.get_text("family"), assertion.get_text("given")
    return minter.mint_shared("person", f"{family} {given}" if family else assertion.label)


def link_author(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """dcterms:creator, and the authorship with its place in the list."""
    minter, node = context.minter, name_author(assertion, context.minter)
    position = assertion.get_text("position") or "1"
    role = minter.mint_own("role", position)
    yield make_edge(minter.document, "dcterms:creator", node, assertion)
    yield make_type(node, "org:Organization" if assertion.get("organisation") else "foaf:Person")
    yield Statement(node, "foaf:name", Literal(_full_name(assertion)))
    yield from make_values(node, assertion, {"family": "foaf:familyName", "given": "foaf:givenName"})
    yield Statement(node, "pro:holdsRoleInTime", role)
    yield make_type(role, "pro:RoleInTime")
    yield Statement(role, "pro:withRole", expand_curie("pro:author"))
    yield Statement(role, "pro:relatesToDocument", minter.document)
    yield Statement(role, "dg:nameAsWritten", Literal(assertion.label))
    yield Statement(role, "dg:authorPosition", Literal(position, "xsd:integer"))


def _full_name(assertion: Assertion) -> str:
    """Given name first, whatever the order in the document."""
    family, given = assertion.get_text("family"), assertion.get_text("given")
    return f"{given} {family}".strip() if family else assertion.label


def link_affiliation(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """The organisation an author belonged to when the document was written."""
    minter = context.minter
    position = assertion.get_text("author_key").removeprefix("author")
    if assertion.get_text("author_key") not in context.keys:
        return
    node = minter.mint_shared("organisation", assertion.label)
    yield make_edge(minter.mint_own("role", position), "pro:relatesToOrganization", node, assertion)
    yield make_type(node, "org:Organization")
    yield Statement(node, "foaf:name", Literal(assertion.label))


def link_concept(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """dcterms:subject, and how often and how prominently the document uses the concept."""
    minter = context.minter
    node = Iri(assertion.get_text("iri")) if assertion.get("iri") else minter.mint_shared("concept", assertion.label)
    use = minter.mint_own("use", *node.rsplit("/", 2)[-2:])
    yield make_edge(minter.document, "dcterms:subject", node, assertion)
    if not assertion.get("iri"):
        yield make_type(node, "skos:Concept")
        yield Statement(node, "skos:prefLabel", Literal(assertion.label.casefold(), language="en"))
        yield Statement(node, "skos:inScheme", Iri(f"{minter.base}scheme/candidates"))
        if assertion.get("short"):
            yield Statement(node, "skos:altLabel", Literal(assertion.get_text("short"), language="en"))
    yield make_type(use, "dg:ConceptUse")
    yield Statement(use, "dg:usedIn", minter.document)
    yield Statement(use, "dg:uses", node)
    yield Statement(use, "rdfs:label", Literal(assertion.label))
    yield from make_values(use, assertion, {"count": "dg:count", "rank": "dg:rank", "score": "dg:score"})


def link_mention(kind: str, curie: str) -> Linker:
    """A linker for things of a scheme that the document names; those outside every scheme get a node of their own."""

    def link(assertion: Assertion, context: Context) -> Iterator[Statement]:
        minter = context.minter
        node = Iri(assertion.get_text("iri")) if assertion.get("iri") else minter.mint_shared(kind, assertion.label)
        yield make_edge(minter.document, "dg:mentions", node, assertion)
        if not assertion.get("iri"):
            yield make_type(node, curie)
            yield Statement(node, "rdfs:label", Literal(assertion.label))

    return link


LINKERS: dict[str, Linker] = {
    "title": link_value("dcterms:title"),
    "year": link_value("dcterms:issued", "xsd:integer"),
    "abstract": link_value("dcterms:abstract"),
    "keyword": link_value("prism:keyword"),
    "metadata": link_metadata,
    "author": link_author,
    "affiliation": link_affiliation,
    "concept": link_concept,
    "technology": link_mention("technology", "skos:Concept"),
    "actor": link_mention("actor", "skos:Concept"),
    "place": link_mention("place", "schema:Place"),
}
NAMERS: dict[str, Namer] = {"author": name_author}
