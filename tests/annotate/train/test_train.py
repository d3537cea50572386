import lzma
from pathlib import Path
from random import Random

import pytest

from kg.annotate import load_language
from kg.annotate.lemmas import Lemmas
from kg.annotate.train.augment import augment
from kg.annotate.train.corpus import make_example, make_reference
from kg.annotate.train.lemmas import learn_lemmas
from kg.annotate.train.measure import compute_f1, compute_sentence_scores, compute_tree_scores, make_document
from kg.annotate.train.treebank import Tree, read_trees

CONLLU = """# newdoc id = GUM_academic_x
# newpar
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\tshare\tshare\tVERB\tVB\t_\t0\troot\t_\t_
4\tsilos\tsilo\tNOUN\tNNS\t_\t3\tobj\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newdoc id = GUM_whow_y
1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_

"""


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    with lzma.open(tmp_path / "x.xz", "wt", encoding="utf-8") as file:
        file.write(CONLLU)
    (tree,) = read_trees(tmp_path, ("x.xz",))
    return tree


def test_treebank_is_read_without_its_closed_genres(tree: Tree) -> None:
    assert tree == Tree(
        document="GUM_academic_x",
        genre="academic",
        words=("Do", "n't", "share", "silos", "."),
        spaces=(False, True, True, False, True),
        upos=("AUX", "PART", "VERB", "NOUN", "PUNCT"),
        xpos=("VB", "RB", "VB", "NNS", "."),
        lemmas=("do", "not", "share", "silo", "."),
        heads=(2, 2, 2, 2, 2),
        deps=("aux", "advmod", "ROOT", "obj", "punct"),
        paragraph=True,
    )
    assert tree.text == "Don't share silos."


def test_reference_holds_the_trees_in_a_row(tree: Tree) -> None:
    doc = make_reference(load_language("blank"), [tree, tree])
    assert doc.text.strip() == "Don't share silos. Don't share silos."
    assert [token.head.i for token in doc] == [2, 2, 2, 2, 2, 7, 7, 7, 7, 7]
    assert doc[3].tag_ == "NOUN|NNS"


def test_pipeline_is_told_where_sentences_start(tree: Tree) -> None:
    predicted = make_example(load_language("blank"), [tree, tree]).predicted
    assert [token.i for token in predicted if token.is_sent_start] == [0, 5]


def test_changed_tree_keeps_its_relations(tree: Tree) -> None:
    random = Random(1)
    changed = [augment(tree, random) for _ in range(200)]
    assert {len(each.words) for each in changed} == {4, 5}
    assert all(each.heads == tree.heads[: len(each.words)] for each in changed)
    assert {each.words[0] for each in changed} == {"Do", "do", "DO"}
    assert any("’" in each.words[1] for each in changed)


def test_lemmas_are_learnt_as_endings_and_irregular_forms(tree: Tree) -> None:
    component = Lemmas(load_language("blank"))
    words = [("cities", "city"), ("policies", "policy"), ("parties", "party"), ("mice", "mouse"), ("laws", "law")]
    trees = [Tree("d", "ewt", (w,), (True,), ("NOUN",), ("NNS",), (lemma,), (0,), ("ROOT",)) for w, lemma in words]
    learn_lemmas(component, [*trees, tree])
    found = [component.find_lemma(word, "NNS") for word in ("agencies", "mice", "silos")]
    assert found == ["agency", "mouse", "silo"]


def test_measures_of_a_text_against_itself(tree: Tree) -> None:
    assert compute_sentence_scores([tree]) == {"sentences": 1.0}
    scores = compute_tree_scores(load_language(), [tree])
    assert sorted(scores) == ["las", "lemma", "phrases", "uas", "upos", "words", "xpos"]
    assert scores["words"] == 1.0


def test_running_text_of_a_treebank_document(tree: Tree) -> None:
    document, places = make_document([tree, tree])
    assert document.text == "Don't share silos.\n\nDon't share silos."
    assert places == {(0, 18), (20, 38)}


def test_f1_of_counts() -> None:
    assert (compute_f1(2, 4, 4), compute_f1(0, 0, 0)) == (0.5, 0.0)
