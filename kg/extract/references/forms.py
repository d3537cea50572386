"""Styles that the whole shape of a string tells: law reviews, OSCOLA, corner brackets, "//", names in pairs."""

import re
from dataclasses import replace

from kg.extract.references.authors import AuthorName
from kg.extract.references.fields import Fields, trim
from kg.extract.references.record import find_publisher

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
#: "Deutsch, 'Schutzbereich und Beweislast', NJW 1984, 1802" (German law).
_GERMAN = re.compile(
    r"(?P<authors>[^'‘“„\"»\d]{3,80}?),\s+(?P<quote>['‘“„\"»])(?P<title>.{8,200})['’”“\"«],\s+"
    r"(?P<container>[A-ZÄÖÜ][A-Za-zÄÖÜäöüß-]{1,12})\s+(?P<year>(?:19|20)\d\d),\s+(?P<pages>\d+)(?:\s*\([\d ff.]+\))?\.?"
)
#: "2012;61(3):1-20" (Vancouver).
_VANCOUVER = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:\s+[A-Z][a-z]{2,8}\.?(?:\s+\d{1,2})?)?\s*;\s*(?P<volume>\d{1,4})\s*"
    r"(?:\((?P<issue>[^()]{1,12})\)\s*)?:\s*(?P<pages>[A-Za-z]?\d+(?:\s*[-–]\s*[A-Za-z]?\d+)?)"
)
#: "2010, 10, 1979-1985" at the end (American Chemical Society).
_CHEMICAL = re.compile(
    r"\s(?P<year>(?:19|20)\d\d),\s*(?P<volume>\d{1,4})(?:\s*\((?P<issue>[\d–-]{1,6})\))?,\s*"
    r"(?P<pages>[A-Z]?\d+(?:\s*[-–]\s*[A-Z]?\d+)?)\.?\s*(?:$|https?:|DOI|doi)"
)
#: A letter and number right before the year in brackets at the end are a volume: "Phys. Lett., B129, (1983)".
_LAST_NUMBER = re.compile(r"[.,]\s*[A-Z](\d{1,4})\s*,?\s*\(\s*(?:19|20)\d\d\s*\)\s*[.,;]?\s*$")
#: A place that a state or country follows before the press: "Title. South Bend, IN: University Press".
_STATE_PRESS = re.compile(r",\s*(?:[A-Z]{2}|[A-Z][a-z]+\.?):\s*[A-Z]")
#: Where a quotation in single marks is closed and something else begins; an apostrophe closes none.
_CLOSED = re.compile(r"(?:[.,?!]['’]|['’],)\s+(?=[A-ZÀ-ÞА-Я])")
_SERIAL = re.compile(r"[A-ZÀ-ÞА-Я][^.,;:]{4,}(?:\s[^.,;:]+)*$")
_LEAST_TITLE_CHARS = 12
_LONGEST_PLACE = 25
#: "JOHN RAWLS, A THEORY OF JUSTICE 12 (rev. ed. 1999)" (The Bluebook).
_CAPITALS = re.compile(
    rf"(?P<authors>[^,\d]{{4,60}}),\s+(?P<title>{_UPPER}[^a-zß-öø-ÿ\d]{{5,150}}?)(?:\s+(?P<pages>\d+(?:[–-]\d+)?))?\s+"
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
_QUOTE = re.compile(r"['’‘”“\"»«]")
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
    for pattern in (_REVIEW, _OSCOLA, _GERMAN):
        if found := pattern.fullmatch(reference):
            return _take_article(found)
    if (found := _CAPITALS.fullmatch(reference)) and " " in found["authors"].strip():
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
        gap = reference[start + len(title) : end - len(guess.container)]
        follows = start >= 0 and len(gap) <= _LONGEST_MARKS and not _QUOTE.search(gap)
        if follows and _BOOK_END.fullmatch(reference, end):
            return replace(guess, title=trim(reference[start:end]), container="")
    at = reference.rfind(guess.pages) if guess.pages and not guess.issue else 0
    if at > 0 and _NUMBERED.search(reference[max(0, at - 8) : at]):
        guess = replace(guess, issue=guess.pages, pages="")
    guess = _find_lost_container(reference, _cut_title(reference, replace(guess, title=title)))
    place = guess.title.rfind(". ")
    at = reference.find(guess.title) + len(guess.title)
    if place > _LEAST_TITLE_CHARS and len(guess.title) - place < _LONGEST_PLACE and _STATE_PRESS.match(reference, at):
        guess = replace(guess, title=guess.title[:place])
    found = _CHEMICAL.search(reference)
    if found and guess.year not in ("", found["year"]):
        found = None
    found = _VANCOUVER.search(reference) or found
    if found and (guess.title or guess.container):
        pages = re.sub(r"\s*–\s*|\s*-\s*", "-", found["pages"])
        issue = found["issue"] or guess.issue
        return replace(guess, year=found["year"], volume=found["volume"], issue=issue, pages=pages)
    if guess.pages and not guess.volume and (last := _LAST_NUMBER.search(reference)) and last[1] in guess.pages:
        return replace(guess, volume=last[1], pages="")
    return guess


def _find_lost_container(reference: str, guess: Fields) -> Fields:
    """The journal behind the last full stop or comma of a title that took it in: an article has issue or pages."""
    is_article = guess.issue or (guess.volume and guess.pages)
    if guess.container or guess.publisher or not is_article or not guess.title or find_publisher(reference):
        return guess
    title, stop, container = guess.title.rpartition(". ")
    if not stop or not _SERIAL.match(container) or len(title) < _LEAST_TITLE_CHARS:
        title, stop, container = guess.title.rpartition(", ")
        words = [word for word in container.split() if len(word) > 3]
        if len(words) < 2 or not all(word[0].isupper() for word in words) or not _is_sentence(title):
            return guess
    return replace(guess, title=title, container=container)


def _is_sentence(title: str) -> bool:
    """Whether a title is written in small letters."""
    words = [word for word in title.split()[1:] if len(word) > 3 and word[0].isalpha()]
    return len(words) > 2 and sum(word[0].isupper() for word in words) * 2 < len(words)


def _cut_title(reference: str, guess: Fields) -> Fields:
    """The title ended where its quotation is closed; what follows goes to the container that stands right behind."""
    start = reference.find(guess.title) if guess.title else -1
    closed = _CLOSED.search(guess.title) if start > 0 and reference[start - 1] in "'‘" else None
    if closed is None:
        return guess
    title, rest = guess.title[: closed.start()], guess.title[closed.end() :]
    at = reference.find(guess.container, start + len(guess.title)) if guess.container else -1
    if at < 0:
        return replace(guess, title=title, container=guess.container or trim(rest))
    if reference[start + len(guess.title) : at].strip(" ,."):
        return replace(guess, title=title)
    return replace(guess, title=title, container=trim(reference[start + closed.end() : at + len(guess.container)]))


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
        volume=groups.get("volume") or "",
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
