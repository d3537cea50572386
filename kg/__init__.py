"""A knowledge graph and literature explorer of digital-government research.

import kg
library = kg.open("my-library")
library.query("dilemma_remedies", dilemma="data silos")
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing is not imported: every command would pay for it
if TYPE_CHECKING:
    from pathlib import Path

    from kg.query.library import Library

__version__ = "0.1.0"


def open(path: str | Path | None = None, *, memory: bool = False, store: str = "") -> Library:
    """The library in a workspace folder, or in the nearest parent folder that is one.

    memory: hold the graph in memory, which takes seconds to load and answers three to five times faster.
    store: address of a remote SPARQL store to ask in place of the workspace's own graph; a user and password may stand
    in it.
    Raises CorpusError if there is no workspace, or the address is none.
    """
    from pathlib import Path

    from kg.corpus.workspace import open_workspace
    from kg.query.library import Library
    from kg.render import render

    root = open_workspace(Path(path) if path else None).root
    if not store:
        return Library(root, render=render, memory=memory)
    from kg.graph.remote_address import make_address

    return Library(root, render=render, remote=make_address(store))
