"""One document through the rooms: annotate, extract, link; and what is kept of it for linking across documents."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from kg.annotate import Annotated, annotate
from kg.extract import extract_all
from kg.extract.reviews import apply_decisions
from kg.link import link_document
from kg.link.corpus import Person, Summary, Work
from kg.link.identifiers import Minter
from kg.model import Assertion, Concept, Document, Iri, Literal, Statement, compute_sections
from kg.model.decision import Decision

if TYPE_CHECKING:
    from spacy.tokens import Doc


def process_document(
    document: Document, concepts: tuple[Concept, ...], *, base: str, language: str = "", encoder: str = ""
) -> list[Statement]:
    """The statements of one document, as `annotate_document` and linking make them."""
    annotated = annotate_document(document, concepts, language=language, encoder=encoder)
    return link_document(document, extract_all(annotated), base=base)


def decide(
    document: Document, found: Sequence[Assertion], decisions: Sequence[Decision], *, base: str
) -> list[Statement]:
    """The statements of a document from what was found in it and what people decided about it.

    Decisions look at the text and its sections alone, so that nothing of the language has to be loaded for them.
    """
    bare = Annotated(document, cast("Doc", None), (), (), compute_sections(document))
    return link_document(document, apply_decisions(bare, found, decisions), base=base)


def annotate_document(
    document: Document, concepts: tuple[Concept, ...], *, language: str = "", encoder: str = ""
) -> Annotated:
    """A document made ready for extraction.

    language: name of the language pipeline, "" for the packaged one.
    encoder: folder of a sentence encoder, "" for the installed one if there is any, "none" for the default level.
    """
    from kg.annotate import load_language

    return replace(annotate(document, concepts, nlp=load_language(language)), encoder=encoder)


def summarise(document: Document, statements: list[Statement], *, base: str) -> Summary:
    """What linking across documents needs to know of the statements of one document."""
    node = Minter(base, document.id).document
    values: dict[tuple[Iri, str], list[str]] = {}
    for statement in statements:
        target = statement.object.value if isinstance(statement.object, Literal) else statement.object
        values.setdefault((statement.subject, statement.predicate), []).append(target)

    def first(subject: Iri, predicate: str) -> str:
        return values.get((subject, predicate), [""])[0]

    def describe_work(iri: Iri) -> Work:
        year = first(iri, "dcterms:issued")
        return Work(iri, first(iri, "dcterms:title"), int(year) if year else None, first(iri, "prism:doi"))

    people = [Iri(iri) for iri in values.get((node, "dcterms:creator"), [])]
    cited = [Iri(iri) for iri in values.get((node, "cito:cites"), [])]
    return Summary(
        describe_work(node),
        tuple(Person(p, first(p, "foaf:familyName"), first(p, "foaf:givenName")) for p in dict.fromkeys(people)),
        tuple(describe_work(work) for work in dict.fromkeys(cited)),
    )
