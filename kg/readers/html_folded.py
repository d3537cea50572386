"""What a saved page holds but hides or wraps: texts folded away, pages that are one form, letters made bold."""

import re
from collections.abc import Iterator

from lxml import etree

from kg.readers.characters import squeeze
from kg.readers.html_around import measure
from kg.readers.html_chunks import is_hidden, text_of

#: A form that holds this share of a page's text wraps the page.
MIN_FORM_SHARE = 0.3
#: Text that is folded away is at least so long, and hardly any of it is links.
MIN_FOLDED_CHARS = 80
MAX_LINK_SHARE = 0.4
_FOLDED = re.compile(r"accordion|collaps|panel|tab|fold|toggle|expand|details|reveal|dropdown-content", re.IGNORECASE)
_SENTENCE = re.compile(r"[a-z][.?!](?:\s|$)")
#: ".c1, p.c2 { ... }" of a style sheet, and what makes its letters bold.
_RULE = re.compile(r"(?P<names>[^{}]{1,400})\{(?P<style>[^{}]{0,2000})\}")
_CLASS = re.compile(r"(?:^|,)\s*(?:span|p)?\.(?P<name>[\w-]{1,60})\s*(?=,|$)")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
MAX_SHEET_CHARS = 500_000


def unfold(root: etree._Element) -> None:
    """Show the texts of a page that a browser shows when asked, and the letters that its style sheet makes bold."""
    body = root.find("body")
    whole = measure(root if body is None else body)
    for form in root.iter("form"):
        if measure(form) >= MIN_FORM_SHARE * whole:
            form.tag = "div"
    for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        for button in heading.iter("button"):
            button.tag = "span"
    for element in list(root.iter("div", "section", "dd", "article", "li")):
        if is_hidden(element) and _is_folded(element):
            for name in ("hidden", "aria-hidden", "style"):
                if name in element.attrib:
                    del element.attrib[name]
    bold = set(_find_bold(root))
    for span in root.iter("span") if bold else ():
        if bold & set((span.get("class") or "").split()):
            span.tag = "b"


def _is_folded(element: etree._Element) -> bool:
    """Whether a hidden element is part of a text: a panel of sentences, no menu and no notice."""
    names = " ".join(element.get(name) or "" for name in ("class", "id", "role", "aria-labelledby", "data-module"))
    if element.get("role") in {"dialog", "alert", "navigation", "search"} or not _FOLDED.search(names):
        return False
    text = squeeze(text_of(element))
    linked = sum(measure(link) for link in element.iter("a"))
    return len(text) >= MIN_FOLDED_CHARS and linked <= MAX_LINK_SHARE * len(text) and bool(_SENTENCE.search(text))


def _find_bold(root: etree._Element) -> Iterator[str]:
    """The classes that a style sheet in the page makes bold."""
    for sheet in root.iter("style"):
        for rule in _RULE.finditer((sheet.text or "")[:MAX_SHEET_CHARS]):
            if _BOLD.search(rule["style"]):
                yield from (found["name"] for found in _CLASS.finditer(rule["names"]))
