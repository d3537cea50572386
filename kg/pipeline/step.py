"""The end of every step: the new state is written down, made the present one, and told."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.corpus import Workspace
from kg.corpus.files import hash_bytes, hash_file, write_durably
from kg.corpus.journal import Change, commit, find_source, keep_source
from kg.corpus.manifest import Manifest
from kg.corpus.reviews import REVIEWS_FILE
from kg.corpus.sources import KINDS_FILE
from kg.graph.quads import CORPUS_ID, name_graph
from kg.graph.store import refresh_store
from kg.pipeline.changes import Changes, compare_states, compute_changes, find_conflicts
from kg.pipeline.update import Made, Updater


@dataclass(frozen=True, slots=True)
class Step:
    """What a command does to corpus/.

    paths: where each file that is a source lies. placed: files put into corpus/, with the SHA-256 of their content.
    deleted: files taken out of it. kinds, reviews: the new content of kinds.toml and reviews.tsv, None to leave it.
    """

    operation: str
    paths: Mapping[str, Path]
    placed: Mapping[str, str] = field(default_factory=dict)
    deleted: tuple[str, ...] = ()
    kinds: bytes | None = None
    reviews: bytes | None = None


def finish_step(updater: Updater, now: Manifest, made: Made, step: Step) -> Changes:
    """Make the documents made, and no others, the present state. Raises OSError if the disk is full."""
    workspace = updater.workspace
    between = updater.link(made)
    place = dict(step.placed)
    kinds = _keep_companion(workspace, KINDS_FILE, step.kinds, place)
    reviews = _keep_companion(workspace, REVIEWS_FILE, step.reviews, place)
    new = Manifest(
        number=now.number + 1,
        previous=now.number,
        operation=step.operation,
        placed=tuple(sorted(step.placed)),
        kinds=kinds,
        reviews=reviews,
        entries=tuple(sorted(made.entries.values(), key=lambda entry: entry.id)),
        failures=tuple(
            f for _, f in sorted(made.failures.items()) if f.file in place or workspace.locate(f.file).is_file()
        ),
        graphs=updater.make_graphs(made, between),
    )
    for file, digest in {file: digest for entry in new.entries for file, digest in entry.files.items()}.items():
        keep_source(workspace, step.paths[file], digest)
    conflicts = find_conflicts(between, read_links(workspace, now))
    changes = replace(describe_change(updater, now, new), conflicts=conflicts)
    commit(workspace, Change(_number(now, new), place, step.deleted))
    refresh_quietly(workspace)
    updater.digests.save()
    return changes


def describe_change(updater: Updater, before: Manifest, after: Manifest) -> Changes:
    """What differs between two states."""
    documents = compare_states(before, after)
    base = updater.workspace.settings.base
    return compute_changes(documents, updater.read_facts(before), updater.read_facts(after), base=base)


def refresh_quietly(workspace: Workspace) -> None:
    """Bring the store in line; where there is no room for it readers do without, and the next command tries again."""
    with suppress(OSError, RuntimeError):
        refresh_store(workspace.root)


def hash_companion(workspace: Workspace, file: str) -> str:
    """SHA-256 of kinds.toml or reviews.tsv, "" if there is none."""
    path = workspace.corpus / file
    return hash_file(path) if path.is_file() else ""


def read_links(workspace: Workspace, manifest: Manifest) -> bytes:
    """The canonical N-Quads of what holds between the documents of a state, as far as they are there."""
    record = dict(manifest.graphs).get(name_graph(CORPUS_ID, base=workspace.settings.base))
    with suppress(OSError):
        return (workspace.kg / record.file).read_bytes() if record else b""
    return b""


def _keep_companion(workspace: Workspace, file: str, content: bytes | None, place: dict[str, str]) -> str:
    """Keep a copy of kinds.toml or reviews.tsv as it will be, None for as it is; its SHA-256."""
    if content is None:
        digest = hash_companion(workspace, file)
        if digest:
            keep_source(workspace, workspace.corpus / file, digest)
        return digest
    digest = hash_bytes(content)
    write_durably(find_source(workspace, digest), content)
    place[file] = digest
    return digest


def _list_files(state: Manifest) -> set[tuple[str, str]]:
    return {found for entry in state.entries for found in entry.files.items()}


def _number(now: Manifest, new: Manifest) -> Manifest:
    """A state with the same quads of the same files is no step that anybody would undo: it takes the place of this."""
    same = now.graphs and now.mark == new.mark and (now.kinds, now.reviews) == (new.kinds, new.reviews)
    if same and _list_files(now) == _list_files(new):
        return replace(new, number=now.number, previous=now.previous, operation=now.operation, placed=now.placed)
    return new
