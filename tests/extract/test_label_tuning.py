"""Tuning an encoder to tell which candidate is the best label."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate.statements.encoder import read_tuned
from kg.annotate.statements.train.pack import write_deltas
from kg.annotate.statements.wordpiece import load_wordpiece
from kg.extract.labels import network
from kg.extract.labels.chains import Steps, compute_steps, find_chains, score_chain
from kg.extract.labels.examples import Example
from kg.extract.labels.frame import Frame
from kg.extract.labels.heads import compute_worths
from kg.extract.labels.judgements import Judgement
from kg.extract.labels.opinions import Opinion
from kg.extract.labels.tuned import compute_hidden_pieces, find_places

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

#: The best label is all of it without its article.
WORDS = ["the", "trust", "data", "is", "unable", "."]
RIGHT = ((3, 8), (8, 12), (12, 14), (14, 20))
JUDGEMENT = Judgement("x", "dilemma", RIGHT, right=(RIGHT,), wrong=(RIGHT[1:],))


@pytest.fixture
def example() -> Example:
    pos, deps = ["DET", "NOUN", "NOUN", "AUX", "ADJ", "PUNCT"], ["det", "amod", "nsubj", "cop", "root", "punct"]
    spaces = [True, True, True, True, False, False]
    doc = Doc(
        spacy.blank("en").vocab, words=WORDS, spaces=spaces, pos=pos, heads=[2, 2, 4, 4, 4, 4], deps=deps, lemmas=WORDS
    )
    return Example("a", doc.text, Frame(list(doc), "dilemma"), tuple(doc), judgement=JUDGEMENT)


def test_a_judged_sentence_teaches_which_candidate_is_right(example: Example, make_encoder: Callable[[], Path]) -> None:
    from kg.extract.labels.train_tuned import make_row

    row = make_row(example, load_wordpiece(make_encoder()))
    lesson = row.lesson
    assert (lesson.column, lesson.judged) == (0, True)
    assert lesson.held.tolist() == [0, 1, 1, 1, 1, 0]
    assert lesson.counts.tolist() == [1, 1, 1, 1, 1, 0]
    # [CLS] the trust data is un ##able . [SEP]
    assert row.tokens[4].tolist() == [0, 0, 0, 0, 0, 0.5, 0.5, 0, 0]
    best = int(lesson.target.argmax())
    assert lesson.choices[best].tolist() == [0, 1, 1, 1, 1, 0]
    assert (lesson.chains.first[best].item(), lesson.chains.last[best].item()) == (1, 4)
    assert (lesson.right.one.tolist(), lesson.right.other.tolist()) == ([1, 2, 3], [2, 3, 4])
    assert lesson.right_shares.tolist() == [1.0]
    assert lesson.counted.tolist() == [0, 1, 1, 1, 1, 0]
    assert lesson.target.sum().item() == pytest.approx(1.0)


def test_the_best_label_counts_as_much_as_all_others_that_are_right(example: Example) -> None:
    from kg.extract.labels.lessons import make_lesson

    shorter, shortest = RIGHT[1:], RIGHT[2:]
    lesson = make_lesson(replace(example, judgement=replace(JUDGEMENT, right=(shorter, shortest), wrong=())))
    assert lesson.right_shares.tolist() == [0.5, 0.25, 0.25]


def test_a_phrase_teaches_only_which_words_stand_in_it(example: Example) -> None:
    from kg.extract.labels.lessons import make_lesson

    lesson = make_lesson(replace(example, judgement=None, phrase="unable data"))
    assert (lesson.judged, len(lesson.target), lesson.held.tolist()) == (False, 0, [0, 0, 1, 0, 1, 0])


@pytest.mark.filterwarnings("ignore")
def test_tuned_deltas_make_numpy_choose_as_torch_does(
    example: Example, make_encoder: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.annotate.statements.train.tuning import compute_frozen
    from kg.extract.labels import lessons, train_tuned

    monkeypatch.setattr(train_tuned, "_ENCODER_RATE", 2e-3)
    monkeypatch.setattr(lessons, "_CHAIN_SHARE", 3.0)
    folder = make_encoder()
    encoder = transformers.AutoModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False)
    before = {name: p.detach().numpy().copy() for name, p in encoder.eval().named_parameters()}
    row = train_tuned.make_row(example, load_wordpiece(folder))
    model = train_tuned.tune(encoder, [row] * 8, epochs=30)
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    write_deltas(folder / "deltas.npz", train_tuned.find_deltas(model, before), sha256, rank=16, layers=2)
    tuned = read_tuned(folder, folder / "deltas.npz")
    (hidden,) = compute_hidden_pieces(tuned, [example.text])
    places = find_places(tuned.tokenizer, example.text, [(t.idx, t.text) for t in example.tokens])
    rows = np.stack([hidden[first:last].mean(axis=0) for first, last in places])
    lesson = row.lesson
    choices = [tuple(np.flatnonzero(choice).tolist()) for choice in lesson.choices.numpy()]
    worths = compute_worths(tuned.heads, rows, choices, lesson.column)
    steps = compute_steps(tuned.heads, rows, [bool(one) for one in lesson.counted], lesson.column)
    assert (1, 2, 3, 4) in find_chains(steps, example.frame.numbers)[:3]
    assert len(choices) > 1
    assert choices[int(worths.argmax())] == (1, 2, 3, 4)
    with torch.no_grad():
        states = model.see([compute_frozen(encoder, list(row.pieces))])[0]
        expected, _ = model.compute_worths(row.tokens @ states, lesson)
        likely = model.compute_steps(row.tokens @ states, lesson)
    np.testing.assert_allclose(worths - worths.mean(), (expected - expected.mean()).numpy(), atol=0.5)
    for ours, theirs in zip((steps.first, steps.following, steps.last), likely, strict=True):
        np.testing.assert_allclose(np.exp(ours), np.exp(theirs.numpy()), atol=0.1)


def test_the_network_sees_in_numpy_what_it_sees_in_torch(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.extract.labels import train_network
    from kg.extract.labels.lessons import make_lesson

    both = (example, replace(example, frame=Frame(list(example.tokens), "r")))
    rows = [train_network.make_row(one.frame, make_lesson(one)) for one in both]
    model = train_network.fit(rows * 8, epochs=3)
    train_network.write_network(tmp_path / "network.npz", model)
    monkeypatch.setattr(network, "NETWORK", tmp_path / "network.npz")
    network.load_weights.cache_clear()
    try:
        for kind, row in zip(("dilemma", "remedy"), rows, strict=True):
            seen = network.read_sentence(Frame(list(example.tokens), kind))
            with torch.no_grad():
                np.testing.assert_allclose(seen.rows, model.see(row).numpy(), atol=0.02)
    finally:
        network.load_weights.cache_clear()


def test_the_network_learns_which_label_is_right(example: Example) -> None:
    from kg.extract.labels import train_network
    from kg.extract.labels.lessons import make_lesson

    row = train_network.make_row(example.frame, make_lesson(example))
    model = train_network.fit([row] * 16, epochs=10)
    with torch.no_grad():
        worths, _ = model.compute_worths(model.see(row), row.lesson)
    assert row.lesson.choices[int(worths.argmax())].tolist() == [0, 1, 1, 1, 1, 0]


def test_what_an_encoder_thinks_teaches_words_chains_and_choices(example: Example) -> None:
    from kg.extract.labels.lessons import make_taught_lesson

    choices = ((1, 2), (0, 1, 2, 3, 4), (3, 4))
    opinion = Opinion(example.frame, choices, (np.log(0.6), np.log(0.3), np.log(0.1)))
    lesson = make_taught_lesson(opinion)
    assert (lesson.column, lesson.judged) == (0, True)
    np.testing.assert_allclose(lesson.target, [0.6, 0.3, 0.1], atol=1e-6)
    np.testing.assert_allclose(lesson.held, [0.3, 0.9, 0.9, 0.4, 0.4, 0], atol=1e-6)
    # The article and "." are no words of their own: "trust data", "trust data is unable" and "is unable" are taught.
    assert (lesson.right.first.tolist(), lesson.right.last.tolist()) == ([1, 1, 3], [2, 4, 4])
    np.testing.assert_allclose(lesson.right_shares, [0.6, 0.3, 0.1], atol=1e-6)
    assert lesson.choices.sum(1).tolist() == [2, 5, 2]


def test_the_network_learns_what_an_encoder_thinks(example: Example, tmp_path: Path) -> None:
    from kg.extract.labels import train_network
    from kg.extract.labels.lessons import make_taught_lesson

    opinion = Opinion(example.frame, ((1, 2), (3, 4)), (0.0, 4.0))
    row = train_network.make_row(example.frame, make_taught_lesson(opinion))
    model = train_network.fit([row] * 16, epochs=10)
    with torch.no_grad():
        worths, _ = model.compute_worths(model.see(row), row.lesson)
    assert worths[1] > worths[0]
    train_network.train([], [opinion], tmp_path / "network.npz", epochs=1)
    assert (tmp_path / "network.npz").is_file()


def test_training_goes_on_from_a_network_whose_pieces_knew_less(example: Example, tmp_path: Path) -> None:
    from kg.extract.labels import train_network
    from kg.extract.labels.lessons import make_lesson

    row = train_network.make_row(example.frame, make_lesson(example))
    known = train_network.fit([row], epochs=1)
    train_network.write_network(tmp_path / "known.npz", known)
    with np.load(tmp_path / "known.npz") as archive:
        arrays = {name: archive[name] for name in archive}
    arrays["pieces.weight"] = arrays["pieces.weight"][:, :-7]
    np.savez(tmp_path / "before.npz", **arrays)
    begun = train_network.NetworkLabels(row.words.shape[1])
    train_network.begin_with(begun, tmp_path / "before.npz")
    weights = begun.pieces.weight.detach()
    assert not weights[:, -7:].any()
    np.testing.assert_allclose(weights[:, :-7], known.pieces.weight.detach()[:, :-7], atol=1e-3)
    words = row.words.clone()
    words[:, -7:] = 0
    with torch.no_grad():
        seen = [one.eval().see(replace(row, words=words)) for one in (known, begun)]
    np.testing.assert_allclose(*seen, atol=0.02)
    untaught = train_network.fit([row], before=tmp_path / "before.npz", epochs=0)
    assert torch.equal(untaught.pieces.weight, begun.pieces.weight)
    assert train_network.fit([row], before=tmp_path / "before.npz", epochs=1).pieces.weight[:, -7:].any()


def test_dilemmas_count_by_their_share(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.extract.labels import train_network
    from kg.extract.labels.lessons import make_lesson

    other = replace(example, judgement=replace(JUDGEMENT, best=RIGHT[:2], right=(RIGHT[:2],), wrong=(RIGHT,)))

    def learn(kind: str) -> list[torch.Tensor]:
        told = (replace(one, frame=Frame(list(example.tokens), kind)) for one in (example, other))
        rows = [train_network.make_row(one.frame, make_lesson(one)) for one in told]
        return [train_network.fit([row] * 8, epochs=1).pieces.weight for row in rows]

    monkeypatch.setattr(train_network, "DILEMMAS_COUNT", 0.0)
    assert torch.equal(*learn("dilemma"))
    assert not torch.equal(*learn("remedy"))


def test_labels_that_were_judged_are_among_the_candidates(example: Example) -> None:
    from kg.extract.labels.lessons import make_lesson

    # "trust data unable" is no candidate of the parse.
    odd = ((3, 8), (8, 12), (14, 20))
    lessons = [make_lesson(replace(example, judgement=one)) for one in (JUDGEMENT, replace(JUDGEMENT, wrong=(odd,)))]
    found = [[tuple(np.flatnonzero(choice).tolist()) for choice in lesson.choices.numpy()] for lesson in lessons]
    assert [(1, 2, 4) in choices for choices in found] == [False, True]


def test_all_chains_are_scored_as_one_by_one() -> None:
    from kg.extract.labels.lessons import index_chains, score_chains

    chance = np.random.default_rng(3)
    steps = (chance.normal(size=5), chance.normal(size=(5, 5)), chance.normal(size=5))
    chains = [(0, 2, 3), (1, 4), (2,)]
    found = score_chains(tuple(torch.tensor(s, dtype=torch.float32) for s in steps), index_chains(chains))
    expected = [score_chain(Steps(*(s.astype(np.float32) for s in steps)), chain) for chain in chains]
    np.testing.assert_allclose(found.numpy(), expected, atol=1e-5)


@pytest.mark.filterwarnings("ignore")
def test_a_tuned_crossencoder_says_in_numpy_what_it_says_in_torch(
    make_encoder: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.annotate.statements.train.tuning import compute_frozen
    from kg.extract.labels import train_crossencoder
    from kg.extract.labels.crossencoder import Lesson, Marked, compute_odds, mark_pieces

    monkeypatch.setattr(train_crossencoder, "_ENCODER_RATE", 2e-3)
    monkeypatch.setattr(train_crossencoder, "_HEAD_RATE", 2e-2)
    monkeypatch.setattr(train_crossencoder, "RANK", 16)
    folder, text = make_encoder(), "Trust the open data."
    right, wrong, other = (
        Marked(text, "remedy", ((0, 19),)),
        Marked(text, "remedy", ((6, 14),)),
        Marked(text, "dilemma", ()),
    )
    taught = [Lesson(one, target) for one, target in ((right, 1.0), (wrong, 0.0), (other, 0.0))]
    model = train_crossencoder.train([taught * 8] * 60, folder, folder / "deltas.npz")
    tuned = read_tuned(folder, folder / "deltas.npz")
    odds = compute_odds(tuned, [right, wrong, other])
    assert odds[0] > 1 > -1 > max(odds[1:])
    encoder = transformers.AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    rows = [mark_pieces(tuned.tokenizer, one) for one in (right, wrong, other)]
    with torch.no_grad():
        expected = model([compute_frozen(encoder, list(row.pieces)) for row in rows], rows, [1, 1, 0])
    np.testing.assert_allclose(odds, expected.numpy(), atol=0.5)


@pytest.mark.filterwarnings("ignore")
def test_what_counts_nothing_teaches_nothing(make_encoder: Callable[[], Path]) -> None:
    from kg.extract.labels import train_crossencoder
    from kg.extract.labels.crossencoder import Lesson, Marked, compute_odds

    folder, one = make_encoder(), Marked("Trust the data.", "remedy", ((0, 5),))
    found = []
    for wanted in (0.0, 1.0):
        lessons = [[Lesson(one, 1.0), Lesson(one, wanted, counts=0.0)] * 4]
        train_crossencoder.train(lessons, folder, folder / "deltas.npz")
        found.append(compute_odds(read_tuned(folder, folder / "deltas.npz"), [one]))
    assert found[0] == found[1]


def test_the_encoder_begins_with_what_judging_statements_taught_it(make_encoder: Callable[[], Path]) -> None:
    from kg.annotate.statements.encoder import DELTAS_NAME
    from kg.extract.labels.train_crossencoder import begin_as_judge

    folder = make_encoder()
    encoder = transformers.AutoModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False)
    name = "encoder.layer.1.output.dense.bias"
    before = dict(encoder.named_parameters())[name].detach().numpy().copy()
    begin_as_judge(encoder, folder)
    np.testing.assert_array_equal(dict(encoder.named_parameters())[name].detach().numpy(), before)
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    changed = {name: np.ones_like(before), "head.weight": np.zeros((2, 32)), "head.bias": np.zeros(2)}
    write_deltas(folder / DELTAS_NAME, changed, sha256)
    begin_as_judge(encoder, folder)
    np.testing.assert_allclose(dict(encoder.named_parameters())[name].detach().numpy(), before + 1, atol=1e-6)
