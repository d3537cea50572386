"""The store: a pyoxigraph copy of the canonical N-Quads, made again on any doubt.

`.kg/store/current.json` names the published folder, the mark of the graphs in it, and size and time of each of its
files. A reader that finds another mark, another size or time, or a file that does not open, publishes a new copy;
where it cannot (disk full, read-only folder) it reads the canonical text into memory. A published folder is never
written to again, so that readers and a writer never meet in one.
"""

import fcntl
import io
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from kg.graph.canonical import KG_FOLDER, MANIFEST, GraphFile, GraphTable, read_graph, read_graph_table, read_graphs
from kg.graph.counts import has_counts, write_counts
from kg.model import CorpusError

#: A new copy starts from the last one unless more than this part of the quads has changed (bulk loading is faster).
MAX_CHANGED_SHARE = 0.4
MAX_OPEN_COPIES = 16
#: Text of one bulk load, which takes some four times as much memory: 330 MB instead of 960 for 720,000 quads.
MAX_LOAD_BYTES = 60_000_000
MAX_OPEN_ATTEMPTS = 4
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
#: What pyoxigraph raises for a database that is damaged or cannot be written.
_STORE_ERRORS = (OSError, RuntimeError, ValueError)
#: Files that RocksDB keeps for people and for its own lock; they say nothing about the quads.
_UNCHECKED = {"LOG", "LOCK", "IDENTITY"}


@dataclass(frozen=True, slots=True)
class Published:
    """A published folder: the mark of its graphs, and file name -> [size in bytes, time of change in ns].

    manifest: size, time of change and number of the manifest's file when its mark was read: a manifest that is still
    this one need not be read again, which takes 0.3 s for fifty thousand documents.
    """

    folder: str
    mark: str
    files: dict[str, list[int]]
    manifest: list[int]


def open_for_reading(root: Path) -> ox.Store:
    """The graph of the workspace at `root`, read-only, while others may write.

    Raises CorpusError if there is no graph yet or its canonical text is damaged.
    """
    for _ in range(MAX_OPEN_ATTEMPTS):
        published = _read_published(root)
        if published and _is_current(root, published):
            store = _open_published(root, published)
            if store is not None:
                return store
            (root / KG_FOLDER / "store" / "current.json").unlink(missing_ok=True)
        try:
            refresh_store(root)
        except _STORE_ERRORS:
            break
    return load_memory_store(root)


def load_memory_store(root: Path) -> ox.Store:
    """The graph of the workspace in memory: 3 to 5 times faster to query than on disk, 4 CPU s for a million quads.

    Raises CorpusError as open_for_reading does.
    """
    store = ox.Store()
    _load(store, read_graphs(root, read_graph_table(root)))
    return store


def memory_store(nquads: bytes) -> ox.Store:
    """A store in memory that holds these N-Quads. Raises SyntaxError if they are not N-Quads."""
    store = ox.Store()
    store.bulk_load(io.BytesIO(nquads), format=ox.RdfFormat.N_QUADS)
    return store


def _load(store: ox.Store, texts: Iterable[bytes]) -> None:
    """Load N-Quads, only so many at a time. Raises SyntaxError if they are not N-Quads."""
    part, size = list[bytes](), 0
    for text in texts:
        part.append(text)
        size += len(text)
        if size >= MAX_LOAD_BYTES:
            store.bulk_load(io.BytesIO(b"".join(part)), format=ox.RdfFormat.N_QUADS)
            part, size = [], 0
    store.bulk_load(io.BytesIO(b"".join(part)), format=ox.RdfFormat.N_QUADS)


def count_quads(store: ox.Store, *graphs: str) -> dict[str, int]:
    """Number of quads of these graphs, or of all, without those that have none: 3 s for a million quads.

    Raises OSError or RuntimeError if a block of the store on disk is damaged. They are counted one by one because
    a COUNT never ends on a damaged block (pyoxigraph 0.5.13).
    """
    names = graphs or tuple(name.value for name in store.named_graphs())
    counts = {name: sum(1 for _ in store.quads_for_pattern(None, None, None, ox.NamedNode(name))) for name in names}
    return {name: count for name, count in counts.items() if count}


