"""Names of persons: which word is the surname, in whose order, and which names are no persons at all.

An East Asian name may stand surname first or surname last; the surname tables decide where they can, and the other
names of the same list or document where they cannot.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.surnames import ALSO_GIVEN, CHINESE, COMMON, HAN_COMPOUND, HANGUL_COMPOUND, KOREAN, PINYIN, VIETNAMESE

PARTICLES = frozenset(
    """
    van von der den de del della di da do dos das du la le les ter ten zu zum zur af av bin ibn ben al el vande
    vander st st. san y e dela d l 't
    """.split()
)
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "2nd", "3rd"})
_EAST_ASIAN = CHINESE | KOREAN | VIETNAMESE
_ORGANISATION = re.compile(
    r"\b(?:organi[sz]ations?|institut\w*|departments?|dept|universit\w*|councils?|ministr\w+|commissions?|agenc\w+|banks?|"
    r"committees?|associations?|soci(?:ety|eties|été)|offices?|bureaus?|groups?|collaborations?|consorti\w+|cent(?:re|er|ro)s?|"
    r"foundations?|fundaci[óo]n|governments?|unions?|corporations?|inc|ltd|llc|gmbh|company|federations?|"
    r"administration|services?|nations|parliament|secretariat|authority|academ\w+|laborator\w+|librar\w+|museum|"
    r"network|forum|teams?|staff|partnership|initiative|programme?|project|board|court|congress|senate)\b",
    re.I,
)
_LINK = re.compile(r"\b(?:of|for)\b", re.I)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[-‐]?){1,4}")
#: One syllable of romanised Korean or Vietnamese.
_SYLLABLE = re.compile(
    r"(?:kh|ph|th|tr|ng|nh|ch|gi|qu|[bcdghjklmnprstvwxyđ])?[aeiouyăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{1,3}"
    r"(?:ng|nh|ch|[ckmnptlh])?",
    re.I,
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]{2,}")
#: Characters by which Chinese writes foreign names; four and more of them have no surname among them.
_FOREIGN_HAN = re.compile(
    r"[阿埃艾安奥巴贝鲍比彼伯博布查达戴德蒂迪丹杜恩尔法菲费弗伏福盖格戈古哈海汉赫霍基吉加卡凯坎科克库拉莱兰劳勒雷里利林卢鲁伦罗洛马麦迈曼米莫"
    r"穆纳内尼诺帕佩皮普奇乔琼萨桑塞森沙施史斯苏索塔泰特托瓦威韦维沃乌西希夏谢休雅亚扬耶伊尤约泽扎兹朱·]{4,}"
)
#: Chinese words for an author unknown.
_ANONYMOUS = frozenset({"佚名", "无名氏", "無名氏"})
_HANGUL_NAME = re.compile(r"[\uac00-\ud7a3]{2,5}")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, and its parts; an organisation's whole name is its family."""

    written: str
    family: str
    given: str = ""
    organisation: bool = False


def is_organisation(text: str, *, strict: bool = False) -> bool:
    """Whether a name is that of an institution, a group or a body.

    strict: the text may be no name at all, so "of" in it tells nothing.
    """
    words = text.split()
    if "," in text and len(words) <= 3:
        return False
    if len(words) == 1:
        return len(text) >= 3 and text.isupper() and text.isalpha() and text.isascii() and len(text) <= 6
    return bool(_ORGANISATION.search(text)) or (not strict and bool(_LINK.search(text)))


def _is_initials(word: str) -> bool:
    return bool(_INITIALS.fullmatch(word)) and (word.isupper() or len(word.rstrip(".")) == 1)


def count_syllables(word: str) -> int:
    """The least number of pinyin syllables the word is made of, 0 if it is not: "xiangyu" -> 2."""
    low = word.lower()
    if low in PINYIN:
        return 1
    cuts = range(1, min(6, len(low) - 1) + 1)
    return min((1 + rest for cut in cuts if low[:cut] in PINYIN and (rest := count_syllables(low[cut:]))), default=0)


def _is_given(word: str) -> bool:
    """Whether an East Asian word can only be a given name: two syllables, and in no surname table."""
    return word.lower() not in _EAST_ASIAN and (_is_hyphened(word) or count_syllables(word) == 2)


