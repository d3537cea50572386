"""SHA-256 of files, remembered by size and time of change, so that nothing is hashed twice."""

import json
import time
from contextlib import suppress
from pathlib import Path

from kg.corpus.files import hash_file, write_durably
from kg.corpus.workspace import Workspace

#: A file changed less than this before it was hashed may change again within one tick of the file system's clock.
UNSETTLED_NS = 2_000_000_000


class Digests:
    """The digests of a workspace's files; a cache that may be lost, kept in .kg/digests.json."""

    def __init__(self, workspace: Workspace) -> None:
        self._root = workspace.root
        self._path = workspace.kg / "digests.json"
        self._known: dict[str, list[object]] = {}
        self._changed = False
        with suppress(OSError, ValueError):
            found = json.loads(self._path.read_bytes())
            self._known = found if isinstance(found, dict) else {}

    def digest(self, path: Path) -> str:
        """SHA-256 of the file, hexadecimal. Raises OSError if it cannot be read."""
        name = path.relative_to(self._root).as_posix()
        stat = path.stat()
        known = self._known.get(name)
        if isinstance(known, list) and known[:-1] == [stat.st_size, stat.st_mtime_ns] and isinstance(known[-1], str):
            return known[-1]
        digest = hash_file(path)
        if time.time_ns() - stat.st_mtime_ns > UNSETTLED_NS:
            self._known[name] = [stat.st_size, stat.st_mtime_ns, digest]
            self._changed = True
        return digest

    def save(self) -> None:
        """Keep what was learnt, without the files that are gone."""
        if self._changed:
            kept = {name: value for name, value in self._known.items() if (self._root / name).exists()}
            write_durably(self._path, json.dumps(kept).encode("utf-8", "surrogatepass"))
            self._changed = False
