from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is needed in training only")
transformers = pytest.importorskip("transformers", reason="transformers is needed in training only")
from kg.annotate.train import teacher as teaching  # noqa: E402
from kg.annotate.train.teach import compute_teacher_scores, find_sure  # noqa: E402
from kg.annotate.train.treebank import Tree  # noqa: E402

TREES = [
    Tree(
        "d",
        "ewt",
        (subject, verb, "data", "."),
        (True, True, False, True),
        ("NOUN", "VERB", "NOUN", "PUNCT"),
        ("NNS", "VBP", "NNS", "."),
        ("_",) * 4,
        (1, 1, 1, 1),
        ("nsubj", "ROOT", "obj", "punct"),
    )
    for subject in ("cities", "agencies")
    for verb in ("share", "keep")
]


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "cities", "agencies", "share", "keep", "da", "##ta", "."]
    (tmp_path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=3, num_attention_heads=2, intermediate_size=16
    )
    transformers.BertModel(config).save_pretrained(tmp_path)
    transformers.BertTokenizerFast(vocab_file=str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    return tmp_path


def test_teacher_learns_a_few_sentences_by_heart(encoder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teaching, "augment", lambda tree, random: tree)
    monkeypatch.setattr(teaching, "HEAD_RATE", 0.05)
    monkeypatch.setattr(teaching, "WARM_UP_STEPS", 5)
    teacher = teaching.train_teacher(TREES, encoder, epochs=60)
    assert compute_teacher_scores(teacher, TREES) == {"uas": 1.0, "las": 1.0, "upos": 1.0}
    blank = [replace(tree, upos=("_",) * 4, heads=(0, 1, 2, 3), deps=("_",) * 4) for tree in TREES]
    assert {tree.heads for tree in find_sure(teacher, blank)} <= {(1, 1, 1, 1)}


@pytest.mark.parametrize(
    ("heads", "expected"),
    [((1, 1, 1), True), ((0, 0, 1), True), ((0, 1, 1), False), ((1, 0, 2), False), ((1, 2, 0), False), ((), False)],
)
def test_tree_has_one_root_and_no_circle(heads: tuple[int, ...], expected: bool) -> None:
    assert teaching.is_tree(heads) is expected
