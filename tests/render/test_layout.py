"""Nothing on a map covers anything else, whatever the network."""

import re
from collections.abc import Callable
from itertools import combinations, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.render.kinds import KINDS
from kg.render.layout import Box, Drawing, Frame, compute_layout
from kg.render.layout.columns import assign_columns, make_grid
from kg.render.layout.heights import Effort, compute_heights, fit_column
from kg.render.layout.measure import measure_node
from kg.render.layout.ordering import count_crossings, order_layers
from kg.render.layout.spacing import pack_parts, separate
from kg.render.layout.stress import count_crossings as count_line_crossings
from kg.render.layout.stress import find_components, place_points
from kg.render.sketch import Sketch, to_sketch

Sample = Callable[[int], "nx.MultiDiGraph[str]"]
Area = tuple[float, float, float, float]
LABELS = ("addresses", "may address", "is part of", "states", "")


@st.composite
def networks(draw: st.DrawFn, kinds: tuple[str, ...] = (*KINDS, "thing")) -> "nx.MultiDiGraph[str]":
    count = draw(st.integers(1, 14))
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for i in range(count):
        label = draw(st.text(alphabet="abc de-fghij", min_size=1, max_size=90))
        network.add_node(f"n{i}", kind=draw(st.sampled_from(kinds)), label=label)
    ends = st.integers(0, count - 1)
    for a, b, label in draw(st.lists(st.tuples(ends, ends, st.sampled_from(LABELS)), max_size=20)):
        network.add_edge(f"n{a}", f"n{b}", label=label, status="candidate" if label == "may address" else "asserted")
    return network


def area_of(box: Box) -> Area:
    return (box.x - box.width / 2, box.y - box.height / 2, box.x + box.width / 2, box.y + box.height / 2)


def find_areas(drawing: Drawing) -> list[Area]:
    tags = [(tag.x - tag.width / 2, tag.y - 6, tag.x + tag.width / 2, tag.y + 6) for tag in drawing.tags]
    return [area_of(box) for box in drawing.boxes] + tags


def touch(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def find_overlaps(drawing: Drawing) -> list[tuple[Area, Area]]:
    return [(a, b) for a, b in combinations(find_areas(drawing), 2) if touch(a, b)]


def sample_line(path: str) -> list[tuple[float, float]]:
    """Points along a path of M, L, C and Q."""
    points: list[tuple[float, float]] = []
    for letter, rest in re.findall(r"([MLCQ])([^MLCQ]*)", path):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", rest)]
        control = list(zip(numbers[::2], numbers[1::2], strict=True))
        start = points[-1] if points else control[0]
        for step in range(1, 21):
            ends = [start, *control] if letter != "M" else [control[0]]
            while len(ends) > 1:
                t = step / 20
                ends = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(ends)]
            points.append(ends[0])
    return points


def find_lines_under_boxes(sketch: Sketch, drawing: Drawing) -> list[tuple[int, int]]:
    hits = []
    for i, (link, route) in enumerate(zip(sketch.links, drawing.routes, strict=True)):
        for j, box in enumerate(drawing.boxes):
            left, top, right, bottom = area_of(box)
            if j not in (link.source, link.target) and any(
                left < x < right and top < y < bottom for x, y in sample_line(route.line)
            ):
                hits.append((i, j))
    return hits


def is_inside(drawing: Drawing) -> bool:
    areas = find_areas(drawing)
    return all(a[0] >= 0 and a[1] >= 0 and a[2] <= drawing.width and a[3] <= drawing.height for a in areas)


@pytest.mark.parametrize("count", [5, 25, 60])
def test_sample_maps_have_nothing_over_anything(sample_network: Sample, count: int) -> None:
    sketch = to_sketch(sample_network(count))
    drawing = compute_layout(sketch)
    assert find_overlaps(drawing) == []
    assert find_lines_under_boxes(sketch, drawing) == []
    assert is_inside(drawing)
    assert not [box.lines for box in drawing.boxes if box.lines[-1].endswith("…")]


def test_sixty_nodes_stay_readable_in_a_usual_window(sample_network: Sample) -> None:
    drawing = compute_layout(to_sketch(sample_network(60)))
    assert Frame().scale(drawing.width, drawing.height) > 0.6


def test_dilemmas_stand_left_of_remedies_and_documents_left_of_both(sample_network: Sample) -> None:
    sketch = to_sketch(sample_network(60))
    boxes = compute_layout(sketch).boxes
    xs = {kind: [b.x for n, b in zip(sketch.nodes, boxes, strict=True) if n.kind == kind] for kind in KINDS}
    assert max(xs["document"]) < min(xs["dilemma"]) <= max(xs["dilemma"]) < min(xs["remedy"])


