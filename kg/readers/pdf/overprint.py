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
#: Text in another font that repeats this share of the phrases of so many is an older copy of the page under it;
#: on other pages of the document a smaller share tells the same layer.
MIN_COPIED_SHARE = 0.6
MIN_COPIED_PHRASES = 30
MIN_LAYER_SHARE = 0.25
_PHRASE_WORDS = 4


def drop_overprinted(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without shadows and without layers in a foreign font that lie under others."""
    fonts = Counter[str]()
    for page in pages:
        for line in page:
            fonts[_family(line)] += len(line.text)
    main = fonts.most_common(1)[0][0] if fonts else ""
    kept = [_drop(page, main) for page in pages]
    copied = {family for page in kept for family, share, count in _compare_fonts(page, main) if _is_copy(share, count)}
    if not copied:
        return kept
    return [_drop_copies(page, main, copied) for page in kept]


def _is_copy(share: float, count: int) -> bool:
    return share >= MIN_COPIED_SHARE and count >= MIN_COPIED_PHRASES


def _drop_copies(page: list[Line], main: str, copied: set[str]) -> list[Line]:
    hidden = {
        family for family, share, _ in _compare_fonts(page, main) if family in copied and share >= MIN_LAYER_SHARE
    }
    return [line for line in page if _family(line) not in hidden]


def _compare_fonts(page: Sequence[Line], main: str) -> list[tuple[str, float, int]]:
    """Each other font of a page: the share of its phrases that the main font has too, and how many it has."""
    lines: dict[str, list[Line]] = {}
    for line in page:
        lines.setdefault(_family(line), []).append(line)
    if main not in lines or len(lines) == 1:
        return []
    shown = _find_phrases(lines.pop(main))
    phrases = {family: _find_phrases(own) for family, own in lines.items()}
    return [(family, len(own & shown) / len(own), len(own)) for family, own in phrases.items() if own]


def _find_phrases(lines: Sequence[Line]) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(line.text for line in lines).lower())
    return set(zip(*(words[i:] for i in range(_PHRASE_WORDS)), strict=False))


def _family(line: Line) -> str:
    """The name of a font without its weight and slant."""
    return re.split(r"[-,]", line.font)[0].removesuffix("bold").removesuffix("ital")[:10]


def _drop(page: Sequence[Line], main: str) -> list[Line]:
    pairs = list(_find_pairs(page))
    shadows = {
        id(first if _family(second) == main != _family(first) else second)
        for first, second in pairs
        if first.text.strip() == second.text.strip()
    }
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
