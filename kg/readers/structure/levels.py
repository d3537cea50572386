"""How deep each heading lies."""

from collections import Counter
from collections.abc import Sequence

from kg.readers.structure.chunks import BOLD_LEVEL
from kg.readers.structure.headings import Heading

#: A style of print belongs to a depth of numbers if at least this share of the headings printed so are numbered.
MIN_NUMBERED_SHARE = 0.3
#: Depth of a style in a stack: lower is further out. Other styles follow the order in which a document uses them.
_RANKS = {
    "plain": 500,
    "lead": 520,
    "small": 540,
    "paren": 600,
    "half": 620,
    "paren-letter": 700,
    "small-letter": 700,
    "paren-roman": 720,
    "small-roman": 720,
}
_OUTER = frozenset({"word:part", "word:chapter", "word:title"})
_BEHIND = frozenset({"word:annex", "word:appendix", "word:schedule"})


def compute_levels(headings: Sequence[Heading], *, marked: bool) -> list[int]:
    """Depth of each heading, 1 outermost, from its style and the level its format gives."""
    ranks = _rank_styles(headings, marked=marked)
    levels: list[int] = []
    stack: list[int] = []
    for heading in headings:
        rank = ranks[heading.style, heading.hint]
        while stack and stack[-1] >= rank:
            stack.pop()
        levels.append(len(stack) + 1)
        stack.append(rank)
    return levels


def _rank_styles(headings: Sequence[Heading], *, marked: bool) -> dict[tuple[str, int], int]:
    """Rank of each pair of style and level; equal ranks are equally deep."""
    order: dict[str, int] = {}
    for heading in headings:
        family = "decimal" if heading.style.startswith("decimal") else heading.style
        if family not in _RANKS and family != "top":
            order.setdefault(family, 5 if family in _OUTER else 100 + 20 * len(order))
    by_style = {h.style: _rank_style(h.style, order) for h in headings if h.style != "top"}
    top = min((rank for style, rank in by_style.items() if rank < 500 and style not in _BEHIND), default=500)
    by_level: dict[int, int] = {}
    numbered = Counter(h.hint for h in headings if h.style not in {"plain", "top"})
    printed = Counter(h.hint for h in headings)
    for heading in headings:
        usual = numbered[heading.hint] >= MIN_NUMBERED_SHARE * printed[heading.hint]
        if heading.hint and usual and heading.style not in {"plain", "top"}:
            rank = by_style[heading.style]
            by_level[heading.hint] = min(rank, by_level.get(heading.hint, rank))
    ranks: dict[tuple[str, int], int] = {}
    for heading in headings:
        key = heading.style, heading.hint
        if marked and heading.hint:
            depth = int(heading.style.removeprefix("decimal")) - 1 if heading.style.startswith("decimal") else 0
            # Where bold letters alone make the headings, their numbers tell how deep they lie.
            ranks[key] = 10 * heading.hint + (depth if heading.hint >= BOLD_LEVEL else 0)
        elif heading.style == "top" or heading.style in _BEHIND:
            ranks[key] = top
        elif heading.hint and heading.style == "plain":
            ranks[key] = _rank_level(heading.hint, by_level)
        else:
            ranks[key] = by_style[heading.style]
    return ranks


def _rank_style(style: str, order: dict[str, int]) -> int:
    if style.startswith("decimal"):
        return order["decimal"] + int(style.removeprefix("decimal")) - 1
    return _RANKS[style] if style in _RANKS else order[style]


def _rank_level(level: int, by_level: dict[int, int]) -> int:
    """Rank of an unnumbered heading from the numbered ones printed like it or larger."""
    if level in by_level:
        return by_level[level]
    larger = [rank for other, rank in by_level.items() if other < level]
    if larger:
        return max(larger) + 10 + level
    return 10 + level if by_level else 500 + level
