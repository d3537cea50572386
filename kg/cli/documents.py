"""What the documents of a graph are called, for commands that name them in drawings and tables."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.render.short_names import Names


def read_names(store: "ox.Store") -> "Names":
    """Short names and titles of all documents."""
    from kg.query.run import run_query
    from kg.render.short_names import make_names

    return make_names(run_query(store, "document_metadata"), run_query(store, "document_authors"))
