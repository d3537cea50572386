"""What belongs to a workspace: its settings, documents and states; add, remove and undo are steps between states."""

from kg.corpus.init import init_workspace
from kg.corpus.settings import Settings
from kg.corpus.share import find_share
from kg.corpus.workspace import Workspace, open_workspace

__all__ = ["Settings", "Workspace", "find_share", "init_workspace", "open_workspace"]
