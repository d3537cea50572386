"""What kind of document a text is: paper, policy, note or abstract."""

import re
from collections.abc import Sequence

from kg.model import Block, BlockKind

#: An abstract with its facts is shorter than this.
MAX_ABSTRACT_CHARS = 6000
_CITATION = re.compile(
    r"\((?:[^()]{0,80}[^\W\d_][^()]{0,40}?,?\s)(?:1[89]|20)\d\d[a-z]?(?:[;,:][^()]*)?\)|\[\d{1,3}(?:[,–-]\s*\d{1,3})*\]"
)
MIN_CITATIONS = 5
MIN_REFERENCES = 3


def guess_kind(text: str, blocks: Sequence[Block]) -> str:
    """The kind: "abstract" if there is little more than one, "paper" if it cites as papers do, else "policy"."""
    count = {kind: sum(1 for block in blocks if block.kind is kind) for kind in BlockKind}
    body = sum(b.end - b.start for b in blocks if b.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM})
    facts = count[BlockKind.AUTHOR] + count[BlockKind.KEYWORDS]
    if len(text) < MAX_ABSTRACT_CHARS and facts and not count[BlockKind.HEADING] and body < 600:
        return "abstract"
    citations = len(_CITATION.findall(text))
    if count[BlockKind.REFERENCE] >= MIN_REFERENCES and (citations >= MIN_CITATIONS or count[BlockKind.ABSTRACT]):
        return "paper"
    if count[BlockKind.ABSTRACT] and count[BlockKind.AUTHOR] and count[BlockKind.HEADING] > 1:
        return "paper"
    return "paper" if citations >= 2 * MIN_CITATIONS and not count[BlockKind.ITEM] > citations else "policy"
