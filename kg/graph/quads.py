"""Statements -> canonical N-Quads: one named graph, sorted lines, identifiers made from content, no clock.

The shape is that of ontology/PATTERNS.md: an edge stands in the graph itself; an edge that a text is the reason of
also has an rdf:Statement with its evidence, confidence, method, review status and reasons.
"""

import hashlib
from collections.abc import Iterable, Iterator

from kg import __version__
from kg.graph.terms import format_decimal, format_iri, format_literal, format_predicate, format_text
from kg.model import Document, Evidence, Iri, Literal, Statement

#: Characters of context kept before and after a quote, enough to find it again in another edition of the text.
CONTEXT_CHARS = 32
#: The graph of what holds between documents, and the one of ontology/.
CORPUS_ID, ONTOLOGY_ID = "corpus", "ontology"

_Line = tuple[str, str, str]


def name_graph(document_id: str, *, base: str) -> Iri:
    """The named graph of a document; CORPUS_ID and ONTOLOGY_ID name the two others."""
    return Iri(f"{base}graph/{document_id}")


def to_nquads(statements: Iterable[Statement], *, document: Document | None = None, base: str) -> bytes:
    """UTF-8 N-Quads of one graph: sorted, each line once, the same for every order of the statements.

    document: whose graph it is; its text gives the words around each quote. None: what holds between documents.
    Raises ValidationError for text or addresses that RDF cannot hold, KeyError for an unknown prefix.
    """
    document_id = document.id if document else CORPUS_ID
    graph = format_iri(name_graph(document_id, base=base))
    writer = _Writer(document_id, document.text if document else "", base)
    lines = {f"{s} {p} {o} {graph} .\n" for s, p, o in writer.write(statements)}
    return "".join(sorted(lines)).encode()


