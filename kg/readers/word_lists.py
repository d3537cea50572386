"""The word lists of words.toml."""

import functools
import tomllib
from importlib.resources import files


@functools.cache
def _load() -> dict[str, str | dict[str, str]]:
    return tomllib.loads(files("kg.readers").joinpath("words.toml").read_text(encoding="utf-8"))


def _split(text: str) -> frozenset[str]:
    return frozenset(word for line in text.split("\n") for word in line.split("|") if word)


def load_words(name: str) -> frozenset[str]:
    """The words of a list. Raises KeyError for an unknown name."""
    return _split(str(_load()[name]))


def load_columns() -> dict[str, tuple[str, ...]]:
    """Field of a record -> the names of the table columns that hold it, the best first."""
    columns = _load()["columns"]
    lines = columns.items() if isinstance(columns, dict) else ()
    return {
        field: tuple(name for line in text.split("\n") for name in line.split("|") if name) for field, text in lines
    }


def load_languages() -> dict[str, frozenset[str]]:
    """Language code -> its most frequent short words."""
    languages = _load()["languages"]
    return {code: _split(words) for code, words in languages.items()} if isinstance(languages, dict) else {}
