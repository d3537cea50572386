"""The measured quality on the shared test part, with floors a little below what was reached."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from kg.annotate.statements import find_label, score_sentences
from kg.annotate.statements.encoder import PACKAGE
from kg.annotate.statements.train.gold import GoldDocument, read_gold

TEST_PART = Path(__file__).parents[3] / "../shared/data/statements/test.tsv"


@pytest.fixture(scope="module")
def documents() -> list[GoldDocument]:
    if not TEST_PART.is_file():
        pytest.skip("the shared statement data are not beside the repository")
    return read_gold(TEST_PART)


def compute_f1(documents: list[GoldDocument], encoder: str) -> tuple[float, float]:
    said = [find_label(p) for d in documents for p in score_sentences(d.sentences, encoder=encoder)]
    gold = [label for d in documents for label in d.labels]
    f1 = []
    for letters in ("DB", "RB"):
        ours, theirs = (np.array([label in letters for label in labels]) for labels in (said, gold))
        f1.append(2 * float((ours & theirs).sum()) / float(ours.sum() + theirs.sum()))
    return f1[0], f1[1]


def test_default_level_holds_its_floor(documents: list[GoldDocument]) -> None:
    dilemma, remedy = compute_f1(documents, "none")
    assert dilemma >= 0.70
    assert remedy >= 0.74


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec(PACKAGE) is None, reason="no sentence encoder is installed")
def test_encoder_level_holds_its_floor(documents: list[GoldDocument]) -> None:
    dilemma, remedy = compute_f1(documents, "")
    assert dilemma >= 0.72
    assert remedy >= 0.77
