"""Which encoding of single bytes a text is in that does not say so, by the alphabets of the languages written in each.

The bytes of "Dvořák" read as western are "Dvoøák": no western language has both letters, but Czech has both others.
"""

import codecs
import itertools
import re
from typing import NamedTuple

#: Encoding -> for each language the letters that it writes beside a to z; borrowed words and names count too.
ALPHABETS: dict[str, tuple[str, ...]] = {
    "cp1252": (
        "àâæçéèêëîïôœùûüÿñ", "àèéìíîòóùú", "áéíóúüñïç", "áâãàçéêíóôõúüèñ", "äöüßéàè", "åäöéàüõæø", "æøåäöéèêòôóü",
        "áéíóúýþæöð", "éèëêïóöüáíäâ", "àçèéíïòóúü", "äöõüšž", "âêîôûäëïöáàé", "âçîöûü",
    ),
    "cp1250": (
        "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "čćđšžáéí", "ăâîşţ", "äöüß", "ëç",
    ),
    "cp1254": ("çğıöşüâîû",),
    "cp1251": ("абвгдежзийклмнопрстуфхцчшщъыьэюяёґєії", "абвгдежзијклљмнњопрстћуфхцчџшђѓќѕ"),
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",),
}  # fmt: skip
#: The same letters at other places.
ALPHABETS["iso8859-2"] = ALPHABETS["cp1250"]
DEFAULT = "cp1252"
#: What a page may declare and is read as the larger set that browsers take. Source: WHATWG, Encoding Standard.
_WIDER = {
    "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_WINDOWS = {"iso8859-2": "cp1250", "iso8859-7": "cp1253", "iso8859-13": "cp1257", "iso8859-15": ""}
_BETWEEN_SETS = re.compile(rb"[\x80-\x9f]")
#: What is read as declared; of Latin-1 and its like the bytes decide, for it is what programs declare unasked.
_KEPT = frozenset(
    "cp874 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 koi8-r koi8-u mac-roman mac-cyrillic cp932 "
    "cp949 gb18030 big5hkscs euc_jp iso2022_jp iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 "
    "iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16".split()
)
_SCRIPTS = frozenset({"cp1251", "cp1253"})
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz")
_SETS = {
    encoding: tuple(frozenset(letters) | (frozenset() if encoding in _SCRIPTS else _PLAIN) for letters in alphabets)
    for encoding, alphabets in ALPHABETS.items()
}
_HOLES = rb"([\x81\x8d\x8f\x90\x9d])"
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
#: What may stand between the letters of two words without a space.
_BETWEEN = re.compile("[¿‘’‚“”„…–—·•«»‹›\u00a0´`¨×÷±¬¦|§¶†‡/]")
_ODD_BETWEEN = re.compile("[^\\W\\d_][´`¨±¬¦|§¶¹²³]")
#: Signs at the edge of a word: a price, a question, a power, a note; between letters they are no signs.
_BEFORE, _BEHIND = "¿¡£€¥¢§©°µƒ¤", "¹²³ºª®™°©€£¥¢‰"
_BROKEN = re.compile("[\udc80-\udcff]+")
#: So many characters must be whole for each byte that is none.
MIN_WHOLE_FACTOR = 2
SAMPLE_BYTES = 400_000
MAX_WORDS = 5000
#: A western text may hold this share of words from nowhere.
MIN_GAIN = 0.05
#: Where each word could be of some western language, so many of them must all be of one language of the other encoding.
MIN_WORDS = 12
MIN_SHARE = 0.95
MAX_WESTERN_SHARE = 0.85
MIN_ACCENTED = 0.08


def find_declared(name: str, data: bytes = b"") -> str:
    """The codec of a declared encoding, "" if it is unknown or says no more than that bytes are characters.

    data: the text; what ISO 8859 leaves free in it shows that Windows's own set is meant.
    """
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    codec = _WIDER.get(codec, codec)
    if codec in _WINDOWS and _BETWEEN_SETS.search(data):
        return _WINDOWS[codec]
    return codec if codec in _KEPT else ""


def decode_broken_utf8(data: bytes) -> str:
    """The text of UTF-8 with a few bytes in it that are none, those read as western; "" if it is no such text."""
    text = data.decode("utf-8", "surrogateescape")
    broken = sum(map(len, _BROKEN.findall(text)))
    whole = sum(1 for char in text if char > "\x7f") - broken
    if whole < MIN_WHOLE_FACTOR * broken:
        return ""
    return _BROKEN.sub(lambda run: _decode_western(run.group().encode("utf-8", "surrogateescape")), text)


def decode_single_byte(data: bytes) -> str:
    """The text of bytes that each stand for one character."""
    encoding = guess_single_byte(data)
    return _decode_western(data) if encoding == DEFAULT else data.decode(encoding, "replace")


def _decode_western(data: bytes) -> str:
    """Windows-1252 where it is defined, Latin-1 for its five holes."""
    return "".join(part.decode("latin-1" if i % 2 else DEFAULT) for i, part in enumerate(re.split(_HOLES, data)))


def guess_single_byte(data: bytes) -> str:
    """The likeliest of `ALPHABETS`: Windows-1252 unless another explains words that it does not."""
    sample = data[:SAMPLE_BYTES]
    found = _WORD.findall(sample)
    words = list(dict.fromkeys(found))[:MAX_WORDS]
    fits = {encoding: _fit(words, encoding) for encoding in _list_candidates(sample)}
    western = fits[DEFAULT]
    best = max(fits, key=lambda encoding: fits[encoding])
    if fits[best].known - western.known >= max(1, MIN_GAIN * len(words)):
        return best
    if len(words) < MIN_WORDS or len(found) < MIN_ACCENTED * len(sample.split()):
        return DEFAULT
    best = max(fits, key=lambda encoding: fits[encoding].of_one)
    plain = fits[best].of_one >= MIN_SHARE * len(words) and western.of_one <= MAX_WESTERN_SHARE * len(words)
    return best if plain else DEFAULT


def _list_candidates(sample: bytes) -> list[str]:
    """Windows-1252 first; the encoding of Unix only where nothing stands at the places that it does not use."""
    has_windows = _BETWEEN_SETS.search(sample) is not None
    return [encoding for encoding in ALPHABETS if not (has_windows and encoding.startswith("iso"))]


class _Fit(NamedTuple):
    """How well an encoding explains words: more is better, the first first.

    known: words in the letters of some language; of_one: of that language that explains most; signs: less those that
    stand where letters should.
    """

    known: int
    of_one: int
    signs: int


def _fit(words: list[bytes], encoding: str) -> _Fit:
    texts = [word.decode(encoding, "replace").replace("\u00ad", "") for word in words]
    parts = [[part for part in _split_word(text) if part] for text in texts]
    rows = [[all(_is_of(part, letters) for part in word) for word in parts] for letters in _SETS[encoding]]
    mixed = (all(any(_is_of(part, letters) for letters in _SETS[encoding]) for part in word) for word in parts)
    signs = sum(len(_ODD_BETWEEN.findall(text)) for text in texts)
    return _Fit(sum(mixed), max(map(sum, rows)), -signs)


def _split_word(text: str) -> list[str]:
    """The parts of a word without the signs around them."""
    return [part.lstrip(_BEFORE).rstrip(_BEHIND) for part in _BETWEEN.split(text)]


def _is_of(part: str, letters: frozenset[str]) -> bool:
    """Whether a part of a word is in these letters, and no accented capital stands behind a small letter in it."""
    if not letters.issuperset(part.lower()):
        return False
    return not any(a.islower() and b.isupper() and not b.isascii() for a, b in itertools.pairwise(part))
