"""The record of a processed document: its canonical N-Quads and what else is kept, durable as soon as it is made.

A record is named by everything it depends on, so it is never wrong, only unused: a build that was stopped goes on from
the records it has left behind.
"""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from kg.corpus.files import hash_bytes, hash_file, read_sealed, seal_json, write_all_durably
from kg.corpus.manifest import GraphRecord
from kg.corpus.parts import read_part
from kg.corpus.sources import Source
from kg.corpus.workspace import FOUND, name_found
from kg.graph.canonical import settle_nquads
from kg.graph.quads import to_nquads
from kg.model import CorpusError, Document, Iri, Statement, ValidationError
from kg.model.decision import Decision
from kg.pipeline.facts import Facts, compute_facts, from_json
from kg.pipeline.found import keep_found, read_found
from kg.pipeline.limits import find_megabytes, find_seconds, limit_work
from kg.pipeline.stages import Stages, SummaryFields
from kg.readers.deepen import deepen

#: Raise when the form of records changes.
RECORD_FORMAT = 2


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be made; stem: names its record in `folder` (.kg/documents); decisions: of people, about it.

    key: of what is found in it, whatever people decide.
    """

    source: Source
    id: str
    stem: str
    folder: Path
    base: str
    decisions: tuple[Decision, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a processed document.

    violations: what in its graph breaks a shape.
    """

    graph: GraphRecord
    facts: Facts = field(default_factory=Facts)
    summary: SummaryFields = field(default_factory=dict)
    violations: tuple[str, ...] = ()


def make_key(*parts: str) -> str:
    """Sixteen hexadecimal digits that depend on every part."""
    return hashlib.sha256("\0".join((str(RECORD_FORMAT), *parts)).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def make_stem(document_id: str, key: str) -> str:
    """The name of a record without ending."""
    return f"{document_id[:80]}.{key}"


def make_record(job: Job, stages: Stages) -> None:
    """Read, process and write one document. Raises KgError if it cannot be done."""
    document = replace(_read(job.source, stages), id=job.id, file=job.source.name)
    chars = len(document.text)
    with limit_work(job.source.name, seconds=find_seconds(chars), megabytes=find_megabytes(chars)):
        statements = _state(job, document, stages)
    check_quotes(document, statements)
    nquads = settle_nquads(to_nquads(statements, document=document, base=job.base))
    facts = compute_facts(statements, document=Iri(f"{job.base}document/{job.id}"))
    graph = describe_graph(job.folder, job.stem, nquads)
    summary = stages.summarise(document, statements)
    write_record(job.folder, job.stem, nquads, Record(graph, facts, summary, stages.check(nquads)))


def _state(job: Job, document: Document, stages: Stages) -> list[Statement]:
    """The statements of a document; what is in it is not looked for again if only decisions have changed."""
    if stages.find is None or stages.decide is None:
        return stages.process(document)
    path = job.folder.parent / FOUND / name_found(job.id)
    found = read_found(path, job.key) if job.key else None
    if found is None:
        found = keep_found(path, job.key, stages.find(document))
    return stages.decide(document, found, job.decisions)


def _read(source: Source, stages: Stages) -> Document:
    if source.part:
        document = read_part(source.lines, source.part)
        if source.attached:
            document = deepen(document, _read(source.attached, stages))
        return document if source.kind == "auto" else replace(document, kind=source.kind)
    if hash_file(source.path) != source.sha256:
        raise CorpusError(f"{source.file}: changed while it was to be read; run the command again")
    return stages.read(source.path, source.file, source.kind)


def check_quotes(document: Document, statements: list[Statement]) -> None:
    """Raises ValidationError if a quote does not stand where its evidence says."""
    for statement in statements:
        evidence = statement.evidence
        if evidence and document.text[evidence.start : evidence.end] != evidence.quote:
            found = document.text[evidence.start : evidence.end]
            raise ValidationError(
                f"{document.file}: {statement.method or statement.predicate} quotes '{evidence.quote[:60]}' at "
                f"{evidence.start}-{evidence.end}, where the text has '{found[:60]}'"
            )


def describe_graph(folder: Path, stem: str, nquads: bytes) -> GraphRecord:
    """What a manifest says of a canonical file."""
    return GraphRecord(f"{folder.name}/{stem}.nq", hash_bytes(nquads), nquads.count(b"\n"))


def write_record(folder: Path, stem: str, nquads: bytes, record: Record) -> None:
    """Make a record durable: the quads, and the description that makes them valid."""
    described = seal_json(asdict(record))
    write_all_durably(folder, {f"{stem}.nq": nquads, f"{stem}.json": described})


def read_record(folder: Path, stem: str, digest: Callable[[Path], str]) -> Record | None:
    """The record, None if it is not there or not whole; digest: gives the SHA-256 of a file."""
    try:
        found = read_sealed((folder / f"{stem}.json").read_bytes())
        graph = GraphRecord(**found["graph"])
        if digest(folder / f"{stem}.nq") != graph.sha256:
            return None
        return Record(graph, from_json(found["facts"]), dict(found["summary"]), tuple(found["violations"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
