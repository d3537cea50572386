"""Which entry of the reference list an in-text citation means, with tolerance for slips, and what looks odd."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from kg.extract.citations.find import NOT_NAMES, Mention
from kg.extract.names import PARTICLES, find_order
from kg.model import Assertion

#: Ratio of like letters from which two surnames count as one misspelt: tuned so that "Meier"/"Meyer" and
#: "Johannson"/"Johansson" pass and "Li"/"Liu" do not.
SAME_NAME = 0.8
#: Least score of a link: a first author and the year, or most authors and a year one off.
LEAST_SCORE = 2.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference as far as citations need it. text: the whole of it as written, where it is known."""

    key: str
    number: str
    authors: tuple[str, ...]
    families: tuple[str, ...]
    year: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A citation's entry. note: what is odd about it, "" if nothing; remark: the same as a sentence for a person."""

    entry: Entry
    score: float
    note: str = ""
    remark: str = ""


def fold_name(text: str) -> str:
    """Lower-case letters alone, without accents."""
    plain = unicodedata.normalize("NFKD", text).replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    return "".join(c for c in plain.lower() if c.isalpha() and not unicodedata.combining(c))


def make_entries(references: Sequence[Assertion]) -> list[Entry]:
    """The entries of "reference" assertions, with the letter after the year as written in the list.

    Where the list writes none, works of the same authors and year get a, b, ... in its order.
    """
    entries = [_make_entry(one) for one in references]
    twins: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        if entry.year.isdecimal() and entry.families:
            twins[entry.families, entry.year].append(position)
    for positions in twins.values():
        if 1 < len(positions) <= len(ascii_lowercase):
            for letter, position in zip(ascii_lowercase, positions, strict=False):
                entries[position] = replace(entries[position], year=entries[position].year + letter)
    return entries


def _make_entry(reference: Assertion) -> Entry:
    year = reference.get_text("year")
    lettered = re.search(rf"{year}[a-z](?![^\W\d_])", reference.evidence.quote) if year.isdecimal() else None
    return Entry(
        reference.key,
        reference.get_text("number"),
        reference.get_texts("authors"),
        reference.get_texts("families"),
        lettered[0] if lettered else year,
        reference.get_text("title"),
        reference.evidence.quote,
    )


def split_mentioned(names: str) -> tuple[list[str], bool]:
    """The authors a mention names, and whether it says there are more.

    >>> split_mentioned("Guo Lei, Huang Ryan")
    (['Guo Lei', 'Huang Ryan'], False)
    """
    cut = re.sub(r",?\s+(?:et\.?\s+al\.?|and\s+(?:others|colleagues|co-?workers)|等)\s*$", "", names)
    parts = re.split(r"\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|und|et|y)\s+|\s*&\s*", cut)
    return [part.strip() for part in parts if part.strip()], cut != names


def _words(name: str) -> list[str]:
    return [word for word in (fold_name(w) for w in re.split(r"[\s,.-]+", name)) if word]


def _is_like(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one[0] != other[0]:
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() >= SAME_NAME


def match_author(mentioned: str, author: str, family: str) -> float:
    """How well a mentioned name fits an author of the list: 1 the surname, 0.9 a misspelt one, 0 not at all."""
    said, wanted = _words(mentioned), _words(family or author)
    if not said or not wanted:
        return 0.0
    bare = [word for word in said if word not in PARTICLES] or said
    last = [word for word in wanted if word not in PARTICLES] or wanted
    joined = "".join(last)
    if joined == "".join(bare) or (set(last) <= set(bare)):
        return 1.0
    if any(_is_like(word, joined) for word in bare) or _is_like("".join(bare), joined):
        return 0.9
    if len(last) > 1 and (set(bare) & set(last) - PARTICLES) and len(bare) == 1:
        return 0.85
    if _is_acronym(mentioned, author) or _is_acronym(author, mentioned):
        return 0.9
    given = set(_words(author)) - set(wanted)
    return 0.6 if len(bare) == 1 and bare[0] in given and len(bare[0]) > 2 else 0.0


def _is_acronym(short: str, long: str) -> bool:
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z]+", long) if word[0].isupper())
    return 2 < len(short) <= 8 and short.isupper() and (short == letters or f"({short})" in long)


def _score_authors(said: Sequence[str], entry: Entry) -> tuple[float, list[int]]:
    """Summed fit of the mentioned authors, first author first; for each, the author it fits or -1."""
    taken: list[int] = []
    score = 0.0
    for position, name in enumerate(said):
        fits = [
            (match_author(name, author, family) - 0.05 * (i != position), -i)
            for i, (author, family) in enumerate(zip(entry.authors, entry.families, strict=False))
            if i not in taken
        ]
        best, index = max(fits, default=(0.0, 0))
        if best >= 0.5:
            taken.append(-index)
            score += best if position else 1.2 * best if index == 0 else 0.6 * best
        else:
            taken.append(-1)
            score -= 0.3
    return score, taken


def _score_year(said: str, entry: Entry) -> float:
    if not said[:4].isdecimal() or not entry.year[:4].isdecimal():
        return 0.6 if said == entry.year else 0.0
    if said[:4] == entry.year[:4]:
        return 1.0 if said[4:] == entry.year[4:] else 0.9 if said[4:] and entry.year[4:] else 0.97
    return -0.2 if abs(int(said[:4]) - int(entry.year[:4])) == 1 else -2.0


