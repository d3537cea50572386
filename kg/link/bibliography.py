"""Reference lists, cited works, in-text citations and the claims taken from them."""

from collections.abc import Iterator

from kg.link.context import Context, Linker, Namer
from kg.link.edges import make_edge, make_type, make_values
from kg.link.identifiers import Minter, make_hash
from kg.model import Assertion, Iri, Literal, Statement, expand_curie

_ENTRY_PREDICATES = {
    "authors": "dg:authorList",
    "title": "dcterms:title",
    "container": "prism:publicationName",
    "year": "dcterms:issued",
    "volume": "prism:volume",
    "issue": "prism:number",
    "pages": "prism:pageRange",
    "doi": "prism:doi",
    "url": "dcterms:source",
}


def name_entry(assertion: Assertion, minter: Minter) -> Iri:
    """An entry is named by its place in the list of its document."""
    return minter.mint_own("reference", assertion.key.removeprefix("ref"))


def name_work(assertion: Assertion, minter: Minter) -> Iri:
    """A work is named by title and year, so that it is the same in every list that has both."""
    title = assertion.get_text("title") or assertion.label
    return minter.mint_shared("work", f"{title} {assertion.get_text('year')}")


def link_entry(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """An entry of the reference list with its fields, and the work it stands for."""
    minter = context.minter
    node, work = name_entry(assertion, minter), name_work(assertion, minter)
    reference_list = Iri(f"{minter.base}references/{minter.document_id}")
    yield make_edge(minter.document, "cito:cites", work, assertion)
    yield make_type(work, "fabio:Work")
    yield from make_values(work, assertion, {"title": "dcterms:title", "year": "dcterms:issued"})
    yield make_type(reference_list, "biro:ReferenceList")
    yield Statement(reference_list, "po:contains", node)
    yield make_type(node, "biro:BibliographicReference")
    yield Statement(node, "biro:references", work)
    yield Statement(node, "dg:statedIn", minter.document)
    number = assertion.get_text("number") or assertion.key.removeprefix("ref")
    yield Statement(node, "dg:key", Literal(number))
    yield from make_values(node, assertion, _ENTRY_PREDICATES)
    yield Statement(node, "dcterms:bibliographicCitation", Literal(assertion.evidence.quote))
    yield Statement(node, "dg:hasEvidence", minter.mint_stretch("evidence", assertion.evidence))


def link_citation(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """An in-text citation, the entry it points to where there is one, and its sentence."""
    minter = context.minter
    mention = assertion.get_text("mention")
    offset = assertion.evidence.quote.find(mention)
    start = assertion.evidence.start + max(0, offset)
    entry = context.keys.get(assertion.get_text("reference_key"))
    node = minter.mint_own("pointer", start, start + len(mention), *([entry.rsplit("/", 1)[-1]] if entry else []))
    yield make_type(node, "c4o:InTextReferencePointer")
    yield Statement(node, "c4o:hasContent", Literal(mention))
    yield make_edge(node, "dg:statedIn", minter.document, assertion)
    yield Statement(node, "dg:hasEvidence", minter.mint_stretch("evidence", assertion.evidence))
    if entry:
        yield make_edge(node, "c4o:denotes", entry, assertion)
    if assertion.get("intent"):
        yield Statement(node, "dg:intent", expand_curie(assertion.get_text("intent")))


def link_claim(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """What the document says that a cited work says."""
    minter = context.minter
    evidence = assertion.evidence
    node = minter.mint_own("claim", evidence.start, evidence.end, make_hash(assertion.label)[:6])
    entry = context.keys.get(assertion.get_text("reference_key"))
    yield make_type(node, "dg:Claim")
    yield Statement(node, "rdfs:label", Literal(assertion.label))
    yield make_edge(node, "dg:statedIn", minter.document, assertion)
    yield Statement(node, "dg:hasEvidence", minter.mint_stretch("evidence", assertion.evidence))
    yield Statement(node, "c4o:hasContent", Literal(assertion.get_text("mention")))
    if entry:
        work = context.works[assertion.get_text("reference_key")]
        yield make_edge(node, "dg:attributedTo", entry, assertion)
        yield make_edge(minter.document, "cito:containsAssertionFrom", work, assertion)


LINKERS: dict[str, Linker] = {"reference": link_entry, "citation": link_citation, "claim": link_claim}
NAMERS: dict[str, Namer] = {"reference": name_entry}
