import numpy as np
import pytest

from kg.annotate.statements.features import find_features
from kg.annotate.statements.network import Network, compute_network_scores
from kg.annotate.statements.train.gold import LabelledText
from kg.annotate.statements.wordpiece import WordPiece

torch = pytest.importorskip("torch")
PIECES = ["[UNK]", "trust", "is", "low", ".", "open", "the", "data"]
TOKENIZER = WordPiece({piece: i for i, piece in enumerate(PIECES)})
SENTENCES = ("Trust", "trust is low.", "", "open the data.", "is the data open . . .")


def test_numpy_gives_what_the_trained_network_gives() -> None:
    from kg.annotate.statements.train.network import StudentNetwork, make_run, train_network

    targets = np.array([[0, 0], [1, 0], [0, 0], [0, 1], [0, 0]], np.float32)
    run = make_run(TOKENIZER, LabelledText("t", SENTENCES, targets))
    vectors = np.random.default_rng(0).normal(size=(len(PIECES), 6)).astype(np.float32)
    student = train_network(StudentNetwork(vectors, 0), [run], epochs=30)
    with torch.no_grad():
        theirs = student([run]).numpy()
    network = Network(TOKENIZER, {name: tensor.numpy() for name, tensor in student.state_dict().items()})
    ours = compute_network_scores(network, SENTENCES, list(find_features(SENTENCES)))
    np.testing.assert_allclose(ours, theirs, atol=1e-4)
    assert (ours > 0).tolist() == (targets > 0).tolist()


def test_many_sentences_are_read_block_by_block_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.annotate.statements.train.network import StudentNetwork

    vectors = np.random.default_rng(1).normal(size=(len(PIECES), 6)).astype(np.float32)
    student = StudentNetwork(vectors, 0).eval()
    network = Network(TOKENIZER, {name: tensor.numpy() for name, tensor in student.state_dict().items()})
    features = list(find_features(SENTENCES))
    at_once = compute_network_scores(network, SENTENCES, features)
    monkeypatch.setattr("kg.annotate.statements.network._BLOCK_SENTENCES", 2)
    np.testing.assert_allclose(compute_network_scores(network, SENTENCES, features), at_once, atol=1e-5)


def test_network_learns_to_see_and_leaves_frozen_pieces_as_they_are() -> None:
    from kg.annotate.statements.train.network import StudentNetwork, make_run, train_network

    chance = np.random.default_rng(2)
    seen = chance.normal(size=(len(SENTENCES), 3)).astype(np.float32)
    targets = np.array([[0, 0], [1, 0], [0, 0], [0, 1], [0, 0]], np.float32)
    run = make_run(TOKENIZER, LabelledText("t", SENTENCES, targets, seen))
    vectors = chance.normal(size=(len(PIECES), 6)).astype(np.float32)
    torch.manual_seed(0)
    student = StudentNetwork(vectors, 0, directions=3, frozen=True).eval()
    before = float(student.compute_loss([run]).detach())
    after = float(train_network(student, [run], epochs=60).compute_loss([run]).detach())
    assert after < before / 2
    np.testing.assert_array_equal(student.emb.weight.detach().numpy(), vectors)


def test_a_cut_of_a_run_keeps_what_is_seen_beside_its_sentences() -> None:
    from kg.annotate.statements.train.network import make_run

    seen = np.arange(10, dtype=np.float32).reshape(5, 2)
    run = make_run(TOKENIZER, LabelledText("t", SENTENCES, np.zeros((5, 2), np.float32), seen))
    assert run.cut(1, 3).seen.tolist() == [[2.0, 3.0], [4.0, 5.0]]
    assert make_run(TOKENIZER, LabelledText("t", SENTENCES, np.zeros((5, 2), np.float32))).seen.shape == (5, 0)
