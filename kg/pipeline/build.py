"""The steps that change a workspace: build, add, remove. Each leads from one whole state to the next."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kg.corpus import Workspace
from kg.corpus.incoming import Incoming, clear_incoming, take_in
from kg.corpus.journal import clean, hold_for_change, keep_source, read_manifest_or_empty
from kg.corpus.manifest import Entry, Failure, Manifest
from kg.corpus.sources import Skipped, Source, assign_ids, plan_kinds, read_kinds, scan_corpus
from kg.graph.quads import ONTOLOGY_ID, name_graph
from kg.model import CorpusError
from kg.pipeline.changes import Changes
from kg.pipeline.pool import Progress
from kg.pipeline.stages import link_summaries, load_stages
from kg.pipeline.step import Step, finish_step, hash_kinds, refresh_quietly
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
        scan = scan_corpus(workspace, updater.digests)
        known = {} if retry else _find_known_failures(updater, now, scan.sources)
        report = Report(skipped=scan.skipped, known=tuple(known.values()))
        if not (retry and now.failures) and _is_current(updater, now, scan.sources, known):
            refresh_quietly(workspace)
            updater.digests.save()
            return report
        made = updater.make_documents(scan.sources, kept={}, failures=known)
        step = Step("build", {source.file: source.path for source in scan.sources})
        changes = finish_step(updater, now, made, step)
        clean(workspace)
        new = tuple(f for file, f in sorted(made.failures.items()) if file not in known)
        return replace(report, changes=changes, failures=new).with_work(made)


def add(workspace: Workspace, paths: Iterable[Path], tools: Tools, *, kind: str = "auto") -> Report:
    """Copy documents into corpus/ and put them into the graph, those that can be; the rest is reported.

    paths: files and folders, at any depth. kind: of all of them, "auto" to find it in each.
    Raises CorpusError as build does.
    """
    with hold_for_change(workspace, "kg add"):
        updater = Updater(workspace, tools)
        now = read_manifest_or_empty(workspace)
        skipped: list[Skipped] = []
        incoming = take_in(workspace, paths, {entry.source: entry.file for entry in now.entries}, skipped)
        report = _add_incoming(updater, now, incoming, kind) if incoming else Report()
        clear_incoming(workspace)
        return replace(report, skipped=tuple(skipped))


def _add_incoming(updater: Updater, now: Manifest, incoming: list[Incoming], kind: str) -> Report:
    workspace, files = updater.workspace, {one.file for one in incoming}
    old = [_to_source(workspace, entry) for entry in now.entries]
    kinds = read_kinds(workspace) | ({} if kind == "auto" else dict.fromkeys(files, kind))
    new = [Source("", one.file, one.sha256, kinds.get(one.file, "auto"), one.path) for one in incoming]
    known = {f.file: f for f in now.failures if f.file not in files}
    made = updater.make_documents([*old, *new], kept={e.file: e for e in now.entries}, failures=known)
    came = [one for one in incoming if one.file in made.entries]
    failures = tuple(f for file, f in sorted(made.failures.items()) if file not in known)
    if not came:
        return Report(failures=failures).with_work(made)
    step = Step(
        "add",
        {source.file: source.path for source in (*old, *new)},
        placed={one.file: one.sha256 for one in came if one.path != workspace.locate(one.file)},
        kinds=plan_kinds(workspace, named={one.file: kind for one in came if kind != "auto"}),
    )
    return Report(finish_step(updater, now, made, step), failures=failures).with_work(made)


def remove(workspace: Workspace, names: Iterable[str], tools: Tools) -> Report:
    """Take documents out of the graph and their files out of corpus/; undo brings both back.

    names: ids, or files below corpus/.
    Raises CorpusError, and changes nothing, if one is unknown or was changed since it was made part of the graph.
    """
    with hold_for_change(workspace, "kg remove"):
        updater = Updater(workspace, tools)
        now = read_manifest_or_empty(workspace)
        gone = {find_entry(now, name).file for name in names}
        for entry in now.entries:
            if entry.file in gone:
                _secure(updater, entry)
        sources = [_to_source(workspace, entry) for entry in now.entries if entry.file not in gone]
        kept = {entry.file: entry for entry in now.entries}
        made = updater.make_documents(sources, kept=kept, failures={f.file: f for f in now.failures})
        content = plan_kinds(workspace, gone=gone)
        step = Step("remove", {s.file: s.path for s in sources}, deleted=tuple(sorted(gone)), kinds=content)
        return Report(finish_step(updater, now, made, step)).with_work(made)


def find_entry(manifest: Manifest, name: str) -> Entry:
    """The entry with this id or file. Raises CorpusError with the nearest names if there is none."""
    for entry in manifest.entries:
        if name in (entry.id, entry.file, f"corpus/{entry.file}"):
            return entry
    near = difflib.get_close_matches(name, [n for e in manifest.entries for n in (e.id, e.file)], n=3)
    hint = f"Did you mean {' or '.join(near)}?" if near else "'kg list' shows all."
    raise CorpusError(f"there is no document '{name}'. {hint}")


def _secure(updater: Updater, entry: Entry) -> None:
    """Keep a copy of a document that is to go. Raises CorpusError if its file is not the one in the graph."""
    path = updater.workspace.locate(entry.file)
    if not path.is_file():
        return
    if updater.digests.digest(path) != entry.source:
        raise CorpusError(
            f"corpus/{entry.file}: changed since it was built; run 'kg build' first. Nothing was removed."
        )
    keep_source(updater.workspace, path, entry.source)


def _to_source(workspace: Workspace, entry: Entry) -> Source:
    return Source(entry.id, entry.file, entry.source, entry.kind, workspace.locate(entry.file))


def _find_known_failures(updater: Updater, now: Manifest, sources: Iterable[Source]) -> dict[str, Failure]:
    """The documents that could not be made before and have not changed since."""
    before = {failure.file: failure for failure in now.failures}
    found = ((source, before.get(source.file)) for source in sources)
    return {s.file: f for s, f in found if f and f == updater.make_failure(s, f.message)}


def _is_current(updater: Updater, now: Manifest, sources: Iterable[Source], known: dict[str, Failure]) -> bool:
    """Whether the present state is what a build would lead to, with all its files in place."""
    good = {source.file: source for source in sources if source.file not in known}
    entries = {updater.make_entry(good[file], name) for file, name in assign_ids(good).items()}
    if not now.graphs or set(now.entries) != entries or set(now.failures) != set(known.values()):
        return False
    if now.kinds != hash_kinds(updater.workspace) or not updater.is_whole(now):
        return False
    ontology = name_graph(ONTOLOGY_ID, base=updater.workspace.settings.base)
    return dict(now.graphs).get(ontology) == updater.make_ontology_graph()
