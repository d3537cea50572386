"""Text that a page draws over other text: shadows, and hidden layers such as an older page behind a figure."""

import re
from collections import Counter
from collections.abc import Sequence

from kg.readers.pdf.lines import Line

#: Lines whose baselines differ by less than this share of the letter size and that share this much width overlap.
MAX_SHIFT_SIZES = 0.45
MIN_SHARED_WIDTH = 0.4
#: So many overlapping pairs on a page show a second layer; fewer are chance.
MIN_PAIRS = 2
MAX_LINES = 3000


def drop_overprinted(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without shadows and without layers in a foreign font that lie under others."""
    fonts = Counter[str]()
    for page in pages:
        for line in page:
            fonts[_family(line)] += len(line.text)
    main = fonts.most_common(1)[0][0] if fonts else ""
    return [_drop(page, main) for page in pages]


def _family(line: Line) -> str:
    """The name of a font without its weight and slant."""
    return re.split(r"[-,]", line.font)[0].removesuffix("bold").removesuffix("ital")[:10]


def _drop(page: Sequence[Line], main: str) -> list[Line]:
    pairs = list(_find_pairs(page))
    shadows = {id(second) for first, second in pairs if first.text.strip() == second.text.strip()}
    layers = Counter(
        _family(line)
        for first, second in pairs
        if first.text.strip() != second.text.strip() and (main in {_family(first), _family(second)})
        for line in (first, second)
        if _family(line) != main
    )
    hidden = {family for family, count in layers.items() if count >= MIN_PAIRS}
    return [line for line in page if id(line) not in shadows and _family(line) not in hidden]


def _find_pairs(page: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Pairs of lines that overlap, the one drawn first in front."""
    order = {id(line): i for i, line in enumerate(page)}
    ordered = sorted(page[:MAX_LINES], key=lambda line: -line.y)
    pairs: list[tuple[Line, Line]] = []
    for i, line in enumerate(ordered):
        for other in ordered[i + 1 :]:
            if line.y - other.y > MAX_SHIFT_SIZES * max(line.size, other.size):
                break
            shared = min(line.x1, other.x1) - max(line.x0, other.x0)
            if shared > MIN_SHARED_WIDTH * min(line.x1 - line.x0, other.x1 - other.x0) and shared > line.size:
                pairs.append((line, other) if order[id(line)] < order[id(other)] else (other, line))
    return pairs
