"""How each kind of node and each relation is drawn: shape, colours, place in the reading order.

Colours come from the palette of Okabe and Ito (2008), which people with any colour vision can tell apart; every kind
has a shape of its own as well, so nothing is said by colour alone.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours of one theme, as #rrggbb."""

    fill: str
    stroke: str
    text: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node.

    column: its place from left to right: who says it, the dilemma, the remedy, the context.
    shape: a key of `kg.render.shapes.SHAPES`.
    """

    name: str
    plural: str
    column: int
    shape: str
    light: Ink
    dark: Ink


@dataclass(frozen=True, slots=True)
class Relation:
    """How the links with one label are drawn; width in pixels at full size.

    said: whether the legend explains it.
    """

    light: str
    dark: str
    width: float
    light_text: str
    dark_text: str
    said: bool = True


def _kind(name: str, place: tuple[str, int, str], light: tuple[str, str, str], dark: tuple[str, str, str]) -> Kind:
    plural, column, shape = place
    return Kind(name, plural, column, shape, Ink(*light), Ink(*dark))


_KINDS = (
    _kind(
        "dilemma",
        ("dilemmas", 2, "octagon"),
        ("#fdeadd", "#c24e00", "#3d1900"),
        ("#4a2410", "#f0894a", "#ffe9db"),
    ),
    _kind(
        "remedy",
        ("remedies", 3, "rounded"),
        ("#dcf3ea", "#007a5a", "#00291e"),
        ("#0c3b2f", "#35c79d", "#dcfbf0"),
    ),
    _kind(
        "document",
        ("documents", 1, "page"),
        ("#f2f4f7", "#57606f", "#1b2029"),
        ("#2a303a", "#9aa5b5", "#eef1f5"),
    ),
    _kind(
        "author",
        ("authors", 0, "tab"),
        ("#ffffff", "#7a8290", "#1b2029"),
        ("#1d2129", "#868f9d", "#eef1f5"),
    ),
    _kind(
        "concept",
        ("concepts", 4, "pill"),
        ("#e2effa", "#0067a3", "#00263d"),
        ("#10334c", "#56b4e9", "#e2f3ff"),
    ),
    _kind(
        "technology",
        ("technologies", 4, "hexagon"),
        ("#f8e6f0", "#a0447a", "#3d0f2b"),
        ("#45203a", "#e08cbb", "#ffe8f5"),
    ),
    _kind(
        "case",
        ("cases", 4, "slant"),
        ("#e0f4f9", "#1b7f96", "#03303a"),
        ("#0f3a44", "#5cc6dc", "#def8ff"),
    ),
    _kind(
        "policy",
        ("policies", 4, "ribbon"),
        ("#efeafb", "#6246b0", "#21134d"),
        ("#2d2450", "#a893ee", "#efe9ff"),
    ),
    _kind(
        "place",
        ("places", 4, "pointer"),
        ("#fff3d4", "#946300", "#3a2700"),
        ("#43320a", "#e8b13a", "#fff4d9"),
    ),
)
#: name -> kind, in the order of the legend.
KINDS: dict[str, Kind] = {kind.name: kind for kind in _KINDS}
#: What a node of any other kind looks like.
OTHER_KIND = Kind(
    "other", "others", 4, "square", Ink("#f5f5f5", "#6b6b6b", "#1c1c1c"), Ink("#2e2e2e", "#a0a0a0", "#f0f0f0")
)

#: label -> how such links are drawn.
RELATIONS: dict[str, Relation] = {
    "addresses": Relation("#007a5a", "#35c79d", 1.9, "#00664b", "#5fd9b6"),
    "may address": Relation("#007a5a", "#35c79d", 1.5, "#00664b", "#5fd9b6"),
    "causes": Relation("#c24e00", "#f0894a", 1.7, "#a34100", "#f5a171"),
    "hinders": Relation("#c24e00", "#f0894a", 1.7, "#a34100", "#f5a171"),
    "is part of": Relation("#57606f", "#9aa5b5", 1.5, "#444c59", "#b6bfcc"),
}
OTHER_RELATION = Relation("#8b94a3", "#6f7988", 1.2, "#5b6573", "#a3adbb", said=False)


def get_kind(name: str) -> Kind:
    """The kind of that name, or the one for everything else."""
    return KINDS.get(name, OTHER_KIND)


def get_relation(label: str) -> Relation:
    """How links with this label are drawn."""
    return RELATIONS.get(label, OTHER_RELATION)