def _count_fresh(store: ox.Store) -> dict[str, int]:
    """The same for a store just loaded, which nothing can have damaged: 0.3 s for a million quads."""
    rows = store.query(_COUNTS)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101  # a SELECT gives rows
    return {row["g"].value: int(row["n"].value) for row in rows}


def refresh_store(root: Path, *, anew: bool = False) -> bool:
    """Publish a copy that holds what the manifest names; False if the published one already did.

    anew: from the canonical text alone, whatever the published one looks like.
    Raises CorpusError if the canonical text is damaged, OSError or RuntimeError if the disk is full or may not be
    written to.
    """
    stamp = _stamp_manifest(root)
    table = read_graph_table(root)
    earlier = None if anew else _read_published(root)
    with _hold(root, earlier) as held:
        same = bool(earlier and held and earlier.mark == table.mark)
        if earlier and same and earlier.manifest != stamp:
            _publish(root, replace(earlier, manifest=stamp))
        if not same:
            _make_copy(root, table, earlier if held else None, stamp)
    if not same:
        clear_old_copies(root)
    _count(root)
    return not same


def find_mark(root: Path) -> str:
    """The mark of the workspace's graph as it is now. Raises CorpusError if there is none or it is damaged."""
    published, stamp = _read_published(root), _stamp_manifest(root)
    return published.mark if published and stamp and stamp == published.manifest else read_graph_table(root).mark


def _count(root: Path) -> None:
    """Keep the heavy counts of the published copy; where there is no room, they are made anew for each question."""
    published = _read_published(root)
    if published and not has_counts(root, published.mark):
        with _hold(root, published) as lock, suppress(*_STORE_ERRORS):
            if lock:
                folder = root / KG_FOLDER / "store" / published.folder
                write_counts(root, published.mark, ox.Store.read_only(str(folder / "db")))


