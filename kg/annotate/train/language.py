"""Trains the language pipeline by `language.cfg` and writes it with its notice, metrics and card."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from spacy.language import Language
from spacy.strings import StringStore
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_training
from spacy.util import load_config, load_model

import kg.annotate.embed
import kg.annotate.tokenizer
import kg.annotate.train.corpus  # noqa: F401 (the configuration names what they register)
from kg.annotate.lemmas import Lemmas
from kg.annotate.train.card import write_card
from kg.annotate.train.lemmas import learn_lemmas
from kg.annotate.train.measure import measure
from kg.annotate.train.treebank import TRAIN_FILES, read_trees

CONFIG = Path(__file__).with_name("language.cfg")


def train_language(treebanks: Path, output: Path, *, work: Path, overrides: Mapping[str, object] | None = None) -> None:
    """Train on the open parts of the treebanks and write the pipeline, its metrics and its card to a folder.

    work: for spaCy's working copies; overrides: dotted keys of `language.cfg` and their values.
    """
    nlp = train_network(treebanks, work, overrides or {})
    write_pipeline(nlp, treebanks, output)


def train_network(treebanks: Path, work: Path, overrides: Mapping[str, object]) -> Language:
    """The network trained on the treebanks, the best on the development part by spaCy's weighted score."""
    config = load_config(CONFIG, overrides={"paths.treebanks": str(treebanks), **overrides}, interpolate=False)
    nlp = init_nlp(config)
    work.mkdir(parents=True, exist_ok=True)
    run_training(nlp, work)
    return load_model(work / "model-best")


def write_pipeline(nlp: Language, treebanks: Path, output: Path) -> None:
    """Add the lemmatizer, write the pipeline without words of the training texts, measure it and describe it."""
    if "kg_lemmas" not in nlp.pipe_names:
        learn_lemmas(cast(Lemmas, nlp.add_pipe("kg_lemmas")), read_trees(treebanks, TRAIN_FILES))
    nlp.config["paths"].update(treebanks=None, silver="")
    nlp.meta.update(name="kg_language", version="1.0.0", license="CC BY-SA 4.0", performance={})
    nlp.meta.update(spacy_version=">=3.8,<3.9", description="Tags, lemmas and universal dependencies of English")
    shutil.rmtree(output, ignore_errors=True)
    nlp.to_disk(output)
    _keep_labels_only(nlp, output)
    scores = {split: measure(output, treebanks, split) for split in ("dev", "test")}
    (output / "metrics.json").write_text(json.dumps(scores, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    write_card(output, scores)


def _keep_labels_only(nlp: Language, output: Path) -> None:
    """Replace the stored vocabulary, which holds every word of the treebanks, by the labels."""
    shutil.rmtree(output / "vocab")
    tagger, parser = cast(Any, nlp.get_pipe("tagger")), cast(Any, nlp.get_pipe("parser"))
    labels = {part for label in tagger.labels for part in (label, *label.split("|"))} | set(parser.labels)
    (output / "vocab").mkdir()
    StringStore(sorted(labels)).to_disk(output / "vocab" / "strings.json")
