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
    r"\s*(?:(?:,|\[\d{4}\])\s*(?:OJ|O\.J\.|DOUE|BOE|ABl\.|JO|GU)\s|https?:|\bavailable\b|\bdisponible\b|\((?:accessed|last|consult|acced|\d))",
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


_PARTIES = r"(?P<title>[A-Z][^,\[]{0,80}?\sv\.?\s[A-Z][^,\[]{0,80}?),?\s*"
_REPORT = r"(?P<reporter>[A-Z][A-Za-z. ]{0,30}?\d?[a-z]{0,2}\.?)\s+(?P<page>\d+)\b"
_CASES = (
    # "Smith v. Jones, 410 U.S. 113 (1973)", "Smith v Jones [1998] 2 AC 45"
    re.compile(
        rf"{_PARTIES}(?:[\[(](?P<before>\d{{4}})[\])]\s*)?(?P<volume>\d{{1,3}})\s+{_REPORT}"
        r"(?:[^()]*\([^()]*?(?P<after>\d{4})\))?"
    ),
    # "Donoghue v Stevenson [1932] AC 562", "R (Miller) v Prime Minister [2019] UKSC 41"
    re.compile(rf"{_PARTIES}\[(?P<before>\d{{4}})\]\s+{_REPORT}"),
    # "Case C-131/12 Google Spain SL v AEPD [2014] ECLI:EU:C:2014:317"
    re.compile(
        r"(?P<title>(?:Joined )?Cases? [CTF][-‑–]\d+/\d+[^\[(]{3,150}?),?\s*"
        r"(?:[\[(](?P<before>\d{4})[\])]|(?:ECLI:)?EU:[CTF]:(?P<after>\d{4}))"
    ),
)


def _find_case(reference: str) -> re.Match[str] | None:
    if " v" not in reference and not reference.startswith(("Case", "Joined")):
        return None
    return next((found for pattern in _CASES if (found := pattern.match(reference))), None)


def is_case(reference: str) -> bool:
    """Whether the reference names a reported court case."""
    return _find_case(reference) is not None


def read_case(reference: str, guess: Fields) -> Fields:
    """The fields of a court case: its name, the reporter with volume and first page; a case has no author."""
    found = _find_case(reference)
    if found is None:
        return guess
    said = found.groupdict()
    return replace(
        guess,
        authors=(),
        title=trim(said["title"]),
        container=(said.get("reporter") or "").strip(),
        volume=said.get("volume") or "",
        issue="",
        pages=said.get("page") or "",
        year=said["before"] or said.get("after") or guess.year,
    )


#: "Human Rights Act 1998, s 6", "42 U.S.C. § 1983 (2018)".
_STATUTE = re.compile(
    r"(?P<title>[A-Z][A-Za-z,()'’ -]{3,100}? (?:Act|Regulations|Order|Rules) (?P<year>(?:1[2-9]|20)\d\d))"
    r"(?:,?\s+(?:s|ss|sch|arts?|regs?|pt|chap|c)\b\.?\s*[^,;]{1,30})?\.?"
)
_CODE = re.compile(
    r"(?P<title>\d{1,3} (?:U\.?\s?S\.?\s?C\.?(?:\s?A\.?)?|C\.?\s?F\.?\s?R\.?) §{1,2}\s?[^()]{1,40}?)\s*"
    r"(?:\((?P<year>\d{4})\))?\.?"
)


def is_statute(reference: str) -> bool:
    """Whether the reference is a statute named by title and year, or a section of a code, and nothing else."""
    return bool(_STATUTE.fullmatch(reference) or _CODE.fullmatch(reference))


def read_statute(reference: str, guess: Fields) -> Fields:
    """The fields of a statute: its name and year."""
    found = _STATUTE.fullmatch(reference) or _CODE.fullmatch(reference)
    return Fields(title=trim(found["title"]), year=found["year"] or "") if found else guess


def find_legal_type(reference: str) -> str:
    """ "legal_case" or "legislation", "" for any other reference."""
    if is_case(reference):
        return "legal_case"
    return "legislation" if is_legal(reference) or is_statute(reference) else ""
