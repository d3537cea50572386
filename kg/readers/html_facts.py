"""What a web page's head says about it: title, authors, date, DOI, licence, language."""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from kg.model import BlockKind
from kg.readers.characters import normalise, squeeze
from kg.readers.drafts import Draft
from kg.readers.html_chunks import read_inline, text_of
from kg.readers.html_linked import read_linked
from kg.readers.names import clean_name, is_organisation, is_person, split_names
from kg.readers.raised import drop_marks
from kg.readers.structure.fields import DATE, make_keywords, make_metadata

#: Names of <meta> tags -> label; the first one present wins.
_META: dict[str, str] = {
    "date": "citation_publication_date citation_date dc.date dcterms.date dcterms.issued dc.date.issued "
    "article:published_time govuk:first-published-at date",
    "publisher": "citation_publisher dc.publisher dcterms.publisher dcterms.creator.organisation "
    "govuk:primary-publishing-organisation og:site_name",
    "container": "citation_journal_title citation_conference_title prism.publicationname",
    "volume": "citation_volume",
    "issue": "citation_issue",
    "doi": "citation_doi dc.identifier prism.doi",
    "licence": "dc.rights dcterms.license dcterms.rights",
}
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author")
_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title")
_TAGS = re.compile(r"(?:^|\s)field--?name-field-(?:\S+-)?tags?(?:\s|$)")
MAX_TAGS = 20
MAX_TAG_CHARS = 60
#: What a program writes for the title of a window: "L_2021999EN.01000101.xml", "Microsoft Word - draft.docx".
_FILE_NAME = re.compile(
    r"\S+\.(?:xml|x?html?|docx?|odt|pdf|aspx?|php|fm)(?:\.\w+)?|(?:Microsoft|LibreOffice) \w+ - .*|Untitled.*",
    re.IGNORECASE,
)
_TITLE_CLASS = re.compile(
    r"(?:(?:\w+-)?(?:main|doc|document|page|entry|article|law|act)-?)?(?:title|doc-ti)", re.IGNORECASE
)
MIN_TITLE_CHARS = 8
MAX_TITLE_CHARS = 400
_SEPARATOR = re.compile(r"\s+[|–—»·-]\s+|\s*\|\s*")


def find_facts(root: etree._Element) -> tuple[list[Draft], str]:
    """The facts of a page as blocks, title first, and its language code ("" if it does not say)."""
    metas = [*_read_metas(root), *read_linked(root)]
    drafts: list[Draft] = []
    title = _find_title(root, metas)
    if title:
        drafts.append(Draft(BlockKind.TITLE, title))
    drafts += _find_authors(metas)
    for label, names in _META.items():
        creator = _first(metas, _AUTHORS[1:]) if label == "publisher" else ""
        value = creator if is_organisation(creator) else _first(metas, names.split()) or _find_shown(root, label)
        if value and not (label == "doi" and "10." not in value):
            lead = "DOI" if label == "doi" else label.capitalize()
            drafts += make_metadata(label, value, before=f"{lead}: ")
    licence = next(
        (a.get("href") or "" for a in root.iter("a", "link") if "license" in (a.get("rel") or "").split()), ""
    )
    if licence and not any(d.label == "licence" for d in drafts):
        drafts.append(Draft(BlockKind.METADATA, licence, label="licence", before="Licence: "))
    keywords = _first(metas, ("citation_keywords", "keywords", "dc.subject")) or "; ".join(_find_tags(root))
    if keywords:
        drafts += make_keywords(keywords)
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
    return drafts, language if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", language) else ""


def _read_metas(root: etree._Element) -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        value = squeeze(normalise(meta.get("content") or ""))
        if name and value:
            yield name, value


def _first(metas: list[tuple[str, str]], names: Sequence[str]) -> str:
    return next((value for wanted in names for name, value in metas if name == wanted), "")


def _find_shown(root: etree._Element, label: str) -> str:
    """A fact that the page shows where its head is silent: the date in its own header, the name its licence credits."""
    if label == "publisher":
        credited = (a for a in root.iter("a", "span") if "attributionName" in (a.get("property") or ""))
        return next((drop_marks(read_inline(a)) for a in credited), "")
    if label != "date":
        return ""
    for header in root.iter("header"):
        if header.find(".//h1") is not None and (found := DATE.search(text_of(header))):
            return found.group()
    return next((value for time in root.iter("time") if (value := time.get("datetime") or "")), "")


def _find_tags(root: etree._Element) -> Iterator[str]:
    """The words that a page is filed under, as its links say or the fields of Drupal do."""
    fields = (element for element in root.iter("div", "ul") if _TAGS.search(element.get("class") or ""))
    filed = [link for field in fields for link in field.iter("a")]
    links = filed or [link for link in root.iter("a") if "tag" in (link.get("rel") or "").split()]
    yield from dict.fromkeys(
        text for link in links[:MAX_TAGS] if 0 < len(text := squeeze(text_of(link))) < MAX_TAG_CHARS
    )


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()


def _find_title(root: etree._Element, metas: list[tuple[str, str]]) -> str:
    """The title: as cited, else the page's own heading, else the window's title without the site's name."""
    cited = _first(metas, _TITLES[:3])
    named = [element for element in root.iter("p") if "MsoTitle" in _classes(element)] or [*root.iter("h1")]
    headings = [text for heading in named if (text := drop_marks(read_inline(heading)))]
    window = next((squeeze(normalise(text_of(t))) for t in root.iter("title")), "")
    if cited:
        return cited
    if len(headings) == 1:
        heading = headings[0]
        # "Series: Heading" without a separating mark is the fuller title of the same page.
        extends = heading.lower() in window.lower() and not _SEPARATOR.search(window)
        return window if extends else heading
    shared = _first(metas, _TITLES[3:])
    window = "" if _FILE_NAME.fullmatch(window) else window
    if not headings and not window and not shared:
        return next(_find_named_titles(root), "")
    parts = _SEPARATOR.split(window)
    return shared or (max(parts, key=len) if parts else "") or (headings[0] if headings else "")


def _find_named_titles(root: etree._Element) -> Iterator[str]:
    """The texts of elements that a page calls its title."""
    for element in root.iter("div", "p", "span", "td"):
        if any(map(_TITLE_CLASS.fullmatch, _classes(element))):
            text = drop_marks(read_inline(element))
            if MIN_TITLE_CHARS <= len(text) <= MAX_TITLE_CHARS:
                yield text


def _find_authors(metas: list[tuple[str, str]]) -> list[Draft]:
    """Authors with the institutions that follow them."""
    drafts: list[Draft] = []
    source = next((name for name in _AUTHORS if any(meta == name for meta, _ in metas)), "")
    for name, value in dict.fromkeys(metas):
        if name == source and source:
            names = [value] if source in {"citation_author", "dc.creator"} else split_names(value)
            cleaned = [clean_name(part)[0] for part in names]
            drafts += [
                Draft(BlockKind.AUTHOR, part) for part in cleaned if source.startswith("citation") or is_person(part)
            ]
        elif name == "citation_author_institution" and drafts:
            drafts.append(Draft(BlockKind.AFFILIATION, value))
    return drafts
