"""What belongs to a workspace: its settings, documents and states; add, remove and undo are steps between states."""

from pathlib import Path

from kg.corpus.settings import Settings
from kg.corpus.share import find_share
from kg.corpus.workspace import Workspace, open_workspace

__all__ = ["Settings", "Workspace", "find_share", "init_workspace", "open_workspace"]


def init_workspace(folder: Path, *, starter: bool = False) -> Path:
    """Lay out kg.toml, corpus/, queries/ and ontology/ in the folder, whole or not at all; its absolute path.

    starter: with the reading notes that come with kg.
    Raises CorpusError, and leaves all as it was, if one of these is already there or cannot be written.
    """
    from kg.corpus.init import lay_out_workspace  # every command that only reads does without it

    return lay_out_workspace(folder, starter=starter)