def needs_record(statement: Statement) -> bool:
    """Whether an edge gets an rdf:Statement: a text is its reason, or it is less than certain."""
    return bool(statement.evidence or statement.reasons) or statement.status != "asserted" or statement.confidence < 1


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class _Writer:
    """Writes the graph of one document."""

    def __init__(self, document_id: str, text: str, base: str) -> None:
        self.id, self.text, self.base = document_id, text, base
        self.document = format_iri(Iri(f"{base}document/{document_id}"))
        self.activity = format_iri(Iri(f"{base}activity/{document_id}"))
        self.about_corpus = document_id == CORPUS_ID

    def write(self, statements: Iterable[Statement]) -> Iterator[_Line]:
        """The lines of the statements and, behind them, those of their records and evidences."""
        records: dict[str, tuple[_Line, Statement]] = {}
        evidences: dict[tuple[int, int], Evidence] = {}
        for statement in statements:
            line = self._direct(statement)
            yield line
            if statement.evidence:
                span = (statement.evidence.start, statement.evidence.end)
                evidences[span] = _merge_evidence(evidences.get(span), statement.evidence)
            if needs_record(statement):
                name = self._name_record(line, statement)
                earlier = records.get(name)
                records[name] = (line, _merge(earlier[1], statement) if earlier else statement)
        for name, (line, statement) in records.items():
            yield from self._record(name, line, statement)
        for evidence in evidences.values():
            yield from self._evidence(evidence)
        if records:
            yield from self._activity()

    def _direct(self, statement: Statement) -> _Line:
        value = statement.object
        target = format_literal(value) if isinstance(value, Literal) else format_iri(value)
        return format_iri(statement.subject), format_predicate(statement.predicate), target

    def _name_record(self, line: _Line, statement: Statement) -> str:
        """One edge said twice in a text has two records; said by two rules at one place, two as well."""
        evidence = statement.evidence
        place = f"{evidence.start}-{evidence.end}" if evidence else ""
        return format_iri(Iri(f"{self.base}statement/{self.id}/{_hash(*line, place, statement.method)}"))

    def _record(self, name: str, line: _Line, statement: Statement) -> Iterator[_Line]:
        subject, predicate, target = line
        yield name, format_predicate("rdf:type"), format_predicate("rdf:Statement")
        yield name, format_predicate("rdf:subject"), subject
        yield name, format_predicate("rdf:predicate"), predicate
        yield name, format_predicate("rdf:object"), target
        if statement.evidence:
            yield name, format_predicate("prov:wasDerivedFrom"), self._name_evidence(statement.evidence)
        yield name, format_predicate("prov:wasGeneratedBy"), self.activity
        confidence = format_decimal(statement.confidence)
        yield name, format_predicate("dg:confidence"), f'"{confidence}"^^{format_predicate("xsd:decimal")}'
        if statement.method:
            yield name, format_predicate("dg:method"), format_text(statement.method)
        yield name, format_predicate("dg:reviewStatus"), format_text(statement.status)
        for reason in statement.reasons:
            yield name, format_predicate("dg:reason"), format_text(reason)

    def _name_evidence(self, evidence: Evidence, part: str = "") -> str:
        return format_iri(Iri(f"{self.base}evidence/{self.id}/{evidence.start}-{evidence.end}{part}"))

    def _evidence(self, evidence: Evidence) -> Iterator[_Line]:
        name = self._name_evidence(evidence)
        quote, position = self._name_evidence(evidence, "/quote"), self._name_evidence(evidence, "/position")
        yield name, format_predicate("rdf:type"), format_predicate("oa:SpecificResource")
        yield name, format_predicate("oa:hasSource"), self.document
        yield name, format_predicate("oa:hasSelector"), quote
        yield name, format_predicate("oa:hasSelector"), position
        if evidence.section:
            yield name, format_predicate("dg:section"), format_text(evidence.section)
        if evidence.page is not None:
            yield name, format_predicate("dg:page"), _format_integer(evidence.page)
        yield quote, format_predicate("rdf:type"), format_predicate("oa:TextQuoteSelector")
        yield quote, format_predicate("oa:exact"), format_text(evidence.quote)
        before = self.text[max(0, evidence.start - CONTEXT_CHARS) : evidence.start]
        after = self.text[evidence.end : evidence.end + CONTEXT_CHARS]
        if before:
            yield quote, format_predicate("oa:prefix"), format_text(before)
        if after:
            yield quote, format_predicate("oa:suffix"), format_text(after)
        yield position, format_predicate("rdf:type"), format_predicate("oa:TextPositionSelector")
        yield position, format_predicate("oa:start"), _format_integer(evidence.start)
        yield position, format_predicate("oa:end"), _format_integer(evidence.end)

    def _activity(self) -> Iterator[_Line]:
        software = format_iri(Iri(f"{self.base}software/kg"))
        yield self.activity, format_predicate("rdf:type"), format_predicate("prov:Activity")
        if not self.about_corpus:
            yield self.activity, format_predicate("prov:used"), self.document
        yield self.activity, format_predicate("prov:wasAssociatedWith"), software
        yield software, format_predicate("rdf:type"), format_predicate("prov:SoftwareAgent")
        yield software, format_predicate("dg:version"), format_text(__version__)


def _format_integer(number: int) -> str:
    return f'"{number}"^^{format_predicate("xsd:integer")}'


def _merge(one: Statement, other: Statement) -> Statement:
    """The surer of two records of the same edge with the reasons of both, whichever came first."""
    best = max(one, other, key=lambda s: (s.confidence, s.status != "candidate", s.status))
    reasons = tuple(sorted({*one.reasons, *other.reasons}))
    return Statement(
        best.subject, best.predicate, best.object, best.evidence, best.confidence, best.method, best.status, reasons
    )


def _merge_evidence(one: Evidence | None, other: Evidence) -> Evidence:
    """The fuller description of one stretch of text, whichever came first."""
    if one is None:
        return other
    return max(one, other, key=lambda e: (e.section, -1 if e.page is None else e.page))
