"""Every quote that does not stand where the graph says is found."""

import pytest

from kg.graph.quads import to_nquads
from kg.graph.verify import BrokenQuote, check_quotes
from kg.model import DEFAULT_BASE, Document, Evidence, Iri, Literal, Statement

TEXT = "Cœur 数据 sharing is slow."
EVIDENCE = DEFAULT_BASE + "evidence/a/8-15"


def make_graph(start: int = 8, end: int = 15, quote: str = "sharing") -> bytes:
    document = Document("a", "a.md", TEXT, ())
    statement = Statement(Iri("http://x/a"), "rdfs:label", Literal("b"), Evidence(start, end, quote))
    return to_nquads([statement], document=document, base=DEFAULT_BASE)


def test_quote_counted_in_code_points_holds() -> None:
    assert check_quotes(make_graph(), TEXT) == (1, [])


@pytest.mark.parametrize(
    ("text", "found"),
    [(TEXT.replace("sharing", "Sharing"), "Sharing"), ("", ""), (TEXT.encode().decode("latin-1"), "°æ\x8d® sh")],
)
def test_text_that_says_something_else_breaks_the_quote(text: str, found: str) -> None:
    assert check_quotes(make_graph(), text) == (1, [BrokenQuote(EVIDENCE, 8, 15, "sharing", found)])


def test_quote_of_nothing_is_broken() -> None:
    (broken,) = check_quotes(make_graph(8, 8, ""), TEXT)[1]
    assert (broken.start, broken.end, broken.quote) == (8, 8, "")


@pytest.mark.parametrize("lost", [b"#exact>", b"#start>", b"#end>", b"#hasSelector>"])
def test_evidence_without_a_part_is_broken(lost: bytes) -> None:
    nquads = b"".join(line for line in make_graph().splitlines(keepends=True) if lost not in line)
    ((broken,),) = check_quotes(nquads, TEXT)[1:]
    assert (broken.evidence, broken.start, broken.end) == (EVIDENCE, -1, -1)


def test_evidence_with_two_quotes_is_broken() -> None:
    extra = f'<{EVIDENCE}/quote> <http://www.w3.org/ns/oa#exact> "other" <{DEFAULT_BASE}graph/a> .\n'
    ((broken,),) = check_quotes(make_graph() + extra.encode(), TEXT)[1:]
    assert broken.quote in ("sharing; other", "other; sharing")


def test_graph_without_evidence_has_nothing_to_check() -> None:
    assert check_quotes(b"", TEXT) == (0, [])
