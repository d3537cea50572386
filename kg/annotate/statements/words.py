"""Words of a sentence and the cue classes they belong to.

The classes were drawn up from the labelling guideline (what makes a sentence a dilemma or a remedy) and
from general English; none was collected from a single document.
"""

import re
from collections.abc import Sequence

#: Sentences are cut here before they are looked at; longer ones are tables or extraction remains.
MAX_SENTENCE_CHARS = 900
MAX_HEADING_WORDS = 9

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+|[^\w\s]")
_BULLET = re.compile(r"[-*•·–]|\(?\d+[.)]|[a-z][.)]")
_SENTENCE_ENDS = (".", "?", "!", ";")

_PROBLEM = """
problem problems challenge challenges barrier barriers obstacle obstacles difficulty difficulties difficult
issue issues risk risks lack lacks lacking gap gaps threat threats dilemma dilemmas concern concerns weakness weaknesses
shortcoming shortcomings limitation limitations failure failures fail fails failed failing insufficient inadequate poor
poorly limited hinder hinders hamper impede impedes hard harder complex complexity burden costly expensive vulnerable
vulnerability corruption distrust mistrust divide exclusion excluded unable inability resistance fragmented
fragmentation silos silo outdated legacy duplication duplicated inefficient inefficiency inconsistent slow delay delays
delayed struggle struggles suffer suffers threatens undermine undermines wrong bad worse worst harm harmful damage
crisis conflict conflicts uncertainty unclear unequal inequality bias scarce scarcity shortage missing neglected ignored
overlooked constraint constraints bottleneck bottlenecks loss losses pressure pressures waste wasted frustrated
frustrating confusion confusing misuse abuse abuses fraud breach breaches attack attacks violate violation"""
_NEGATION = """not no never without cannot neither nor none nobody nothing little few hardly rarely seldom don't
doesn't can't isn't aren't won't didn't"""
_DUTY = """must should shall ought need needs required require requires requirement requirements recommended recommend
recommends recommendation recommendations necessary important essential ensure ensures ensuring encouraged encourage"""
_PLAN = "will would going plan plans planned aim aims intend intends commit committed"
_ACTION = """improve improves improving improvement enhance enhances solution solutions solve solves address addresses
addressing overcome mitigate mitigates reduce reduces reducing promote promotes promoting establish establishing
strengthen strengthening enable enables enabling facilitate facilitates support supports supporting provide provides
develop developing implement implementing introduce introducing adopt adopting adoption measures measure strategy policy
initiative initiatives programme program action actions practice practices guidelines training tackle prevent prevents
protect standardize standardise create creating help helps helping"""
_OWN_WORK = """paper study article research we our authors author findings results analysis literature chapter section
thesis survey methodology case interviews hypothesis framework model presents discusses describes"""
_CONTRAST = """however but although though despite unfortunately yet nevertheless while whereas still often sometimes
too"""
_CAUSE = "because due therefore thus hence cause causes caused leads lead leading result resulting consequently so"
_PURPOSE = "to in order for that by through"
_ADDRESSEE = "you your yours agencies agency departments department government governments organisations organizations"
_CLASSES = {
    "problem": _PROBLEM,
    "negation": _NEGATION,
    "duty": _DUTY,
    "plan": _PLAN,
    "action": _ACTION,
    "own work": _OWN_WORK,
    "contrast": _CONTRAST,
    "cause": _CAUSE,
    "purpose": _PURPOSE,
    "addressee": _ADDRESSEE,
}
#: word -> its cue class
CUE_CLASS: dict[str, str] = {word: name for name, words in _CLASSES.items() for word in words.split()}

#: Base forms that open an instruction ("Publish the data ...").
_IMPERATIVES = """
    use make ensure provide create consider develop identify define publish establish work share include involve
    build design plan test review adopt encourage engage avoid set keep check follow get find give allow help start
    measure manage support choose collect consult train promote implement improve assess apply document understand look
    think ask try do don't be have take maintain invest increase reduce strengthen introduce integrate require enable
    monitor evaluate protect address select agree appoint coordinate open release talk explain describe offer prioritize
    prioritise focus remember note see read learn write add remove put let show tell run update communicate conduct
    explore determine demonstrate leverage embed prepare report recognise recognize respect bring move change reuse
    contribute collaborate deploy draw prevent raise"""
IMPERATIVES = frozenset(_IMPERATIVES.split())


def find_words(sentence: str) -> list[str]:
    """Words, numbers (all written "0") and marks of a sentence, in lower case."""
    return ["0" if word.isdigit() else word.lower() for word in _WORD.findall(sentence[:MAX_SENTENCE_CHARS])]


def is_heading(sentence: str) -> bool:
    """Whether a sentence reads like a heading: at most nine words and no sentence end."""
    text = sentence.rstrip()
    return len(text.split()) <= MAX_HEADING_WORDS and not text.endswith(_SENTENCE_ENDS)


def has_bullet(sentence: str) -> bool:
    """Whether a sentence begins with a list mark that the reader left in place."""
    return _BULLET.match(sentence.lstrip()) is not None


def find_headings(sentences: Sequence[str]) -> list[int]:
    """For each sentence the index of the heading above it, or -1."""
    above, found = -1, []
    for index, sentence in enumerate(sentences):
        found.append(above)
        if is_heading(sentence):
            above = index
    return found
