"""Claims that a text attributes to the authors it cites: "Zhu Ling (2019) argues that X" -> X."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.evidence import make_evidence
from kg.model import Assertion, make_fields

if TYPE_CHECKING:
    from kg.annotate import Annotated

METHOD = "extract.claims"
_VERBS = (
    r"(?:acknowledg|advocat|affirm|analy[sz]|argu|assert|assum|believ|claim|clarif|conced|conclud|confirm|consider|contend|"
    r"declar|demonstrat|deni|describ|discover|discuss|emphasi[sz]|establish|estimat|explain|find|found|highlight|hold|"
    r"held|hypothesi[sz]|identif|illustrat|impl|indicat|infer|insist|maintain|mention|not|observ|point|posit|predict|"
    r"propos|prov|put|realis|realiz|recogni[sz]|recommend|report|reveal|said|say|saw|see|show|stat|stress|suggest|"
    r"summari[sz]|suppos|think|thought|underlin|warn|writ|wrote|caution|remark|agree|state|understand|stresse)"
)
#: A verb of saying, up to six words, "that": "analyzed from the goal point that".
_SAYS_THAT = re.compile(
    rf"\s*(?:,[^,]{{1,60}},)?\s*(?:(?:also|further|thus|therefore|then|first|have|has|had|both|clearly|recently|even|correctly|rightly)\s+)*"
    rf"{_VERBS}\w*(?:\s+(?:out|forward|in|on|from|at|by|with|the|a|an|their|his|her|its|of|to|for)?\s*(?!that\b)[\w’'-]+){{0,6}}?,?\s+that\s+",
    re.I,
)
_SAYS_COLON = re.compile(rf"\s*(?:\w+\s+)?{_VERBS}\w*(?:\s+\w+){{0,3}}\s*[:,]\s*(?=[“\"‘A-Z])")
_ACCORDING = re.compile(r"(?:according to|in the (?:view|words|opinion) of|for|following|as per)\s+$", re.I)
_AS_SAID = re.compile(r"\bas\s+$", re.I)
_AS_VERB = re.compile(rf"\s*(?:\w+\s+)?{_VERBS}\w*(?:\s+(?:out|it))?\s*,\s*", re.I)
_TAIL = re.compile(r"[\s.;:,]+$")
_CITATIONS_AFTER = re.compile(r"\s*[\[(][^()\[\]]*(?:\d{4}|\d)[^()\[\]]*[\])]\s*\.?$")
#: A clause shorter than this says nothing by itself.
LEAST_WORDS = 4


def _find_clause(before: str, after: str) -> tuple[int, float, str]:
    """Where in `after` the claim begins, how sure that is, and the rule; confidence 0 if there is no claim."""
    if _AS_SAID.search(before):
        said = _AS_VERB.match(after)
        return (said.end(), 0.85, "as-said") if said else (0, 0.0, "")
    if _ACCORDING.search(before):
        return len(after) - len(after.lstrip(" ,")), 0.9, "according-to"
    for pattern, confidence, rule in ((_SAYS_THAT, 0.95, "says-that"), (_SAYS_COLON, 0.85, "says")):
        said = pattern.match(after)
        if said:
            return said.end(), confidence, rule
    if before.strip():
        return 0, 0.0, ""
    return len(after) - len(after.lstrip(" ,:")), 0.75, "predicate"


def _trim_end(text: str, start: int, end: int) -> int:
    """The end of the clause without its full stop and without citations that follow it."""
    clause = text[start:end]
    found = _CITATIONS_AFTER.search(clause)
    if found:
        clause = clause[: found.start()]
    return start + len(_TAIL.sub("", clause))


def _make_claim(annotated: "Annotated", citation: Assertion, start: int, end: int) -> Assertion | None:
    text = annotated.document.text
    end = _trim_end(text, start, end)
    if end - start < 1 or len(text[start:end].split()) < LEAST_WORDS:
        return None
    evidence = make_evidence(annotated, start, end)
    return Assertion(
        "claim",
        evidence.quote,
        evidence,
        fields=make_fields(
            citation_key=citation.key,
            reference_key=citation.get_text("reference_key"),
            mention=citation.get_text("mention"),
        ),
    )


def extract(annotated: "Annotated", earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """What sentences whose subject is a cited author ascribe to that author, verbatim."""
    from dataclasses import replace

    for citation in earlier:
        if citation.kind != "citation":
            continue
        sentence, mention = citation.evidence, citation.get_text("mention")
        at = sentence.quote.find(mention)
        if at < 0 or mention[:1] in "([" or mention[:1].isdecimal():
            continue
        offset, confidence, rule = _find_clause(sentence.quote[:at], sentence.quote[at + len(mention) :])
        if not confidence:
            continue
        claim = _make_claim(annotated, citation, sentence.start + at + len(mention) + offset, sentence.end)
        if claim:
            yield replace(claim, confidence=confidence, method=f"{METHOD}/{rule}")
