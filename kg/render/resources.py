"""Files that travel with the package: scripts, styles and templates of pages."""

from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def read_asset(name: str) -> str:
    """The text of a file of kg/render/assets."""
    return resources.files("kg.render").joinpath("assets", name).read_text(encoding="utf-8")


def make_environment() -> "Environment":
    """Templates in which every value is escaped and a missing one is an error."""
    from jinja2 import Environment, StrictUndefined

    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
