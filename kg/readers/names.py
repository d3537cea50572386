"""Names of people and of organisations as they stand under a title."""

import re
from collections.abc import Callable

from kg.readers.word_lists import load_words

PARTICLES = load_words("particles")
_SUFFIXES = load_words("name_suffixes")
_DEGREES = load_words("degrees")
_DEGREES_BEHIND = re.compile(rf"(?:[,\s]+(?:{'|'.join(map(re.escape, sorted(_DEGREES)))}))+$", re.IGNORECASE)
_COUNTRIES = load_words("countries")
_ORGANISATIONS = load_words("organisations")
_NO_NAMES = load_words("no_names")
_TITLES = re.compile(r"^(?:(?:Prof(?:essor)?|Dr|Mr|Mrs|Ms|Sir|Dame|Eng|Ing)\.?\s+)+", re.IGNORECASE)
_MARKS = re.compile(r"(?:\s*\bORCID\b.*$)|\(\s*[✉*†‡§¶]\s*\)|[*†‡§¶✉¹²³⁴⁵⁶⁷⁸⁹⁰#⋆∗]|\s*\(?https?://\S+|\S+@\S+")
#: Stands inside a group of marks behind a name, where a comma would cut the name off.
MARK_SEPARATOR = "\ue002"
#: Numbers and letters that stand behind a name or are glued to it: superscript marks of affiliations.
_TRAILING_MARK = re.compile(
    rf"(?:(?<=[^\W\d_])|(?<=\.)|[\s{MARK_SEPARATOR}]+)\(?"
    rf"(\d{{1,2}}(?:[\s,;{MARK_SEPARATOR}]+(?:\d{{1,2}}|[a-z]))*|(?<=[\s{MARK_SEPARATOR}])[a-z](?:[,{MARK_SEPARATOR}][a-z])*)\)?"
    rf"[\s,{MARK_SEPARATOR}]*$"
)
_CAPITALISED = re.compile(r"^[^\W\d_a-zß-öø-ÿ][\w’'.\-‐–]*$")
_INITIALS = re.compile(r"^(?:[^\W\d_a-zß-öø-ÿ]\.?-?){1,4}\.?$")
_AND = re.compile(r"\s+(?:and|&|und|et|y)\s+(?=[^\W\d_a-z])|\s*&\s*")
MAX_NAME_WORDS = 7
#: Words that begin a title or a sentence, and no name.
_LEADING = frozenset("from to toward towards for with without on in how why what when where who beyond".split())


def clean_name(text: str) -> tuple[str, str]:
    """A name without marks, titles and degrees, and the marks: "Dr. Ana Silva 1,2,*" -> ("Ana Silva", "1,2")."""
    text = _TITLES.sub("", _MARKS.sub("", text).strip(" ,;·•"))
    text = re.sub(rf"[\s{MARK_SEPARATOR}]+(?:ID|iD)\b", " ", text).strip(f" ,;{MARK_SEPARATOR}")
    marks = ""
    found = _TRAILING_MARK.search(text)
    if found:
        marks = ",".join(re.findall(r"\d+|[a-z]", found.group(1)))
        text = text[: found.start()]
    text = text.strip(" ,;")
    return _DEGREES_BEHIND.sub("", text).strip(" ,;"), marks


def is_person(text: str, is_common: Callable[[str], bool] = lambda word: False) -> bool:
    """Whether the text can be the name of one person, "Given Family" or "Family, Given".

    is_common: whether a word also stands in lower case in the document, which most parts of names do not.
    """
    words = text.replace(",", " ").split()
    if not 1 < len(words) <= MAX_NAME_WORDS or text.count(",") > 1 or is_organisation(text) or is_country(text):
        return False
    if "," in text and is_country(text.rsplit(",", 1)[1]):
        return False
    parts = [word for word in words if word.lower() not in PARTICLES and word.lower() not in _SUFFIXES | _DEGREES]
    if not parts or any(word.lower() in _NO_NAMES for word in parts):
        return False
    if not all(_CAPITALISED.match(word) or _INITIALS.match(word) for word in parts):
        return False
    full = [word for word in parts if not _INITIALS.match(word)]
    common = sum(1 for word in full if is_common(word.lower().strip(".,")))
    return bool(full) and 2 * common <= len(full) and len(text) <= 60


def is_country(text: str) -> bool:
    """Whether the text is the name of one country."""
    return text.strip().rstrip(".").lower() in _COUNTRIES


def is_organisation(text: str) -> bool:
    """Whether the text names an organisation; "From silos to proactive services" says where something leads."""
    if text.split(maxsplit=1)[:1] and text.split(maxsplit=1)[0].lower() in _LEADING:
        return False
    words = {word.strip("(),.;:").lower() for word in text.split()}
    return bool(words & _ORGANISATIONS)


def split_names(text: str) -> list[str]:
    """The names of a line, in order: by semicolons, else by commas and "and"; marks stay on them.

    "Silva, Ana; Rossi, Bo" -> ["Silva, Ana", "Rossi, Bo"]; "Ana Silva, Bo Rossi and Cy Li" -> three.
    """
    if ";" in text:
        return [part.strip() for part in text.split(";") if part.strip()]
    text = re.sub(r"\s*[·•]\s*", ", ", text)
    parts = [part.strip() for half in _AND.split(text) for part in re.split(r",\s*", half)]
    parts = [part for part in parts if part]
    if _is_inverted(parts, text):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return _attach_marks(parts)


def _is_inverted(parts: list[str], text: str) -> bool:
    """ "Silva, A., Rossi, B. & Li, C.": every second part holds initials only, or there are two single words."""
    if len(parts) % 2 or len(parts) < 2:
        return False
    givens, families = parts[1::2], parts[::2]
    initials = all(re.fullmatch(r"(?:[^\W\d_]\.[ -]?){1,4}|[^\W\d_a-z]{1,2}", given) for given in givens)
    return initials or (
        len(parts) == 2
        and len(families[0].split()) == 1
        and "," in text
        and not _AND.search(text)
        and len(givens[0].split()) <= 2
    )


def _attach_marks(parts: list[str]) -> list[str]:
    """Numbers and stars that a comma cut off go back to the name before them."""
    names: list[str] = []
    for part in parts:
        if names and (re.fullmatch(r"[\d*†‡§a-z]{1,2}", part) or part.lower() in _SUFFIXES | _DEGREES):
            names[-1] = f"{names[-1]},{part}"
        elif names and (found := re.match(r"([\d*†‡§]{1,2})\s+(?=[^\W\d_])", part)):
            names[-1] = f"{names[-1]},{found.group(1)}"
            names.append(part[found.end() :])
        else:
            names.append(part)
    return names


def split_organisation(text: str) -> tuple[str, str]:
    """An address line as organisation and the rest: up to the last part that names an organisation.

    "School of Law, Example University, 1 Road, Rome" -> ("School of Law, Example University", ", 1 Road, Rome")
    """
    ends = [found.start() for found in re.finditer(r"[,;]\s", text)] + [len(text)]
    start, last = 0, 0
    for end in ends:
        if is_organisation(text[start:end]):
            last = end
        start = end
    if not last:
        return text, ""
    return text[:last], text[last:]
