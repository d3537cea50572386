"""Words for what is of a country, "Estonian", as the country."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from kg.query.ask.mentions import Mention, find_mentions

#: A word with a capital; "Latin American" is of no country, "Spanish-speaking" people may live in any, and what is "in
#: Spanish" is so written.
_WORD = re.compile(
    r"(?<!Latin )(?<!North )(?<!South )(?<!Central )\b(?:(?<!in )|(?=\w+\s+(?!about|and|on|or|since)\w))[A-Z][a-z]+\b"
    r"(?!-speaking|\s+(?:language|translation|speaking))"
)
#: A name that in small letters is a plain word.
_STATES = re.compile(r"\bU\.S\.(?:A\.)?|\bUSA?\b|(?<=\bthe )us\b")


@cache
def _load_countries() -> dict[str, str]:
    text = files("kg.query").joinpath("demonyms.txt").read_text(encoding="utf-8")
    lines = (line.partition(":") for line in text.splitlines() if not line.startswith("#"))
    return {word: country for country, _, words in lines for word in words.split()}


def find_demonyms(store: ox.Store, question: str) -> Iterator[Mention]:
    """The countries whose words stand in the question, called by their names."""
    words = [(match, _load_countries().get(match.group(), "")) for match in _WORD.finditer(question)]
    words += [(match, "United States") for match in _STATES.finditer(question) if question != question.upper()]
    for match, country in words:
        named = find_mentions(store, country)
        if named and named[0].text == country and named[0].get("place"):
            yield Mention(country, match.start(), match.end(), named[0].things)


def name_countries(text: str) -> str:
    """The text with the countries themselves: "Italian white paper" -> "Italy white paper"."""
    return _WORD.sub(lambda match: _load_countries().get(match.group(), match.group()), text)
