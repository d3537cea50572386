import gzip
import json
from pathlib import Path

import pytest

from kg.annotate import load_language
from kg.annotate.train.silver import ABSTRACTS, STATEMENTS, make_plain_trees, read_texts
from kg.annotate.train.treebank import Tree, read_trees, write_trees


def find_texts(*texts: str) -> list[str]:
    return [tree.text for tree in make_plain_trees(texts, load_language("blank"))]


def test_sentences_come_once_and_without_citations() -> None:
    text = "Silos (Lee, 2019) hinder data use. Silos hinder [3] data use. So we say."
    assert find_texts(text, text) == ["Silos hinder data use.", "So we say."]


@pytest.mark.parametrize("text", ["Too short.", "word " * 70, "Σιλό και δεδομένα στις πόλεις μας."])
def test_very_short_very_long_and_foreign_sentences_are_left_out(text: str) -> None:
    assert find_texts(text) == []


def test_texts_are_those_of_the_development_files(tmp_path: Path) -> None:
    treebanks = tmp_path / "benchmarks"
    for i, name in enumerate(ABSTRACTS):
        path = treebanks / f"{name}.jsonl.gz"
        path.parent.mkdir(parents=True)
        record = {"sentences": ["One.", "Two."]} if i == 0 else {"text": f"```Text {i}\n\nmore"}
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")
    statements = tmp_path / STATEMENTS
    statements.parent.mkdir()
    statements.write_text('doc\tsid\tlabel\tphrase\ttext\nd\t1\tN\t\tA "quoted text.\n', encoding="utf-8")
    texts = list(read_texts(treebanks))
    assert texts[:5] == ["One.", "Two.", "Text 1", "", "more"]
    assert texts[-1] == 'A "quoted text.'


def test_trees_are_written_and_read_again(tmp_path: Path) -> None:
    tree = Tree(
        document="silver",
        genre="ewt",
        words=("Silos", "grow", "."),
        spaces=(True, False, True),
        upos=("NOUN", "VERB", "PUNCT"),
        xpos=("NNS", "VBP", "."),
        lemmas=("silo", "grow", "."),
        heads=(1, 1, 1),
        deps=("nsubj", "ROOT", "punct"),
    )
    assert write_trees(tmp_path / "silver.conllu.xz", [tree, tree]) == 2
    first, second = read_trees(tmp_path, ("silver.conllu.xz",))
    assert (first.paragraph, second) == (True, tree)
