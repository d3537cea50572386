"""Stretches that links share are drawn once."""

from kg.render.layout import Drawing, Route
from kg.render.sketch import Link, Node, Sketch
from kg.render.strokes import Strokes, find_strokes, split_line


def test_line_is_cut_at_its_corners_and_what_has_no_length_is_left_out() -> None:
    assert split_line("M0 0L5 0C6 0 6 -3.5 9 -3.5L9 -3.5Q1 1 2 2") == [
        "M0 0L5 0",
        "M5 0C6 0 6 -3.5 9 -3.5",
        "M9 -3.5Q1 1 2 2",
    ]


def test_links_of_one_label_and_status_share_a_stretch() -> None:
    nodes = tuple(Node(f"n{i}", f"n{i}", "remedy", "x") for i in range(3))
    links = tuple(
        Link(0, i % 3, "addresses", status, ()) for i, status in ((1, "asserted"), (2, "asserted"), (4, "candidate"))
    )
    routes = (Route("M0 0L5 0L9 9", ""), Route("M0 0L5 0L9 -9", ""), Route("M0 0L5 0L9 9", ""))
    strokes = find_strokes(Sketch("", nodes, links), Drawing(1, 1, (), routes, ()))
    assert strokes == Strokes(
        ("M0 0L5 0", "M5 0L9 9", "M5 0L9 -9", "M0 0L5 0", "M5 0L9 9"),
        ((0, 1), (0, 2), (3, 4)),
    )
