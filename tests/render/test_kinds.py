"""Shapes and colours that everybody can tell apart and read."""

import re
from itertools import combinations

import pytest

from kg.render.kinds import KINDS, OTHER_KIND, OTHER_RELATION, RELATIONS, get_kind, get_relation
from kg.render.shapes import PADDING, SHAPES, compute_inset

PAPERS = {"light": "#ffffff", "dark": "#14171c"}
ALL = (*KINDS.values(), OTHER_KIND)


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb. Source: WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", PAPERS)
@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_text_of_a_box_can_be_read_and_its_outline_seen(kind: object, theme: str) -> None:
    ink = getattr(kind, theme)
    assert contrast(ink.text, ink.fill) >= 7
    assert contrast(ink.stroke, PAPERS[theme]) >= 3


@pytest.mark.parametrize("relation", [*RELATIONS.values(), OTHER_RELATION], ids=[*RELATIONS, "other"])
def test_words_on_a_line_can_be_read(relation: object) -> None:
    assert contrast(getattr(relation, "light_text"), PAPERS["light"]) >= 4.5  # noqa: B009
    assert contrast(getattr(relation, "dark_text"), PAPERS["dark"]) >= 4.5  # noqa: B009


def test_every_kind_has_a_shape_of_its_own() -> None:
    shapes = [kind.shape for kind in ALL]
    assert len(set(shapes)) == len(shapes)
    assert set(shapes) == set(SHAPES) == set(PADDING)


def test_no_two_kinds_of_different_columns_share_colours() -> None:
    pairs = [(a.name, b.name) for a, b in combinations(ALL, 2) if a.light == b.light or a.dark == b.dark]
    assert pairs == []


def test_unknown_names_have_a_look_too() -> None:
    assert (get_kind("<b>"), get_relation("<b>")) == (OTHER_KIND, OTHER_RELATION)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [(160.0, 62.0), (84.0, 28.0), (30.0, 16.0)])
def test_outline_fills_its_box_and_stays_in_it(shape: str, size: tuple[float, float]) -> None:
    path = re.sub(r"A\S+ \S+ 0 0 1 ", "L", SHAPES[shape](*size))
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", path)]
    xs, ys = numbers[::2], numbers[1::2]
    assert (min(xs), max(xs), min(ys), max(ys)) == (-size[0] / 2, size[0] / 2, -size[1] / 2, size[1] / 2)


@pytest.mark.parametrize(
    ("shape", "dy", "side", "inset"),
    [
        ("octagon", 5.0, 1, 0.0),
        ("hexagon", 20.0, 1, 11.0),
        ("hexagon", 0.0, -1, 0.0),
        ("pointer", -10.0, 1, 6.5),
        ("pointer", -10.0, -1, 0.0),
        ("slant", 20.0, 1, 12.0),
        ("slant", 20.0, -1, 0.0),
        ("pill", 20.0, 1, 20.0),
        ("pill", 0.0, 1, 0.0),
    ],
)
def test_lines_meet_the_outline(shape: str, dy: float, side: int, inset: float) -> None:
    assert compute_inset(shape, (100.0, 40.0), dy=dy, side=side) == pytest.approx(inset)
