import gc
import json
import subprocess
import sys
from typing import Any

import pytest

from kg.annotate import load_language
from kg.annotate.language import MODEL

MAX_MODEL_BYTES = 12_000_000


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("E-government and non-profit", ["E-government", "and", "non-profit"]),
        ("data-driven top-level", ["data", "-", "driven", "top", "-", "level"]),
        ("Lee et al., see Fig. 3", ["Lee", "et", "al.", ",", "see", "Fig.", "3"]),
    ],
)
@pytest.mark.parametrize("name", ["", "blank"])
def test_prefix_and_abbreviation_stay_on_their_word(name: str, text: str, tokens: list[str]) -> None:
    assert [token.text for token in load_language(name).make_doc(text)] == tokens


def test_packaged_pipeline_is_small_and_names_no_folder_of_its_maker() -> None:
    files = [path for path in MODEL.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < MAX_MODEL_BYTES
    config = (MODEL / "config.cfg").read_text(encoding="utf-8")
    assert "treebanks = null" in config
    assert not [line for line in config.splitlines() if ' = "/' in line]


def test_packaged_pipeline_stores_no_words_of_its_training_texts() -> None:
    strings = json.loads((MODEL / "vocab" / "strings.json").read_text(encoding="utf-8"))
    assert len(strings) < 300


def test_metrics_lie_beside_the_pipeline_and_hold_what_is_promised() -> None:
    scores = json.loads((MODEL / "metrics.json").read_text(encoding="utf-8"))["test"]
    assert scores["GUM"]["phrases"] > 0.88
    assert scores["GUM"]["sentences"] > 0.94
    assert (MODEL / "NOTICE.md").read_text(encoding="utf-8").count("CC BY-SA 4.0") >= 2


def test_the_pipeline_multiplies_by_numpy_and_leaves_others_as_they_are() -> None:
    from thinc.api import NumpyOps, get_current_ops

    before = get_current_ops()
    load_language.cache_clear()
    pipe: Any = load_language("").get_pipe("tok2vec")
    found = {node.ops for node in pipe.model.walk()}
    assert get_current_ops() is before
    assert not any(type(ops) is NumpyOps and ops.use_blis for ops in found)


def test_room_is_entered_without_loading_spacy() -> None:
    code = "import sys, kg.annotate; print('spacy' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_every_process_gives_the_same_parse() -> None:
    code = (
        "from kg.annotate import annotate; from kg.model import Block, BlockKind, Document; "
        "t = 'Silos between agencies hinder the joint use of data, so laws must change.'; "
        "d = Document('d', 'd', t, (Block(BlockKind.PARAGRAPH, 0, len(t)),)); "
        "print([(w.tag_, w.lemma_, w.dep_, w.head.i) for w in annotate(d, ()).doc])"
    )
    run = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(2)]
    assert run[0] == run[1] != b""


def test_what_is_loaded_is_not_looked_through_for_garbage_again() -> None:
    load_language("")
    assert gc.get_freeze_count() > 10_000