def resolve(mention: Mention, entries: Sequence[Entry]) -> Link | None:
    """The entry an author-year mention means; None if no entry fits well enough."""
    said, _ = split_mentioned(mention.names)
    ranked: list[tuple[float, int]] = []
    for position, entry in enumerate(entries):
        score, taken = _score_authors(said, entry)
        if any(index >= 0 for index in taken):
            ranked.append((score + _score_year(mention.year, entry), -position))
    if not ranked:
        return None
    best, position = max(ranked)
    entry = entries[-position]
    if best < LEAST_SCORE and not _fits_loosely(said, mention, entry):
        return None
    note, remark = describe_oddity(mention, said, entry)
    twins = [i for score, i in ranked if abs(score - best) < 0.01]
    if len(twins) > 1 and not note:
        note = f"{len(twins)} entries of the list fit"
    return Link(entry, best, note, remark)


def is_exact(mention: Mention, link: Link) -> bool:
    """Whether names and year are just those of the entry: asked of what stands in no brackets."""
    said, _ = split_mentioned(mention.names)
    fit = match_author(said[0], link.entry.authors[0], link.entry.families[0]) if link.entry.authors else 0.0
    return fit == 1.0 and mention.year[:4] == link.entry.year[:4] and not link.note


def resolve_lost(mention: Mention, uncited: Sequence[Entry]) -> Link | None:
    """The only entry nobody else cites whose first author a mention without an entry may mean, whatever its year."""
    said, _ = split_mentioned(mention.names)
    fitting = [
        entry
        for entry in uncited
        if entry.authors and said and match_author(said[0], entry.authors[0], entry.families[0]) >= SAME_NAME
    ]
    if len(fitting) != 1:
        return None
    entry = fitting[0]
    where = f"entry {entry.number}" if entry.number else f"'{entry.title}'"
    listed = f"{'; '.join(entry.authors)} ({entry.year or 'no year'})"
    remark = f"The text says '{mention.text}', the list has only '{listed}' ({where}): probably the same work."
    return Link(entry, 1.0, "year or name in the text differs from the reference list", remark)


def _fits_loosely(said: Sequence[str], mention: Mention, entry: Entry) -> bool:
    """One author of several is named, in the right year."""
    score, taken = _score_authors(said, entry)
    return mention.year[:4] == entry.year[:4] and taken[0] == 0 and score > 0.8


def _is_swapped(said: str, author: str) -> bool:
    """Whether the words of an East Asian name stand in the other order than in the list."""
    words, listed = _words(said), _words(author)
    return (
        len(words) > 1
        and words != listed
        and sorted(words) == sorted(listed)
        and bool(find_order(author) or find_order(said))
        and "," not in author
    )


def describe_oddity(mention: Mention, said: Sequence[str], entry: Entry) -> tuple[str, str]:
    """A note and a sentence on what differs between the text and the list, both "" if nothing does."""
    where = f"entry {entry.number}" if entry.number else f"'{entry.title}'"
    listed = "; ".join(entry.authors)
    _, taken = _score_authors(said, entry)
    for name, index in zip(said, taken, strict=True):
        if index >= 0 and _is_swapped(name, entry.authors[index]):
            return (
                "given and family name swapped in the text",
                f"The text says '{mention.text}', the list has '{entry.authors[index]}' ({where}): "
                f"given and family name are swapped.",
            )
        if index >= 0 and _has_other_given(name, entry.authors[index], entry.families[index]):
            return _differ(mention, entry.authors[index], where)
    strangers = [name for name, index in zip(said, taken, strict=True) if index < 0]
    if strangers:
        return _differ(mention, listed, where)
    if mention.year[:4] != entry.year[:4]:
        return (
            "the year in the text differs from the reference list",
            f"The text says '{mention.text}', the list has {entry.year or 'no year'} ({where}).",
        )
    misspelt = [
        n
        for n, i in zip(said, taken, strict=True)
        if i >= 0 and 0.6 < match_author(n, entry.authors[i], entry.families[i]) == 0.9
    ]
    if misspelt and not any(word.isupper() for word in misspelt):
        return _differ(mention, listed, where)
    return "", ""


def _differ(mention: Mention, listed: str, where: str) -> tuple[str, str]:
    return (
        "the name in the text differs from the reference list",
        f"The text says '{mention.text}', the list has '{listed}' ({where}): the names differ.",
    )


def _has_other_given(said: str, author: str, family: str) -> bool:
    """Whether both give a full given name and the two have no word and no initial in common."""
    surname = set(_words(family))
    ours = [word for word in _words(said) if word not in surname]
    theirs = [word for word in _words(author) if word not in surname]
    if not ours or not theirs or all(len(word) == 1 for word in theirs) or all(len(word) == 1 for word in ours):
        return False
    return {word[0] for word in ours}.isdisjoint(word[0] for word in theirs)


def trim_mention(mention: Mention, entry: Entry) -> Mention:
    """A narrative mention without the capitalised words before its first author that no author of the entry bears."""
    if not mention.narrative:
        return mention
    known = {word for author in entry.authors for word in _words(author)}
    initials = {word[0] for word in known}
    words = list(re.finditer(r"[^\s,&]+", mention.names))
    first = next((i for i, word in enumerate(words) if _words(word[0]) and set(_words(word[0])) & known), None)
    if first is None:
        return mention
    start = first
    while start > 0 and (_is_given_before(words[start - 1][0], initials) or words[start - 1][0].lower() in PARTICLES):
        if mention.names[words[start - 1].end() : words[start].start()].strip():
            break
        start -= 1
    cut = words[start].start()
    return Mention(
        mention.start + cut,
        mention.end,
        mention.text[cut:],
        names=mention.names[cut:],
        year=mention.year,
        narrative=True,
    )


def _is_given_before(word: str, initials: set[str]) -> bool:
    folded = fold_name(word)
    return bool(folded) and folded[0] in initials and word[0].isupper() and word.lower() not in NOT_NAMES
