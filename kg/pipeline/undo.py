"""Back to the state before the last step, graph and corpus/ byte for byte."""

from dataclasses import dataclass, replace

from kg.corpus import Workspace
from kg.corpus.files import copy_durably, hash_file
from kg.corpus.journal import Change, commit, find_source, hold_for_change, read_earlier, read_manifest_or_empty
from kg.corpus.manifest import Manifest
from kg.corpus.reviews import REVIEWS_FILE
from kg.corpus.sources import KINDS_FILE
from kg.model import CorpusError
from kg.pipeline.build import Report
from kg.pipeline.step import describe_change, refresh_quietly
from kg.pipeline.update import Tools, Updater


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone. operation: which; finished: whether it had been begun by a command that was killed."""

    report: Report
    operation: str
    finished: bool = False


def undo(workspace: Workspace, tools: Tools) -> Undone:
    """Undo the last add, build or remove, or finish an undo that was killed, and then no more.

    Files of corpus/ that the step put there go, those that it changed or took away come back as they were; what is
    displaced is kept in .kg/undone/. Files that a build found new in corpus/ stay there.
    Raises CorpusError, and changes nothing, if there is nothing to undo or a file was changed since the step.
    """
    with hold_for_change(workspace, "kg undo") as begun:
        updater = Updater(workspace, tools)
        if begun:
            refresh_quietly(workspace)
            return Undone(Report(), begun, finished=True)
        now = read_manifest_or_empty(workspace)
        earlier = read_earlier(workspace, now)
        if earlier is None:
            raise CorpusError("there is nothing to undo")
        if not updater.is_whole(earlier):
            raise CorpusError(f"{workspace.kg}: what the state before needs is damaged; 'kg build' makes this one anew")
        change = _plan(workspace, now, earlier)
        for file in (*change.place, *change.delete):
            _set_aside(workspace, file)
        changes = describe_change(updater, now, earlier)
        # Until the store is in line, which takes longest, whoever is killed and repeats the command means this step.
        commit(workspace, replace(change, undone=now.operation), last=lambda: refresh_quietly(workspace))
        updater.digests.save()
        return Undone(Report(changes), now.operation)


def _plan(workspace: Workspace, now: Manifest, earlier: Manifest) -> Change:
    """What to put back and what to take away. Raises CorpusError if that would lose something."""
    before, after = (_find_files(state) for state in (earlier, now))
    place = {file: digest for file, digest in before.items() if after.get(file) != digest}
    gone = set(now.placed) | set(_find_companions(now))
    delete = tuple(sorted(file for file in gone if file not in before))
    for file in (*place, *delete):
        path = workspace.locate(file)
        if path.is_file() and hash_file(path) not in (after.get(file), before.get(file)):
            raise CorpusError(f"corpus/{file}: changed since the last step; run 'kg build' first. Nothing was undone.")
    for file, digest in place.items():
        kept = find_source(workspace, digest)
        if not kept.is_file() or hash_file(kept) != digest:
            raise CorpusError(f"corpus/{file}: no copy is kept of what it was. Nothing was undone.")
    return Change(earlier, place, delete)


def _find_files(state: Manifest) -> dict[str, str]:
    """File -> SHA-256 of the documents of a state, of kinds.toml and of reviews.tsv."""
    return {f: digest for entry in state.entries for f, digest in entry.files.items()} | _find_companions(state)


def _find_companions(state: Manifest) -> dict[str, str]:
    """kinds.toml and reviews.tsv -> SHA-256, those that are there."""
    return {file: digest for file, digest in ((KINDS_FILE, state.kinds), (REVIEWS_FILE, state.reviews)) if digest}


def _set_aside(workspace: Workspace, file: str) -> None:
    path = workspace.locate(file)
    if path.is_file():
        copy_durably(path, workspace.kg / "undone" / file, may_link=True)
