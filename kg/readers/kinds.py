"""What kind of document a text is: paper, policy, note or abstract."""

import re
from collections.abc import Sequence

from kg.model import PROSE_KINDS, Block, BlockKind, names_issued
from kg.readers.names import is_organisation

#: An abstract with its facts is shorter than this.
MAX_ABSTRACT_CHARS = 6000
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|In|Since|Act|Law|Version"
#: "(Silva, 2020)", "(Silva & Rossi 2019; Li, 2018)", "Silva (2020)", "[3, 5]"; no "(June 2016)" and no "Act (2018)".
_CITATION = re.compile(
    rf"(?:\((?:[^()]{{0,120}}[;,]\s)?|(?<=\s))(?!(?:{_MONTHS})[a-z]*\b)[^\W\d_a-z][\w’'-]{{2,}}"
    rf"(?:\s(?:et al\.?|and [A-Z][\w’'-]+|& [A-Z][\w’'-]+)?)?,?\s?\(?(?:1[89]|20)\d\d[a-z]?(?=[);:,])"
    rf"|\[\d{{1,3}}(?:[,–-]\s*\d{{1,3}})*\]"
)
#: "This section is a fragment of Silva, A. & Rossi, M. (2018). ...": how a work of named people says what it is.
_OWN_REFERENCE = re.compile(
    r"(?i:\b(?:(?:fragment|chapter|part|excerpt|extract|version|reprint|preprint) (?:of|from)|cite (?:this|it|as)|"
    r"(?:suggested|recommended) citation)\b).{0,60}?[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+)?, (?:[A-Z]\.[ -]?){1,3}"
    r"[^()]{0,200}\((?:19|20)\d\d[a-z]?\)",
)
#: It stands at the head of the text.
MAX_HEAD_CHARS = 2500
MIN_CITATIONS = 5
MIN_REFERENCES = 3
#: Half of the paragraphs of an essay are longer: rules, guides and plans are written in shorter ones.
MIN_ESSAY_CHARS = 900
MIN_ESSAY_PARAGRAPHS = 8


def guess_kind(text: str, blocks: Sequence[Block]) -> str:
    """The kind: "abstract" if there is little more than one, "paper" if it cites as papers do, else "policy"."""
    count = {kind: sum(1 for block in blocks if block.kind is kind) for kind in BlockKind}
    body = sum(b.end - b.start for b in blocks if b.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM})
    facts = count[BlockKind.AUTHOR] + count[BlockKind.KEYWORDS]
    if len(text) < MAX_ABSTRACT_CHARS and facts and not count[BlockKind.HEADING] and body < 600:
        return "abstract"
    citations = sum(
        len(_CITATION.findall(text, block.start, block.end)) for block in blocks if block.kind in PROSE_KINDS
    )
    if count[BlockKind.REFERENCE] >= MIN_REFERENCES and (citations >= MIN_CITATIONS or count[BlockKind.ABSTRACT]):
        return "paper"
    if _OWN_REFERENCE.search(text, 0, MAX_HEAD_CHARS):
        return "paper"
    people = [text[block.start : block.end] for block in blocks if block.kind is BlockKind.AUTHOR]
    if count[BlockKind.ABSTRACT] and count[BlockKind.HEADING] > 1 and not all(map(is_organisation, people)):
        return "paper"
    if _is_essay(text, blocks):
        return "paper"
    return "paper" if citations >= 2 * MIN_CITATIONS and not count[BlockKind.ITEM] > citations else "policy"


def _is_essay(text: str, blocks: Sequence[Block]) -> bool:
    """Whether a text argues in long paragraphs, and neither its title nor a publisher says that a body issued it."""
    lengths = sorted(block.end - block.start for block in blocks if block.kind is BlockKind.PARAGRAPH)
    issued = any(
        (block.kind is BlockKind.TITLE and names_issued(text[block.start : block.end]))
        or (block.kind is BlockKind.METADATA and block.label in {"publisher", "jurisdiction"})
        for block in blocks
    )
    long = len(lengths) >= MIN_ESSAY_PARAGRAPHS and lengths[len(lengths) // 2] >= MIN_ESSAY_CHARS
    return long and not issued
