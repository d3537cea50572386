"""What a query of someone else may not hold, checked before any engine sees it."""

from kg.model.errors import QueryError
from kg.query.tokens import find_possible_tokens, find_tokens

MAX_QUERY_CHARS = 100_000
#: About 10 kB of nested groups overflow the stack of the engine's parser; no honest query comes near this depth.
MAX_NESTING = 200
_OPENING, _CLOSING = frozenset("{(["), frozenset("})]")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def check_query(text: str, *, allow_from: bool = False) -> None:
    """Pass a query that only reads, and only from the store it is asked of.

    allow_from: let FROM through, for an engine that looks its graphs up in the store and never fetches them.
    Raises QueryError for SERVICE, FROM, an update, a text too long or nested too deep, or a character no query holds.
    """
    if len(text) > MAX_QUERY_CHARS:
        raise QueryError(f"the query has {len(text):,} characters, more than the {MAX_QUERY_CHARS:,} allowed")
    _check_characters(text)
    _check_form(text)
    _check_nesting(text)
    _check_keywords(text, {"SERVICE"} if allow_from else {"SERVICE", "FROM"})


def _check_characters(text: str) -> None:
    odd = next((c for c in text if c == "\0" or "\ud800" <= c <= "\udfff"), "")
    if odd:
        raise QueryError(f"the query holds the character U+{ord(odd):04X}, which no query may hold")


def _check_form(text: str) -> None:
    """Name an update as such: the engine would only call it a syntax error."""
    for token in find_tokens(text):
        word = token.text.upper()
        if token.kind != "word" or word in _FORMS:
            if word in _FORMS:
                return
            continue
        if word in _UPDATES:
            raise QueryError(
                f"{word} would change the graph; queries only read: use SELECT, ASK, CONSTRUCT or DESCRIBE"
            )


def _check_nesting(text: str) -> None:
    depth = 0
    for token in find_tokens(text):
        if token.text in _OPENING:
            depth += 1
        elif token.text in _CLOSING:
            depth -= 1
        if depth > MAX_NESTING:
            raise QueryError(f"the query is nested deeper than {MAX_NESTING} brackets")


_REASONS = {
    "SERVICE": "SERVICE would ask another server; take it out, or name the data with GRAPH",
    "FROM": "FROM would choose what to load; every graph is asked already, GRAPH <...> { } chooses one",
}


def _check_keywords(text: str, refused: set[str]) -> None:
    """Also keywords glued to what stands before or after them (`trueSERVICE`, `SERVICEx:y`), which engines accept."""
    for token in find_possible_tokens(text):
        if token.kind == "word" or (token.kind == "name" and not token.text.startswith(":")):
            word = token.text.partition(":")[0].upper()
            found = next((keyword for keyword in sorted(refused) if keyword in word), "")
            if found:
                raise QueryError(f"line {text.count(chr(10), 0, token.start) + 1}: {_REASONS[found]}")


def find_warnings(text: str) -> list[str]:
    """Plain words on what will make a query slow; empty if nothing will."""
    words = [token.text.upper() for token in find_tokens(text) if token.kind == "word"]
    warnings = []
    if "EXISTS" in words and "GRAPH" not in words:
        warnings.append(
            "FILTER NOT EXISTS over all graphs at once is slow: use MINUS, or name the graph with GRAPH ?g { }"
        )
    if "REGEX" in words:
        warnings.append("REGEX reads every text of the graph: 'kg search' finds words at once")
    return warnings
