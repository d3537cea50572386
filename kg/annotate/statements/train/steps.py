"""The five steps of the training, each from files to files in a work folder."""

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.annotate.sentences import hash_sentence
from kg.annotate.statements import load_pieces
from kg.annotate.statements.bert import load_bert
from kg.annotate.statements.calibration import compute_probabilities, fit_calibration
from kg.annotate.statements.encoder import compute_judge_scores, make_judge
from kg.annotate.statements.features import find_features
from kg.annotate.statements.linear import compute_linear_scores, load_linear
from kg.annotate.statements.network import compute_network_scores, load_network
from kg.annotate.statements.train.gold import (
    WRITTEN,
    GoldDocument,
    LabelledText,
    compute_folds,
    compute_targets,
    mix,
    read_gold,
    read_later,
    read_texts,
)
from kg.annotate.statements.train.linear import compute_matrix, fit_linear, to_linear_model
from kg.annotate.statements.train.measures import compute_measures
from kg.annotate.statements.train.pack import write_deltas, write_network
from kg.annotate.statements.wordpiece import load_wordpiece

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL_FOLDER = Path(__file__).parent.parent / "model"
#: The fold on whose documents everything is calibrated and measured.
CALIBRATION_FOLD = 0
_TUNING_EPOCHS, _NETWORK_EPOCHS = 4, 12


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where everything is: labelled sentences, unlabelled texts, encoder folder, work folder; the fold left out.

    new_pieces: whether the network gets new vectors of pieces instead of those that ship.
    """

    gold: Path
    work: Path
    texts: Path | None = None
    encoder: Path | None = None
    held_out: int | None = None
    new_pieces: bool = False

    @property
    def labels(self) -> Path:
        """The file with the teacher's log-odds."""
        return self.work / "labels.npz"

    def name(self, part: str) -> Path:
        """The file of a trained part in the work folder."""
        return self.work / (part + ("" if self.held_out is None else f"-without-{self.held_out}") + ".npz")


def read_parts(inputs: Inputs) -> tuple[list[GoldDocument], list[GoldDocument]]:
    """The documents to train on, and those held out."""
    documents = read_gold(inputs.gold)
    folds = compute_folds(documents)
    used = [d for d, fold in zip(documents, folds, strict=True) if fold != inputs.held_out]
    return used, [d for d, fold in zip(documents, folds, strict=True) if fold == inputs.held_out]


def read_unlabelled(inputs: Inputs) -> list[tuple[str, tuple[str, ...]]]:
    """The unlabelled texts, without the rest of held-out documents: nothing of those may be seen.

    An identifier is the name of the document and, behind a stroke, what part of it this is.
    """
    assert inputs.texts is not None  # noqa: S101 (the command line sees to it)
    _, held_out = read_parts(inputs)
    names = {document.name.split("#")[0] for document in held_out}
    return [(name, sentences) for name, sentences in read_texts(inputs.texts) if name.split("/")[0] not in names]


def read_softened(inputs: Inputs) -> list[LabelledText]:
    """The readers' labels softened by the teacher's, and the unlabelled texts with the latter alone."""
    documents, _ = read_parts(inputs)
    with np.load(inputs.labels, allow_pickle=False) as archive:
        soft = {name: 1 / (1 + np.exp(-archive[name])) for name in archive.files}
    texts = [LabelledText(name, sentences, soft[name]) for name, sentences in read_unlabelled(inputs)]
    for text in map(to_labelled, documents):
        texts.append(LabelledText(text.name, text.sentences, mix(text.targets, soft[text.name])))
    return texts


def train_linear(inputs: Inputs) -> None:
    """Fit the linear model to the softened labels."""
    texts = read_softened(inputs)
    matrix = compute_matrix([list(find_features(text.sentences)) for text in texts])
    model = to_linear_model(fit_linear(matrix, np.concatenate([text.targets for text in texts]).astype(float)))
    np.savez_compressed(inputs.name("linear"), weights=model.weights, scale=model.scale, bias=model.bias)


def train_teacher(inputs: Inputs) -> None:
    """Tune a large encoder on the readers' labels, and label the training and the unlabelled texts with it.

    It never sees the labels of the calibration fold, so that what is measured there is measured on unseen documents.
    """
    from kg.annotate.statements.train.teacher import compute_labels, train_teacher

    assert inputs.encoder is not None  # noqa: S101 (the command line sees to it)
    documents, _ = read_parts(replace(inputs, held_out=CALIBRATION_FOLD))
    teacher = train_teacher(inputs.encoder, [to_labelled(d) for d in documents])
    named = [*((d.name, d.sentences) for d in read_gold(inputs.gold)), *read_unlabelled(inputs)]
    labels = compute_labels(teacher, [sentences for _, sentences in named])
    np.savez_compressed(
        inputs.labels, allow_pickle=False, **{n: rows for (n, _), rows in zip(named, labels, strict=True)}
    )


