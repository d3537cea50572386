"""A reference string as tokens, and what a token looks like.

Every token is a word, a run of digits, one Han or kana character or one mark, so that each field of a
reference begins and ends at a token border.
"""

import re
from itertools import islice
from typing import NamedTuple

#: Rows of the feature table that tell a token's place; the features of its text follow.
PLACE_ROWS = 16
#: Longer strings are cut: no real reference is longer, and a page read as one reference must not cost seconds.
MAX_TOKENS = 400

#: Full-width marks of Chinese and Japanese lists -> the marks every other list uses; one character for one.
_NARROW = str.maketrans("，．：；（）［］？！　０１２３４５６７８９－～", ",.:;()[]?! 0123456789-~")
_MARKUP = re.compile(r"</?(?:i|b|u|em|strong|italic|bold|sup|sub|span)(?:\s[^<>]*)?>", re.I)
_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W\d_{_HAN}]"
#: An address, a DOI or an arXiv number is one token; a year glued to a DOI stays out of it.
_ADDRESS = (
    r"(?:https?://|www\.)\S*[^\s.,;)\]>}”\"']"
    r"|10\.\d{4,9}/\S+?(?=[.,;:)\]>}”\"]*(?:\s|$)|\(\d{4}\)[.,;]*(?:\s|$)|\[)"
    r"|(?<=[vV]:)\d{4}\.\d{4,5}|[a-z]{2,}(?:-[a-z]{2,})?(?:\.[A-Z]{2})?/\d{7}"
)
_TOKEN = re.compile(
    rf"(?P<address>{_ADDRESS})|</?[A-Za-z]{{1,8}}>|[{_HAN}]|{_LETTER}(?:['’]?(?:{_LETTER}|[\u0300-\u036f]))*|\d+|\S"
)
_VOWEL_FREE = re.compile(r"[bcdfghjklmnpqrstvwxz]+")

#: Words that introduce a field, in the languages reference lists are written in; each class is one feature.
CUES: dict[str, frozenset[str]] = {
    "in": frozenset("in im en dans dins em nel nella w v в i".split()),
    "pages": frozenset(
        "p pp pg pgs page pages s seite seiten pág págs pag pagg pagine páginas str стр с pages頁 页 頁 쪽 면".split()
    ),
    "volume": frozenset(
        "vol vols volume volumes v bd band bde jg jahrgang t tome tom tomo том т vol卷 卷 권 제 第".split()
    ),
    "issue": frozenset("no nos nr num number issue n nº n° heft h núm número numéro numero iss № 期 號 号 호".split()),
    "editor": frozenset(
        """
        ed eds editor editors edited edit hg hrsg hgg hrsgg herausgegeben dir coord coords coordinador éd éds
        org orgs curato cura red ред 编 主编 編 편
        """.split()
    ),
    "edition": frozenset("edn edition ed aufl auflage édition édit ediz edición edição rev revised erw".split()),
    "and": frozenset("and und et y e & i и och og en with".split()),
    "particle": frozenset(
        """
        van von der den de del della di da do dos du la le ter ten zu zum zur af av bin ibn al el el- mc mac st
        d' l' 't y vande vander
        """.split()
    ),
    "thesis": frozenset(
        "thesis dissertation phd diss thèse tesis tese tesi diplomarbeit doctoral master's masters msc".split()
    ),
    "press": frozenset(
        """
        press publishers publisher publishing verlag university universidad université università universität
        éditions editions ediciones editorial editora edizioni books inc ltd sons wiley elsevier springer
        routledge sage
        """.split()
    ),
    "journal": frozenset(
        """
        journal j review rev transactions trans annals ann bulletin bull letters lett proceedings proc quarterly
        studies revue revista rivista zeitschrift z archiv archives acta annales magazine archive physics phys
        international int conference conf symposium workshop advances nature science 学报 學報 杂志 雜誌 研究 학회지
        """.split()
    ),
    "month": frozenset(
        """
        january february march april may june july august september october november december jan feb mar apr
        jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember janvier février mars
        avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio
        agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre
        ottobre dicembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro spring
        summer autumn fall winter
        """.split()
    ),
    "access": frozenset(
        "accessed retrieved available online url http https www doi arxiv isbn issn pmid epub consulté zugriff".split()
    ),
    "others": frozenset("al others others. u.a 等 他 外".split()),
    "suffix": frozenset("jr sr ii iii iv".split()),
}
_CUES_OF_WORD: dict[str, tuple[str, ...]] = {}
for _name, _words in CUES.items():
    for _word in _words:
        _CUES_OF_WORD[_word] = (*_CUES_OF_WORD.get(_word, ()), f"cue={_name}")


