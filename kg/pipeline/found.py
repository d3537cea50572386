"""What was found in a document before people decided anything: kept, so that a decision need not find it again.

`.kg/found/ID.json` holds the assertions of one document and the key of all that they depend on. It is a cache: what is
missing, damaged or of another key is found again.
"""

import os
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any

from kg.corpus.files import read_sealed, seal_json
from kg.model import Assertion, Evidence


def read_found(path: Path, key: str) -> tuple[Assertion, ...] | None:
    """The assertions that were kept under this key, None if there are none that are whole."""
    try:
        kept = read_sealed(path.read_bytes())
        return tuple(_to_assertion(values) for values in kept["found"]) if kept["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_found(path: Path, key: str, found: tuple[Assertion, ...]) -> tuple[Assertion, ...]:
    """Keep the assertions, where there is room for it; the same as `read_found` will give, so that nothing differs."""
    content = seal_json({"key": key, "found": [astuple(assertion) for assertion in found]})
    part = path.with_name(f".{os.getpid()}.part")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    return tuple(_to_assertion(values) for values in read_sealed(content)["found"])


def _to_assertion(values: list[Any]) -> Assertion:
    kind, label, evidence, key, fields, confidence, method, status, reasons = values
    pairs = tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in fields)
    return Assertion(kind, label, Evidence(*evidence), key, pairs, confidence, method, status, tuple(reasons))
