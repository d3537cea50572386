"""Reads arrays out of a .safetensors file with nothing but numpy.

Format: 8 bytes little-endian length, a JSON header {name: {dtype, shape, data_offsets}}, then the raw numbers.
"""

import json
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.model import KgError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MAX_HEADER_BYTES = 10_000_000
_TYPES = {"F32": "<f4", "F16": "<f2", "F64": "<f8", "I64": "<i8", "I32": "<i4"}


def read_safetensors(path: Path) -> "dict[str, NDArray[np.float32]]":
    """All arrays of the file by name, as float32. Raises KgError if it is cut, damaged or of an unknown kind."""
    import numpy as np

    arrays: dict[str, NDArray[np.float32]] = {}
    length = path.stat().st_size
    with path.open("rb") as file:
        header, start = _read_header(file, length, path)
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            try:
                begin, end = entry["data_offsets"]
                file.seek(start + begin)  # one array after the other: the whole file would be in memory twice
                raw = file.read(min(max(end - begin, 0), length))
                arrays[name] = _to_floats(raw, entry["dtype"]).reshape(entry["shape"])
            except (KeyError, TypeError, ValueError) as error:
                raise KgError(f"{path}: array '{name}' cannot be read ({error}); fetch the encoder again") from error
    return arrays


def _read_header(file: BinaryIO, length: int, path: Path) -> tuple[dict[str, Any], int]:
    first = file.read(8)
    size = struct.unpack("<Q", first)[0] if len(first) == 8 else 0
    if not 2 <= size <= min(_MAX_HEADER_BYTES, length - 8):
        raise KgError(f"{path}: not a safetensors file, or cut short")
    try:
        header = json.loads(file.read(size))
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
