"""Templates -> pages. Every value is escaped."""

import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from kg.render.resources import make_environment

if TYPE_CHECKING:
    from jinja2 import Environment

PAGE = "text/html; charset=utf-8"
_SCRIPT, _STYLE = "text/javascript", "text/css"
#: What pages fetch: name of a file in assets/ -> its type.
ASSETS = {
    "style.css": _STYLE,
    "icon.svg": "image/svg+xml",
    "editor.js": _SCRIPT,
    "yasgui-4.6.2.min.css": _STYLE,
    "yasgui-4.6.2.min.js": _SCRIPT,
}
NAMES = ("editor", "error", "front", "query", "search", "thing")


@lru_cache(maxsize=1)
def load_templates() -> "Environment":
    """The environment with all templates read and compiled, so that no file is opened later."""
    from jinja2 import DictLoader

    folder = resources.files("kg.server").joinpath("templates")
    texts = {f"{name}.html": folder.joinpath(f"{name}.html").read_text(encoding="utf-8") for name in (*NAMES, "page")}
    environment = make_environment()
    environment.loader = DictLoader(texts)
    environment.filters["spaced"] = name_column
    for name in texts:
        environment.get_template(name)
    return environment


def name_column(column: str) -> str:
    """A column as people read it: "remedyQuote" -> "remedy quote"."""
    return re.sub(r"(?<=[a-z])[A-Z]", lambda match: " " + match[0].lower(), column)


def render_page(name: str, **values: object) -> bytes:
    """The page of a template."""
    return load_templates().get_template(f"{name}.html").render(**values).encode("utf-8", "replace")


def read_asset(name: str) -> bytes | None:
    """The content of a file of ASSETS, None for any other."""
    return resources.files("kg.server").joinpath("assets", name).read_bytes() if name in ASSETS else None