def train_encoder(inputs: Inputs) -> None:
    """Tune the small encoder on the softened labels and write its deltas."""
    from transformers import AutoModel

    from kg.annotate.statements.train.tuning import compute_windows, find_deltas, tune

    assert inputs.encoder is not None  # noqa: S101
    texts = read_softened(inputs)
    encoder = AutoModel.from_pretrained(inputs.encoder, attn_implementation="eager").eval()
    before = {name: p.detach().numpy().copy() for name, p in encoder.named_parameters()}
    variants = [compute_windows(encoder, inputs.encoder, texts, seed) for seed in (1, 2)]
    changed = find_deltas(tune(encoder, variants, epochs=_TUNING_EPOCHS), before)
    sha256 = hashlib.sha256((inputs.encoder / "model.safetensors").read_bytes()).hexdigest()
    write_deltas(inputs.name("encoder"), changed, sha256)


def to_labelled(document: GoldDocument) -> LabelledText:
    """A gold document with its labels as probabilities 0 and 1."""
    return LabelledText(document.name, document.sentences, compute_targets([document]).astype(np.float32))


def train_network(inputs: Inputs) -> None:
    """Train the small network on the readers' labels, on the documents written for it and on what the tuned encoder
    thinks and sees.

    The vectors of its pieces stay those that ship, or are made of the encoder's and trained too.
    """
    from kg.annotate.statements.train.network import StudentNetwork, compute_piece_vectors, make_run, train_network
    from kg.annotate.statements.train.seen import see_texts

    assert inputs.encoder is not None  # noqa: S101 (the command line sees to it)
    tokenizer, vectors = load_pieces()
    if inputs.new_pieces:
        tokenizer = load_wordpiece(inputs.encoder)
        vectors = compute_piece_vectors(load_bert(inputs.encoder), tokenizer)
    labelled = map(to_labelled, [*read_gold(WRITTEN), *read_parts(inputs)[0]])
    texts = see_texts(inputs.encoder, [*read_unasked(inputs), *labelled])
    runs = [make_run(tokenizer, text) for text in texts]
    unknown, directions = tokenizer.get_number("[UNK]"), runs[0].seen.shape[1]
    student = StudentNetwork(vectors, unknown, directions=directions, frozen=not inputs.new_pieces)
    train_network(student, runs, epochs=_NETWORK_EPOCHS)
    weights = {name: tensor.numpy() for name, tensor in student.state_dict().items() if not name.startswith("seen.")}
    write_network(inputs.name("network"), weights, tokenizer)


def read_unasked(inputs: Inputs) -> list[LabelledText]:
    """The unlabelled texts without targets, but for those of which readers labelled all sentences later."""
    later, found = read_later(), []
    for name, sentences in read_unlabelled(inputs):
        labels = tuple(later.get(hash_sentence(sentence), "") for sentence in sentences)
        whole = all(labels) and len(labels) > 0
        targets = to_labelled(GoldDocument(name, sentences, labels)).targets if whole else np.zeros((0, 2), np.float32)
        found.append(LabelledText(name, sentences, targets))
    return found


def calibrate(inputs: Inputs) -> dict[str, object]:
    """Calibrate on the held-out fold, copy what was trained on everything into the package; returns the measures."""
    assert inputs.encoder is not None  # noqa: S101
    _, documents = read_parts(inputs)
    gold = compute_targets(documents)
    scores = compute_scores(inputs, [d.sentences for d in documents])
    settings: dict[str, object] = {}
    measures: dict[str, object] = {"documents": len(documents), "sentences": len(gold)}
    for level, used in (("default", scores[:2]), ("encoder", scores)):
        calibration = fit_calibration(used, gold)
        settings[level] = asdict(calibration)
        measures[level] = compute_measures(compute_probabilities(used, calibration), gold)
    _write_json(MODEL_FOLDER / "calibration.json", settings)
    _write_json(MODEL_FOLDER / "metrics.json", measures)
    for part in ("linear", "network", "encoder"):
        shutil.copyfile(inputs.work / f"{part}.npz", MODEL_FOLDER / f"{part}.npz")
    return measures


def compute_scores(inputs: Inputs, texts: Sequence[Sequence[str]]) -> "list[NDArray[np.float32]]":
    """Scores of the linear model, the network and the encoder, each of shape (all sentences, 2)."""
    assert inputs.encoder is not None  # noqa: S101
    linear, network = load_linear(inputs.name("linear")), load_network(inputs.name("network"))
    judge = make_judge(inputs.encoder, inputs.name("encoder"))
    found: list[list[NDArray[np.float32]]] = [[], [], []]
    for sentences in texts:
        features = list(find_features(sentences))
        found[0].append(compute_linear_scores(linear, features))
        found[1].append(compute_network_scores(network, sentences, features))
        found[2].append(compute_judge_scores(judge, sentences))
    return [np.concatenate(scores) for scores in found]


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
