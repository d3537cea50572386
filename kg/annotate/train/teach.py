"""From treebanks and a sentence encoder to a file of sentences of the domain with the teacher's trees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.annotate import load_language
from kg.annotate.train.corpus import merge_rare_tags
from kg.annotate.train.silver import MIN_LOG_PROBABILITY, make_plain_trees, read_texts
from kg.annotate.train.teacher import Teacher, label_trees, train_teacher
from kg.annotate.train.treebank import DEV_FILES, TRAIN_FILES, Tree, read_trees, write_trees


def write_silver(treebanks: Path, encoder: Path, output: Path) -> int:
    """Tune the encoder on the treebanks, label sentences of the domain, write the sure ones; gives their number."""
    teacher = train_teacher(merge_rare_tags(read_trees(treebanks, TRAIN_FILES)), encoder)
    for name in DEV_FILES:
        print(f"teacher on {name}: {compute_teacher_scores(teacher, read_trees(treebanks, (name,)))}")
    plain = list(make_plain_trees(read_texts(treebanks), load_language("blank")))
    return write_trees(output, find_sure(teacher, plain))


def find_sure(teacher: Teacher, plain: Sequence[Tree]) -> Iterator[Tree]:
    """The sentences labelled by the teacher, those it is sure of."""
    return (tree for tree, sure in label_trees(teacher, plain) if sure >= MIN_LOG_PROBABILITY)


def compute_teacher_scores(teacher: Teacher, trees: Sequence[Tree]) -> dict[str, float]:
    """Share of words with the right head, head and relation, and UPOS, given the treebank's own words."""
    by_words = {tree.words: tree for tree in trees}
    total = right_head = right_both = right_tag = 0
    for said, _ in label_trees(teacher, list(by_words.values()), only_trees=False):
        true = by_words[said.words]
        for i in range(len(true.words)):
            total += 1
            right_head += said.heads[i] == true.heads[i]
            right_both += said.heads[i] == true.heads[i] and said.deps[i] == true.deps[i]
            right_tag += said.upos[i] == true.upos[i]
    return {
        name: round(count / total, 4) for name, count in (("uas", right_head), ("las", right_both), ("upos", right_tag))
    }
