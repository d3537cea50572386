"""The figures that each trained part was measured with when it was made: its metrics.json."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[2]
#: Folders that say nothing about what is in them.
_PLAIN = frozenset({"model"})


@dataclass(frozen=True, slots=True)
class Figures:
    """What one trained part reached. part: its folder in kg; measured: on what; figures: name -> number."""

    part: str
    measured: str
    figures: tuple[tuple[str, float], ...]


def read_figures(package: Path = PACKAGE) -> tuple[Figures, ...]:
    """The numbers of every metrics.json below a folder, those that stand together in one row; lists are left out."""
    found: list[Figures] = []
    for path in sorted(package.rglob("metrics.json")):
        folders = path.parent.relative_to(package).parts
        part = "/".join(name for name in folders if name not in _PLAIN)
        found += _list_figures(part, (), json.loads(path.read_text(encoding="utf-8")))
    return tuple(found)


def _list_figures(part: str, where: tuple[str, ...], value: dict[str, Any]) -> Iterator[Figures]:
    numbers = tuple((name, float(number)) for name, number in value.items() if isinstance(number, int | float))
    if numbers:
        yield Figures(part, ", ".join(where), numbers)
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _list_figures(part, (*where, name), inner)
