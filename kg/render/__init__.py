"""A result as bytes: one module per format, each with `render(value) -> bytes`."""

import importlib
from types import ModuleType

from kg.model.errors import RenderError

#: format -> module, imported only when that format is asked for.
RENDERERS: dict[str, str] = {
    # tables (kg.model.Table)
    "table": "kg.render.table",
    "csv": "kg.render.csv",
    "tsv": "kg.render.tsv",
    "json": "kg.render.results_json",
    "xml": "kg.render.results_xml",
    "md": "kg.render.markdown",
    "ttl": "kg.render.rdf",
    # networks (networkx.MultiDiGraph)
    "html": "kg.render.map",
    "svg": "kg.render.map_svg",
    "graphml": "kg.render.graphml",
    "network-json": "kg.render.network_json",
    "mermaid": "kg.render.mermaid",
    "canvas": "kg.render.canvas",
    "vosviewer": "kg.render.vosviewer",
    "dot": "kg.render.dot",
    "cxl": "kg.render.cxl",
    # matrices (kg.render.matrix.Matrix)
    "matrix-md": "kg.render.matrix.markdown",
    "matrix-csv": "kg.render.matrix.csv",
    "matrix-tidy": "kg.render.matrix.tidy",
    "matrix-html": "kg.render.matrix.html",
    "matrix-latex": "kg.render.matrix.latex",
}


def load_renderer(name: str) -> ModuleType:
    """The module that renders a format.

    Raises RenderError for an unknown format, naming the known ones.
    """
    if name not in RENDERERS:
        raise RenderError(f"no renderer for '{name}'; known: {', '.join(RENDERERS)}")
    return importlib.import_module(RENDERERS[name])


def render(name: str, value: object) -> bytes:
    """The value in the format of that name."""
    rendered: bytes = load_renderer(name).render(value)
    return rendered
