"""Does every quote of a graph stand in its document where the evidence says?"""

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model import PREFIXES

_OA = PREFIXES["oa"]
_SELECTOR, _SOURCE = _OA + "hasSelector", _OA + "hasSource"
_EXACT, _START, _END = _OA + "exact", _OA + "start", _OA + "end"


@dataclass(frozen=True, slots=True)
class BrokenQuote:
    """A piece of evidence that does not hold.

    quote: what the graph says; found: what the text has from `start` to `end`, "" if these are no places in it.
    """

    evidence: str
    start: int
    end: int
    quote: str
    found: str


def check_quotes(nquads: bytes, text: str) -> tuple[int, list[BrokenQuote]]:
    """How many quotes the graph of a document holds, and those that are not in its text where they should be.

    Raises SyntaxError if these are no N-Quads.
    """
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS):
        if quad.predicate.value.startswith(_OA) and isinstance(quad.subject, ox.NamedNode):
            value = quad.object.value if not isinstance(quad.object, ox.Triple) else ""
            facts[quad.subject.value][quad.predicate.value].append(value)
    evidences = sorted(iri for iri, own in facts.items() if own[_SOURCE])
    checked = [_check(iri, [facts[selector] for selector in facts[iri][_SELECTOR]], text) for iri in evidences]
    return len(evidences), [broken for broken in checked if broken]


def _check(evidence: str, selectors: list[dict[str, list[str]]], text: str) -> BrokenQuote | None:
    quotes, starts, ends = ([v for s in selectors for v in s.get(name, [])] for name in (_EXACT, _START, _END))
    if not (len(quotes) == len(starts) == len(ends) == 1 and starts[0].isdecimal() and ends[0].isdecimal()):
        return BrokenQuote(evidence, -1, -1, "; ".join(quotes), "")
    start, end = int(starts[0]), int(ends[0])
    found = text[start:end]
    return None if found == quotes[0] and start < end else BrokenQuote(evidence, start, end, quotes[0], found)