def _is_hyphened(word: str) -> bool:
    """ "Min-Jung": two short syllables with a hyphen."""
    parts = re.split(r"[-‐]", word)
    return len(parts) == 2 and all(_SYLLABLE.fullmatch(part) for part in parts)


def _looks_asian(word: str) -> bool:
    return word in _EAST_ASIAN or _is_given(word) or count_syllables(word) > 0 or bool(_SYLLABLE.fullmatch(word))


def find_order(name: str) -> int:
    """1 if the name by itself shows its surname first, -1 if last, 0 if it does not show."""
    words = [word.lower() for word in name.replace(",", " ").split() if word]
    if len(words) < 2 or any(_is_initials(word) for word in name.replace(",", " ").split()):
        return 0
    first, last = _weigh(words[0]), _weigh(words[-1])
    if first and not all(_looks_asian(word) for word in words[1:]):
        first = 0
    if len(words) == 2 and first and last and _is_given(words[0]) != _is_given(words[1]):
        return 1 if _is_given(words[1]) else -1
    if first and last and len(words) == 2:
        return 0
    if first > last and words[0] in ALSO_GIVEN and not any(_is_given(word) for word in words[1:]):
        return 0
    return (first > last) - (first < last)


def _weigh(word: str) -> int:
    """2 for a surname that many bear, 1 for another East Asian surname, 0 for any other word."""
    return 2 if word in COMMON else 1 if word in _EAST_ASIAN else 0


def is_surname(word: str) -> bool:
    """Whether a word is a known East Asian surname."""
    return _weigh(word.lower()) > 0


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
    elif joined in _ANONYMOUS or _FOREIGN_HAN.fullmatch(joined):
        cut = len(joined)
    elif _HAN_NAME.fullmatch(joined):
        if len(words) == 2 and len(words[0]) > 1:
            cut = len(words[0])
        else:
            cut = 2 if joined[:2] in HAN_COMPOUND or len(joined) > 3 else 1
    else:
        return None
    return Name(text, joined[:cut], joined[cut:])


def _split_comma(text: str) -> Name:
    """ "Family, Given", with a suffix on either side of the given name."""
    family, _, given = (part.strip() for part in text.partition(","))
    first, _, more = (part.strip() for part in given.partition(","))
    if first.lower() in SUFFIXES:
        if more:
            return Name(text, family, f"{more}, {first}")
        plain = split_name(family)
        return Name(text, plain.family, f"{plain.given}, {first}".strip(" ,"))
    return Name(text, family, given.strip(" ,"))


def _find_initials(words: Sequence[str]) -> list[bool]:
    """Which words of a name are initials: beside single letters no longer word is, and never all words are."""
    last = len(words) - 1
    flags = [_is_initials(word) and (i == last or not _is_particle(word)) for i, word in enumerate(words)]
    if any(len(word.rstrip(".")) == 1 for word in words):
        flags = [flag and (len(word.rstrip(".")) == 1 or "." in word) for flag, word in zip(flags, words, strict=True)]
    if all(flags):
        flags[max(range(len(words)), key=lambda i: len(words[i]))] = False
    return flags


def _is_particle(word: str) -> bool:
    """ "DE" and "DI" in a name in capitals are no initials."""
    return len(word) > 1 and word.lower() in PARTICLES


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
    initials = _find_initials(words)
    surname_first = find_order(text) or _decide(words, order)
    if not initials[0] and (initials[-1] or surname_first > 0):
        cut = initials.index(True) if initials[-1] else 1
        return Name(text, " ".join(words[:cut]), " ".join([*words[cut:], *tail]))
    start = _find_family_start(words)
    return Name(text, " ".join(words[start:]), " ".join([*words[:start], *tail]))


def _decide(words: Sequence[str], order: int) -> int:
    """The order of an open name: the list's for names that may be East Asian, surname last for all others."""
    asian = any(word.lower() in _EAST_ASIAN for word in words) and all(_looks_asian(word.lower()) for word in words[1:])
    return order if asian and len(words) <= 3 else -1


def split_names(names: Sequence[str], *, order: int = 0) -> tuple[Name, ...]:
    """The names of one list or document, split in the order most of them show; `order` breaks a tie."""
    vote = vote_order(names) or order
    return tuple(split_name(name, order=vote) for name in names)
