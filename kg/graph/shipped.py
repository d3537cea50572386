"""Where the files lie that come with kg."""

from pathlib import Path


def find_query_folder() -> Path:
    """The folder of the queries that come with kg: in the package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "share" / "queries"
    return inside if inside.is_dir() else package.parent / "queries"
