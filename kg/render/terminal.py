"""A text in a cell of a terminal table, broken between words and behind the hyphens and slashes of identifiers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.text import Text

_PIECE = re.compile(r"\s*[^\s/-]*[/-]*")


@dataclass(frozen=True, slots=True)
class WrappedText:
    """One line of text. What has no place to break it is folded where the column ends."""

    text: str

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Width of the longest piece and of the whole, in cells of the terminal."""
        least = max((cell_len(piece.strip()) for piece in _PIECE.findall(self.text)), default=0)
        return Measurement(least, cell_len(self.text)).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """The lines, as one text for rich to fold and justify."""
        yield Text("\n".join(wrap_pieces(self.text, options.max_width)))


def wrap_pieces(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, longer only where a single piece is: "a-b c" at 2 -> ["a-", "b", "c"]."""
    lines = [""]
    for piece in filter(None, _PIECE.findall(text)):
        if cell_len((lines[-1] + piece).rstrip()) <= width or not lines[-1]:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    return [line.rstrip() for line in lines]
