"""From the documents wanted to the state that holds them: records, graphs, manifest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.corpus import Workspace
from kg.corpus.attach import attach_files
from kg.corpus.digests import Digests
from kg.corpus.files import hash_bytes
from kg.corpus.manifest import Entry, Failure, GraphRecord, Manifest
from kg.corpus.reviews import encode_decisions, read_decisions
from kg.corpus.sources import Source, assign_ids
from kg.graph.canonical import settle_nquads
from kg.graph.ontology import load_ontology_graph
from kg.graph.quads import CORPUS_ID, ONTOLOGY_ID, name_graph, to_nquads
from kg.model import CorpusError, Statement
from kg.model.decision import Decision
from kg.pipeline.facts import Facts
from kg.pipeline.fingerprint import compute_fingerprint, compute_ontology_fingerprint
from kg.pipeline.pool import Progress, choose_workers, run_jobs
from kg.pipeline.records import Job, Record, describe_graph, make_key, make_stem, read_record, write_record
from kg.pipeline.same_works import find_same_works
from kg.pipeline.stages import Link, Setup


@dataclass(frozen=True, slots=True)
class Tools:
    """What a step works with.

    workers: number of processes, 0 to choose; progress: told of each document made.
    """

    setup: Setup
    link: Link
    workers: int = 0
    progress: Progress = lambda done, total, file: None


@dataclass(frozen=True, slots=True)
class Made:
    """The documents of a state: name -> entry and record, and name -> why there is none.

    processed: the names of those made anew, sorted.
    """

    entries: dict[str, Entry]
    records: dict[str, Record]
    failures: dict[str, Failure]
    processed: tuple[str, ...]

    @property
    def violations(self) -> tuple[str, ...]:
        """What in the graphs made anew breaks a shape."""
        return tuple(text for name in self.processed if name in self.records for text in self.records[name].violations)


class Updater:
    """Makes states of one workspace; holds what all of a step's parts need. The caller holds the lock."""

    def __init__(self, workspace: Workspace, tools: Tools) -> None:
        self.workspace = workspace
        self.tools = tools
        self.digests = Digests(workspace)
        self.fingerprint = compute_fingerprint(workspace)
        self.folder = workspace.kg / "documents"
        self.decisions = read_decisions(workspace)
        self._records: dict[str, Record] = {}

    def make_entry(self, source: Source, document_id: str) -> Entry:
        """The entry that a source has if it is made today."""
        decided = self.find_decisions(source)
        reviews = hash_bytes(encode_decisions(decided)) if decided else ""
        own = [reviews] if reviews else []
        key = make_key(document_id, source.name, source.kind, source.content, self.fingerprint, *own)
        part = (source.part.name, source.part.sha256) if source.part else ("", "")
        attached = (source.attached.file, source.attached.sha256) if source.attached else ("", "")
        return Entry(document_id, source.file, source.kind, source.sha256, key, *part, *attached, reviews)

    def find_decisions(self, source: Source) -> tuple[Decision, ...]:
        """The decisions of people about a document: made of this content, or of a file of its name."""
        return tuple(d for d in self.decisions if source.content == d.content or source.name == d.document)

    def make_failure(self, source: Source, message: str, *, twin: str = "") -> Failure:
        """What is kept of a document that could not be made, or that is the same work as another, its twin."""
        key = make_key(source.name, source.kind, source.content, self.fingerprint)
        return Failure(source.name, source.file, source.sha256, key, message, twin)

    def make_documents(
        self,
        sources: Iterable[Source],
        *,
        kept: Mapping[str, Entry],
        failures: Mapping[str, Failure],
        attached: Mapping[str, str],
    ) -> Made:
        """The records of these documents, processing those that have none.

        kept: entries by name that hold although the code may have changed since. failures: not to be tried, by name.
        attached: name of a record -> its file as known before.
        A document that fails leaves its short name to others, so the rest is named as if it were not there. Of those
        that are the same work one is made; a file and a record of it are made into one.
        """
        failed, processed = dict(failures), set[str]()
        every = {source.name: source for source in sources}
        known = dict(attached)
        for _ in range(2 * len(every) + 2):
            wanted = {s.name: s for s in attach_files((s for n, s in every.items() if n not in failed), known)}
            ids = assign_ids(wanted)
            entries = {name: self._choose_entry(wanted[name], ids[name], kept) for name in ids}
            jobs = [self._make_job(wanted[n], e) for n, e in entries.items() if self.read_record(e) is None]
            if not jobs:
                records = {name: self._records[make_stem(entry.id, entry.key)] for name, entry in entries.items()}
                if self._settle_same_works(wanted, records, (known, failed)):
                    continue
                return Made(entries, records, failed, tuple(sorted(processed & set(records))))
            workers = choose_workers(self.tools.workers, len(jobs))
            for done in run_jobs(jobs, setup=self.tools.setup, workers=workers, progress=self.tools.progress):
                processed.add(done.job.source.name)
                if done.message:
                    # Without its file the record is tried alone, and the file is blamed.
                    source = done.job.source.attached or done.job.source
                    failed[source.name] = self.make_failure(source, done.message)
        raise CorpusError(f"{self.folder}: what is written there does not stay; is the disk all right?")

    def _settle_same_works(
        self,
        wanted: Mapping[str, Source],
        records: Mapping[str, Record],
        state: tuple[dict[str, str], dict[str, Failure]],
    ) -> bool:
        """Attach files to records of the same work, leave out other twins; whether there was anything to do.

        state: name of a record -> its file, and the failures by name; both grow.
        """
        known, failed = state
        found = find_same_works(wanted, records)
        for same in found:
            record, file = wanted[same.name], wanted[same.kept]
            if record.part and not record.attached and not file.part and same.kept not in known.values():
                known[same.name] = file.file
            else:
                failed[same.name] = self.make_failure(
                    record, f"the same work as {same.kept} ({same.key})", twin=same.kept
                )
        return bool(found)

    def _choose_entry(self, source: Source, document_id: str, kept: Mapping[str, Entry]) -> Entry:
        fresh, old = self.make_entry(source, document_id), kept.get(source.name)
        return old if old and replace(old, key=fresh.key) == fresh else fresh

    def _make_job(self, source: Source, entry: Entry) -> Job:
        base = self.workspace.settings.base
        stem = make_stem(entry.id, entry.key)
        key = make_key(entry.id, source.name, source.kind, source.content, self.fingerprint)
        return Job(source, entry.id, stem, self.folder, base, self.find_decisions(source), key)

    def read_record(self, entry: Entry) -> Record | None:
        """The record of an entry, None if there is none that is whole."""
        stem = make_stem(entry.id, entry.key)
        record = self._records.get(stem) or read_record(self.folder, stem, self.digests.digest)
        if record:
            self._records[stem] = record
        return record

    def read_facts(self, manifest: Manifest) -> dict[str, Facts]:
        """Document id -> facts of a state, as far as its records are still there."""
        found = {entry.id: self.read_record(entry) for entry in manifest.entries}
        return {document_id: record.facts for document_id, record in found.items() if record}

    def link(self, made: Made) -> list[Statement]:
        """The statements that hold between these documents."""
        return self.tools.link([made.records[name].summary for name in sorted(made.records)])

    def make_graphs(self, made: Made, between: Iterable[Statement]) -> tuple[tuple[str, GraphRecord], ...]:
        """The named graphs of a state, sorted by name; between: what holds between its documents."""
        base = self.workspace.settings.base
        graphs = {name_graph(e.id, base=base): made.records[name].graph for name, e in made.entries.items()}
        corpus = settle_nquads(to_nquads(between, base=base))
        graphs[name_graph(CORPUS_ID, base=base)] = self._keep(make_stem(CORPUS_ID, hash_bytes(corpus)[:16]), corpus)
        graphs[name_graph(ONTOLOGY_ID, base=base)] = self.make_ontology_graph()
        return tuple(sorted(graphs.items()))

    def make_ontology_graph(self) -> GraphRecord:
        """The graph of the ontology. Raises ValidationError if it is not Turtle."""
        base = self.workspace.settings.base
        key = make_key(compute_ontology_fingerprint(self.workspace.ontology), base)
        stem = make_stem(ONTOLOGY_ID, key)
        record = read_record(self.folder, stem, self.digests.digest)
        if record:
            return record.graph
        return self._keep(stem, load_ontology_graph(self.workspace.ontology, graph=name_graph(ONTOLOGY_ID, base=base)))

    def _keep(self, stem: str, nquads: bytes) -> GraphRecord:
        record = read_record(self.folder, stem, self.digests.digest)
        if record is None:
            write_record(self.folder, stem, nquads, Record(describe_graph(self.folder, stem, nquads)))
            record = read_record(self.folder, stem, self.digests.digest)
        if record is None:
            raise CorpusError(f"{self.folder}: what is written there does not stay; is the disk all right?")
        return record.graph

    def is_whole(self, manifest: Manifest) -> bool:
        """Whether every canonical file of a state is there with the content it should have."""
        try:
            return all(
                self.digests.digest(self.workspace.kg / record.file) == record.sha256 for _, record in manifest.graphs
            )
        except OSError:
            return False
