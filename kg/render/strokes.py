"""Lines cut into strokes, so that where links run together the stretch is drawn once and its dashes stay dashes."""

import re
from dataclasses import dataclass

from kg.render.layout import Drawing
from kg.render.sketch import Sketch

_COMMAND = re.compile(r"([MLCQ])([^MLCQ]*)")
_NUMBER = re.compile(r"-?[\d.]+")


@dataclass(frozen=True, slots=True)
class Strokes:
    """paths: path data of each stroke. links: for each link of the sketch the strokes its line is made of."""

    paths: tuple[str, ...]
    links: tuple[tuple[int, ...], ...]


def split_line(line: str) -> list[str]:
    """The stretches of a path of M, L, C and Q, each a path of its own; those without length are left out."""
    pieces = []
    here: tuple[str, ...] = ()
    for command, rest in _COMMAND.findall(line):
        end = tuple(_NUMBER.findall(rest)[-2:])
        if command != "M" and end != here:
            pieces.append(f"M{' '.join(here)}{command}{rest}")
        here = end
    return pieces


def find_strokes(sketch: Sketch, drawing: Drawing) -> Strokes:
    """The strokes of all links; links with one label and status share those that lie on each other."""
    known: dict[tuple[str, str, str], int] = {}
    links = []
    for link, route in zip(sketch.links, drawing.routes, strict=True):
        keys = [(link.label, link.status, piece) for piece in split_line(route.line)]
        links.append(tuple(known.setdefault(key, len(known)) for key in keys))
    return Strokes(tuple(path for _, _, path in known), tuple(links))
