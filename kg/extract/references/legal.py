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
_TAIL = re.compile(r"\s*(?:https?:|\bavailable\b|\bdisponible\b|\((?:accessed|last|consult|acced|\d))", re.I)


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
