"""Operations of an update that ask the engine for what is not there: said so that they ask only the store."""

from kg.query.tokens import Token, find_tokens

_ADDRESS = frozenset({"iri", "name"})


def settle_operations(text: str, *, loads: bool) -> str:
    """The update with operations that no missing graph can fail.

    CLEAR GRAPH and DROP GRAPH of a graph that is not there succeed: repeating an update changes nothing more.
    loads: LOAD takes the graph of that name from the store, as FROM does, and nothing where there is none; nothing is
    ever fetched. Else LOAD stays what it is.

    >>> settle_operations("LOAD <x:a> INTO GRAPH <x:b>; DROP GRAPH <x:a>", loads=True)
    'ADD SILENT GRAPH <x:a> TO GRAPH <x:b>; DROP SILENT GRAPH <x:a>'
    """
    tokens = list(find_tokens(text))
    parts: list[str] = []
    position = depth = 0
    for i, token in enumerate(tokens):
        depth += (token.text in "{([") - (token.text in "})]")
        if depth or token.kind != "word":
            continue
        said, end = _settle(tokens[i : i + 6], loads=loads)
        if said:
            parts += [text[position : token.start], said]
            position = end
    return "".join([*parts, text[position:]])


def _settle(tokens: list[Token], *, loads: bool) -> tuple[str, int]:
    """(what to say instead, where the words it replaces end); ("", 0) to leave them."""
    words = [token.text.upper() if token.kind == "word" else "" for token in tokens] + [""] * 6
    if words[0] in {"CLEAR", "DROP"} and words[1] == "GRAPH":
        return " ".join((words[0], "SILENT")), tokens[0].end
    at = 2 if words[1] == "SILENT" else 1
    if words[0] != "LOAD" or not loads or len(tokens) <= at or tokens[at].kind not in _ADDRESS:
        return "", 0
    source = tokens[at]
    if words[at + 1 : at + 3] == ["INTO", "GRAPH"]:
        return " ".join(("ADD SILENT GRAPH", source.text, "TO")), tokens[at + 1].end
    return " ".join(("ADD SILENT GRAPH", source.text, "TO DEFAULT")), source.end
