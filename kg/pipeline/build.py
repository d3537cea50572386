"""The steps that change a workspace: build, add, remove. Each leads from one whole state to the next."""

import difflib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kg.corpus import Workspace
from kg.corpus.attach import attach_files
from kg.corpus.incoming import Incoming, clear_incoming, pack_folders, take_in
from kg.corpus.journal import clean, hold_for_change, keep_source, read_manifest_or_empty
from kg.corpus.manifest import Entry, Failure, Manifest
from kg.corpus.parts import Listing, Part, clear_listings, find_listing, list_parts
from kg.corpus.reviews import REVIEWS_FILE, encode_decisions, merge_decisions
from kg.corpus.sources import (
    KINDS_FILE,
    Scan,
    Skipped,
    Source,
    assign_ids,
    drop_duplicates,
    expand_sources,
    plan_kinds,
    read_kinds,
    scan_corpus,
)
from kg.graph.quads import ONTOLOGY_ID, name_graph
from kg.model import CorpusError, ReadError
from kg.model.decision import Decision
from kg.pipeline.changes import Changes
from kg.pipeline.pool import Progress
from kg.pipeline.stages import link_summaries, load_stages
from kg.pipeline.step import Step, finish_step, hash_companion, refresh_quietly
from kg.pipeline.update import Made, Tools, Updater


@dataclass(frozen=True, slots=True)
class Report:
    """What a step has done.

    processed: number of documents made anew. violations: what in their graphs breaks a shape.
    failures: documents that could not be made; those of `known` were not tried again, because neither they nor the
    code have changed.
    """

    changes: Changes = field(default_factory=Changes)
    skipped: tuple[Skipped, ...] = ()
    failures: tuple[Failure, ...] = ()
    known: tuple[Failure, ...] = ()
    processed: int = 0
    violations: tuple[str, ...] = ()

    def with_failures(self, failures: tuple[Failure, ...]) -> "Report":
        """The report with the documents that failed, and those left out for the same work's sake as passed over."""
        twins = tuple(Skipped(f.name, f.message) for f in failures if f.twin)
        return replace(self, failures=tuple(f for f in failures if not f.twin), skipped=(*self.skipped, *twins))

    def with_work(self, made: Made) -> "Report":
        """The report with what was made."""
        return replace(self, processed=len(made.processed), violations=made.violations)


def make_tools(workspace: Workspace, *, workers: int = 0, progress: Progress | None = None) -> Tools:
    """The rooms of kg as the tools of a step; they are loaded when the first document needs them."""
    tools = Tools(partial(load_stages, workspace.settings, workspace.ontology), link_summaries, workers)
    return replace(tools, progress=progress) if progress else tools


def build(workspace: Workspace, tools: Tools, *, retry: bool = False) -> Report:
    """Bring the graph in line with corpus/: new, changed and deleted files; what is unchanged is not made again.

    retry: try documents again that could not be made although nothing has changed since.
    Raises CorpusError if another process is at it or the disk is full: the state before stays.
    """
    with hold_for_change(workspace, "kg build"):
        updater = Updater(workspace, tools)
        now = read_manifest_or_empty(workspace)
        scan = scan_corpus(workspace, updater.digests, version=updater.fingerprint)
        known = {} if retry else _find_known_failures(updater, now, scan.sources)
        failures = known | _make_failures(updater, scan)
        report = Report(skipped=scan.skipped, known=tuple(f for f in known.values() if not f.twin))
        if not (retry and now.failures) and _is_current(updater, now, scan.sources, failures):
            refresh_quietly(workspace)
            updater.digests.save()
            return report
        made = updater.make_documents(scan.sources, kept={}, failures=failures, attached=now.attached)
        step = Step("build", {source.file: source.path for source in scan.sources})
        changes = finish_step(updater, now, made, step)
        clean(workspace)
        clear_listings(workspace, (source.lines for source in scan.sources if source.part))
        new = tuple(f for name, f in sorted(made.failures.items()) if name not in known)
        return replace(report, changes=changes).with_failures(new).with_work(made)


