"""What a page says about itself in JSON-LD, as search engines read it, in the form of <meta> tags."""

import json
import re
from collections.abc import Iterator

from lxml import etree

from kg.readers.characters import normalise, squeeze

#: schema.org types of what is read, and not of the site or its parts.
_WORKS = re.compile(
    r"(?:\w*Article|BlogPosting|Report|CreativeWork|DigitalDocument|Legislation|WebPage|Guide|HowTo|GovernmentService)"
)
MAX_SCRIPT_CHARS = 500_000
MAX_NODES = 2000


def read_linked(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Names and values of the works that the scripts of a page describe: author, date and publisher."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json" or len(script.text or "") > MAX_SCRIPT_CHARS:
            continue
        try:
            described = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for work in _find_works(described):
            yield from _read_work(work)


def _find_works(described: object) -> Iterator[dict[str, object]]:
    """The descriptions of works in a JSON-LD value, lists and graphs looked through."""
    left = [described]
    for _ in range(MAX_NODES):
        if not left:
            return
        node = left.pop(0)
        if isinstance(node, list):
            left += node[:MAX_NODES]
        elif isinstance(node, dict):
            left.append(node.get("@graph"))
            types = node.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(isinstance(name, str) and _WORKS.fullmatch(name) for name in names):
                yield node


def _read_work(work: dict[str, object]) -> Iterator[tuple[str, str]]:
    for name in _find_names(work.get("author")):
        yield "author", name
    for name in _find_names(work.get("publisher"))[:1]:
        yield "dcterms.creator.organisation", name
    date = work.get("datePublished")
    if isinstance(date, str):
        yield "date", date


def _find_names(value: object) -> list[str]:
    """The names of a person or organisation, or of several."""
    found = value if isinstance(value, list) else [value]
    names = (one.get("name") if isinstance(one, dict) else one for one in found[:100])
    return [text for name in names if isinstance(name, str) and (text := squeeze(normalise(name)))]