def clear_old_copies(root: Path) -> None:
    """Delete the folders that nobody reads or writes any more."""
    folder = root / KG_FOLDER / "store"
    current = _read_published(root)
    for path in folder.glob("copy-*"):
        if current and path.name == current.folder:
            continue
        with suppress(OSError), (path / "lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove_tree(path)


def _make_copy(root: Path, table: GraphTable, earlier: Published | None, stamp: list[int]) -> None:
    """Make a new copy, from the earlier one or from the text alone, and publish it."""
    folder = root / KG_FOLDER / "store"
    folder.mkdir(parents=True, exist_ok=True)
    target = _make_new_folder(folder)
    with (target / "lock").open("wb") as lock, ExitStack() as failing:
        fcntl.flock(lock, fcntl.LOCK_SH)  # so that nobody clears the unfinished folder away
        failing.callback(_remove_tree, target)
        if not (earlier and _try_changes(root, table, earlier, target)):
            _copy_all(root, table, target)
        _remove_tree(target / "work")
        _write_json(target / "graphs.json", {g.graph: [g.sha256, g.quads] for g in table.graphs})
        _publish(root, Published(target.name, table.mark, _list_files(target / "db"), stamp))
        failing.pop_all()


def _copy_all(root: Path, table: GraphTable, target: Path) -> None:
    store = ox.Store(str(target / "work"))
    _load(store, read_graphs(root, table))
    store.flush()
    found, expected = _count_fresh(store), _expected_counts(table.graphs)
    if found != expected:
        name = next(g for g in sorted({*found, *expected}) if found.get(g) != expected.get(g))
        raise CorpusError(
            f"<{name}>: {found.get(name, 0)} quads in the store, {expected.get(name, 0)} in the manifest."
        )
    store.backup(str(target / "db"))


def _publish(root: Path, published: Published) -> None:
    """Make a copy the one that readers open."""
    folder = root / KG_FOLDER / "store"
    draft = folder / published.folder / f"current-{os.getpid()}.json"
    _write_json(draft, asdict(published))
    draft.replace(folder / "current.json")


def _try_changes(root: Path, table: GraphTable, earlier: Published, target: Path) -> bool:
    """_copy_changes; False, and nothing left behind, if the earlier copy does not open or comes out wrong."""
    with suppress(*_STORE_ERRORS):
        if _copy_changes(root, table, earlier, target):
            return True
    _remove_tree(target / "work")
    return False


def _copy_changes(root: Path, table: GraphTable, earlier: Published, target: Path) -> bool:
    """Take over the earlier copy and change what differs; False if that is not worth while or comes out wrong."""
    source = root / KG_FOLDER / "store" / earlier.folder
    held: dict[str, list[object]] = json.loads((source / "graphs.json").read_bytes())
    gone = sorted(set(held) - {g.graph for g in table.graphs})
    changed = [g for g in table.graphs if held.get(g.graph) != [g.sha256, g.quads]]
    if sum(g.quads for g in changed) > MAX_CHANGED_SHARE * sum(g.quads for g in table.graphs):
        return False
    ox.Store.read_only(str(source / "db")).backup(str(target / "work"))
    store = ox.Store(str(target / "work"))
    for name in [*gone, *(g.graph for g in changed if g.graph in held)]:
        store.remove_graph(ox.NamedNode(name))
    _load(store, (read_graph(root, graph) for graph in changed))
    store.flush()
    if count_quads(store, *gone, *(g.graph for g in changed)) != _expected_counts(changed):
        return False
    store.backup(str(target / "db"))
    return True


def _make_new_folder(folder: Path) -> Path:
    """A folder that no other process, alive or dead, has made."""
    import tempfile  # whoever only opens the store does without it

    return Path(tempfile.mkdtemp(prefix="copy-", dir=folder))


def _remove_tree(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _expected_counts(graphs: Iterable[GraphFile]) -> dict[str, int]:
    return {g.graph: g.quads for g in graphs if g.quads}


def _write_json(path: Path, value: object) -> None:
    with path.open("wb") as file:
        file.write(json.dumps(value).encode())
        file.flush()
        os.fsync(file.fileno())


def _list_files(folder: Path) -> dict[str, list[int]]:
    with os.scandir(folder) as entries:
        stats = {entry.name: entry.stat() for entry in entries if entry.name not in _UNCHECKED}
    return {name: [stat.st_size, stat.st_mtime_ns] for name, stat in stats.items()}


def _read_published(root: Path) -> Published | None:
    """The record of the published copy, None if there is none that can be believed."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads((root / KG_FOLDER / "store" / "current.json").read_bytes())
        if Path(found["folder"]).name == found["folder"]:
            return Published(found["folder"], found["mark"], dict(found["files"]), list(found["manifest"]))
    return None


def _stamp_manifest(root: Path) -> list[int]:
    """Size, time of change and number of the manifest's file; a rename gives it another number. [] if there is none."""
    with suppress(OSError):
        stat = (root / KG_FOLDER / MANIFEST).stat()
        return [stat.st_size, stat.st_mtime_ns, stat.st_ino]
    return []


def _is_current(root: Path, published: Published) -> bool:
    """Whether a copy holds what the manifest names. Raises CorpusError if that is missing or damaged."""
    stamp = _stamp_manifest(root)
    return (bool(stamp) and stamp == published.manifest) or published.mark == read_graph_table(root).mark


@contextmanager
def _hold(root: Path, published: Published | None) -> Iterator[io.BufferedReader | None]:
    """Keep a copy from being cleared away; None if there is none or its files are not those that were published."""
    if not published:
        yield None
        return
    folder = root / KG_FOLDER / "store" / published.folder
    with ExitStack() as stack:
        lock = None
        with suppress(OSError):
            lock = stack.enter_context((folder / "lock").open("rb"))
            fcntl.flock(lock, fcntl.LOCK_SH)
            if _list_files(folder / "db") != published.files:
                lock = None
        yield lock


#: Locks on the copies opened by this process: a copy is not cleared away while one is held.
_HELD: deque[int] = deque()


def _open_published(root: Path, published: Published) -> ox.Store | None:
    """The published copy, None if its files are not those that were published or do not open."""
    with _hold(root, published) as lock, suppress(*_STORE_ERRORS):
        if lock:
            store = ox.Store.read_only(str(root / KG_FOLDER / "store" / published.folder / "db"))
            _HELD.append(os.dup(lock.fileno()))
            if len(_HELD) > MAX_OPEN_COPIES:
                os.close(_HELD.popleft())
            return store
    return None
