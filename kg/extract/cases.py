"""Cases: an initiative that a text reports from a place."""

import re
from collections.abc import Iterator

from kg.annotate import Annotated, ConceptMention
from kg.extract.evidence import is_prose, make_evidence
from kg.extract.headings import lower_first
from kg.model import Assertion, make_fields

_DONE = (
    r"(?:has|have|had)?\s*(?:launched|introduced|implemented|established|built|developed|created|set up|piloted|"
    r"adopted|achieved|deployed|opened|published|started|rolled out|committed to|took the lead in|is committed to|"
    r"was committed to|pioneered|initiated|issued|promoted|publishes|runs|offers|operates|uses|used|introduces|"
    r"requires|required|tests|tested|maintains|opens)"
)
_QUOTED = re.compile(r"[“\"]([^”\"]{4,70})[”\"]")
_VERB = re.compile(
    rf"\b{_DONE}\s+(?:the\s+|a\s+|an\s+|its\s+)?(?:construction\s+of\s+|development\s+of\s+)?", re.IGNORECASE
)
#: What the initiative is called ends where the sentence turns to when, where, how or why.
_STOP = re.compile(
    r"[,;:.()]|\s(?:in|to|that|which|for|by|with|from|since|during|through|so|and|as|on|at|while|where|when|using|via)\s",
    re.IGNORECASE,
)
#: "Published in 2014", "issued by the council": what follows the verb names nothing.
_NO_NAME = re.compile(
    r"(?:in|to|for|by|with|from|since|during|through|on|at|via|as|under|and|or|it|them)\s", re.IGNORECASE
)
MAX_CASE_WORDS = 10
#: The place must stand close before what was done there.
MAX_GAP_CHARS = 60


def extract(annotated: Annotated, earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """Initiatives by place, in reading order, each place and initiative once."""
    if annotated.document.language != "en":
        return
    places = [m for m in annotated.mentions if m.scheme == "places" and is_prose(annotated, m.start)]
    seen: set[tuple[str, str]] = set()
    for mention in places:
        label = find_initiative(annotated, mention)
        remedy = _find_remedy(earlier, mention.start)
        if label and (mention.iri, label.casefold()) not in seen:
            seen.add((mention.iri, label.casefold()))
            sentence = next(s for s in annotated.sentences if s.start <= mention.start < s.end)
            yield Assertion(
                "case",
                label,
                make_evidence(annotated, sentence.start, sentence.end),
                fields=make_fields(place=mention.iri, remedy_key=remedy),
                confidence=0.7,
                method="extract.cases/initiative",
            )


def find_initiative(annotated: Annotated, mention: ConceptMention) -> str:
    """What the sentence says was done in the place, in its own words; "" if it says nothing of the kind.

    A name in quotation marks wins over what follows a verb of doing.
    """
    sentence = next((s for s in annotated.sentences if s.start <= mention.start < s.end), None)
    if sentence is None:
        return ""
    text = annotated.document.text[mention.end : sentence.end]
    quoted = _QUOTED.search(text[: MAX_GAP_CHARS + 80])
    if quoted and quoted.start() <= MAX_GAP_CHARS:
        return " ".join(quoted[1].split()).rstrip(",.;")
    verb = _VERB.search(text[: MAX_GAP_CHARS + 40])
    if not verb or verb.start() > MAX_GAP_CHARS:
        return ""
    rest = text[verb.end() :].lstrip()
    if _NO_NAME.match(rest):
        return ""
    stop = _STOP.search(rest)
    label = " ".join((rest[: stop.start()] if stop else rest).split())
    return lower_first(label) if 2 <= len(label.split()) <= MAX_CASE_WORDS else ""


def _find_remedy(earlier: tuple[Assertion, ...], offset: int) -> str | None:
    """Key of the remedy that the same sentence states, if it states one."""
    return next((a.key for a in earlier if a.kind == "remedy" and a.evidence.start <= offset < a.evidence.end), None)
