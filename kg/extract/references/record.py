"""A parsed reference, and the facts that are read by pattern: number, DOI, address, publisher, type."""

import re
from dataclasses import dataclass

from kg.extract.names import Name

_NUMBER = re.compile(
    r"\s*(?:[-–•*·]\s+)?(?:\[\s*(?P<square>[\w.+-]{1,40})\s*\]|\(\s*(?P<round>\d{1,3})\s*\)|(?P<plain>\d{1,3})(?:[.)\]]|(?=\s+[A-Z]))(?!\d))?\s*"
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+", re.I)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"”]+", re.I)
_PRESS = (
    r"(?:Press|Verlag|Publishers?|Publishing|Books|University|Universit\w+|Éditions?|Editions?|Ediciones|Editorial|Editora|"
    r"Edizioni|Sons|Inc|Ltd|Springer|Elsevier|Wiley|Routledge|Sage|Palgrave|Kluwer|Addison|McGraw|Academic|ACM|IEEE|"
    r"Blackwell|Macmillan|Penguin|Gallimard|Suhrkamp|Seuil|OECD|出版社|出版|書店|书局)"
)
_PLACE_PRESS = re.compile(
    r"(?:^|[.,(;\]]\s*)(?P<place>[A-Z\u3400-\u9fff][^.:;()\d\[\]]{1,40}?(?:,\s*[A-Z][\w.]{1,15})?)\s*:\s*"
    r"(?P<press>[A-Z\u3400-\u9fff][^:;()\d]{1,60}?)\s*(?=[,.;)]\s*(?:(?:1[5-9]|20)\d\d|$|\)|http|doi|pp?\.|ISBN|Print|Web)|,?\s*$|,\s*(?:1[5-9]|20)\d\d)"
)
_PRESS_ONLY = re.compile(
    rf"(?:^|[.,;(]\s+)(?P<press>(?:[A-Z][\w.&'’-]*[ ,]+){{0,4}}[^\s.,;()]*{_PRESS}"
    r"(?:\s+(?:of|de|for)?\s*[A-Z][\w.&-]*){0,3})\s*[.,;)]"
)
_THESIS = re.compile(
    r"\b(?:ph\.?\s?d\.?|doctoral|master'?s?|bachelor'?s?|diploma|m\.?sc\.?)[^.]{0,25}(?:thesis|dissertation)|\bthèse\b|"
    r"\btesis\b|diplomarbeit|学位论文|\bdissertation\b"
)
#: One of these is in every reference to a thesis; looking for them is quick.
_THESIS_WORDS = ("thesis", "dissertation", "thèse", "tesis", "diplomarbeit", "学位论文")
_PROCEEDINGS = re.compile(
    r"\bproc(?:eedings|\.|\b)|conference|\bconf\.|symposium|workshop|\bmeeting\b|kongress|congr[eè]s|会议"
)
_EDITED = re.compile(r"\beds?\b|\(hg|hrsg|\bin:|\bin\s")
_REPORT = re.compile(r"\b(?:technical |research |working )?(?:report|paper no|working paper)\b")


@dataclass(frozen=True, slots=True)
class ParsedReference:
    """A reference string's fields, each "" where the string does not give it.

    number: its mark in the list ("1" of "[1]"); authors: in the list's order; type: a BibTeX entry type, or
    "thesis", "report", "newspaper", "standard", "patent", "dataset", "online".
    """

    text: str
    number: str = ""
    authors: tuple[Name, ...] = ()
    title: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: str = ""
    doi: str = ""
    url: str = ""
    publisher: str = ""
    type: str = ""


def split_number(text: str) -> tuple[str, str]:
    """The list number of a reference and the text after it."""
    found = _NUMBER.match(text)
    if found is None:
        return "", text
    number = found["square"] or found["round"] or found["plain"] or ""
    return number, text[found.end() :]


def find_doi(text: str) -> str:
    """The DOI in a reference, in lower case, "" if there is none."""
    found = _DOI.search(text)
    if found is None:
        return ""
    doi = re.sub(r"\(\d{4}\)[.,;]*$|\[.*$", "", found[0]).rstrip(".,;:'”’>]}")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;")
    return doi.lower()


def find_url(text: str) -> str:
    """The first address in a reference that is not a DOI's, "" if there is none."""
    for found in _URL.finditer(text):
        url = found[0].rstrip(".,;:'’>]}")
        if url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1]
        if "doi.org/10." not in url:
            return url
    return ""


def find_publisher(rest: str) -> str:
    """The publisher in what no field took, "" if none is recognised."""
    found = _PLACE_PRESS.search(rest) or _PRESS_ONLY.search(rest)
    return " ".join(found["press"].split()).strip(" .,") if found else ""


def guess_type(reference: ParsedReference, rest: str) -> str:
    """The kind of work, from its fields and the words around them."""
    lowered = reference.text.lower()
    if any(word in lowered for word in _THESIS_WORDS) and _THESIS.search(lowered):
        return "thesis"
    container = reference.container.lower()
    if container and _PROCEEDINGS.search(container):
        return "inproceedings"
    if container and (reference.volume or reference.issue):
        return "article"
    if container:
        is_chapter = bool(_EDITED.search(rest.lower())) or bool(reference.publisher)
        return "incollection" if is_chapter else "article"
    if _REPORT.search(lowered):
        return "report"
    if reference.publisher:
        return "book"
    return "online" if reference.url else "misc"
