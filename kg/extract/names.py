"""Names of persons: which word is the surname, in whose order, and which names are no persons at all.

An East Asian name may stand surname first or surname last; the surname tables decide where they can, and the other
names of the same list or document where they cannot.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.surnames import CHINESE, HAN_COMPOUND, HANGUL_COMPOUND, KOREAN, VIETNAMESE

PARTICLES = frozenset(
    "van von der den de del della di da do dos das du la le les ter ten zu zum zur af av bin ibn ben al el vande vander "
    "st st. san y e dela d l 't".split()
)
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "2nd", "3rd"})
_EAST_ASIAN = CHINESE | KOREAN | VIETNAMESE
_ORGANISATION = re.compile(
    r"\b(?:organi[sz]ations?|institut\w*|departments?|dept|universit\w*|councils?|ministr\w+|commissions?|agenc\w+|banks?|"
    r"committees?|associations?|soci(?:ety|eties|été)|offices?|bureaus?|groups?|collaborations?|consorti\w+|cent(?:re|er|ro)s?|"
    r"foundations?|fundaci[óo]n|governments?|unions?|corporations?|inc|ltd|llc|gmbh|company|federations?|"
    r"administration|services?|nations|parliament|secretariat|authority|academ\w+|laborator\w+|librar\w+|museum|"
    r"network|forum|teams?|staff|partnership|initiative|programme?|project|board|court|congress|senate|"
    r"of|for)\b",
    re.I,
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[-‐]?){1,4}")
_SYLLABLE = (
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|ve|er|a|o|e|i|u|v)"
)
_PINYIN_TWO = re.compile(rf"{_SYLLABLE}['’-]?{_SYLLABLE}")
_HAN_NAME = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]{2,}")
_HANGUL_NAME = re.compile(r"[\uac00-\ud7a3]{2,5}")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, and its parts; an organisation's whole name is its family."""

    written: str
    family: str
    given: str = ""
    organisation: bool = False


def is_organisation(text: str) -> bool:
    """Whether a name is that of an institution, a group or a body."""
    words = text.split()
    if "," in text and len(words) <= 3:
        return False
    if len(words) == 1:
        return len(text) >= 3 and text.isupper() and text.isalpha() and text.isascii() and len(text) <= 6
    return bool(_ORGANISATION.search(text))


def _is_initials(word: str) -> bool:
    return bool(_INITIALS.fullmatch(word)) and (word.isupper() or len(word.rstrip(".")) == 1)


def _is_given(word: str) -> bool:
    """Whether an East Asian word can only be a given name: two syllables, and in no surname table."""
    low = word.lower()
    return low not in _EAST_ASIAN and ("-" in word or bool(_PINYIN_TWO.fullmatch(low)))


def find_order(name: str) -> int:
    """1 if the name by itself shows its surname first, -1 if last, 0 if it does not show."""
    words = [word for word in name.replace(",", " ").split() if word]
    if len(words) < 2 or any(_is_initials(word) for word in words):
        return 0
    first, last = words[0].lower() in _EAST_ASIAN, words[-1].lower() in _EAST_ASIAN
    if first and not last:
        return 1
    if last and not first:
        return -1
    if first and last and len(words) == 2:
        return 0
    return 0


def vote_order(names: Sequence[str]) -> int:
    """1 if the names that show their order have the surname first, -1 if last, 0 if none shows or they tie."""
    total = sum(find_order(name) for name in names)
    return (total > 0) - (total < 0)


def _split_script(text: str) -> Name | None:
    """A name in Han, kana or Hangul characters."""
    joined = "".join(text.split())
    words = text.split()
    if _HANGUL_NAME.fullmatch(joined):
        cut = 2 if len(joined) > 3 and joined[:2] in HANGUL_COMPOUND else 1
    elif _HAN_NAME.fullmatch(joined):
        if len(words) == 2 and len(words[0]) > 1:
            cut = len(words[0])
        else:
            cut = 2 if joined[:2] in HAN_COMPOUND or len(joined) > 3 else 1
    else:
        return None
    return Name(text, joined[:cut], joined[cut:])


def _split_comma(text: str) -> Name:
    family, _, given = text.partition(",")
    suffix, _, more = given.strip().partition(",")
    if suffix.lower().strip() in SUFFIXES and more:
        given = more
    return Name(text, family.strip(), given.strip(" ,"))


def _find_family_start(words: Sequence[str]) -> int:
    """Index of the first word of the surname that ends the name, its particles included."""
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return start


def split_name(text: str, *, order: int = 0) -> Name:
    """A name split into family and given.

    order: 1 if names around it stand surname first, -1 if surname last; it decides only what the name leaves open.
    """
    text = " ".join(text.split()).strip(" ,;")
    scripted = _split_script(text)
    if scripted is not None:
        return scripted
    if is_organisation(text):
        return Name(text, text, organisation=True)
    if "," in text:
        return _split_comma(text)
    words = text.split()
    tail = [words.pop()] if len(words) > 2 and words[-1].lower() in SUFFIXES else []
    if len(words) < 2:
        return Name(text, text)
    initials = [_is_initials(word) for word in words]
    surname_first = find_order(text) or _decide(words, order)
    if (initials[-1] and not initials[0]) or (surname_first > 0 and not initials[0]):
        cut = next((i for i, flag in enumerate(initials) if flag), 1) if initials[-1] else 1
        return Name(text, " ".join(words[:cut]), " ".join([*words[cut:], *tail]))
    start = _find_family_start(words)
    return Name(text, " ".join(words[start:]), " ".join([*words[:start], *tail]))


def _decide(words: Sequence[str], order: int) -> int:
    """The order of an open name: the list's for names that may be East Asian, surname last for all others."""
    asian = words[0].lower() in _EAST_ASIAN or any(_is_given(word) for word in words)
    return order if asian and len(words) <= 3 else -1


def split_names(names: Sequence[str], *, order: int = 0) -> tuple[Name, ...]:
    """The names of one list or document, split in the order most of them show; `order` breaks a tie."""
    vote = vote_order(names) or order
    return tuple(split_name(name, order=vote) for name in names)
