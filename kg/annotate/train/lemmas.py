"""Learns the lemmatizer's tables from the treebanks: endings by vote, what they miss as irregular forms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.annotate.lemmas import MAX_ENDING_CHARS, EndingRules, IrregularForms, Lemmas
from kg.annotate.train.irregular import find_irregular_verbs
from kg.annotate.train.treebank import Tree

#: An ending is a rule if it is right at least this often and seen in at least this many different words.
MIN_SHARE = 0.6
MIN_WORDS = 2
#: Tags whose words are not changed by endings: function words, numbers and signs come from the table alone.
_OPEN_TAGS = (
    "NN",
    "NNS",
    "NNP",
    "NNPS",
    "VB",
    "VBD",
    "VBG",
    "VBN",
    "VBP",
    "VBZ",
    "JJR",
    "JJS",
    "RBR",
    "RBS",
    "JJ",
    "RB",
)


def learn_lemmas(component: Lemmas, trees: Iterable[Tree]) -> None:
    """Fill the component's tables from sentences with lemmas."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for tree in trees:
        for word, tag, lemma in zip(tree.words, tree.xpos, tree.lemmas, strict=True):
            if lemma != "_" and tag != "GW":
                votes[word if tag.startswith("NNP") else word.lower().replace("’", "'"), tag][lemma] += 1
    best = {key: _pick(counts) for key, counts in votes.items()}
    component.endings = _learn_endings(best)
    component.irregular = find_irregular_verbs()
    for tag, forms in _find_irregular(component, best, votes).items():
        component.irregular.setdefault(tag, {}).update(forms)


def _pick(counts: Counter[str]) -> str:
    return max(sorted(counts), key=lambda lemma: counts[lemma])


def _compute_edit(word: str, lemma: str) -> tuple[int, str]:
    """How many characters to cut from the end of the word, and which to add, to get the lemma."""
    same = 0
    while same < min(len(word), len(lemma)) and word[same] == lemma[same]:
        same += 1
    return len(word) - same, lemma[same:]


def _learn_endings(best: dict[tuple[str, str], str]) -> EndingRules:
    counts: dict[str, dict[str, Counter[tuple[int, str]]]] = defaultdict(lambda: defaultdict(Counter))
    for (word, tag), lemma in best.items():
        if tag in _OPEN_TAGS:
            edit = _compute_edit(word, lemma)
            for length in range(max(edit[0], 0), min(MAX_ENDING_CHARS, len(word) - 1) + 1):
                counts[tag][word.lower()[len(word) - length :]][edit] += 1
    rules: EndingRules = {}
    for tag in sorted(counts):
        kept: dict[str, tuple[int, str]] = {}
        for ending in sorted(counts[tag], key=len):
            edits = counts[tag][ending]
            edit = max(sorted(edits), key=lambda each: edits[each])
            total = sum(edits.values())
            shorter = next((kept[ending[i:]] for i in range(1, len(ending) + 1) if ending[i:] in kept), (0, ""))
            if edit != shorter and total >= MIN_WORDS and edits[edit] >= MIN_SHARE * total:
                kept[ending] = edit
        rules[tag] = kept
    return rules


def _find_irregular(
    component: Lemmas, best: dict[tuple[str, str], str], votes: dict[tuple[str, str], Counter[str]]
) -> IrregularForms:
    """Words whose lemma the endings get wrong; a name seen once says nothing about its next use."""
    irregular: IrregularForms = {}
    for (word, tag), lemma in sorted(best.items()):
        seen = votes[word, tag].total()
        if component.find_lemma(word, tag) != lemma and (seen > 1 or not tag.startswith("NNP")):
            irregular.setdefault(tag, {})[word] = lemma
    return irregular