class Token(NamedTuple):
    """One token; `text` is what stands at [start, end) of the reference string. A tuple: forty are made a reference."""

    text: str
    start: int
    end: int


def clean_reference(reference: str) -> str:
    """The reference on one line, with half-width marks."""
    return " ".join(reference.translate(_NARROW).split())


def drop_markup(text: str) -> str:
    """The text without HTML tags of type faces: "<i>Salmo</i>" -> "Salmo"."""
    return _MARKUP.sub("", text) if "<" in text else text


def is_scripted(text: str) -> bool:
    """Whether a token is written in Han, kana or Hangul."""
    return text[0] >= "\u3040" and text[0] <= "\ud7a3"


def find_tokens(reference: str) -> list[Token]:
    """The tokens of a reference string, at most MAX_TOKENS of them."""
    found = islice(_TOKEN.finditer(reference), MAX_TOKENS)
    return [Token(one[0], *one.span()) for one in found]


def _describe_number(digits: str) -> list[str]:
    size = len(digits)
    features = [f"n={min(size, 8)}"]
    if size == 4 and "1500" <= digits < "2100":
        features += ["year", f"y={digits[:3]}" if digits >= "1900" else "y=old"]
    elif size <= 2:
        features.append(f"v={int(digits)}")
    if digits[0] == "0" and size > 1:
        features.append("zero")
    return features


def _describe_shape(word: str) -> str:
    if len(word) == 1:
        return "X1" if word.isupper() else "x1"
    if word.isupper():
        return "XX" if len(word) == 2 else "XXX" if len(word) < 5 else "XXXX"
    if word[0].isupper():
        return "Xx" if word[1:].islower() else "XxX"
    return "xx" if word.islower() else "xX"


def describe_token(text: str) -> list[str]:
    """The features of a token by its text alone, as strings."""
    if text.isdecimal():
        return _describe_number(text)
    if text[0] != "<" and ((len(text) > 5 and "/" in text) or text[0].isdecimal()):
        return ["address"]
    if not text[0].isalpha():
        return [f"m={text}", "mark"] if len(text) == 1 else ["tag", f"m={text[:2]}"]
    if text[0] >= "\u3040" and len(text) == 1:
        return [f"w={text}", "han" if text >= "\u3400" else "kana", *_CUES_OF_WORD.get(text, ())]
    word = text.lower()
    if is_scripted(text):
        ends = [f"<{word[0]}", f"{word[-1]}>", f"{word[-2:]}>", f"{word[-3:]}>"]
        return [f"w={word}", "hangul", f"l={min(len(word), 6)}", *ends, *_CUES_OF_WORD.get(word, ())]
    features = [f"w={word}", f"s={_describe_shape(text)}", f"l={min(len(word), 12)}", *_CUES_OF_WORD.get(word, ())]
    if len(word) > 2:
        features += [f"<{word[:2]}", f"<{word[:3]}", f"{word[-2:]}>", f"{word[-3:]}>"]
    if len(word) > 4:
        features += [f"<{word[:4]}", f"{word[-4:]}>"]
    if 1 < len(word) < 6 and _VOWEL_FREE.fullmatch(word):
        features.append("consonants")
    return features


def find_place(index: int, count: int) -> int:
    """The table row of a token's place in its string: first, second, third, then tenths of the length."""
    return 3 + index if index < 3 else 6 + min(9, index * 10 // count)
