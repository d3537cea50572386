"""The workspace: a folder with kg.toml, corpus/, queries/, ontology/, and .kg/ made from them."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.corpus.settings import SETTINGS_FILE, Settings, read_settings
from kg.corpus.share import find_share
from kg.model import CorpusError


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace on disk. `root` is absolute."""

    root: Path
    settings: Settings

    @property
    def corpus(self) -> Path:
        """The folder of the documents."""
        return self.root / "corpus"

    @property
    def queries(self) -> Path:
        """The folder of the workspace's own queries."""
        return self.root / "queries"

    @property
    def ontology(self) -> Path:
        """The workspace's ontology, or the one that comes with kg where it has none."""
        own = self.root / "ontology"
        return own if own.is_dir() else find_share("ontology")

    @property
    def kg(self) -> Path:
        """The folder of what can be made again: graphs, undo history, store."""
        return self.root / ".kg"

    def locate(self, file: str) -> Path:
        """The path of a file of corpus/.

        Raises CorpusError if the name leads out of corpus/: names may come from a workspace that others made.
        """
        path = PurePosixPath(file)
        inside = not path.is_absolute() and path.parts and ".." not in path.parts and "\0" not in file
        if not inside or not (self.corpus / path).parent.resolve().is_relative_to(self.corpus.resolve()):
            raise CorpusError(f"'{file[:200]}' is no file below {self.corpus}")
        return self.corpus / path


#: The folder below .kg/ of what was found in each document.
FOUND = "found"


def name_found(document_id: str) -> str:
    """The name of the file that keeps what was found in a document."""
    return f"{document_id[:80]}.json"


def open_workspace(folder: Path | None = None, *, start: Path | None = None) -> Workspace:
    """The workspace in `folder`; without one, in the nearest parent of `start` that holds a kg.toml.

    start: where to begin looking, the current folder if None.
    Raises CorpusError if there is none or its kg.toml is wrong.
    """
    root = folder.absolute() if folder else _find_root((start or Path.cwd()).absolute())
    path = root / SETTINGS_FILE
    if not path.is_file():
        raise CorpusError(f"{root}: no {SETTINGS_FILE} in it, so it is no workspace. 'kg init {root}' makes it one.")
    return Workspace(root, read_settings(path))


def _find_root(start: Path) -> Path:
    found = next((folder for folder in (start, *start.parents) if (folder / SETTINGS_FILE).is_file()), None)
    if found is None:
        raise CorpusError(
            f"{start}: no {SETTINGS_FILE} here or in a folder above. "
            "'kg init' makes a workspace; --workspace DIR or KG_WORKSPACE names one."
        )
    return found
