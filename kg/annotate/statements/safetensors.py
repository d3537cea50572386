"""Reads arrays out of a .safetensors file with nothing but numpy.

Format: 8 bytes little-endian length, a JSON header {name: {dtype, shape, data_offsets}}, then the raw numbers.
"""

import json
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.model import KgError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MAX_HEADER_BYTES = 10_000_000
_TYPES = {"F32": "<f4", "F16": "<f2", "F64": "<f8", "I64": "<i8", "I32": "<i4"}


def read_safetensors(path: Path) -> "dict[str, NDArray[np.float32]]":
    """All arrays of the file by name, as float32. Raises KgError if it is cut, damaged or of an unknown kind."""
    import numpy as np

    content = path.read_bytes()
    header, start = _read_header(content, path)
    arrays: dict[str, NDArray[np.float32]] = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        try:
            begin, end = entry["data_offsets"]
            raw = content[start + begin : start + end]
            arrays[name] = _to_floats(raw, entry["dtype"]).reshape(entry["shape"])
        except (KeyError, TypeError, ValueError) as error:
            raise KgError(f"{path}: array '{name}' cannot be read ({error}); fetch the encoder again") from error
    return arrays


def _read_header(content: bytes, path: Path) -> tuple[dict[str, Any], int]:
    size = struct.unpack("<Q", content[:8])[0] if len(content) >= 8 else 0
    if not 2 <= size <= min(_MAX_HEADER_BYTES, len(content) - 8):
        raise KgError(f"{path}: not a safetensors file, or cut short")
    try:
        header = json.loads(content[8 : 8 + size])
    except ValueError as error:
        raise KgError(f"{path}: damaged header ({error}); fetch the encoder again") from error
    if not isinstance(header, dict):
        raise KgError(f"{path}: damaged header; fetch the encoder again")
    return header, 8 + size


def _to_floats(raw: bytes, kind: str) -> "NDArray[np.float32]":
    import numpy as np

    if kind == "BF16":
        return (np.frombuffer(raw, "<u2").astype(np.uint32) << 16).view(np.float32)
    return np.frombuffer(raw, _TYPES[kind]).astype(np.float32)
