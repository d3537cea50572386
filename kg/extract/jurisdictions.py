"""The place whose government a policy document comes from or speaks for."""

import re
from collections import Counter
from collections.abc import Iterator

from kg.annotate import Annotated, ConceptMention
from kg.extract.evidence import find_block, is_prose, sentence_around
from kg.model import Assertion, BlockKind, make_fields

#: So many sentences of a text speak of one government before the text is taken to be for it.
LEAST_MENTIONS = 3
#: So many times as often as of any other.
LEAST_SHARE = 3
#: Fields that state it, or the places of a case.
_STATED = frozenset({"jurisdiction", "country", "region"})
_LEVEL = r"(?:[Ff]ederal|[Nn]ational|[Cc]entral|[Ll]ocal|[Cc]ity|[Mm]unicipal|[Rr]egional|[Ss]tate)"
_BEHIND = re.compile(
    rf"(?:[’']s)?\s+(?:{_LEVEL}\s+)?(?:[Gg]overnment|City Council|Council|Parliament|Congress|Ministry|Department of|"
    r"Municipality|Cabinet|[Cc]ivil [Ss]ervice|[Pp]ublic (?:sector|bodies|administration))\b"
)
_BEFORE = re.compile(
    r"\b(?:[Gg]overnment|[Cc]ity|[Mm]unicipality|Republic|State|Parliament|Kingdom|Ministry(?: [A-Z]\w+| of| and)*) "
    r"of (?:the )?$"
)
#: Behind a place in the name of an issuing body: "U.S. Environmental Protection Agency".
_BODY = re.compile(
    r"(?:[’']s)?(?:\s+[A-Z][\w&-]+){0,5}?\s+(?:Department|Agency|Ministry|Government|Council|Commission|Office|"
    r"Administration|Parliament|Cabinet|Authority|Service|Congress)\b"
)
MAX_BEFORE_CHARS = 60


def find_jurisdiction(annotated: Annotated) -> Iterator[Assertion]:
    """The jurisdiction of a policy document as one "metadata" assertion, nothing where it is stated or not clear.

    The issuing body or the title names it ("U.S. Department of Labor"), or the text speaks of one government at
    least three times, and three times as often as of any other.
    """
    document = annotated.document
    stated = any(block.label in _STATED for block in document.find_blocks(BlockKind.METADATA))
    if document.kind != "policy" or document.language != "en" or stated:
        return
    places = [mention for mention in annotated.mentions if mention.scheme == "places"]
    named = [place for place in places if _is_issuer(annotated, place)]
    if named:
        yield _make_assertion(annotated, named[0], "issuer", 0.9, "named in the issuing body or the title")
        return
    governed = [place for place in places if is_prose(annotated, place.start) and _is_governed(document.text, place)]
    ranked = Counter(place.iri for place in governed).most_common(2)
    if not ranked or ranked[0][1] < LEAST_MENTIONS:
        return
    if len(ranked) == 1 or ranked[0][1] >= LEAST_SHARE * ranked[1][1]:
        first = next(place for place in governed if place.iri == ranked[0][0])
        reason = f"its government is named {ranked[0][1]} times, others far less"
        yield _make_assertion(annotated, first, "government", 0.7, reason)


def _is_issuer(annotated: Annotated, place: ConceptMention) -> bool:
    """Whether a place stands in the name of the issuing body, or of a government in the title."""
    block = find_block(annotated, place.start)
    if block is None:
        return False
    text = annotated.document.text
    if block.kind is BlockKind.TITLE:
        return _is_governed(text, place)
    issues = block.kind is BlockKind.AFFILIATION or (block.kind is BlockKind.METADATA and block.label == "publisher")
    return issues and (_is_governed(text, place) or _BODY.match(text, place.end, block.end) is not None)


def _is_governed(text: str, place: ConceptMention) -> bool:
    """Whether words beside a place make it a government: "UK government", "City of Porto"."""
    before = text[max(0, place.start - MAX_BEFORE_CHARS) : place.start]
    return _BEHIND.match(text, place.end) is not None or _BEFORE.search(before) is not None


def _make_assertion(
    annotated: Annotated, place: ConceptMention, rule: str, confidence: float, reason: str
) -> Assertion:
    label = next((concept.label for concept in annotated.concepts if concept.iri == place.iri), place.text)
    return Assertion(
        "metadata",
        label,
        sentence_around(annotated, place.start),
        fields=make_fields(field="jurisdiction"),
        confidence=confidence,
        method=f"extract.jurisdictions/{rule}",
        reasons=(reason,),
    )
