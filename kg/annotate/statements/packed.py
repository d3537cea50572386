"""Arrays out of an .npz file in which some are 8-bit with a scale beside them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SCALE = ".scale"


def read_arrays(archive: "Mapping[str, NDArray[Any]]") -> "dict[str, NDArray[np.float32]]":
    """The weights by name as float32, each times its NAME.scale if there is one; text and vocabularies left out."""
    import numpy as np

    arrays: dict[str, NDArray[np.float32]] = {}
    for name in archive:
        array = archive[name]
        if name.endswith(_SCALE) or array.dtype.kind not in "fi":
            continue
        arrays[name] = array.astype(np.float32)
        if name + _SCALE in archive:
            arrays[name] *= archive[name + _SCALE].astype(np.float32)
    return arrays
