"""Bytes to text, and characters that only serve typesetting to plain ones."""

import re
import unicodedata

from kg.model import ReadError
from kg.readers.encodings import decode_broken_utf8, decode_single_byte, find_declared

LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
#: Soft hyphen, zero-width characters, marks of writing direction, what stands for a picture.
INVISIBLE = "\ue000\ue001\ue002\ufffc\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
SPACES = "\t\u00a0\u1680\u2028\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_TABLE = str.maketrans(
    {
        **LIGATURES,
        **dict.fromkeys(INVISIBLE, ""),
        **dict.fromkeys(SPACES, " "),
        "\u2011": "-",
        "\u2010": "-",
        "\u2029": "\n",
        "\x0b": "\n",
        "\x85": "\n",
        **{chr(code): "" for code in (*range(0x09), *range(0x0E, 0x20), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0))},
    }
)
#: A longer run of marks without a letter or space is no text; a tokenizer takes time by the square of its length.
MAX_MARKS = 1000
_LONG_RUN = re.compile(rf"([^\w\s]{{{MAX_MARKS}}})[^\w\s]+")
_NEWLINES = re.compile(r"\r\n?")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
#: A file whose bytes are all text may still hold a few of these; more means it is no text.
MAX_CONTROL_SHARE = 0.01


def normalise(text: str) -> str:
    """Text with newlines as "\\n", composed letters, plain spaces and hyphens, no ligatures and nothing invisible.

    Form feeds stay: they are page breaks. A run of marks that is too long to be meant is cut short.
    """
    # A soft hyphen at a line end shows as one; elsewhere it shows nothing.
    text = re.sub("\u00ad[ \t]*\n", "-\n", _NEWLINES.sub("\n", text)).translate(_TABLE)
    # Half of a surrogate pair cannot be stored as UTF-8.
    text = re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    return _LONG_RUN.sub(r"\1", unicodedata.normalize("NFC", text))


def squeeze(text: str) -> str:
    """Text on one line with single spaces."""
    return " ".join(text.split())


def decode(data: bytes, *, file: str = "", declared: str = "") -> str:
    """The text of a file: by its byte order mark, else UTF-8, else the declared encoding, else the likeliest one.

    declared: an encoding's name; Latin-1 and ASCII, which programs write unasked, count as none.

    Raises ReadError if the bytes are no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    name = _guess_utf16(data)
    if name:
        return data.decode(name, errors="replace")
    _refuse_binary(data, file)
    for name in filter(None, ("utf-8", find_declared(declared, data), _guess_asian(data))):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return decode_broken_utf8(data) or decode_single_byte(data)


_MOJIBAKE = re.compile('Ã[\u0080-\u00bf©¨¡¢£¤¥§ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿]|â€[™œ\u009d“”¦˜"]|Â[\u00a0-\u00bf]')


def mend_mojibake(text: str) -> str:
    """Text whose UTF-8 was once read as another encoding, as it was meant; other text unchanged."""
    if not _MOJIBAKE.search(text):
        return text
    import ftfy

    return "\n".join(ftfy.fix_encoding(line) for line in text.split("\n"))


def _guess_utf16(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of western text is zero."""
    sample = data[:4000]
    if len(sample) < 4:
        return ""
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd > 0.4 * len(sample) / 2 and even < 0.05 * len(sample):
        return "utf-16-le"
    if even > 0.4 * len(sample) / 2 and odd < 0.05 * len(sample):
        return "utf-16-be"
    return ""


def _refuse_binary(data: bytes, file: str) -> None:
    control = sum(data.count(bytes([code])) for code in (*range(9), *range(14, 27), *range(28, 32)))
    if control > MAX_CONTROL_SHARE * max(len(data), 100):
        raise ReadError(f"{file or 'file'}: the bytes are no text; if it is a PDF or Word file, give it its own ending")


def _guess_asian(data: bytes) -> str:
    """ "gb18030" if most bytes above 0x7F pair up into common Chinese characters, else ""."""
    high = sum(1 for byte in data[:20000] if byte > 0x7F)
    if high < 8:
        return ""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    chinese = sum(1 for char in text[:20000] if "\u4e00" <= char <= "\u9fff" or char in "，。、；：“”（）《》？！")
    return "gb18030" if 2 * chinese > 0.9 * high and _has_runs(text) else ""


def _has_runs(text: str) -> bool:
    """Chinese stands in runs; two accented letters that pair up by chance do not."""
    return bool(re.search(r"[\u4e00-\u9fff]{4}", text))
