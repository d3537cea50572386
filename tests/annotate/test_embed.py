import numpy as np
import pytest
from spacy.tokens import Doc
from thinc.api import Model, fix_random_seed

from kg.annotate import embed, load_language
from kg.annotate.embed import KeptRows, Rows, build_word_embed

ATTRS, ROWS = ["NORM", "PREFIX", "SUFFIX", "SHAPE"], [50, 20, 30, 10]


def make_docs(*texts: str) -> list[Doc]:
    return [Doc(load_language("blank").vocab, words=text.split()) for text in texts]


@pytest.fixture
def model() -> Model[list[Doc], list[Rows]]:
    fix_random_seed(3)
    made = build_word_embed(16, ATTRS, ROWS)
    made.initialize(X=make_docs("some words to begin with"))
    return made


def test_kept_rows_are_the_bytes_that_are_computed_anew(model: Model[list[Doc], list[Rows]]) -> None:
    docs = make_docs("data silos hinder data use", "use of silos", "")
    model.predict(make_docs("use other words first"))
    kept = model.predict(docs)
    fresh = model.layers[0].predict(docs)
    assert [rows.shape for rows in kept] == [(5, 16), (3, 16), (0, 16)]
    assert all(np.array_equal(one, other) for one, other in zip(kept, fresh, strict=True))


def test_training_forgets_the_rows(model: Model[list[Doc], list[Rows]]) -> None:
    docs = make_docs("data silos")
    before = model.predict(docs)[0].copy()
    model.begin_update(docs)
    for name in model.layers[0].walk():
        for param in name.param_names:
            name.set_param(param, name.get_param(param) * 2)
    assert not np.array_equal(model.predict(docs)[0], before)


def test_words_kept_are_bounded(model: Model[list[Doc], list[Rows]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "MAX_KEPT_WORDS", 2)
    kept = KeptRows(16)
    assert kept.find_rows(make_docs("a b c"), model.layers[0])[0].shape == (3, 16)
    assert kept.find_rows(make_docs("c d"), model.layers[0])[0].shape == (2, 16)


def test_no_documents_give_no_rows(model: Model[list[Doc], list[Rows]]) -> None:
    assert model.predict([]) == []
