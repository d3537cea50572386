"""What a layout hands to the renderers: where everything lies, in pixels at full size, y downwards."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A node: its centre, its size, its label in lines."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A link: SVG path data of its line and of its arrowhead."""

    line: str
    arrow: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A label on links: the centre of the text, its width, the indexes of the links it belongs to."""

    text: str
    x: float
    y: float
    width: float
    links: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes in the order of the sketch's nodes, routes in that of its links; all within (0, 0) to (width, height)."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The window a drawing should fill, in pixels."""

    width: float = 1340.0
    height: float = 740.0

    def scale(self, width: float, height: float) -> float:
        """The largest scale, at most 1, at which a drawing of this size fits."""
        return min(1.0, self.width / max(width, 1.0), self.height / max(height, 1.0))


#: Font sizes and line height in pixels.
FONT_SIZE = 14.0
LINE_HEIGHT = 17.0
TAG_SIZE = 11.5
MARGIN = 16.0
#: Pixels between two lines at one side of a box.
SLOT = 15.0