def add(
    workspace: Workspace, paths: Iterable[Path], tools: Tools, *, kind: str = "auto", as_one: bool = False
) -> Report:
    """Copy documents into corpus/ and put them into the graph, those that can be; the rest is reported.

    paths: files and folders, at any depth. kind: of all of them, "auto" to find it in each.
    as_one: each folder is one document, its files are the chapters.
    Raises CorpusError as build does.
    """
    with hold_for_change(workspace, "kg add"):
        updater = Updater(workspace, tools)
        now = read_manifest_or_empty(workspace)
        skipped: list[Skipped] = []
        if as_one:
            paths = list(pack_folders(workspace, paths, skipped))
        incoming = take_in(workspace, paths, {entry.source: entry.file for entry in now.entries}, skipped)
        report = _add_incoming(updater, now, incoming, kind) if incoming else Report()
        clear_incoming(workspace)
        return replace(report, skipped=(*skipped, *report.skipped))


def _add_incoming(updater: Updater, now: Manifest, incoming: list[Incoming], kind: str) -> Report:
    workspace, files = updater.workspace, {one.file for one in incoming}
    kinds = read_kinds(workspace) | ({} if kind == "auto" else dict.fromkeys(files, kind))
    old = _to_sources(updater, [entry for entry in now.entries if entry.file not in files])
    new = [Source(one.file, one.sha256, kinds.get(one.file, "auto"), one.path) for one in incoming]
    skipped: list[Skipped] = []
    scan = expand_sources(workspace, new, updater.digests, skipped, version=updater.fingerprint)
    sources = drop_duplicates([*old, *scan.sources], skipped)
    known = {f.name: f for f in now.failures if f.file not in files}
    kept = {entry.name: entry for entry in now.entries}
    made = updater.make_documents(
        sources, kept=kept, failures=known | _make_failures(updater, scan), attached=now.attached
    )
    failures = tuple(f for name, f in sorted(made.failures.items()) if name not in known)
    report = Report(skipped=tuple(skipped)).with_failures(failures).with_work(made)
    came = {file for entry in made.entries.values() for file in entry.files if file in files}
    if not came:
        return report
    placed = {one.file: one.sha256 for one in incoming if one.file in came and one.path != workspace.locate(one.file)}
    content = plan_kinds(workspace, named={file: kind for file in came if kind != "auto"})
    step = Step("add", {source.file: source.path for source in sources}, placed, kinds=content)
    return replace(report, changes=finish_step(updater, now, made, step))


def remove(workspace: Workspace, names: Iterable[str], tools: Tools) -> Report:
    """Take documents out of the graph and their files out of corpus/; undo brings both back.

    names: ids, or files below corpus/.
    Raises CorpusError, and changes nothing, if one is unknown or was changed since it was made part of the graph.
    """
    with hold_for_change(workspace, "kg remove"):
        updater = Updater(workspace, tools)
        now = read_manifest_or_empty(workspace)
        gone = {find_file(now, name) for name in names}
        gone |= {entry.attached for entry in now.entries if entry.file in gone and entry.attached}
        for file, digest in {f: d for e in now.entries for f, d in e.files.items() if f in gone}.items():
            _secure(updater, file, digest)
        left = [entry for entry in now.entries if entry.file not in gone]
        sources = [source for source in _to_sources(updater, left) if source.file not in gone]
        kept = {entry.name: entry for entry in now.entries}
        names = {source.name for source in sources}
        failures = {f.name: f for f in now.failures if f.file not in gone and (not f.twin or f.twin in names)}
        made = updater.make_documents(sources, kept=kept, failures=failures, attached=now.attached)
        content = plan_kinds(workspace, gone=gone)
        step = Step("remove", {s.file: s.path for s in sources}, deleted=tuple(sorted(gone)), kinds=content)
        return Report(finish_step(updater, now, made, step)).with_work(made)


def review(workspace: Workspace, decisions: Iterable[Decision], tools: Tools) -> Report:
    """Keep decisions in corpus/reviews.tsv and make the documents they are about anew; undo takes them back.

    Raises CorpusError as build does.
    """
    with hold_for_change(workspace, "kg review"):
        updater = Updater(workspace, tools)
        now = read_manifest_or_empty(workspace)
        merged = merge_decisions(updater.decisions, decisions)
        if merged == updater.decisions:
            return Report()
        updater.decisions = merged
        sources = _to_sources(updater, now.entries)
        kept = {entry.name: entry for entry in now.entries}
        failures = {failure.name: failure for failure in now.failures}
        made = updater.make_documents(sources, kept=kept, failures=failures, attached=now.attached)
        step = Step("review", {s.file: s.path for s in sources}, reviews=encode_decisions(merged))
        return Report(finish_step(updater, now, made, step)).with_work(made)