@settings(deadline=None, max_examples=40)
@given(networks())
def test_any_network_has_nothing_over_anything(network: "nx.MultiDiGraph[str]") -> None:
    sketch = to_sketch(network)
    drawing = compute_layout(sketch)
    assert find_overlaps(drawing) == []
    assert is_inside(drawing)
    assert drawing == compute_layout(sketch)


@settings(deadline=None, max_examples=25)
@given(networks(kinds=("author",)))
def test_network_within_one_kind_has_no_box_over_another(network: "nx.MultiDiGraph[str]") -> None:
    drawing = compute_layout(to_sketch(network))
    assert find_overlaps(drawing) == []
    assert is_inside(drawing)


def make_sketch(*edges: tuple[str, str, str], **kinds: str) -> Sketch:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, kind in kinds.items():
        network.add_node(name, kind=kind, label=name)
    for source, target, label in edges:
        network.add_edge(source, target, label=label)
    return to_sketch(network)


def test_parts_stand_between_the_whole_and_the_other_side() -> None:
    sketch = make_sketch(("a", "b", "is part of"), a="dilemma", b="dilemma", r="remedy")
    assert dict(zip("abr", assign_columns(sketch, rows=9, deep=True), strict=True)) == {"a": 1, "b": 0, "r": 2}


def test_full_column_is_split() -> None:
    sketch = make_sketch(a="dilemma", b="dilemma", c="dilemma")
    assert assign_columns(sketch, rows=2, deep=False) == [0, 0, 1]


def test_links_of_one_source_share_their_passing_point() -> None:
    sketch = make_sketch(("d", "r", "states"), ("d", "s", "states"), d="document", x="dilemma", r="remedy", s="remedy")
    grid = make_grid(sketch, assign_columns(sketch, rows=9, deep=False))
    assert (grid.nodes, len(grid.columns)) == (4, 5)


def test_links_to_one_target_share_their_passing_point() -> None:
    sketch = make_sketch(
        ("d", "r", "states"), ("e", "r", "states"), d="document", e="document", x="dilemma", r="remedy"
    )
    grid = make_grid(sketch, assign_columns(sketch, rows=9, deep=False))
    assert (grid.nodes, len(grid.columns)) == (4, 5)


def test_crossing_links_are_untangled() -> None:
    sketch = make_sketch(
        ("r", "b", "addresses"), ("s", "a", "addresses"), a="dilemma", b="dilemma", r="remedy", s="remedy"
    )
    grid = make_grid(sketch, assign_columns(sketch, rows=9, deep=False))
    assert count_crossings([[0, 1], [2, 3]], grid) == 1
    assert count_crossings(order_layers(grid), grid) == 0


def test_column_is_fitted_to_its_wishes_as_near_as_distances_allow() -> None:
    assert fit_column([5.0, 5.0], [1.0, 1.0], [0.0, 4.0], 10.0) == [3.0, 7.0]
    assert fit_column([-9.0, 30.0], [1.0, 1.0], [0.0, 4.0], 10.0) == [0.0, 14.0]


def test_single_column_is_as_high_as_its_boxes_and_gaps() -> None:
    sketch = make_sketch(a="dilemma", b="dilemma")
    grid = make_grid(sketch, [0, 0])
    assert compute_heights(grid, [[0, 1]], [20.0, 30.0], Effort()) == ([10.0, 47.0], 62.0)


def test_boxes_are_pushed_apart_on_the_shorter_way() -> None:
    (_, y1), (_, y2) = separate([(0.0, 0.0), (1.0, 5.0)], [(40.0, 20.0), (40.0, 20.0)], gap=4.0)
    assert y2 - y1 >= 23.9


def test_parts_are_packed_without_overlap() -> None:
    parts = [[Box(0, 0, 60, 20, ())], [Box(5, 5, 60, 20, ())], [Box(0, 0, 60, 20, ())]]
    areas = [area_of(box) for part in pack_parts(parts, aspect=2.0, gap=10.0) for box in part]
    assert not any(touch(a, b) for a, b in combinations(areas, 2))


def test_components_come_largest_first() -> None:
    assert find_components(5, [(1, 3), (3, 4)]) == [[1, 3, 4], [0], [2]]


def test_square_is_drawn_without_crossing() -> None:
    pairs = [(0, 1), (1, 2), (2, 3), (0, 3)]
    assert count_line_crossings(place_points(4, pairs, step=100.0), pairs) == 0


def test_a_label_of_ten_long_words_is_shown_whole() -> None:
    label = "harbour offices without electricians cannot maintain thousands of underwater measuring stations"
    assert " ".join(measure_node(label, "dilemma", chars=20).lines) == label
