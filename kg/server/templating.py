"""Templates -> pages. Every value is escaped."""

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from kg.render.resources import make_environment

if TYPE_CHECKING:
    from jinja2 import Environment

PAGE = "text/html; charset=utf-8"
NAMES = ("error", "front", "query", "search", "thing")


@lru_cache(maxsize=1)
def load_templates() -> "Environment":
    """The environment with all templates read and compiled, so that no file is opened later."""
    from jinja2 import DictLoader

    folder = resources.files("kg.server").joinpath("templates")
    texts = {f"{name}.html": folder.joinpath(f"{name}.html").read_text(encoding="utf-8") for name in (*NAMES, "page")}
    environment = make_environment()
    environment.loader = DictLoader(texts)
    for name in texts:
        environment.get_template(name)
    return environment


def render_page(name: str, **values: object) -> bytes:
    """The page of a template."""
    return load_templates().get_template(f"{name}.html").render(**values).encode("utf-8", "replace")


def read_style() -> bytes:
    """The style sheet of all pages."""
    return resources.files("kg.server").joinpath("assets", "style.css").read_bytes()
