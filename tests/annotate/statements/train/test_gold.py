from pathlib import Path

from kg.annotate.sentences import hash_sentence
from kg.annotate.statements.train.gold import (
    FOLDS,
    WRITTEN,
    GoldDocument,
    compute_folds,
    compute_targets,
    read_gold,
    read_later,
    read_texts,
)


def test_documents_are_read_in_order_with_quotes_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text(
        'doc\tsid\tlabel\tphrase\ttext\na\t1\tD\tx\tA "bad thing.\na\t2\tN\t\tB\nb\t1\tB\t\tC\n', encoding="utf-8"
    )
    assert read_gold(path) == [GoldDocument("a", ('A "bad thing.', "B"), ("D", "N")), GoldDocument("b", ("C",), ("B",))]


def test_texts_are_read_a_line_each(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id": 7, "sentences": ["A.", "B."]}\n\n', encoding="utf-8")
    assert read_texts(path) == [("7", ("A.", "B."))]


def test_parts_of_a_document_share_a_fold_and_folds_are_of_like_size() -> None:
    documents = [GoldDocument(f"d{i}{part}", ("x",) * 10, ("N",) * 10) for i in range(20) for part in ("", "#2")]
    folds = compute_folds(documents)
    assert folds[::2] == folds[1::2]
    assert sorted(folds.count(fold) for fold in range(FOLDS)) == [8] * FOLDS


def test_both_counts_as_dilemma_and_as_remedy() -> None:
    document = GoldDocument("d", tuple("abcd"), tuple("DRBN"))
    assert compute_targets([document]).tolist() == [[True, False], [False, True], [True, True], [False, False]]


def test_the_written_documents_state_dilemmas_remedies_and_much_besides() -> None:
    documents = read_gold(WRITTEN)
    labels = [label for document in documents for label in document.labels]
    assert len({document.name for document in documents}) == len(documents) > 50
    assert set(labels) == set("DRBN")
    assert min(labels.count(label) for label in "DRN") > 700
    assert all(text.strip() for document in documents for text in document.sentences)


def test_later_labels_name_sentences_by_their_hashes() -> None:
    later = read_later()
    assert len(later) > 2000
    assert set(later.values()) == set("DRBN")
    assert {len(name) for name in later} == {len(hash_sentence("Open data."))}
