"""Values for the parameters of a query.

A parameter is a data block, `VALUES ?name { ... }`: the one place of the grammar that holds nothing but data, so a
value can be no more than a value there, whatever it looks like. Values are checked by type and written by one function.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from kg.model.errors import QueryError
from kg.model.prefixes import PREFIXES
from kg.query.files import Parameter, QueryFile, Values
from kg.query.tokens import Token, find_tokens

MAX_VALUE_CHARS = 10_000
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]*")
_CURIE = re.compile(r"([a-z0-9]+):([\w.-]*)")
#: Finds the IRIs that words stand for: (type, words) -> IRIs, never empty.
Resolver = Callable[[str, str], Sequence[str]]


def bind(query: QueryFile, values: Values, resolve: Resolver | None = None) -> str:
    """The text of the query with these values in its data blocks; parameters without a value keep their default.

    values: parameter -> value or several. resolve: finds what words mean, for parameters of the kind "dilemma".
    Raises QueryError for an unknown parameter or a value that does not fit its type.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            raise QueryError(_say_unknown(query, name))
    terms = {name: _to_terms(query, known[name], value, resolve) for name, value in values.items()}
    return _fill_blocks(query, terms)


def _say_unknown(query: QueryFile, name: str) -> str:
    if not query.parameters:
        return f"query '{query.name}' has no parameter '{name}', nor any other"
    listed = ", ".join(f"{parameter.name} ({parameter.type})" for parameter in query.parameters)
    return f"query '{query.name}' has no parameter '{name}'; known: {listed}"


def _to_terms(
    query: QueryFile, parameter: Parameter, value: str | Sequence[str], resolve: Resolver | None
) -> list[str]:
    texts = [value] if isinstance(value, str) else list(value)
    terms = []
    for text in texts:
        try:
            terms += _to_one_or_more(parameter, text, resolve)
        except QueryError as error:
            raise QueryError(f"query '{query.name}', parameter '{parameter.name}': {error}") from error
    return list(dict.fromkeys(terms))


def _to_one_or_more(parameter: Parameter, text: str, resolve: Resolver | None) -> list[str]:
    if len(text) > MAX_VALUE_CHARS:
        raise QueryError(f"the value has {len(text):,} characters, more than the {MAX_VALUE_CHARS:,} allowed")
    if parameter.type == "text":
        return [to_literal(text)]
    if parameter.type in _NUMBERS:
        pattern, example = _NUMBERS[parameter.type]
        if not re.fullmatch(pattern, text.strip(), re.ASCII):
            raise QueryError(f"'{text}' is not a number of the type {parameter.type}, such as {example}")
        return [text.strip()]
    iri = to_iri(text.strip())
    if iri:
        return [f"<{iri}>"]
    if parameter.type == "iri" or resolve is None:
        raise QueryError(f"'{text}' is not an IRI, such as https://example.org/x or dg:Remedy")
    return [f"<{found}>" for found in resolve(parameter.type, text)]


#: type -> (form, example)
_NUMBERS = {"integer": (r"[+-]?\d{1,18}", "2019"), "decimal": (r"[+-]?\d{1,18}\.\d{1,18}", "0.8")}


def to_literal(text: str) -> str:
    """Plain text as a SPARQL literal.

    Raises QueryError for characters that no graph holds.
    """
    odd = next((c for c in text if c == "\0" or "\ud800" <= c <= "\udfff"), "")
    if odd:
        raise QueryError(f"the value holds the character U+{ord(odd):04X}, which no text of the graph holds")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def to_iri(text: str) -> str:
    """The IRI that a text is, or that a CURIE with a prefix of the graph's vocabularies stands for; "" if neither."""
    curie = _CURIE.fullmatch(text)
    if curie and curie[1] in PREFIXES:
        return PREFIXES[curie[1]] + curie[2]
    bare = text.removeprefix("<").removesuffix(">")
    return bare if _IRI.fullmatch(bare) else ""


def find_blocks(text: str) -> Iterator[tuple[str, Token, Token]]:
    """(variable, opening bracket, closing bracket) of every data block with one variable."""
    window: list[Token] = []
    for token in find_tokens(text):
        if len(window) >= 3:
            if token.text == "}":
                yield window[1].text[1:], window[2], token
                window = []
            continue
        expected = (token.text.upper() == "VALUES", token.kind == "variable", token.text == "{")[len(window)]
        window = [*window, token] if expected else [token] * (token.text.upper() == "VALUES")


def _fill_blocks(query: QueryFile, terms: Mapping[str, list[str]]) -> str:
    parts, position, filled = [], 0, set()
    for name, opening, closing in find_blocks(query.text):
        if name in terms:
            parts += [query.text[position : opening.end], " ", " ".join(terms[name]), " "]
            position = closing.start
            filled.add(name)
    missing = sorted(set(terms) - filled)
    if missing:
        raise QueryError(
            f"query '{query.name}' declares '{missing[0]}' but has no VALUES ?{missing[0]} {{ ... }} to hold it"
        )
    return "".join([*parts, query.text[position:]])
