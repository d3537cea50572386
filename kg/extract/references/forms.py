"""Styles that the whole shape of a string tells: law reviews, OSCOLA, corner brackets, "//", names in pairs."""

import re
from dataclasses import replace

from kg.extract.references.authors import AuthorName
from kg.extract.references.fields import Fields, trim

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
#: "Daniel J. Solove, A Taxonomy of Privacy, 154 U. Pa. L. Rev. 477, 481 (2006)" (The Bluebook).
_REVIEW = re.compile(
    r"(?P<authors>[^,\d]{4,60}?(?:,? (?:&|and) [^,\d]{4,40})?),\s+(?P<title>[^\d(].{8,250}?),\s+(?P<volume>\d{1,4})\s+"
    r"(?P<container>[A-Z][A-Za-z&'’]*\.?(?:\s(?:[A-Z&][A-Za-z&'’]*\.?|of|and|on|the|for|in)){1,8})\s+"
    r"(?P<pages>\d+)(?:[,–-]\s*[\d–-]+)*\s+\((?P<year>\d{4})\)\.?"
)
#: "Alison Young, 'In Defence of Due Deference' (2009) 72 MLR 554" (OSCOLA).
_OSCOLA = re.compile(
    r"(?P<authors>[^'‘“\"\d]{4,100}?),\s+(?P<quote>['‘“\"])(?P<title>.{8,250})['’”\"]\s+[\[(](?P<year>\d{4})[\])]\s+"
    r"(?:(?P<volume>\d{1,3})(?:\((?P<issue>\d{1,3})\))?\s+)?(?P<container>[A-Z][A-Za-z.&'’ ]{1,60}?)\s+(?P<pages>\d+)"
    r"(?:[,–-]\s*[\d–-]+)*\.?"
)
#: "JOHN RAWLS, A THEORY OF JUSTICE 12 (rev. ed. 1999)" (The Bluebook).
_CAPITALS = re.compile(
    rf"(?P<authors>[^,\d]{{4,60}}),\s+(?P<title>{_UPPER}[^a-zß-öø-ÿ]{{5,150}}?)(?:\s+(?P<pages>\d+(?:[–-]\d+)?))?\s+"
    r"\((?:[^()]*\s)?(?P<year>\d{4})\)\.?"
)
#: "山田太郎・鈴木花子(2019)「電子政府の課題」『行政管理研究』第12巻第3号,45-60頁".
_CORNERS = re.compile(
    r"(?P<authors>[^\d「『(]{2,60}?)\s*[(,.]?\s*(?:(?P<year>\d{4})年?\)?)?[,.:]?\s*「(?P<title>[^「」]{2,150})」[,.]?\s*"
    r"『(?P<container>[^『』]{2,100})』(?P<rest>.*)"
)
_ISSUE = re.compile(r"(?:№|\bn[º°]|第(?=\d+[号號期]))\s*(\d+(?:[-–/]\d+)?)")
_PAIR = rf"{_UPPER}[^\W\d_]+(?:[ -]{_UPPER}[^\W\d_]+){{0,2}},\s+{_UPPER}[^\W\d_]+(?:[ -]{_UPPER}[^\W\d_]*\.?){{0,2}}"
#: "García López, María y Pérez Ruiz, Juan (2020)": surname and given name in pairs, parted by "and" alone.
_PAIRS = re.compile(rf"(?P<authors>{_PAIR}(?:\s+(?:y|e|et|und|and|&)\s+{_PAIR})+)(?=\s*\(\d{{4}}|[.:]\s)")
_SCRIPT = r"[\uac00-\ud7a3]{2,4}"
_HANGUL = re.compile(rf"(?P<authors>{_SCRIPT}(?:\s*[,·・]\s*{_SCRIPT})+)\s*[.(]")
#: "A Study in Canon, Ritual, and Ideology (Oxford: Clarendon Press, 1992)" ends a reference to a book.
_BOOK_END = re.compile(r"\s*\((?:[^()\d]{2,60}[:,]\s*)?[^()\d]{2,60},\s*\d{4}\)(?:,\s*(?:pp?\.\s*)?[\d–-]+)?\.?\s*")
#: Marks and spaces between a title and what was taken for its container.
_LONGEST_MARKS = 3
_MEDIUM = re.compile(
    r"\s*\[(?:motion picture|film|video|audio|software|computer software|data ?set|database|electronic version|online|"
    r"blog post|brochure|web page|abstract|in [A-Z][a-z]+)\]$",
    re.I,
)
_NUMBERED = re.compile(r"(?:\b(?:No|Nr|Num|n°)|№)\.?\s*$")
_LAST_YEAR = re.compile(r"[.,]\s+((?:1[5-9]|20)\d\d)\W*$")
_AGAIN = re.compile(r"(?:op|loc|art|ob)\.?\s?cit\.?|ibid(?:em)?\.?", re.I)


