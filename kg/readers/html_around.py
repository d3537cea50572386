"""What surrounds the text of a web page: menus, notices, links to share it, comments, lists of other pages."""

import re
from collections.abc import Callable, Sequence

from lxml import etree

from kg.readers.characters import normalise, squeeze
from kg.readers.html_chunks import text_of
from kg.readers.structure.chunks import Chunk, is_finished

_AROUND = re.compile(
    r"(?:^|[\s_-])(?:(?:top|main|side|left|right|sub|global|site|foot)?nav|navbar|navigation|menu|breadcrumbs?|cookies?|sidebar|share|sharing|social|footer|pagination|pager|skip"
    r"|skiplink|advert|ads|banner|popup|modal|newsletter|subscribe|related-posts|comments?|toolbar|search|toc|masthead"
    r"|site-header|print-only|visually-hidden|screen-reader-text)(?:$|[\s_-])",
    re.IGNORECASE,
)
#: Names of classes and places that say inside a text too that what bears them is no part of it.
_FURNITURE = re.compile(
    r"share-(?:links?|buttons?|bar|this|page)|social-(?:share|links?|icons?|media)|sharedaddy|addtoany\S*|jp-relatedposts"
    r"|related-(?:posts|content|articles|links|items|navigation)|(?:post|page)-navigation|nav-(?:previous|next|links)"
    r"|comments?-(?:area|link|respond|form|list|count)|comments|respond|(?:entry|post)-footer|(?:cat|tags)-links"
    r"|breadcrumbs?|(?:\S+-)?cookie-(?:banner|bar|notice|message|compliance\S*)|printfooter|catlinks|navbox|hatnote|sitenotice"
    r"|sitesub|toc|mw-(?:jump-link|editsection|cite-backlink)|noprint|reversefootnote|footnote-back(?:ref|link)?"
    r"|newsletter(?:-\S+)?|block-newsletter|tabs|pager|pagination|print-link|skip-link|screen-reader-text|visually-hidden"
    r"|sr-only|submitted|field--?name-field-(?:\S+-)?tags?|gem-c-(?:contents-list|print-link|share-links|contextual-sidebar|feedback|related-navigation)",
    re.IGNORECASE,
)
#: Of these what holds sentences goes too: remarks of readers and notices of a site.
_TOLD = re.compile(
    r"comments?-\S+|comments|respond|(?:\S+-)?cookie-\S+|sitenotice|newsletter\S*|block-newsletter|footnote-back\S*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[a-z)][.?!](?:\s|$)")
MIN_SENTENCES = 2
_CONTENTS = re.compile(r"(?:table of )?contents|(?:on|in) this (?:page|article|guide|document):?|index", re.IGNORECASE)
#: Headings above what a page shows behind its text.
_BEHIND = re.compile(
    r"(?:share|tweet|print|e-?mail|save) this\b.*|share(?: on| via)?\s?:?|follow us\b.*|(?:contact|about) us"
    r"|related(?: (?:content|articles?|posts?|pages?|links?|news|stories|items?|reading|topics?))?\s?:?"
    r"|you (?:may|might) (?:also )?(?:like|be interested in)\b.*|recommended for you|explore the topic"
    r"|more (?:from|like this|stories|news)\b.*|(?:recent|latest|popular|other) (?:posts?|articles?|news|stories)"
    r"|subscribe\b.*|(?:our )?newsletter\b.*|sign up\b.*|(?:post|page|site) navigation|navigation menu|breadcrumbs?"
    r"|(?:is|was) this (?:page|information|article) (?:useful|helpful)\??|help us improve\b.*|tags:?|categories:?",
    re.IGNORECASE,
)
#: Headings above what others wrote about a page, and above what it says about itself to whoever opens it.
_REMARKS = re.compile(
    r"(?:leave|post|add|write) a (?:reply|comment)"
    r"|(?:\d+|one|two|three|no) (?:thoughts?|comments?|repl(?:y|ies)|responses?)(?: (?:on|to)\b.*)?"
    r"|comments? \(\d+\)|(?:we use|about|manage|accept|this (?:web)?site uses)\b.{0,30}\bcookies\b.*"
    r"|cookies on\b.*|your (?:privacy|cookie) (?:choices|settings)",
    re.IGNORECASE,
)
#: A run of short links beyond this share of a list's text is navigation.
MAX_LINK_SHARE = 0.8
#: What is named as no part of a text holds less than this share of it.
MAX_AROUND_SHARE = 0.3
#: Sections of links stand in the last part of a page, with no longer text in them.
MIN_PLACE_SHARE = 0.5
MAX_LINK_CHARS = 160
#: The value beside a name of a field is no longer.
MAX_VALUE_CHARS = 120


def measure(element: etree._Element) -> int:
    """Characters of text in an element, runs of space counted once."""
    return len(squeeze(text_of(element)))


