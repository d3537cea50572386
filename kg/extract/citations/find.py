"""In-text citations in running text: numbers in brackets, author and year, superscripts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_LETTER = r"[^\W\d_]"
_UPPER = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-Я]"
#: One word of a name: a capital letter and more, a particle, or initials.
_WORD = (
    rf"(?:{_UPPER}(?:{_LETTER}|['’‐-])*\.?"
    r"|(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|al|el|bin|ibn|zu)\b"
    rf"|[dl]['’]{_UPPER}{_LETTER}+)"
)
_JOIN = r"(?:\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*|\s+und\s+|\s+et\s+(?!al)|\s+y\s+|\s+)"
_ET_AL = r"(?:,?\s+(?:et\.?\s+al\.?|and\s+(?:others|colleagues|co-?workers)|等))"
#: One or more names as a text cites them.
NAMES = rf"{_WORD}(?:{_JOIN}{_WORD}){{0,11}}{_ET_AL}?"
_YEAR = r"(?:1[5-9]|20)\d\d"
#: The letter that tells works of one year apart.
_LETTER_OF_YEAR = r"(?:\s?[a-h](?![^\W\d_])|[i-z](?![^\W\d_]))?"
_YEARS = (
    rf"(?P<years>(?:{_YEAR}{_LETTER_OF_YEAR}(?:/{_YEAR})?|n\.d\.|in press|forthcoming)"
    rf"(?:\s*(?:,|and|&)\s*(?:{_YEAR}{_LETTER_OF_YEAR}|[b-k]\b(?!\.)))*)"
)
_LOCATOR = (
    r"(?P<locator>\s*[,:]\s*(?:pp?\.?\s*|pages?\s+|chap(?:ter|\.)\s*|§\s*)?[\divxlc]+(?:\s*[-–,]\s*\d+)*(?:ff?\.)?)?"
)
_NARRATIVE = re.compile(
    rf"(?P<names>{NAMES})(?:['’]s?)?,?\s*[(\[]\s*(?:(?:see|cf\.|e\.g\.,?)\s+)?{_YEARS}{_LOCATOR}\s*[)\]]"
)
_GROUP = re.compile(rf"[(\[](?P<inner>[^()\[\]]*?\b{_YEAR}[^()\[\]]*)[)\]]")
_PART = re.compile(rf"(?P<names>{NAMES})(?:['’]s?)?\s*,?\s*[(\[]?\s*{_YEARS}{_LOCATOR}\s*[)\]]?\s*")
_BARE = re.compile(rf"(?P<names>{NAMES})(?:['’]s?)?,?\s+{_YEARS}{_LOCATOR}")
#: "[@smith2001; @lee2002, p. 3]" (Pandoc): surname and year as a key.
_KEYED = re.compile(rf"@(?P<names>[A-Za-z][^\W\d_]+)[_:.-]?(?P<year>{_YEAR})[a-z]?\b")
_POSSESSIVE = re.compile(r"['’]s?$")
_LEAD = re.compile(
    r"\s*(?:(?:see|cf|compare|e\.?\s?g|i\.?\s?e|also|and|for example|for instance|in|from|after|quoted in|"
    r"cited in|as in|such as)\b[.,:]*\s*)*",
    re.I,
)
_NUMBERS = re.compile(
    r"\[\s*(?P<numbers>\d{1,3}(?:\s*(?:[-–—,;]|,?\s*and)\s*\d{1,3})*)(?P<locator>\s*,\s*(?:pp?\.|page|sec|ch|fig|§)[^\]]{1,20})?\s*\]",
    re.I,
)
#: What stands before a pair of numbers that is an interval, no citation.
_INTERVAL = re.compile(
    r"(?:\b(?:ranges?|between|bounds?|intervals?|domain)(?:\s+(?:is|of|from|in|was))?|[∈=→×<>≤≥])\s*$"
)
#: What a line of a program has besides "bound[1]".
_ARRAY = re.compile(r"\w\[0\]|←|:=|\w\[\d+\]\s*(?:=|[-+*/]\s*\w+\[)")
_LABEL = re.compile(r"\[\s*(?P<labels>[A-Z][\w+-]{1,11}(?:\s*[,;]\s*[A-Z][\w+-]{1,11})*)\s*\]")
_SUPERSCRIPT = re.compile(
    r"(?<=[\w.,;:)”\"’])(?:(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,⁻–-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*)|\^\[?(?P<caret>\d{1,3}(?:[,–-]\d{1,3})*)\]?\^?|<sup>(?P<tag>\d{1,3}(?:[,–-]\d{1,3})*)</sup>)"
    r"|(?<=\s)\^(?P<parted>\d{1,3}(?:[,–-]\s?\d{1,3})*)\^"
)
_GLUED = re.compile(
    rf"(?<={_LETTER}{{3}})[.,;:)”\"’]{{0,2}}(?P<glued>\d{{1,3}}(?:[,–-]\d{{1,3}})*)(?=\s+{_UPPER}|\s*$|\s)"
)
#: What stands for the entry cited before it: "(ibid., p. 5)".
IBID = "ibid."
_IBID = re.compile(r"\b[Ii]bid(?:em\b|\b\.?)")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
#: Capitalised words that begin a sentence before a name, or stand before a year without being one.
NOT_NAMES = frozenset(
    """
    a about above according after again against all although among an and another any as at based because before
    below between both but by case chapter compared consistent contrary despite did do does due during each early
    eq equation even fig figure figures finally first following for from further furthermore given has have he
    hence her here his how however if in indeed instead into is it its january february march april may june july
    august september october november december later like many more moreover most nevertheless no nonetheless not
    note now of on one only or other others our over recent recently regarding research second section see several
    she similar similarly since so some specifically still studies such table than that the their then there
    therefore these they third this those though through thus to today too two under unlike until upon using was
    we were what when where whereas whether which while who why with within without work works yet you articles
    article law act directive regulation version since
    """.split()
)

#: Those of them that are surnames too: no names only where no name stands before them.
ALSO_NAMES = frozenset(
    "april august case early law march may more note work june many second chapter article still".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An in-text citation as written at [start, end).

    numbers: list numbers or labels it names; names and year (with its letter, "2020a") if it names author and year;
    narrative: the authors stand in the sentence, outside the brackets; bare: there are no brackets at all;
    again: a work cited before, by title or by the number of the note that cites it; within: the number of the note
    that the mention stands in; key: the entry's, where the text gives the whole reference.
    """

    start: int
    end: int
    text: str
    numbers: tuple[str, ...] = ()
    names: str = ""
    year: str = ""
    narrative: bool = False
    bare: bool = False
    again: bool = False
    title: str = ""
    note: str = ""
    within: str = ""
    key: str = ""


