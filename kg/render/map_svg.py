"""A network as a drawing for Word, LaTeX and print: SVG 1.1 without script, style sheet or outside reference."""

from html import escape
from typing import TYPE_CHECKING, Any

from kg.render.kinds import KINDS, OTHER_KIND, Kind, get_kind, get_relation
from kg.render.layout import Drawing, Frame, compute_layout
from kg.render.layout.records import FONT_SIZE, LINE_HEIGHT, MARGIN, TAG_SIZE, Box
from kg.render.numbers import MADE_BY_KG
from kg.render.numbers import format_number as _n
from kg.render.shapes import SHAPES
from kg.render.sketch import Link, Node, Sketch, to_sketch
from kg.render.strokes import find_strokes
from kg.render.wrapping import FONT_FAMILY, clean_text, measure_text

if TYPE_CHECKING:
    import networkx as nx

MEDIA_TYPE = "image/svg+xml"
_INK = "#1b2029"
_PAPER = "#ffffff"
_LEGEND_SIZE = 12.0
_LEGEND_LINE = 24.0
_DASH = "6 4"


def render(value: "nx.MultiDiGraph[Any]") -> bytes:
    """The network as SVG, UTF-8, in light colours, with its title above and its legend below.

    Raises RenderError if the network is empty.
    """
    sketch = to_sketch(value)
    return render_sketch(sketch, compute_layout(sketch, Frame())).encode()


def render_sketch(sketch: Sketch, drawing: Drawing) -> str:
    """The drawing of a sketch as SVG text."""
    top = 44.0 if sketch.title else 4.0
    entries = _list_entries(sketch)
    rows = _place_entries(entries, max(drawing.width, 360.0) - 2 * MARGIN)
    width = max(drawing.width, 360.0)
    height = top + drawing.height + len(rows) * _LEGEND_LINE + 12
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" '
        f'height="{_n(height)}" font-family="{escape(FONT_FAMILY)}" role="img">',
        f"<title>{escape(sketch.title or 'Concept map')}</title><!-- {MADE_BY_KG} -->",
        f'<rect width="{_n(width)}" height="{_n(height)}" fill="{_PAPER}"/>',
    ]
    if sketch.title:
        parts.append(_draw_text(sketch.title, MARGIN, 30, size=18.0, bold=True))
    parts.append(f'<g transform="translate({_n((width - drawing.width) / 2)} {_n(top)})">')
    parts += _draw_links(sketch, drawing)
    parts += [_draw_node(node, box) for node, box in zip(sketch.nodes, drawing.boxes, strict=True)]
    parts.append("</g>")
    parts += _draw_legend(rows, top + drawing.height + 8)
    parts.append("</svg>\n")
    return "\n".join(parts)


def _draw_text(text: str, x: float, y: float, *, size: float, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{_INK}"{weight}>{escape(clean_text(text))}</text>'
    )


def _draw_line(link: Link, path: str) -> str:
    relation = get_relation(link.label)
    dash = f' stroke-dasharray="{_DASH}"' if link.status == "candidate" else ""
    return f'<path d="{path}" fill="none" stroke="{relation.light}" stroke-width="{_n(relation.width)}"{dash}/>'


def _draw_links(sketch: Sketch, drawing: Drawing) -> list[str]:
    strokes = find_strokes(sketch, drawing)
    owners = {stroke: link for link, own in zip(sketch.links, strokes.links, strict=True) for stroke in own}
    parts = [_draw_line(owners[i], path) for i, path in enumerate(strokes.paths)]
    for link, route in zip(sketch.links, drawing.routes, strict=True):
        if route.arrow:
            parts.append(f'<path d="{route.arrow}" fill="{get_relation(link.label).light}"/>')
    for tag in drawing.tags:
        ink = get_relation(sketch.links[tag.links[0]].label).light_text
        parts.append(
            f'<rect x="{_n(tag.x - tag.width / 2 - 2)}" y="{_n(tag.y - 7)}" width="{_n(tag.width + 4)}" height="14" '
            f'fill="{_PAPER}"/>'
            f'<text x="{_n(tag.x)}" y="{_n(tag.y + TAG_SIZE * 0.35)}" font-size="{_n(TAG_SIZE)}" text-anchor="middle" '
            f'fill="{ink}">{escape(tag.text)}</text>'
        )
    return parts


def _draw_node(node: Node, box: Box) -> str:
    kind = get_kind(node.kind)
    outline = SHAPES[kind.shape](box.width, box.height)
    border = 2.6 if node.sought else 1.5
    first = FONT_SIZE * 0.35 - (len(box.lines) - 1) * LINE_HEIGHT / 2
    lines = "".join(
        f'<text y="{_n(first + i * LINE_HEIGHT)}" font-size="{_n(FONT_SIZE)}" text-anchor="middle" '
        f'fill="{kind.light.text}">{escape(line)}</text>'
        for i, line in enumerate(box.lines)
    )
    return (
        f'<g transform="translate({_n(box.x)} {_n(box.y)})"><title>{escape(node.title or node.label)}</title>'
        f'<path d="{outline}" fill="{kind.light.fill}" stroke="{kind.light.stroke}" stroke-width="{border}"/>'
        f"{lines}</g>"
    )


Entry = tuple[str, Kind | Link, float]


def _list_entries(sketch: Sketch) -> list[Entry]:
    """What the legend explains: the kinds and the relations that occur, with the width each needs."""
    entries: list[Entry] = []
    for name in dict.fromkeys(node.kind for node in sketch.nodes):
        kind = KINDS.get(name, OTHER_KIND)
        entries.append((kind.name, kind, 0.0))
    seen = set()
    for link in sketch.links:
        if not get_relation(link.label).said and link.status == "asserted":
            continue
        text = (link.label or "linked") + (" (candidate)" if link.status == "candidate" else "")
        if text not in seen:
            seen.add(text)
            entries.append((text, link, 0.0))
    return [(text, what, 44 + measure_text(text, _LEGEND_SIZE) * 1.05 + 20) for text, what, _ in entries]


def _place_entries(entries: list[Entry], room: float) -> list[list[Entry]]:
    rows: list[list[Entry]] = [[]]
    for entry in entries:
        if rows[-1] and sum(e[2] for e in rows[-1]) + entry[2] > room:
            rows.append([])
        rows[-1].append(entry)
    return rows


def _draw_legend(rows: list[list[Entry]], top: float) -> list[str]:
    parts = []
    for i, row in enumerate(rows):
        x, y = MARGIN, top + i * _LEGEND_LINE + 10
        for text, what, width in row:
            if isinstance(what, Kind):
                parts.append(
                    f'<path transform="translate({_n(x + 17)} {_n(y)})" d="{SHAPES[what.shape](32, 16)}" '
                    f'fill="{what.light.fill}" stroke="{what.light.stroke}" stroke-width="1.5"/>'
                )
            else:
                parts.append(_draw_line(what, f"M{_n(x + 1)} {_n(y)}L{_n(x + 33)} {_n(y)}"))
            parts.append(_draw_text(text, x + 42, y + 4, size=_LEGEND_SIZE))
            x += width
    return parts
