"""The rooms a document passes through, as plain functions, so that a build can be tried with others."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

from kg.corpus import Settings
from kg.model import Assertion, Document, Iri, Statement
from kg.model.decision import Decision

#: What is kept of a document for linking across documents, ready for JSON.
SummaryFields: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stages:
    """How one document becomes statements.

    read: (path, file below corpus/, kind) -> document. summarise: what linking across documents needs to know of it.
    check: N-Quads of its graph -> what in them breaks a shape, in plain words.
    find, decide: process in two steps, what the document says, and the statements of it with the decisions of people
    about the document; None where it has no such steps.
    """

    read: Callable[[Path, str, str], Document]
    process: Callable[[Document], list[Statement]]
    summarise: Callable[[Document, list[Statement]], SummaryFields]
    check: Callable[[bytes], tuple[str, ...]] = lambda nquads: ()
    find: Callable[[Document], tuple[Assertion, ...]] | None = None
    decide: Callable[[Document, tuple[Assertion, ...], tuple[Decision, ...]], list[Statement]] | None = None


#: Loads the stages, in each process that works on documents; must be picklable.
Setup: TypeAlias = Callable[[], Stages]
#: Statements that hold between documents, from the summaries of all.
Link: TypeAlias = Callable[[list[SummaryFields]], list[Statement]]


def load_stages(settings: Settings, ontology: Path) -> Stages:
    """The stages that come with kg, with the language and the concepts loaded.

    Raises ValidationError if the ontology is broken.
    """
    from kg.extract import extract_all
    from kg.graph.shapes import SHAPES_FILE, validate
    from kg.graph.vocabulary import load_concepts
    from kg.pipeline.process import annotate_document, decide, summarise

    concepts = load_concepts(ontology)
    named = settings.encoder not in ("", "none")
    encoder = str(ontology.parent / settings.encoder) if named else settings.encoder

    def find(document: Document) -> tuple[Assertion, ...]:
        annotated = annotate_document(document, concepts, language=settings.language, encoder=encoder)
        return extract_all(annotated, least=settings.least)

    def state(document: Document, found: tuple[Assertion, ...], decisions: tuple[Decision, ...]) -> list[Statement]:
        return decide(document, found, decisions, base=settings.base)

    def process(document: Document) -> list[Statement]:
        return state(document, find(document), ())

    def keep(document: Document, statements: list[Statement]) -> SummaryFields:
        return asdict(summarise(document, statements, base=settings.base))

    def check(nquads: bytes) -> tuple[str, ...]:
        found = validate(nquads, ontology) if (ontology / SHAPES_FILE).is_file() else ()
        return tuple(str(violation) for violation in found if violation.severity == "Violation")

    return Stages(read_source, process, keep, check, find, state)


def read_source(path: Path, file: str, kind: str) -> Document:
    """The document in a file, read in a process that can be stopped where kg has one. Raises ReadError."""
    import kg.readers as readers

    read = getattr(readers, "read_safely", readers.read_document)
    document: Document = read(path, file=file, kind=kind)
    return document


def link_summaries(summaries: list[SummaryFields]) -> list[Statement]:
    """The statements that hold between documents."""
    from kg.link.corpus import Person, Summary, Work, link_corpus

    def to_work(fields: SummaryFields) -> Work:
        return Work(Iri(fields["iri"]), fields["title"], fields["year"], fields["doi"])

    return link_corpus(
        Summary(
            to_work(summary["work"]),
            tuple(Person(Iri(p["iri"]), p["family"], p["given"]) for p in summary["authors"]),
            tuple(to_work(work) for work in summary["cited"]),
        )
        for summary in summaries
    )