def find_file(manifest: Manifest, name: str) -> str:
    """The file that goes when the document with this id, or this file, is removed.

    Raises CorpusError if there is none, or if it holds other documents too.
    """
    if any(name in (file, f"corpus/{file}") for entry in manifest.entries for file in entry.files):
        return name.removeprefix("corpus/")
    entry = find_entry(manifest, name)
    if entry.part:
        raise CorpusError(
            f"'{name}' is a record of corpus/{entry.file}: take it out of that file and run 'kg build', "
            f"or remove the whole bibliography with 'kg remove {entry.file}'. Nothing was removed."
        )
    return entry.file


def find_entry(manifest: Manifest, name: str) -> Entry:
    """The document with this id or file. Raises CorpusError with the nearest names if there is none."""
    for entry in manifest.entries:
        if name in (entry.id, entry.name, f"corpus/{entry.name}"):
            return entry
    near = difflib.get_close_matches(name, [n for e in manifest.entries for n in (e.id, e.name)], n=3)
    hint = f"Did you mean {' or '.join(near)}?" if near else "'kg list' shows all."
    raise CorpusError(f"there is no document '{name}'. {hint}")


def _secure(updater: Updater, file: str, digest: str) -> None:
    """Keep a copy of a file that is to go. Raises CorpusError if it is not the one in the graph."""
    path = updater.workspace.locate(file)
    if not path.is_file():
        return
    if updater.digests.digest(path) != digest:
        raise CorpusError(f"corpus/{file}: changed since it was built; run 'kg build' first. Nothing was removed.")
    keep_source(updater.workspace, path, digest)


def _to_sources(updater: Updater, entries: Iterable[Entry]) -> list[Source]:
    """The documents of a state, to be kept as they are or made again from what is kept of their bibliography."""
    workspace = updater.workspace
    listings: dict[str, Listing] = {}
    sources: list[Source] = []
    for entry in entries:
        source = Source(entry.file, entry.source, entry.kind, workspace.locate(entry.file))
        if entry.part and entry.source not in listings:
            listings[entry.source] = _find_listing(updater, source)
        if entry.part:
            listing = listings[entry.source]
            known = next((p for p in listing.parts if p.name == entry.part), Part(entry.part, entry.content, 0, 0))
            source = replace(source, part=known, lines=listing.lines)
        if entry.attached:
            path = workspace.locate(entry.attached)
            sources.append(Source(entry.attached, entry.attached_source, "auto", path))
        sources.append(source)
    return sources


def _find_listing(updater: Updater, source: Source) -> Listing:
    """What is kept of a bibliography, or can be read again from it: another version of kg has kept it otherwise."""
    workspace, version = updater.workspace, updater.fingerprint
    found = find_listing(workspace, source.sha256, updater.digests, version=version)
    if found is None and source.path.is_file() and updater.digests.digest(source.path) == source.sha256:
        with suppress(ReadError):
            found = list_parts(workspace, source.path, updater.digests, version=version)
    return found or Listing(Path(), ())


def _make_failures(updater: Updater, scan: Scan) -> dict[str, Failure]:
    """The bibliographies that cannot be read."""
    return {s.name: updater.make_failure(s, scan.broken[s.name]) for s in scan.sources if s.name in scan.broken}


def _find_known_failures(updater: Updater, now: Manifest, sources: Iterable[Source]) -> dict[str, Failure]:
    """The documents that could not be made before and have not changed since."""
    before = {failure.name: failure for failure in now.failures}
    names = {source.name for source in sources}
    found = ((source, before.get(source.name)) for source in sources)
    good = {s.name: f for s, f in found if f and f == updater.make_failure(s, f.message, twin=f.twin)}
    return {name: failure for name, failure in good.items() if not failure.twin or failure.twin in names}


def _is_current(updater: Updater, now: Manifest, sources: Iterable[Source], failures: dict[str, Failure]) -> bool:
    """Whether the present state is what a build would lead to, with all its files in place."""
    listed = attach_files((source for source in sources if source.name not in failures), now.attached)
    good = {source.name: source for source in listed}
    entries = {updater.make_entry(good[name], document_id) for name, document_id in assign_ids(good).items()}
    if not now.graphs or set(now.entries) != entries or set(now.failures) != set(failures.values()):
        return False
    companions = tuple(hash_companion(updater.workspace, file) for file in (KINDS_FILE, REVIEWS_FILE))
    if (now.kinds, now.reviews) != companions or not updater.is_whole(now):
        return False
    ontology = name_graph(ONTOLOGY_ID, base=updater.workspace.settings.base)
    return dict(now.graphs).get(ontology) == updater.make_ontology_graph()
