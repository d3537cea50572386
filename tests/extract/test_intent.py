"""Citation intent: labels, CiTO properties, features."""

import json
import subprocess
import sys
from importlib.resources import files

import pytest

from kg.extract.intent import LABELS, find_intent, label_intent, score_intent
from kg.extract.intent.features import BUCKETS, FAMILIES, find_features, mask_citations


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Many governments have opened their data in recent years (Smith, 2019).", "background"),
        ("We used the method described by Smith et al. (2019) to extract the samples.", "method"),
        ("Our results are consistent with those of previous studies (Smith, 2019).", "result"),
    ],
)
def test_label_of_a_plain_case(text: str, label: str) -> None:
    assert label_intent(text) == label


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("Our findings are in line with Smith (2019).", "cito:agreesWith"),
        ("In contrast to Smith (2019), we find no effect.", "cito:disagreesWith"),
        ("We extend the model of Smith (2019).", "cito:extends"),
        ("The approach of Smith (2019) suffers from high cost.", "cito:critiques"),
        ("Many governments have opened their data (Smith, 2019).", "cito:obtainsBackgroundFrom"),
    ],
)
def test_property_of_a_plain_case(text: str, curie: str) -> None:
    assert find_intent(text) == curie


@pytest.mark.parametrize("text", ["", " ", "\u0000", "Smith (2019)", "数据 [1]", "a" * 9000])
def test_any_text_has_chances_that_sum_to_one(text: str) -> None:
    assert sum(score_intent(text)) == pytest.approx(1)


def test_citations_authors_and_numbers_are_masked() -> None:
    text = "Smith et al. (2019) found 3.5 (Lee, 2018) and 7 [4, 5]."
    assert mask_citations(text) == "authors found number cited and number cited .".split()


def test_features_of_each_family_lie_in_its_space() -> None:
    found = find_features("Open data open doors.")
    assert tuple(found) == FAMILIES
    assert all(0 <= bucket < BUCKETS for buckets in found.values() for bucket in buckets)


def test_lines_in_give_lines_out() -> None:
    rows = "".join(json.dumps({"id": i, "text": "We used the method of Smith (2019)."}) + "\n" for i in range(2))
    done = subprocess.run(
        [sys.executable, "-m", "kg.extract.intent", "--jsonl", "--scores"],
        input=rows,
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["id"], one["label"]) for one in answers] == [(0, "method"), (1, "method")]
    assert list(answers[0]["scores"]) == list(LABELS)


def test_weights_are_small_and_carry_their_notice() -> None:
    folder = files("kg.extract.intent")
    assert len(folder.joinpath("weights.npz").read_bytes()) < 1_000_000
    assert "Apache-2.0" in folder.joinpath("NOTICE.md").read_text(encoding="utf-8")
    assert json.loads(folder.joinpath("metrics.json").read_text(encoding="utf-8"))["F1"]["macro"] > 81
