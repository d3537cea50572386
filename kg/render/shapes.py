"""Outlines of nodes as SVG path data around (0, 0), one shape for each kind.

An outline is `width` by `height` pixels; the text keeps clear of it by `PADDING[shape]` pixels left and right.
"""

from collections.abc import Callable
from math import sqrt

from kg.render.numbers import format_number as _n

Outline = Callable[[float, float], str]


def _polygon(*points: tuple[float, float]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "Z"


def _rounded(width: float, height: float, radius: float) -> str:
    x, y = width / 2, height / 2
    arc = f"A{_n(radius)} {_n(radius)} 0 0 1 "
    return (
        f"M{_n(radius - x)} {_n(-y)}L{_n(x - radius)} {_n(-y)}{arc}{_n(x)} {_n(radius - y)}"
        f"L{_n(x)} {_n(y - radius)}{arc}{_n(x - radius)} {_n(y)}L{_n(radius - x)} {_n(y)}{arc}{_n(-x)} {_n(y - radius)}"
        f"L{_n(-x)} {_n(radius - y)}{arc}{_n(radius - x)} {_n(-y)}Z"
    )


def outline_octagon(width: float, height: float) -> str:
    """A rectangle with cut corners."""
    x, y, cut = width / 2, height / 2, min(8.0, height / 3.4)
    return _polygon(
        (cut - x, -y),
        (x - cut, -y),
        (x, cut - y),
        (x, y - cut),
        (x - cut, y),
        (cut - x, y),
        (-x, y - cut),
        (-x, cut - y),
    )


def outline_rounded(width: float, height: float) -> str:
    """A rectangle with round corners."""
    return _rounded(width, height, min(9.0, height / 4))


def outline_pill(width: float, height: float) -> str:
    """A rectangle whose short sides are nearly half circles."""
    return _rounded(width, height, min(height / 2, 20.0))


def outline_square(width: float, height: float) -> str:
    """A plain rectangle."""
    return _rounded(width, height, 2.0)


def outline_page(width: float, height: float) -> str:
    """A sheet of paper with a folded corner."""
    x, y, fold = width / 2, height / 2, min(10.0, height / 2.4)
    sheet = _polygon((-x, -y), (x - fold, -y), (x, fold - y), (x, y), (-x, y))
    return f"{sheet}M{_n(x - fold)} {_n(-y)}L{_n(x - fold)} {_n(fold - y)}L{_n(x)} {_n(fold - y)}"


def outline_tab(width: float, height: float) -> str:
    """A card with round corners at the top only."""
    x, y, radius = width / 2, height / 2, min(12.0, height / 2)
    arc = f"A{_n(radius)} {_n(radius)} 0 0 1 "
    return (
        f"M{_n(-x)} {_n(y)}L{_n(-x)} {_n(radius - y)}{arc}{_n(radius - x)} {_n(-y)}L{_n(x - radius)} {_n(-y)}"
        f"{arc}{_n(x)} {_n(radius - y)}L{_n(x)} {_n(y)}Z"
    )


def outline_hexagon(width: float, height: float) -> str:
    """A flat hexagon."""
    x, y, cut = width / 2, height / 2, min(11.0, height / 2)
    return _polygon((cut - x, -y), (x - cut, -y), (x, 0), (x - cut, y), (cut - x, y), (-x, 0))


def outline_slant(width: float, height: float) -> str:
    """A parallelogram."""
    x, y, slant = width / 2, height / 2, 12.0
    return _polygon((slant - x, -y), (x, -y), (x - slant, y), (-x, y))


def outline_ribbon(width: float, height: float) -> str:
    """A rectangle with a double left edge, like a bound text."""
    x, y = width / 2, height / 2
    return f"{_rounded(width, height, 2.0)}M{_n(6 - x)} {_n(-y)}L{_n(6 - x)} {_n(y)}"


def outline_pointer(width: float, height: float) -> str:
    """A signpost that points right."""
    x, y, tip = width / 2, height / 2, 13.0
    return _polygon((-x, -y), (x - tip, -y), (x, 0), (x - tip, y), (-x, y))


#: name -> outline.
SHAPES: dict[str, Outline] = {
    "octagon": outline_octagon,
    "rounded": outline_rounded,
    "pill": outline_pill,
    "square": outline_square,
    "page": outline_page,
    "tab": outline_tab,
    "hexagon": outline_hexagon,
    "slant": outline_slant,
    "ribbon": outline_ribbon,
    "pointer": outline_pointer,
}
#: name -> pixels between the text and the outline, left and right.
PADDING: dict[str, float] = {
    "octagon": 12.0, "rounded": 12.0, "pill": 16.0, "square": 10.0, "page": 13.0, "tab": 12.0, "hexagon": 15.0,
    "slant": 17.0, "ribbon": 14.0, "pointer": 16.0,
}  # fmt: skip


def compute_inset(shape: str, size: tuple[float, float], *, dy: float, side: int) -> float:
    """How far the outline lies inside its box at `dy` pixels below the middle, on the right (1) or left (-1) side."""
    half = size[1] / 2
    reach = min(abs(dy) / half, 1.0)
    if shape == "hexagon":
        return 11.0 * reach
    if shape == "pointer":
        return 13.0 * reach if side > 0 else 0.0
    if shape == "slant":
        return 12.0 * (half + dy * side) / (2 * half)
    if shape == "pill":
        radius = min(half, 20.0)
        over = max(abs(dy) - (half - radius), 0.0)
        return radius - sqrt(max(radius**2 - over**2, 0.0))
    return 0.0
