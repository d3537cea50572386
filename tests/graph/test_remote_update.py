"""Graphs written by updates: every text arrives as it is, in parts, and never as a command."""

import re
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from kg.graph.remote_update import find_update_address, make_removal, make_updates
from kg.model import CorpusError

G, S, P = ox.NamedNode("http://e.example/g"), ox.NamedNode("http://e.example/s"), ox.NamedNode("http://e.example/p")
HOSTILE = (
    '" } } ; DROP ALL #',
    "\\u0022 } } ; DROP ALL #",
    "\\\\u0022 } } ; DROP ALL #",
    "\\U00000022 . } } ; DROP ALL #",
    "line\nbreak\ttab\r\x7f \\",
    "'''\"\"\" 漢字 🙂 \\n",
)


def to_nquads(*values: ox.Literal | ox.BlankNode) -> bytes:
    return ox.serialize([ox.Quad(S, P, value, G) for value in values], format=ox.RdfFormat.N_QUADS) or b""


def replace_escapes_first(text: bytes) -> bytes:
    """What a store does that takes the standard by its letter: escapes are replaced before anything is read."""
    return re.sub(rb"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m[1], 16)).encode(), text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("prepare", [bytes, replace_escapes_first])
def test_a_text_with_marks_of_sparql_arrives_unchanged(text: str, prepare: Callable[[bytes], bytes]) -> None:
    store = ox.Store()
    store.extend([ox.Quad(S, P, ox.Literal("before"), G), ox.Quad(S, P, S, P)])
    if "\x7f" in text and prepare is not bytes:
        text = text.replace("\x7f", "")
    for update in make_updates(G.value, to_nquads(ox.Literal(text, language="en"))):
        store.update(prepare(update).decode())
    assert set(store) == {ox.Quad(S, P, ox.Literal(text, language="en"), G), ox.Quad(S, P, S, P)}


def test_a_large_graph_goes_in_parts_of_which_the_first_empties_it() -> None:
    values = [ox.Literal(f"{i}" * 50) for i in range(10)]
    updates = list(make_updates(G.value, to_nquads(*values), max_bytes=300))
    assert [update.count(b"DROP") for update in updates] == [1, 0, 0, 0]
    store = ox.Store()
    for update in updates:
        store.update(update.decode())
    assert {quad.object for quad in store} == set(values)


def test_nodes_without_a_name_go_in_one_request_or_not_at_all() -> None:
    content = to_nquads(ox.BlankNode("a"), ox.Literal("_:a"))
    assert len(list(make_updates(G.value, content))) == 1
    with pytest.raises(CorpusError, match="nodes without a name"):
        list(make_updates(G.value, content, max_bytes=10))
    assert len(list(make_updates(G.value, to_nquads(ox.Literal(" _:a"), ox.Literal("b")), max_bytes=10))) == 2


def test_what_is_no_iri_becomes_no_command() -> None:
    with pytest.raises(ValueError, match="IRI"):
        make_removal("http://e.example/> ; DROP ALL #")


def test_the_address_for_updates_is_found_of_stores_we_know() -> None:
    found = [find_update_address(f"http://h{end}") for end in ("/query", "/sparql", "/ds/query", "/repositories/a")]
    assert found == ["http://h/update", "http://h/sparql-auth", "http://h/ds/update", ""]
