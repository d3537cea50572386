"""References to laws: "Directive (EU) 2019/1024 of 20 June 2019 on open data", "Ley 39/2015, de 1 de octubre, ..."."""

import re
from dataclasses import replace

from kg.extract.references.fields import Fields, trim

_KIND = (
    r"Law|Act|Directive|Regulation|Decision|Decree|Order|Royal Decree|Ley|Real Decreto|Decreto|Directiva|Reglamento|"
    r"Loi|Décret|Directive|Règlement|Gesetz|Verordnung|Richtlinie|Legge|Decreto legislativo|Regolamento|Lei|Decreto-Lei"
)
#: Kind of law, its number with the year on either side, and what follows to the end of the sentence.
_LAW = re.compile(
    rf"(?:^|[.,:]\s+)(?P<title>(?:{_KIND})\b[^.;]{{0,40}}?(?:(?P<before>(?:19|20)\d\d)/\d+|\d+/(?P<after>(?:19|20)\d\d))\b"
    r"(?:[^.]|\.(?!\s|$))*)"
)

#: What follows a title in a list of web pages.
_TAIL = re.compile(
    r"\s*(?:,\s*(?:OJ|O\.J\.|DOUE|BOE|ABl\.|JO|GU)\s|https?:|\bavailable\b|\bdisponible\b|\((?:accessed|last|consult|acced|\d))",
    re.I,
)


def is_legal(reference: str) -> bool:
    """Whether the reference names a numbered law."""
    return "/" in reference and bool(_LAW.search(reference))


def read_legal(reference: str, guess: Fields) -> Fields:
    """The fields of a reference to a law: the title begins with its kind and number; a law has no volume or pages."""
    found = _LAW.search(reference)
    if found is None:
        return guess
    title = trim(_TAIL.split(found["title"])[0])
    if guess.container and guess.container in title:
        guess = replace(guess, container="")
    year = found["before"] or found["after"]
    return replace(guess, title=title, year=year, volume="", issue="")


#: "Smith v. Jones, 410 U.S. 113 (1973)", "Smith v Jones [1998] 2 AC 45".
_CASE = re.compile(
    r"(?P<title>[A-Z][^,\[]{0,80}?\sv\.?\s[A-Z][^,\[]{0,80}?),?\s*(?:[\[(](?P<before>\d{4})[\])]\s*)?"
    r"(?P<volume>\d{1,3})\s+(?P<reporter>[A-Z][A-Za-z. ]{0,30}?\d?[a-z]{0,2}\.?)\s+(?P<page>\d+)\b"
    r"(?:[^()]*\([^()]*?(?P<after>\d{4})\))?"
)


def is_case(reference: str) -> bool:
    """Whether the reference names a reported court case."""
    return " v" in reference and bool(_CASE.match(reference))


def read_case(reference: str, guess: Fields) -> Fields:
    """The fields of a court case: its name, the reporter with volume and first page; a case has no author."""
    found = _CASE.match(reference)
    if found is None:
        return guess
    return replace(
        guess,
        authors=(),
        title=trim(found["title"]),
        container=found["reporter"].strip(),
        volume=found["volume"],
        issue="",
        pages=found["page"],
        year=found["before"] or found["after"] or guess.year,
    )


def find_legal_type(reference: str) -> str:
    """ "legal_case" or "legislation", "" for any other reference."""
    return "legal_case" if is_case(reference) else "legislation" if is_legal(reference) else ""
