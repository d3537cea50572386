"""What part a section plays: does its title announce dilemmas, remedies, or the paper's own business?

Cue words were gathered from the headings of papers and policy documents of the field in English, the
translated English of Chinese journals included.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Section


class Role(StrEnum):
    """What the sentences of a section are about."""

    DILEMMA = "dilemma"
    REMEDY = "remedy"
    BOTH = "both"
    OWN = "own"
    NONE = ""


_DILEMMA = re.compile(
    r"\b(?:dilemmas?|challeng\w*|problems?|problematic|barriers?|obstacles?|difficult\w*|issues?|risks?|constraints?|"
    r"pain points?|weakness\w*|shortcomings?|threats?|gaps?|concerns?|drawbacks?|impediments?|hurdles?|bottlenecks?|"
    r"deficien\w+|predicaments?|plight|pitfalls?|resistance|inhibitors?|failures?|existing problems)\b",
    re.IGNORECASE,
)
_REMEDY = re.compile(
    r"\b(?:solutions?|remed\w+|counter-?measures?|measures|recommend\w*|suggestions?|proposals?|strateg(?:y|ies)|"
    r"actions?|paths?|pathways?|ways? (?:to|of|forward)|how to|responses?|reforms?|improv\w+|promot\w+|"
    r"strengthen\w*|optimi[sz]\w+|enhanc\w+|mitigat\w+|overcom\w+|address\w*|tackl\w+|best practices?|practices|"
    r"guidelines|next steps|what (?:we|you) (?:can|will|should) do|breakthrough|initiatives|interventions?)\b",
    re.IGNORECASE,
)
#: A title with one of these is about the text itself, whatever else it says.
_OWN = re.compile(
    r"\b(?:references|bibliography|acknowledg\w+|methodology|research design|data collection|literature review|"
    r"related work|future (?:work|research|directions)|about the (?:author|research)s?|author contributions?|"
    r"conflicts? of interest|appendix|glossary|limitations? of (?:the|this|our) (?:study|research|paper|work))\b"
    r"|^(?:the |our )?(?:research )?(?:methods?|limitations?|funding|contents|notes|footnotes|data)\W*$",
    re.IGNORECASE,
)
#: "Solution: ...", "Challenge 3 - ...": a title that says itself what it is.
_SAID = re.compile(r"^(?:the\s+)?(\w+)(?:\s+\d+)?\s*[:\-–—]\s", re.IGNORECASE)
#: Titles that announce nothing of their own: never a dilemma or remedy, whatever they stand under.
_STRUCTURAL = re.compile(
    r"^(?:an? |the )?(?:introduction|background|overview|summary|executive summary|conclusions?|concluding remarks|"
    r"discussion|results?|findings|context|abstract|preface|foreword|analysis|case stud(?:y|ies)|examples?|"
    r"definitions?|scope|purpose|objectives?|implications?|outlook|evaluation|implementation|requirements?|why|"
    r"checklist|key questions|further reading|more information|see also|contents?|use cases?|"
    r"(?:(?:additional|further|other|related|similar|useful|key)\s+)?(?:resources|guides|links|materials|readings?)|"
    r"(?:implementation|user) guides?|(?:\w+ ){0,2}questions|tools and resources.*)\W*$",
    re.IGNORECASE,
)


#: Behind one of these no noun is what a title is of.
_BEFORE_NO_HEAD = "of|in|for|to|on|with|within|from|against|by|that|which|and|or|so|be|make|is|are"

#: Titles that mean the remedy where a section of challenges stands beside them, and nothing elsewhere.
_ANSWER = re.compile(r"^(?:the |our )?(?:approach|response|answer|resolution)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RoledSection:
    """A section with the role its own title gives it and the one it stands under.

    own: from the title; inherited: from the nearest section above that has one.
    bare: the title announces a role and names nothing besides ("Challenges", "The solution").
    listed: the title that it has its role from announces things of that kind, so that what stands below names them.
    """

    section: Section
    own: Role
    inherited: Role
    bare: bool
    listed: bool = False

    @property
    def role(self) -> Role:
        """What the sentences of the section are about."""
        return self.own or self.inherited


def judge_title(title: str) -> Role:
    """The role that a title announces."""
    if _OWN.search(title):
        return Role.OWN
    dilemma, remedy = _DILEMMA.search(title), _REMEDY.search(title)
    if dilemma and remedy:
        governed = _REMEDY.match(title) or re.match(r"(?:the )?(?:\w+ing)\b", title, re.IGNORECASE)
        return Role.REMEDY if governed else Role.BOTH
    if dilemma:
        return Role.DILEMMA
    return Role.REMEDY if remedy else Role.NONE


def find_said_role(title: str) -> Role:
    """The role that a title claims in so many words before a colon, or by naming nothing else; else none."""
    said = _SAID.match(title)
    if said:
        return judge_title(said[1])
    return judge_title(title) if is_bare(title) else Role.NONE


def is_structural(title: str) -> bool:
    """Whether a title names only its place in the document ("Introduction")."""
    return bool(_STRUCTURAL.match(title.strip())) or bool(_OWN.search(title))


def is_bare(title: str) -> bool:
    """Whether a title holds a cue and nothing it is about: "Challenges", "The problem", "Proposed solutions"."""
    left = _REMEDY.sub("", _DILEMMA.sub("", title))
    words = [w for w in re.findall(r"[^\W\d_]+", left.casefold()) if w not in _EMPTY_WORDS]
    return not words


#: "Dilemmas of digital government", "Key barriers to sharing", "Ways to improve it": the title is of such things. "Make
#: security measures frictionless" and "Policy and guidelines" are of something else.
_CUE = rf"(?:{_DILEMMA.pattern}|{_REMEDY.pattern})"
_HEAD = re.compile(
    rf"^(?:\w+ )?(?:ways? (?:to|of|forward)|how to)\b|^(?:(?!(?:{_BEFORE_NO_HEAD})\b)[\w’'-]+\s+){{0,4}}?{_CUE}"
    rf"(?:\s*(?:and|or|&|/)\s*(?:\w+\s+)?{_CUE})*"
    r"(?=\s+(?:of|in|for|to|on|with|within|facing|faced|from|against|by|that|which|when|related|regarding)\b|\W*$)",
    re.IGNORECASE,
)


def is_announcing(title: str) -> bool:
    """Whether a title announces dilemmas or remedies, of anything: "Barriers to sharing", "Ways to improve it"."""
    return is_bare(title) or bool(_HEAD.match(re.sub(r"^[\W\d]+", "", title)))


_EMPTY_WORDS = frozenset(
    (
        "the a an and or of in for to our key main major current existing future potential possible proposed policy "
        "some its their this that these with on related analysis common general further other what are is we you s"
    ).split()
)


def assign_roles(sections: tuple[Section, ...]) -> tuple[RoledSection, ...]:
    """Each section with its role; a section without a cue of its own has the role of the one it stands in."""
    found: list[RoledSection] = []
    for section in sections:
        above = found[section.parent] if section.parent >= 0 else None
        inherited = above.role if above else Role.NONE
        own = (
            Role.NONE if is_structural(section.title) and not _OWN.search(section.title) else judge_title(section.title)
        )
        answers = bool(_ANSWER.match(section.title.strip())) and any(
            other.own is Role.DILEMMA and other.bare and other.section.parent == section.parent for other in found
        )
        own = Role.REMEDY if answers else own
        listed = (answers or is_announcing(section.title)) if own else bool(above and above.listed)
        found.append(RoledSection(section, own, inherited, answers or is_bare(section.title), listed))
    return tuple(found)
