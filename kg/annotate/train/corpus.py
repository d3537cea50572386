"""Treebank sentences as spaCy examples: several in a row, with the sentence starts given as in real use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from spacy import util
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from kg.annotate.train.augment import augment
from kg.annotate.train.treebank import DEV_FILES, TEST_FILES, TRAIN_FILES, Tree, read_trees

SPLITS = {"train": TRAIN_FILES, "dev": DEV_FILES, "test": TEST_FILES}
#: Joint tags seen less often in training are not learnt; the word then gets the most frequent tag of its UPOS.
MIN_TAG_COUNT = 20
#: Sentences in a row that make one training document.
ROW_LENGTH = 6


def join_tag(upos: str, xpos: str) -> str:
    """The one label under which the tagger learns both tag sets."""
    return f"{upos}|{xpos}"


def make_reference(nlp: Language, trees: Iterable[Tree]) -> Doc:
    """A gold document of these sentences, with the treebank's own tokens."""
    rows = [
        (word, space or i == len(tree.words) - 1, join_tag(upos, xpos), lemma, head, dep, i == 0)
        for tree in trees
        for i, (word, space, upos, xpos, lemma, head, dep) in enumerate(
            zip(tree.words, tree.spaces, tree.upos, tree.xpos, tree.lemmas, tree.heads, tree.deps, strict=True)
        )
    ]
    offset, heads = 0, []
    for i, row in enumerate(rows):
        offset = i if row[6] else offset
        heads.append(row[4] + offset)
    return Doc(
        nlp.vocab,
        words=[row[0] for row in rows],
        spaces=[row[1] for row in rows],
        tags=[row[2] for row in rows],
        pos=[row[2].partition("|")[0] for row in rows],
        lemmas=[row[3] for row in rows],
        heads=heads,
        deps=[row[5] for row in rows],
    )


def make_example(nlp: Language, trees: Iterable[Tree]) -> Example:
    """What the pipeline sees (its own tokens, sentence starts given) beside what the treebank says."""
    reference = make_reference(nlp, trees)
    predicted = nlp.make_doc(reference.text)
    gold_starts = {token.idx for token in reference if token.is_sent_start}
    for token in predicted:
        token.is_sent_start = token.idx in gold_starts
    return Example(predicted, reference)


def merge_rare_tags(trees: list[Tree]) -> list[Tree]:
    """The trees with joint tags seen fewer than MIN_TAG_COUNT times replaced by the commonest of their UPOS."""
    counts: dict[tuple[str, str], int] = {}
    for tree in trees:
        for pair in zip(tree.upos, tree.xpos, strict=True):
            counts[pair] = counts.get(pair, 0) + 1
    best: dict[str, str] = {}
    for (upos, xpos), _ in sorted(counts.items(), key=lambda item: item[1]):
        best[upos] = xpos
    return [
        replace(
            tree,
            xpos=tuple(
                xpos if counts[upos, xpos] >= MIN_TAG_COUNT else best[upos]
                for upos, xpos in zip(tree.upos, tree.xpos, strict=True)
            ),
        )
        for tree in trees
    ]


@util.registry.readers("kg.Treebanks.v1")  # type: ignore[untyped-decorator]
def make_reader(folder: str, split: str, seed: int = 0, silver: str = "") -> Callable[[Language], Iterator[Example]]:
    """A corpus reader for spaCy's training loop; training sentences are drawn anew and changed at each pass.

    folder: holds ud-english-ewt and ud-english-gum; split: "train", "dev" or "test".
    silver: file of sentences labelled by the teacher; as many of them as gold ones are drawn for each pass.
    """
    random = Random(seed)  # noqa: S311 (no secret: the same seed gives the same model)
    trees = read_trees(Path(folder), SPLITS[split])
    gold = _make_rows(merge_rare_tags(trees) if split == "train" else trees)
    extra = _make_rows(read_trees(Path(silver), ("",))) if silver else []

    def read(nlp: Language) -> Iterator[Example]:
        rows = gold + random.sample(extra, min(len(gold), len(extra)))
        if split == "train":
            random.shuffle(rows)
        for row in rows:
            changed = [augment(tree, random) for tree in row] if split == "train" else row
            yield make_example(nlp, changed)

    return read


def _make_rows(trees: list[Tree]) -> list[list[Tree]]:
    return [trees[i : i + ROW_LENGTH] for i in range(0, len(trees), ROW_LENGTH)]
