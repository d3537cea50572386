"""Other ways to write a term: hyphens, number, British and American spelling, names of a place's people."""

import re
from collections.abc import Iterator

#: Endings that differ between British and American spelling; tried in both directions.
_SPELLINGS = (
    ("isation", "ization"),
    ("isations", "izations"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("our", "or"),
    ("ours", "ors"),
    ("oural", "oral"),
    ("centre", "center"),
    ("centres", "centers"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("licence", "license"),
    ("defence", "defense"),
    ("catalogue", "catalog"),
    ("labelling", "labeling"),
    ("modelling", "modeling"),
    ("analyse", "analyze"),
)
#: "our" and "or", "ise" and "ize" are changed only in these words, for "hour" and "exercise" have one spelling.
_SPELLING_STEMS = re.compile(
    r"(?:behavi|lab|neighb|fav|hon|endeav|harb|rig|vap)(?:ou?r|ou?rs|ou?ral)\Z|"
    r".*(?:al|ar|er|in|on|an|or|at|it|im|om|ol|og|ut|th|pr|rn)i[sz](?:e|ed|ing|ations?)\Z|"
    r".*(?:cent(?:re|er)s?|program(?:me)?s?|licen[cs]e|defen[cs]e|catalog(?:ue)?|(?:label|model)l?ing|analy[sz]e)\Z"
)
_SAME_NUMBER_WORDS = """data media news economics politics statistics analytics ethics mathematics series species status
bias analysis basis crisis access process business address awareness"""
_SAME_NUMBER = frozenset(_SAME_NUMBER_WORDS.split())
_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z0-9&/.-]{2,7}s?\Z")


def is_acronym(label: str) -> bool:
    """Whether a label is one short word of capitals, so that its case matters ("AI", "IoT", "GDPR", "5G")."""
    if re.fullmatch(r"\d[A-Z]|[A-Z]\d", label):
        return True
    return bool(_ACRONYM.match(label)) and sum(map(str.isupper, label)) <= 5 and sum(map(str.islower, label)) <= 2


def make_plural(word: str) -> str:
    """The regular plural of an English noun, "" if the word has none."""
    if word in _SAME_NUMBER or len(word) < 3 or not word[-1].isalpha() or word.endswith(("ings", "ness", "ity", "ism")):
        return word[:-1] + "ies" if word.endswith("ity") else ""
    if re.search(r"[^aeiou]y\Z", word):
        return word[:-1] + "ies"
    if re.search(r"(?:[sxz]|ch|sh)\Z", word):
        return word + "es" if not word.endswith("s") or word.endswith("ss") else ""
    return word + "s"


def make_singular(word: str) -> str:
    """The singular of a regular English plural, "" if the word is not one."""
    if word in _SAME_NUMBER or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics")) or len(word) < 4:
        return ""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:[sxz]|ch|sh)es\Z", word):
        return word[:-2] if not word.endswith(("ses", "zes")) or word.endswith("sses") else word[:-1]
    return word[:-1]


def _respell(word: str) -> Iterator[str]:
    if not _SPELLING_STEMS.match(word):
        return
    for british, american in _SPELLINGS:
        for one, other in ((british, american), (american, british)):
            if word.endswith(one) and not (one == "program" and word.endswith("programme")):
                yield word[: -len(one)] + other


def make_variants(label: str) -> tuple[str, ...]:
    """The label and its other spellings in lower case, the label first, each once.

    >>> make_variants("data silo")
    ('data silo', 'data silos', 'data-silo', 'data-silos')
    """
    found = {label.lower(): None}
    words = label.lower().split(" ")
    for i, word in enumerate(words):
        for other in _respell(word):
            found[" ".join([*words[:i], other, *words[i + 1 :]])] = None
    for text in list(found):
        head, _, last = text.rpartition(" ")
        for other in (make_plural(last), make_singular(last)):
            if other:
                found[f"{head} {other}".lstrip()] = None
    for text in list(found):
        if re.match(r"e-[a-z]{4,}", text):
            found[text[0] + text[2:]] = None
            found[text.replace("-", " ", 1)] = None
        elif "-" in text:
            found[text.replace("-", " ")] = None
        elif " " in text and len(text) > 7:
            found[text.replace(" ", "-", 1)] = None
        elif label.startswith(("eG", "eS", "eP")):
            found["e-" + text[1:]] = None
    return tuple(found)