def expand_numbers(text: str) -> tuple[str, ...]:
    """ "2,5-7" -> ("2", "5", "6", "7"); a range over 50 numbers long is none."""
    numbers: list[str] = []
    for part in re.split(r"\s*(?:[,;]|\band\b)\s*", text):
        first, _, last = re.sub(r"[–—]", "-", part).partition("-")
        if not first.strip().isdecimal():
            continue
        begin, end = int(first), int(last) if last.strip().isdecimal() else int(first)
        if begin <= end <= begin + 50:
            numbers += [str(n) for n in range(begin, end + 1)]
    return tuple(numbers)


def _split_years(text: str) -> list[str]:
    """ "2019a, b; 2020" -> ["2019a", "2019b", "2020"]."""
    years: list[str] = []
    for found in re.finditer(rf"{_YEAR}{_LETTER_OF_YEAR}|\b[b-k]\b(?!\.)|n\.d\.|in press|forthcoming", text):
        year = found[0].replace(" ", "") if found[0][0].isdigit() else found[0]
        if len(year) == 1 and years:
            year = years[-1][:4] + year
        years.append(year)
    return years


def trim_names(names: str) -> str:
    """The names without words before them that are none ("However, Smith" -> "Smith"), "" if nothing is left."""
    words = list(re.finditer(r"[^\s,&]+", names))
    first = 0
    for i, word in enumerate(words):
        low = word[0].lower().rstrip(".")
        is_other = low in NOT_NAMES and (low not in ALSO_NAMES or i == first)
        if is_other and not (word[0] == "and" and i > first):
            first = i + 1
    return names[words[first].start() :] if first < len(words) else ""


def _find_narrative(text: str, offset: int) -> Iterator[Mention]:
    for found in _NARRATIVE.finditer(text):
        names = trim_names(found["names"])
        if not names or (names[0].islower() and " " not in names):
            continue
        start = found.start("names") + len(found["names"]) - len(names)
        names = _POSSESSIVE.sub("", names)
        for year in _split_years(found["years"]):
            yield Mention(
                offset + start, offset + found.end(), text[start : found.end()], names=names, year=year, narrative=True
            )


