"""The place whose government a policy document comes from or speaks for."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.annotate import Annotated, ConceptMention
from kg.annotate.demonyms import DEMONYMS
from kg.extract.evidence import find_block, is_prose, sentence_around
from kg.model import Assertion, BlockKind, Concept, Iri, make_fields, names_issued

#: So many sentences of a text speak of one government before the text is taken to be for it.
LEAST_MENTIONS = 3
#: So many times as often as of any other.
LEAST_SHARE = 3
#: Fields of the places that a case is about.
_CASE_FIELDS = frozenset({"country", "region"})
#: So many times as often as any other must a place be named whose government is not spoken of.
LEAST_PLACE_SHARE = 8
#: Words of a text about the business of a government.
_OFFICIAL = re.compile(
    r"\b(?:[Gg]overnment|[Ff]ederal|[Mm]inistr(?:y|ies)|[Dd]epartments?|[Aa]genc(?:y|ies)|[Cc]ouncils?|[Mm]unicipal\w*|"
    r"[Pp]ublic (?:sector|services?|bodies|authorities|administrations?)|[Cc]ivil servants?)\b"
)
#: The web addresses of governments, by the end of their host.
_HOSTS = {
    "gov.uk": "United Kingdom", "canada.ca": "Canada", "gc.ca": "Canada",
    "gov": "United States", "mil": "United States",
    "gov.au": "Australia", "govt.nz": "New Zealand", "gov.in": "India", "gov.sg": "Singapore", "gov.ie": "Ireland",
    "gov.it": "Italy", "gob.es": "Spain", "gouv.fr": "France", "gov.br": "Brazil", "gob.mx": "Mexico",
    "go.kr": "South Korea", "go.jp": "Japan", "gov.za": "South Africa", "gov.gh": "Ghana", "go.ke": "Kenya",
    "gov.pt": "Portugal", "gov.gr": "Greece", "gov.pl": "Poland", "gov.sk": "Slovakia", "europa.eu": "European Union",
}  # fmt: skip
_ENDS = "|".join(re.escape(end) for end in sorted(_HOSTS, key=len, reverse=True))
_HOST = re.compile(rf"(?<![\w@.-])(?:https?://)?(?:[\w-]+\.)*(?P<end>{_ENDS})(?![\w-]|\.[a-z])", re.IGNORECASE)
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
    """The jurisdiction of a policy document as "metadata" assertions, nothing where it is stated or not clear.

    In this order: the issuing body or the title names it ("U.S. Department of Labor", "Data strategy for Estonia"); its
    front matter names the countries; the text speaks of one government three times, and three times as often as of any
    other; hardly another place is named; or the addresses in it are those of one government.
    """
    document = annotated.document
    fields = {block.label for block in document.find_blocks(BlockKind.METADATA)}
    if document.kind != "policy" or document.language != "en" or "jurisdiction" in fields:
        return
    places = [mention for mention in annotated.mentions if mention.scheme == "places"]
    named = [place for place in places if _is_issuer(annotated, place)] or _find_titled(annotated, places)
    if named:
        yield _make_assertion(annotated, named[0], "issuer", 0.9, "named in the issuing body or the title")
    elif fields & _CASE_FIELDS:
        yield from _find_stated(annotated, places)
    else:
        yield from _find_spoken_of(annotated, [place for place in places if is_prose(annotated, place.start)])


def _find_titled(annotated: Annotated, places: Sequence[ConceptMention]) -> list[ConceptMention]:
    """The one place in the title of a strategy, plan or law."""
    title = next(annotated.document.find_blocks(BlockKind.TITLE), None)
    if title is None or not names_issued(annotated.document.block_text(title)):
        return []
    inside = [place for place in places if title.start <= place.start < title.end]
    return inside[:1] if len({place.iri for place in inside}) == 1 and _is_state(annotated, inside[0]) else []


def _find_stated(annotated: Annotated, places: Sequence[ConceptMention]) -> Iterator[Assertion]:
    """The countries and cities in the field of a front matter, continents left out."""
    seen: set[Iri] = set()
    for place in places:
        block = find_block(annotated, place.start)
        stated = block is not None and block.kind is BlockKind.METADATA and block.label in _CASE_FIELDS
        if stated and place.iri not in seen and _is_state(annotated, place):
            seen.add(place.iri)
            yield _make_assertion(annotated, place, "field", 0.85, "named in the field of its countries")


def _is_state(annotated: Annotated, place: ConceptMention) -> bool:
    """Whether a place has a government: a country, a city or a region of a country, no continent."""
    concept = next(concept for concept in annotated.concepts if concept.iri == place.iri)
    return concept.place_kind in {"Country", "City"} or bool(concept.broader) or concept.label == "European Union"


def _find_spoken_of(annotated: Annotated, places: Sequence[ConceptMention]) -> Iterator[Assertion]:
    """The government that running text speaks of, or the only place it names, or whose addresses it gives."""
    text = annotated.document.text
    concepts = {concept.iri: concept for concept in annotated.concepts if concept.scheme == "places"}
    governed = [place for place in places if _is_governed(text, place)]
    if found := _find_foremost(governed, governed, concepts, share=LEAST_SHARE):
        reason = f"its government is named {found[1]} times, others far less"
        yield _make_assertion(annotated, found[0], "government", 0.7, reason)
        return
    official = sum(1 for _ in zip(_OFFICIAL.finditer(text), range(LEAST_MENTIONS), strict=False)) == LEAST_MENTIONS
    own = [place for place in places if _is_state(annotated, place) and not _is_demonym(place, concepts)]
    if official and (found := _find_foremost(own, places, concepts, share=LEAST_PLACE_SHARE)):
        yield _make_assertion(annotated, found[0], "place", 0.6, f"named {found[1]} times, other places far less")
        return
    yield from _find_addressed(annotated, places, concepts)


def _find_foremost(
    named: Sequence[ConceptMention], places: Sequence[ConceptMention], concepts: Mapping[Iri, Concept], *, share: int
) -> tuple[ConceptMention, int] | None:
    """The first mention of the place named most, and how often, if it is named enough and others far less.

    Places that lie in it, or that it lies in, are no others.
    """
    ranked = Counter(place.iri for place in named).most_common(1)
    if not ranked or ranked[0][1] < LEAST_MENTIONS:
        return None
    iri, count = ranked[0]
    others = Counter(place.iri for place in places if not _is_related(iri, place.iri, concepts))
    if others and count < share * max(others.values()):
        return None
    return next(place for place in named if place.iri == iri), count


def _is_related(one: Iri, other: Iri, concepts: Mapping[Iri, Concept]) -> bool:
    """Whether one of two places lies in the other."""
    return one == other or one in _find_above(other, concepts) or other in _find_above(one, concepts)


def _find_above(iri: Iri, concepts: Mapping[Iri, Concept]) -> set[Iri]:
    """The places in which a place lies."""
    above: set[Iri] = set()
    left = [iri]
    while left:
        concept = concepts.get(left.pop())
        new = set(concept.broader) - above if concept else set()
        above |= new
        left += new
    return above


def _is_demonym(place: ConceptMention, concepts: Mapping[Iri, Concept]) -> bool:
    """Whether a place is named by its adjective, which is that of a language and its people too."""
    concept = concepts[place.iri]
    return any(place.text in DEMONYMS.get(label, ()) for label in (concept.label, *concept.labels))


def _find_addressed(
    annotated: Annotated, places: Sequence[ConceptMention], concepts: Mapping[Iri, Concept]
) -> Iterator[Assertion]:
    """The country whose government's web addresses a text gives, where it speaks more of no other."""
    found = [hit for hit in _HOST.finditer(annotated.document.text) if is_prose(annotated, hit.start())]
    ranked = Counter(_HOSTS[hit["end"].lower()] for hit in found).most_common(2)
    if not ranked or ranked[0][1] < LEAST_MENTIONS or (len(ranked) > 1 and ranked[0][1] < LEAST_SHARE * ranked[1][1]):
        return
    label, count = ranked[0]
    iri = next((concept.iri for concept in concepts.values() if concept.label == label), None)
    others = Counter(place.iri for place in places if iri and not _is_related(iri, place.iri, concepts))
    if iri is None or max(others.values(), default=0) > count:
        return
    first = next(hit for hit in found if _HOSTS[hit["end"].lower()] == label)
    place = ConceptMention(first.start(), first.end(), iri, "places", first.group())
    yield _make_assertion(annotated, place, "address", 0.6, f"{count} web addresses are of its government")


def _is_issuer(annotated: Annotated, place: ConceptMention) -> bool:
    """Whether a place stands in the name of the issuing body, or of a government in the title."""
    block = find_block(annotated, place.start)
    if block is None:
        return False
    text = annotated.document.text
    if block.kind is BlockKind.TITLE:
        return _is_governed(text, place)
    issues = block.kind in {BlockKind.AFFILIATION, BlockKind.AUTHOR} or (
        block.kind is BlockKind.METADATA and block.label == "publisher"
    )
    return issues and (_is_governed(text, place) or _BODY.match(text, place.end, block.end) is not None)


def _is_governed(text: str, place: ConceptMention) -> bool:
    """Whether words beside a place make it a government: "UK government", "City of Porto"."""
    before = text[max(0, place.start - MAX_BEFORE_CHARS) : place.start]
    if place.text.startswith(("Government of", "Republic of", "City of")):
        return True
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
