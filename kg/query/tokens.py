"""The tokens of a SPARQL text, as its grammar cuts them.

Source: W3C SPARQL 1.1 Query Language, section 19.8 (terminals).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ESCAPE = r"%[0-9A-Fa-f]{2}|\\."
_LOCAL = rf"(?:[\w:]|{_ESCAPE})(?:(?:[\w:.-]|{_ESCAPE})*(?:[\w:-]|{_ESCAPE}))?"
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n]+)
  | (?P<comment>\#[^\r\n]*)
  | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
              |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:{_LOCAL})?)
  | (?P<blank>_:\w(?:[\w.-]*[\w-])?)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<mark>&&|\|\||<=|>=|!=|\^\^|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPERATOR = re.compile(r"<=?")
#: What may follow the path modifier `?` without a space and go on into a keyword.
_AFTER_MODIFIER = re.compile(r"true|false|\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the text; kind is a group of the grammar: "word", "variable", "iri", "string", "mark", ..."""

    kind: str
    text: str
    start: int
    end: int


def find_tokens(text: str) -> Iterator[Token]:
    """The tokens of a text in order, without space and comments, each as long as it can be."""
    position = 0
    while position < len(text):
        token = _read_token(text, position)
        position = token.end
        if token.kind not in {"space", "comment"}:
            yield token


def find_possible_tokens(text: str) -> Iterator[Token]:
    """Every token of every reading, in no order.

    Only a full parser knows whether `<` opens an IRI or compares, and whether `?` begins a variable or ends a path;
    `?a<?b)SERVICE#>` hides a keyword from one reading, but nothing is hidden from all of them.
    """
    waiting, seen = [0][: len(text)], {0}
    while waiting:
        token = _read_token(text, waiting.pop())
        yield token
        for position in (token.end, *_find_other_ends(text, token)):
            if position < len(text) and position not in seen:
                seen.add(position)
                waiting.append(position)


def _find_other_ends(text: str, token: Token) -> Iterator[int]:
    """Where the token ends if its first character is an operator."""
    if token.kind == "iri":
        operator = _OPERATOR.match(text, token.start)
        if operator and _may_compare(text, operator.end()):
            yield operator.end()
    elif token.kind == "variable" and _AFTER_MODIFIER.match(text, token.start + 1):
        yield token.start + 1


def _read_token(text: str, position: int) -> Token:
    match = _TOKEN.match(text, position)
    assert match  # noqa: S101 the last alternative takes any character
    return Token(match.lastgroup or "mark", match.group(), position, match.end())


def _may_compare(text: str, position: int) -> bool:
    """Whether `<` can be a comparison: `<http://...` cannot, for no expression holds two slashes in a row."""
    token = _read_token(text, position)
    return not (token.kind == "name" and text.startswith("//", token.end))
