"""A matrix as one page that works offline: the more documents, the darker the cell; the sentences are notes below."""

from kg.render.matrix.records import Cell, Matrix, number_notes, say_where
from kg.render.resources import make_environment, read_asset


def render(value: Matrix) -> bytes:
    """The page, UTF-8. It holds no script and asks no other host for anything."""
    most = max((_weigh(cell, value) for row in value.cells for cell in row), default=1)

    def shade(cell: Cell) -> int:
        """1 for the least to 5 for the most."""
        return 1 + round(4 * (_weigh(cell, value) - 1) / max(most - 1, 1))

    page = make_environment().from_string(read_asset("matrix.html.j2"))
    return page.render(
        matrix=value, notes=number_notes(value), shade=shade, say_where=say_where, style=read_asset("matrix.css")
    ).encode()


def _weigh(cell: Cell, matrix: Matrix) -> int:
    return cell.sentences if matrix.by_document else cell.count
