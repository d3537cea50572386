"""A change of the workspace as one step: written down first, then carried out, and carried out again after a crash.

Order of a change: graph files and copies of sources are put in place; the state before goes to history/; the journal is
written, and with it the change is made; then corpus/ and manifest.json follow, and the journal goes. Whoever finds a
journal carries out the rest, which may be done any number of times.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.corpus.files import clear_parts, copy_durably, hash_file, remove_durably, write_durably
from kg.corpus.lock import hold_lock
from kg.corpus.manifest import Manifest, decode_manifest, read_manifest
from kg.corpus.workspace import FOUND, Workspace, name_found
from kg.model import CorpusError

#: Operations that can be undone one after the other.
UNDO_LEVELS = 20


@dataclass(frozen=True, slots=True)
class Change:
    """What a step does: the state it leads to, and what it does to corpus/.

    place: file below corpus/ -> SHA-256 of its new content, a copy of which is kept.
    delete: files below corpus/ that go. undone: the operation that the step takes back, "" if it is none of undo.
    """

    manifest: Manifest
    place: dict[str, str] = field(default_factory=dict)
    delete: tuple[str, ...] = ()
    undone: str = ""


@contextmanager
def hold_for_change(workspace: Workspace, command: str) -> Iterator[str]:
    """Keep other writers out, and first finish what a killed one has begun: the operation it undid, "" if none.

    Raises CorpusError if another process is at it, and in place of the OSError of a full disk.
    """
    try:
        with hold_lock(workspace, command):
            undone = _read_undone(workspace)
            recover(workspace)
            yield undone
    except OSError as error:
        where = error.filename or workspace.kg
        raise CorpusError(
            f"{where}: {error.strerror or error}. Nothing is lost: put it right and run the same command again."
        ) from error


def commit(workspace: Workspace, change: Change, *, last: Callable[[], object] = bool) -> None:
    """Make a change, whole or not at all. The caller holds the lock. Raises OSError if the disk is full.

    last: what else there is to do before the change counts as finished.
    """
    now = read_manifest_or_empty(workspace)
    if change.manifest.previous == now.number:
        write_durably(_history(workspace, now.number), now.encode())
    record = {"place": change.place, "delete": change.delete, "manifest": change.manifest.encode().decode()}
    record |= {"undone": change.undone} if change.undone else {}
    write_durably(workspace.kg / "journal.json", json.dumps(record).encode())
    recover(workspace, last=last)


def recover(workspace: Workspace, *, last: Callable[[], object] = bool) -> bool:
    """Carry out what a journal says is left to do; False if there is none. The caller holds the lock.

    Raises OSError if the disk is full: the journal stays, and the next command goes on.
    """
    found = _read_journal(workspace)
    if not found:
        return False
    for file, digest in found["place"].items():
        _place(workspace, file, digest)
    for file in found["delete"]:
        _delete(workspace, file)
    write_durably(workspace.kg / "manifest.json", found["manifest"].encode())
    last()
    remove_durably(workspace.kg / "journal.json")
    return True


def _read_undone(workspace: Workspace) -> str:
    return str(_read_journal(workspace).get("undone", ""))


def _read_journal(workspace: Workspace) -> dict[str, Any]:
    """What a journal holds, nothing if there is none. Raises CorpusError if it is damaged."""
    path = workspace.kg / "journal.json"
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
        if not isinstance(found, dict) or not {"place", "delete", "manifest"} <= found.keys():
            raise ValueError("it is no journal")
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise CorpusError(f"{path}: damaged ({error}); delete it, then run 'kg build'") from error
    return found


def read_manifest_or_empty(workspace: Workspace) -> Manifest:
    """The present state; an empty one if there is none or it is damaged: a build makes it again."""
    try:
        return read_manifest(workspace)
    except CorpusError:
        return Manifest()


def read_earlier(workspace: Workspace, manifest: Manifest) -> Manifest | None:
    """The state before this one, None if there is none or it is no longer kept. Raises CorpusError if it is damaged."""
    if manifest.previous is None:
        return None
    path = _history(workspace, manifest.previous)
    return decode_manifest(path.read_bytes(), path) if path.is_file() else None


def find_states(workspace: Workspace) -> list[Manifest]:
    """The present state and those that undo can go back to, newest first; what is behind a damaged one is lost."""
    states = [read_manifest_or_empty(workspace)]
    with suppress(CorpusError):
        while len(states) <= UNDO_LEVELS and (earlier := read_earlier(workspace, states[-1])):
            states.append(earlier)
    return states


def clean(workspace: Workspace) -> None:
    """Take away what neither the present state nor one that undo can go back to needs. The caller holds the lock."""
    states = find_states(workspace)
    graphs = {Path(record.file).stem for state in states for _, record in state.graphs}
    _keep(workspace.kg / "history", {_history(workspace, state.number).name for state in states[1:]})
    _keep(
        workspace.kg / "sources",
        {
            d
            for state in states
            for d in (state.kinds, state.reviews, *(d for e in state.entries for d in e.files.values()))
        },
    )
    _keep(workspace.kg / FOUND, {name_found(entry.id) for state in states for entry in state.entries})
    _keep(workspace.kg / "documents", {f"{stem}.{ending}" for stem in graphs for ending in ("nq", "json")})


def keep_source(workspace: Workspace, path: Path, digest: str) -> None:
    """Keep a copy of a file for undo. Raises CorpusError if its content is no longer that of the digest."""
    kept = find_source(workspace, digest)
    if kept.is_file():
        return
    copy_durably(path, kept, may_link=True)
    if hash_file(kept) != digest:
        kept.unlink()
        raise CorpusError(f"{path}: changed while it was read; run the command again")


def find_source(workspace: Workspace, digest: str) -> Path:
    """Where the copy of a source lies, or would lie. Raises CorpusError if the digest is none."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise CorpusError(f"{workspace.kg}: '{digest[:80]}' is no SHA-256; delete this folder and run 'kg build'")
    return workspace.kg / "sources" / digest


def _place(workspace: Workspace, file: str, digest: str) -> None:
    target = workspace.locate(file)
    clear_parts(target)
    if target.is_file() and hash_file(target) == digest:
        return
    kept = find_source(workspace, digest)
    if not kept.is_file():
        raise CorpusError(f"corpus/{file}: no copy of it is kept; delete {workspace.kg} and run 'kg build'")
    copy_durably(kept, target, may_link=True)


def _delete(workspace: Workspace, file: str) -> None:
    path = workspace.locate(file)
    remove_durably(path)
    for folder in path.relative_to(workspace.corpus).parents:
        if folder.name:
            with suppress(OSError):  # not empty, or already gone
                (workspace.corpus / folder).rmdir()


def _history(workspace: Workspace, number: int) -> Path:
    return workspace.kg / "history" / f"{number:06}.json"


def _keep(folder: Path, names: set[str]) -> None:
    if folder.is_symlink():  # a workspace that others made must not have files elsewhere taken away
        raise CorpusError(f"{folder}: a link; delete it, and run the command again")
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in names:
            path.unlink(missing_ok=True)