def read_form(reference: str, guess: Fields) -> Fields:
    """The fields where one of these styles is seen; else the guess. reference: without its list number."""
    guess = _mend_fields(reference, guess)
    if _AGAIN.fullmatch(guess.container):
        guess = replace(guess, container="")
    if "「" in reference and (found := _CORNERS.fullmatch(reference)):
        return _take_corners(found, guess)
    for pattern in (_REVIEW, _OSCOLA):
        if found := pattern.fullmatch(reference):
            return _take_article(found)
    if found := _CAPITALS.fullmatch(reference):
        pages = (found["pages"] or "").replace("–", "-")
        authors = guess.authors or _split_names(found["authors"])
        return replace(guess, authors=authors, title=trim(found["title"]), container="", volume="", pages=pages)
    if " // " in guess.title:
        title, _, container = guess.title.partition(" // ")
        container, year = _LAST_YEAR.sub("", container), _LAST_YEAR.search(container)
        guess = replace(guess, title=trim(title), container=trim(container))
        guess = replace(guess, year=guess.year or (year[1] if year else ""))
    if not guess.issue and (number := _ISSUE.search(reference)):
        guess = replace(guess, issue=number[1])
    if found := _PAIRS.match(reference):
        names = re.split(r"\s+(?:y|e|et|und|and|&)\s+", found["authors"])
        return replace(guess, authors=tuple(AuthorName(name, *_split_pair(name)) for name in names))
    if found := _HANGUL.match(reference):
        return replace(guess, authors=_split_names(found["authors"]))
    return guess


def _mend_fields(reference: str, guess: Fields) -> Fields:
    """The guess with what a bracketed imprint, a medium in brackets or "No." before a number tells."""
    title = _MEDIUM.sub("", guess.title)
    if guess.container and title and not guess.volume:
        start = reference.find(title)
        end = reference.find(guess.container, start + len(title)) + len(guess.container)
        follows = start >= 0 and len(reference[start + len(title) : end]) <= len(guess.container) + _LONGEST_MARKS
        if follows and _BOOK_END.fullmatch(reference, end):
            return replace(guess, title=trim(reference[start:end]), container="")
    at = reference.rfind(guess.pages) if guess.pages and not guess.issue else 0
    if at > 0 and _NUMBERED.search(reference[max(0, at - 8) : at]):
        guess = replace(guess, issue=guess.pages, pages="")
    return replace(guess, title=title)


def _split_pair(name: str) -> tuple[str, str]:
    family, _, given = name.partition(",")
    return family.strip(), given.strip()


def _split_names(authors: str) -> tuple[AuthorName, ...]:
    parts = re.split(r"\s*[,、·・]\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+", authors)
    return tuple(AuthorName(part.strip(), "") for part in parts if part.strip())


def _take_article(found: re.Match[str]) -> Fields:
    groups = found.groupdict()
    return Fields(
        authors=_split_names(found["authors"]),
        title=trim(found["title"]),
        container=found["container"].strip(),
        volume=found["volume"] or "",
        issue=groups.get("issue") or "",
        pages=found["pages"],
        year=found["year"],
    )


def _take_corners(found: re.Match[str], guess: Fields) -> Fields:
    issue = _ISSUE.search(found["rest"])
    return replace(
        guess,
        authors=_split_names(found["authors"]),
        title=found["title"],
        container=found["container"],
        year=found["year"] or guess.year,
        issue=issue[1] if issue else guess.issue,
    )
