from pathlib import Path

import pytest

from kg.annotate import load_language
from kg.annotate.lemmas import Lemmas


@pytest.fixture(scope="module")
def lemmas() -> Lemmas:
    component = load_language().get_pipe("kg_lemmas")
    assert isinstance(component, Lemmas)
    return component


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("Policies", "NNS", "policy"),
        ("children", "NNS", "child"),
        ("improving", "VBG", "improve"),
        ("planned", "VBN", "plan"),
        ("underwent", "VBD", "undergo"),
        ("is", "VBZ", "be"),
        ("weaker", "JJR", "weak"),
        ("China", "NNP", "China"),
        ("1,200", "CD", "1200"),
        ("n’t", "RB", "not"),
        ("digitalises", "VBZ", "digitalise"),
    ],
)
def test_lemma_of_a_word_under_its_tag(lemmas: Lemmas, word: str, tag: str, lemma: str) -> None:
    assert lemmas.find_lemma(word, tag) == lemma


def test_joint_tag_is_parted() -> None:
    nlp = load_language("blank")
    doc = nlp.make_doc("Silos grow")
    component = Lemmas(nlp)
    component.endings = {"NNS": {"s": (1, "")}}
    doc[0].tag_, doc[1].tag_ = "NOUN|NNS", "VERB|VBP"
    component(doc)
    assert [(token.tag_, token.pos_, token.lemma_) for token in doc] == [
        ("NNS", "NOUN", "silo"),
        ("VBP", "VERB", "grow"),
    ]


def test_tables_survive_the_disk(tmp_path: Path) -> None:
    nlp = load_language("blank")
    component = Lemmas(nlp)
    component.irregular, component.endings = {"NNS": {"mice": "mouse"}}, {"NNS": {"ies": (3, "y")}}
    component.to_disk(tmp_path)
    again = Lemmas(nlp).from_disk(tmp_path)
    assert (again.irregular, again.endings) == (component.irregular, component.endings)
