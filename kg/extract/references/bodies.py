"""Institutions as authors: "OECD (2019), ...", "Ministry of Finance. 2018. ...", "World Health Organization. Title"."""

import re
from dataclasses import replace

from kg.extract.names import is_organisation
from kg.extract.references.authors import AuthorName
from kg.extract.references.fields import Fields, trim

_NAME = r"(?P<name>[A-ZÀ-Þ][^.,;:()\[\]“\"]{1,110}?)(?P<short>\s*\([A-Z][A-Za-z]{1,9}\))?"
_DATED = re.compile(rf"{_NAME}\s*[.,:]?\s*[(\[]?(?P<year>(?:1[89]|20)\d\d)[a-z]?[)\]]?\s*[.,:]?\s+")
_PLAIN = re.compile(rf"{_NAME}\s*[.:]\s+(?=[A-ZÀ-Þ“\"])")
_ACRONYM = re.compile(r"[A-Z]{2,8}(?:/[A-Z]{2,8})?")

_HAN_BODY = re.compile(
    r"[\u3400-\u9fff（）()]{2,}(?:会|會|局|院|部|所|司|大学|大學|中心|政府|组织|組織|银行|銀行|社|厅|廳|办公室|协会|联盟|集团|评论员)"
)


def is_body(name: str) -> bool:
    """Whether a name is an institution's, in Latin or Chinese letters: "国家统计局"."""
    return is_organisation(name) or (len(name) > 3 and bool(_HAN_BODY.fullmatch(name)))


def find_body(reference: str) -> tuple[str, int]:
    """The institution a reference begins with and where the rest begins; ("", 0) if it begins with none."""
    for pattern in (_DATED, _PLAIN):
        found = pattern.match(reference)
        if found is None:
            continue
        name = found["name"].strip()
        is_titled = all(word[0].isupper() or len(word) <= 4 for word in name.split())
        is_named = " " in name and is_titled and is_organisation(name, strict=True)
        if is_named or (pattern is _DATED and _ACRONYM.fullmatch(name)):
            return name + (found["short"] or ""), found.end()
    return "", 0


def take_body(reference: str, guess: Fields) -> Fields:
    """The fields with an institution the tagger missed as author; a title that began with it begins after it."""
    name, end = find_body(reference)
    if not name:
        return guess
    title = guess.title
    if title.startswith(name):
        rest = trim(re.split(r"\.\s|,\s(?=[A-Z][^,]*$)", reference[end:])[0])
        title = rest if len(rest) > 3 else title
    if guess.authors and not title.startswith(name) and title == guess.title:
        return guess
    year = guess.year or next(iter(re.findall(r"(?:1[89]|20)\d\d", reference[:end])), "")
    return replace(guess, authors=(AuthorName(name, name),), title=title, year=year)
