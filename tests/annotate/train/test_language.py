import json
from pathlib import Path

import pytest

from kg.annotate import annotate, load_language
from kg.annotate.train import corpus, treebank
from kg.annotate.train import language as training
from kg.annotate.train import measure as measuring
from kg.annotate.train.corpus import make_reader
from kg.annotate.train.treebank import Tree
from kg.model import Block, BlockKind, Document

SUBJECTS = ("Agencies", "Cities", "Offices", "Portals")
SMALL = {
    "training.max_steps": 6,
    "training.eval_frequency": 3,
    "components.tok2vec.model.encode.width": 16,
    "components.tok2vec.model.encode.depth": 1,
    "components.tok2vec.model.embed.rows": [100, 50, 50, 50],
    "components.parser.model.hidden_width": 8,
    "components.parser.min_action_freq": 1,
}


def make_trees() -> list[Tree]:
    return [
        Tree(
            "GUM_academic_x",
            "academic",
            (subject, verb, "data", "."),
            (True, True, False, True),
            ("NOUN", "VERB", "NOUN", "PUNCT"),
            ("NNS", "VBP", "NNS", "."),
            (subject.lower(), verb, "data", "."),
            (1, 1, 1, 1),
            ("nsubj", "ROOT", "obj", "punct"),
        )
        for subject in SUBJECTS
        for verb in ("share", "keep", "lose")
    ]


@pytest.fixture
def treebanks(tmp_path: Path) -> Path:
    for files in (treebank.TRAIN_FILES, treebank.DEV_FILES, treebank.TEST_FILES):
        for name in files:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            treebank.write_trees(tmp_path / name, make_trees())
    return tmp_path


def test_reader_gives_each_sentence_once_a_pass_and_as_many_silver_ones(treebanks: Path) -> None:
    silver = treebanks / "silver.conllu.xz"
    treebank.write_trees(silver, make_trees() * 10)
    nlp = load_language("blank")
    plain = [len(list(example.reference.sents)) for example in make_reader(str(treebanks), "train")(nlp)]
    mixed = [len(list(e.reference.sents)) for e in make_reader(str(treebanks), "train", silver=str(silver))(nlp)]
    assert (sum(plain), sum(mixed)) == (24, 48)
    assert max(mixed) == corpus.ROW_LENGTH


@pytest.mark.slow
def test_pipeline_is_trained_written_measured_and_used(treebanks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "ACADEMIC_GENRES", {"ewt"})
    output = treebanks / "model"
    training.train_language(treebanks, output, work=treebanks / "work", overrides=SMALL)
    assert sorted(json.loads((output / "metrics.json").read_text())["test"]) == ["EWT", "GUM", "GUM academic"]
    assert str(treebanks) not in (output / "config.cfg").read_text()
    text = "Cities share data."
    document = Document("d", "d.txt", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    nlp = load_language(str(output))
    assert nlp.pipe_names == ["tok2vec", "tagger", "parser", "kg_lemmas"]
    assert annotate(document, (), nlp=nlp).doc.has_annotation("DEP")