def _find_grouped(text: str, offset: int) -> Iterator[Mention]:
    for group in _GROUP.finditer(text):
        inner, base = group["inner"], group.start("inner")
        parts = list(_iterate_parts(inner))
        for start, found in parts:
            names = trim_names(found["names"])
            if not names:
                continue
            begin = start + len(found["names"]) - len(names)
            whole = len(parts) == 1 and len(_split_years(found["years"])) == 1
            left = group.start() if whole else base + begin
            right = group.end() if whole else base + start + len(found[0].rstrip(" ,;"))
            for year in _split_years(found["years"]):
                yield Mention(offset + left, offset + right, text[left:right], names=names, year=year)


def _iterate_parts(inner: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Each "names, year" of a group, where it begins in the group."""
    at = 0
    for part in re.split(r"(?<=[;])", inner):
        body = part.rstrip(";")
        cursor = _LEAD.match(body).end()  # type: ignore[union-attr]  # it matches the empty string
        while cursor < len(body):
            found = _PART.search(body, cursor)
            if found is None:
                break
            yield at + found.start(), found
            cursor = found.end()
            comma = re.match(r"\s*,?\s*(?:and\s+)?", body[cursor:])
            cursor += comma.end() if comma else 0
        at += len(part)


def _find_bare(text: str, offset: int) -> Iterator[Mention]:
    for found in _BARE.finditer(text):
        names = trim_names(found["names"])
        if not names or names[0].islower():
            continue
        start = found.start("names") + len(found["names"]) - len(names)
        names = _POSSESSIVE.sub("", names)
        words = text[start : found.end()].rstrip()
        for year in _split_years(found["years"]):
            yield Mention(offset + start, offset + start + len(words), words, names=names, year=year, bare=True)
    for found in _KEYED.finditer(text):
        names = found["names"].capitalize()
        yield Mention(
            offset + found.start(), offset + found.end(), found[0], names=names, year=found["year"], bare=True
        )


def _find_numbered(text: str, offset: int, labels: frozenset[str]) -> Iterator[Mention]:
    for found in _NUMBERS.finditer(text):
        numbers = expand_numbers(found["numbers"])
        if found.start() and text[found.start() - 1].isalpha() and _ARRAY.search(text):
            continue
        is_interval = "," in found["numbers"] and _INTERVAL.search(text[max(0, found.start() - 30) : found.start()])
        if numbers and set(numbers) <= labels and not is_interval:
            yield Mention(offset + found.start(), offset + found.end(), found[0], numbers=numbers)
    if any(not label.isdecimal() for label in labels):
        for found in _LABEL.finditer(text):
            names = tuple(re.split(r"\s*[,;]\s*", found["labels"]))
            if set(names) <= labels:
                yield Mention(offset + found.start(), offset + found.end(), found[0], numbers=names)


def _find_raised(text: str, offset: int, labels: frozenset[str], pattern: re.Pattern[str]) -> Iterator[Mention]:
    for found in pattern.finditer(text):
        group = found.lastgroup or ""
        numbers = expand_numbers(found[group].translate(_DIGITS))
        if numbers and set(numbers) <= labels:
            yield Mention(offset + found.start(group), offset + found.end(group), found[group], numbers=numbers)


def find_mentions(text: str, offset: int, labels: frozenset[str]) -> list[Mention]:
    """The citations in one block's text, in order. labels: numbers and labels of the reference list."""
    mentions = [*_find_narrative(text, offset), *_find_grouped(text, offset)]
    mentions += _find_numbered(text, offset, labels)
    mentions += _find_raised(text, offset, labels, _SUPERSCRIPT)
    mentions += (Mention(offset + one.start(), offset + one.end(), one[0], names=IBID) for one in _IBID.finditer(text))
    mentions.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end or (mention.start, mention.end) == (kept[-1].start, kept[-1].end):
            kept.append(mention)
    return add_mentions(kept, _find_bare(text, offset))


def add_mentions(mentions: Sequence[Mention], more: Iterable[Mention]) -> list[Mention]:
    """The mentions and those of the others that touch none of them, in order."""
    free = [one for one in more if not any(one.start < other.end and other.start < one.end for other in mentions)]
    return sorted([*mentions, *free], key=lambda mention: mention.start)


def find_glued(text: str, offset: int, labels: frozenset[str]) -> list[Mention]:
    """Numbers that lost their raising ("governance.12 The"): only for texts that cite in no other way."""
    return list(_find_raised(text, offset, labels, _GLUED))
