import json
from importlib.resources import files

import pytest

from kg.extract.references.labels import INDEX, LABELS
from kg.extract.references.mend import mend_labels
from kg.extract.references.tokens import find_tokens

SHORT = {name[:2] if name != "family-in" else "f+": i for name, i in INDEX.items()} | {"ot": INDEX["other"]}


def _mend(text: str, labels: str) -> str:
    """One letter pair a token: fa family, f+ its continuation, gi given, be between, ti title, co container, ..."""
    tokens = find_tokens(text)
    mended = mend_labels(tokens, [SHORT[name] for name in labels.split()])
    assert len(mended) == len(tokens)
    names = {i: name for name, i in SHORT.items()}
    return " ".join(names[label] for label in mended)


@pytest.mark.parametrize(
    ("text", "labels", "mended"),
    [
        ("arXiv:x, 1704.03648", "ot ot ot ot ye ot ot", "ot ot ot ot ot ot ot"),
        ("Paris, 1704. 03648", "ot ot ye ot ot", "ot ot ye ot ot"),
        ("Post 29 August 2015", "co vo ot ye", "co ot ot ye"),
        ("Post 29 august 2015", "co vo ot ye", "co vo ot ye"),
        ("Post 29 (1999)", "co vo ot ye ot", "co vo ot ye ot"),
        ("in the 1990s", "ti ti ti ot", "ti ti ti ti"),
        ("3D printing", "ot ti ti", "ti ti ti"),
        ("JHEP01 (2016)", "co vo ot ye ot", "co vo ot ye ot"),
        ("the years 1801, 2 and after", "ti ti ye ot ot ti ti", "ti ti ti ti ti ti ti"),
        ("Open data. In The data book", "ti ti ot ot co co ti", "ti ti ot ot co co ti"),
        ("Workshop (IWRED 2018), 5", "co ot co ye ot ot vo", "co ot co ye ot ot vo"),
        ("Workshop (IWRED 2018), 5", "co co co ye ot ot vo", "co co co co co ot vo"),
        ("in valleys ('yatsu') in Japan", "ti ti ti ot ti ot ot ot ot", "ti ti ti ti ti ti ti ot ot"),
    ],
)
def test_fields_keep_their_words_brackets_and_numbers(text: str, labels: str, mended: str) -> None:
    assert _mend(text, labels) == mended


@pytest.mark.parametrize(
    ("text", "labels", "mended"),
    [
        ("Yu. M. Petrov", "fa gi gi gi fa", "gi gi gi gi fa"),
        ("Yu. A title", "fa gi ti ti", "fa gi ti ti"),
        ("Ho-Seop Kim", "fa gi gi fa", "gi gi gi fa"),
        ("Berg-Maas SU, X", "fa gi gi fa be fa", "fa f+ f+ gi be fa"),
        ("Berg-Maas, S", "fa gi gi gi gi", "fa f+ f+ gi gi"),
        ("[Smith2006-MIT] G. Smith", "ot fa ye ot fa gi gi gi fa", "ot ot ot ot ot ot gi gi fa"),
        ("G. Smith [MIT]", "gi gi fa ot fa ot", "gi gi fa ot fa ot"),
    ],
)
def test_names_stay_whole_and_list_labels_are_none(text: str, labels: str, mended: str) -> None:
    assert _mend(text, labels) == mended


def test_nothing_is_mended_where_nothing_is_labelled() -> None:
    tokens = find_tokens("No field here, (1999) at all.")
    labels = [INDEX["other"]] * len(tokens)
    assert mend_labels(tokens, labels) == labels
    assert mend_labels([], []) == []


def test_what_the_tagger_reached_is_told_beside_it() -> None:
    record = json.loads(files("kg.extract.references").joinpath("metrics.json").read_text(encoding="utf-8"))
    assert {"task", "command", "precision", "recall", "f1", "whole"} <= record.keys()
    assert set(record["strings kept out"]["sets"]) == {
        *("humanities", "mixed", "physics", "languages", "computer science", "no punctuation"),
    }
    assert record["f1"] > 93
    assert len(LABELS) == len(INDEX)