def drop_around(body: etree._Element) -> None:
    """Take navigation, banners, footers and lists of links out of a page without a main part."""
    for element in list(body.iter(etree.Element)):
        if element is body or element.getparent() is None:
            continue
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        around = element.tag in {"footer", "aside"} or (element.tag == "header" and element.find(".//h1") is None)
        named = _AROUND.search(name) and measure(element) < MAX_AROUND_SHARE * measure(body)
        if around or named or (element.tag in {"ul", "ol", "table", "div", "td"} and _is_link_list(element)):
            _remove(element)


def drop_furniture(main: etree._Element) -> None:
    """Take what a page's programs put into its text out of it, and put the names of fields before their values."""
    most = MAX_AROUND_SHARE * measure(main)
    for element in list(main.iter(etree.Element)):
        names = [*(element.get("class") or "").split(), element.get("id") or ""]
        if element is main or element.getparent() is None or element.tag in {"body", "h1", "main", "article"}:
            continue
        if any(map(_FURNITURE.fullmatch, names)) and measure(element) <= most:
            if not _holds_text(element) or any(map(_TOLD.fullmatch, names)):
                _remove(element)
        elif {"field__label", "field-label"} & set(names):
            _join_field(element)
    _drop_contents(main)


def _holds_text(element: etree._Element) -> bool:
    """Whether an element holds several sentences that are no links: a panel of a text that bears the name of a part."""
    text = squeeze(text_of(element))
    linked = sum(map(measure, element.iter("a")))
    return len(_SENTENCE.findall(text)) >= MIN_SENTENCES and linked < 0.5 * len(text)


def drop_behind(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Chunks without the sections of links and remarks that stand behind a text."""
    own = _drop_sections(chunks, lambda title, section, place: _REMARKS.fullmatch(title) is not None)
    return _drop_sections(own, _is_of_links)


def _drop_sections(chunks: Sequence[Chunk], is_dropped: Callable[[str, Sequence[Chunk], float], bool]) -> list[Chunk]:
    """Chunks without the sections for whose title, content and place (0 to 1) the answer is yes."""
    kept: list[Chunk] = []
    end = 0
    for at, chunk in enumerate(chunks):
        if at < end:
            continue
        if chunk.role == "heading":
            behind = range(at + 1, len(chunks))
            close = (i for i in behind if chunks[i].role == "heading" and chunks[i].level <= chunk.level)
            end = next(close, len(chunks))
            if is_dropped(chunk.text, chunks[at + 1 : end], at / len(chunks)):
                continue
            end = 0
        kept.append(chunk)
    return kept


def _is_of_links(title: str, section: Sequence[Chunk], place: float) -> bool:
    """Whether a section in the last part of a page leads elsewhere and says nothing."""
    if place < MIN_PLACE_SHARE or not _BEHIND.fullmatch(title):
        return False
    return all(len(chunk.text) <= MAX_LINK_CHARS and not _is_sentence(chunk.text) for chunk in section)


def _is_sentence(text: str) -> bool:
    return is_finished(text) and len(text.split()) > 12


def _join_field(label: etree._Element) -> None:
    """The name of a field and its value beside it on one line."""
    value = label.getnext()
    if value is None or not 0 < measure(value) <= MAX_VALUE_CHARS:
        return
    label.text = squeeze(normalise(text_of(label))).rstrip(": ") + ": "
    for child in list(label):
        label.remove(child)
    label.tag = value.tag = "span"


def _remove(element: etree._Element) -> None:
    """Take an element out of its tree, the text behind it left in."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = normalise((before.tail or "") + element.tail)
    elif element.tail:
        parent.text = normalise((parent.text or "") + element.tail)
    element.tail = None
    parent.remove(element)


def _is_link_list(element: etree._Element) -> bool:
    """Whether an element is a list of short links, as menus are, and no reference list."""
    links = element.findall(".//a")
    if len(links) < 4 or element.find(".//p") is not None:
        return False
    total = measure(element)
    return sum(map(measure, links)) > MAX_LINK_SHARE * total and total < 40 * len(links)


def _drop_contents(main: etree._Element) -> None:
    """Take lists of links to places of the page itself out, each with the heading that names it as contents."""
    for element in [*main.iter("ul", "ol")]:
        links = [link.get("href") or "" for link in element.iter("a")]
        inside = len(links) > 1 and all(link.startswith("#") for link in links)
        if not inside or sum(map(measure, element.iter("a"))) < MAX_LINK_SHARE * measure(element):
            continue
        before = element.getprevious()
        while before is not None and not measure(before):
            before = before.getprevious()
        if before is not None and _CONTENTS.fullmatch(squeeze(text_of(before))):
            _remove(before)
        if element.getparent() is not None:
            _remove(element)
