"""Dilemmas, remedies and what lies between them; cases, policies, propositions, remarks."""

from collections.abc import Iterator

from kg.link.context import Context, Linker, Namer
from kg.link.edges import make_edge, make_type, make_values
from kg.link.identifiers import Minter, make_hash
from kg.model import Assertion, Iri, Literal, Statement

_SPAN_CLASSES = {"dilemma": "deo:ProblemStatement", "remedy": "dg:RemedyStatement"}
#: What may state something, but too doubtfully to pass for a statement: its own class and property.
_DOUBTFUL_SPAN, _MAY_STATE = "dg:DoubtfulStatement", "dg:mayState"
_NODE_CLASSES = {"dilemma": "dg:Dilemma", "remedy": "dg:Remedy"}


def link_stated(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """A dilemma or remedy: the thing, the stretch that states it or may do so, its type and what it is part of.

    What is doubtful is part of nothing: it is there for its link alone.
    """
    minter, kind, doubtful = context.minter, assertion.kind, assertion.status == "candidate"
    node = context.keys[assertion.key]
    span = minter.mint_own("span", assertion.evidence.start, assertion.evidence.end, kind, make_hash(node)[:6])
    yield make_edge(span, _MAY_STATE if doubtful else "dg:states", node, assertion)
    yield make_type(node, _NODE_CLASSES[kind])
    yield Statement(node, "skos:prefLabel", Literal(assertion.label, language="en"))
    yield make_type(span, _DOUBTFUL_SPAN if doubtful else _SPAN_CLASSES[kind])
    yield Statement(span, "rdfs:label", Literal(assertion.label))
    yield Statement(span, "dg:statedIn", minter.document)
    yield Statement(span, "dg:hasEvidence", minter.mint_stretch("evidence", assertion.evidence))
    yield Statement(span, "dg:confidence", Literal(f"{assertion.confidence:.2f}", "xsd:decimal"))
    yield from make_values(span, assertion, {"level": "dg:level", "stance": "dg:stance"})
    if assertion.get("type"):
        target = Iri(assertion.get_text("type"))
        yield Statement(span, "dg:type", target)
        yield make_edge(node, "dg:type", target, assertion)
    above = context.keys.get(assertion.get_text("part_of_key"))
    if above and above != node and not doubtful:
        yield make_edge(node, "skos:broader", above, assertion)


def link_pair(predicate: str, subject_key: str, object_key: str) -> Linker:
    """A linker for an edge between two things that the document states."""

    def link(assertion: Assertion, context: Context) -> Iterator[Statement]:
        subject = context.keys.get(assertion.get_text(subject_key))
        target = context.keys.get(assertion.get_text(object_key))
        if subject and target and subject != target:
            yield make_edge(subject, predicate, target, assertion)

    return link


def link_addresses(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """dg:addresses where the text says so, dg:mayAddress for a candidate."""
    predicate = "dg:addresses" if assertion.status == "asserted" else "dg:mayAddress"
    yield from link_pair(predicate, "remedy_key", "dilemma_key")(assertion, context)


def link_case(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """An initiative in a place, and the remedy it illustrates."""
    minter, node = context.minter, context.minter.mint_shared("case", assertion.label)
    yield make_edge(minter.document, "dg:mentions", node, assertion)
    yield make_type(node, "dg:Case")
    yield Statement(node, "rdfs:label", Literal(assertion.label))
    if assertion.get("place"):
        yield make_edge(node, "dcterms:spatial", Iri(assertion.get_text("place")), assertion)
    remedy = context.keys.get(assertion.get_text("remedy_key"))
    if remedy:
        yield make_edge(node, "dg:illustrates", remedy, assertion)


def link_policy(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """A policy or plan that the text names."""
    minter, node = context.minter, context.minter.mint_shared("policy", assertion.label)
    yield make_edge(minter.document, "dg:mentions", node, assertion)
    yield make_type(node, "fabio:Policy")
    yield Statement(node, "rdfs:label", Literal(assertion.label))


def link_proposition(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """Subject, linking phrase, object, all as written."""
    minter, evidence = context.minter, assertion.evidence
    parts = [assertion.get_text(name) for name in ("subject", "phrase", "object")]
    node = minter.mint_own("proposition", make_hash(str(evidence.start), *parts))
    predicates = {"subject": "dg:subjectText", "phrase": "dg:linkingPhrase", "object": "dg:objectText"}
    yield make_type(node, "dg:Proposition")
    yield from make_values(node, assertion, predicates)
    yield make_edge(node, "dg:statedIn", minter.document, assertion)
    yield Statement(node, "dg:hasEvidence", minter.mint_stretch("evidence", evidence))
    yield Statement(node, "dg:confidence", Literal(f"{assertion.confidence:.2f}", "xsd:decimal"))


def link_remark(assertion: Assertion, context: Context) -> Iterator[Statement]:
    """What looks odd in the document, in plain words."""
    minter, evidence = context.minter, assertion.evidence
    node = minter.mint_own("remark", make_hash(str(evidence.start), assertion.label))
    yield make_type(node, "dg:Remark")
    yield Statement(node, "rdfs:label", Literal(assertion.label))
    yield Statement(node, "dg:severity", Literal(assertion.get_text("severity") or "info"))
    yield make_edge(node, "dg:statedIn", minter.document, assertion)
    yield Statement(node, "dg:hasEvidence", minter.mint_stretch("evidence", evidence))


def name_stated(assertion: Assertion, minter: Minter) -> Iri:
    """A dilemma or remedy is named by its label, so that two documents that use the same words share it."""
    return minter.mint_shared(assertion.kind, assertion.label)


LINKERS: dict[str, Linker] = {
    "dilemma": link_stated,
    "remedy": link_stated,
    "addresses": link_addresses,
    "causes": link_pair("dg:causes", "cause_key", "effect_key"),
    "case": link_case,
    "policy": link_policy,
    "proposition": link_proposition,
    "remark": link_remark,
}
NAMERS: dict[str, Namer] = {"dilemma": name_stated, "remedy": name_stated}
