"""From tagged references to labelled tokens, other styles and scores."""

import random

import pytest

from kg.extract.references.authors import AuthorName
from kg.extract.references.fields import Fields
from kg.extract.references.labels import INDEX, LABELS
from kg.extract.references.training.labelling import OTHER, Example, make_example
from kg.extract.references.training.measure import compute_scores, fold_field
from kg.extract.references.training.styles import draw_style, label_pieces, restyle, write_reference
from kg.extract.references.training.values import Values, read_values
from kg.extract.references.training.variation import cut_tail, drop_marks, lower_all, raise_families

GOLD: dict[str, object] = {
    "title": "",
    "container": "",
    "volume": "",
    "issue": "",
    "pages": "",
    "year": "",
    "authors": [],
}
SHORT = {name: name[:3] if name != "family-in" else "fa+" for name in LABELS}
VALUES = Values(
    (("Smith", "J. A."), ("van Dam", "K.")), "Open data and trust", "Gov. Forum", "36", "2", ("101", "110"), "2019"
)


def show(example: Example | None) -> str:
    """Each token with its label, "?" where it may have several."""
    assert example is not None
    names = {1 << INDEX[name]: short for name, short in SHORT.items()} | {OTHER: "-"}
    return " ".join(f"{t}/{names.get(m, '?')}" for t, m in zip(example.texts, example.masks, strict=True))


@pytest.mark.parametrize(
    ("text", "gold", "labels"),
    [
        (
            "Smith, J. and K. Lee. Open data, Forum B3 (2), 10-12, 2019",
            {"authors": ["Smith", "Lee"], "title": "Open data", "container": "Forum", "volume": "3", "issue": "2",
             "pages": "10-12", "year": "2019"},
            "Smith/fam ,/giv J/giv ./giv and/bet K/giv ./giv Lee/fam ./- Open/tit data/tit ,/- Forum/con B/? 3/vol "
            "(/- 2/iss )/- ,/- 10/pag -/pag 12/pag ,/- 2019/yea",
        ),
        ("[3] van Dam P, Lee K. Data", {"authors": ["van Dam", "Lee"], "title": "Data"},
         "[/- 3/- ]/- van/fam Dam/fa+ P/giv ,/bet Lee/fam K/giv ./giv Data/tit"),
        ("Smith, J., et al. Data", {"authors": ["Smith"], "title": "Data"},
         "Smith/fam ,/giv J/giv ./giv ,/- et/oth al/oth ./- Data/tit"),
        ("World Health Organization. Data", {"authors": None, "title": "Data"},
         "World/fam Health/fa+ Organization/fa+ ./- Data/tit"),
        ("王秦,李明. 数据", {"authors": None, "title": "数据"}, "王/fam 秦/giv ,/bet 李/fam 明/giv ./- 数/tit 据/tit"),
        ("Ali Baba. Data", {"authors": None, "title": "Data"}, "Ali/? Baba/? ./- Data/tit"),
        ("Lee K (ed). Data", {"authors": [], "title": "Data"}, "Lee/- K/- (/- ed/- )/- ./- Data/tit"),
    ],
)  # fmt: skip
def test_gold_values_are_found_in_the_string(text: str, gold: dict[str, object], labels: str) -> None:
    assert show(make_example(text, GOLD | gold)) == labels


def test_value_that_is_not_in_the_string_drops_the_reference() -> None:
    assert make_example("Smith. Data", GOLD | {"title": "Other"}) is None
    assert make_example("", GOLD) is None


def test_values_are_read_back() -> None:
    gold = {"authors": ["Smith"], "title": "Open data", "container": "Forum", "pages": "10-12", "year": "2019"}
    example = make_example("Smith, J. A. Open data. Forum, 10–12 (2019)", GOLD | gold)
    assert example is not None
    assert read_values(example) == Values((("Smith", "J. A"),), "Open data", "Forum", "", "", ("10", "12"), "2019")


def test_open_labels_give_no_values() -> None:
    example = make_example("Ali Baba. Open data", GOLD | {"authors": None, "title": "Open data"})
    assert example is not None
    assert read_values(example) is None


@pytest.mark.parametrize("seed", range(20))
def test_restyled_reference_keeps_its_values(seed: int) -> None:
    rng = random.Random(seed)
    pieces = write_reference(VALUES, draw_style(rng), (("Editor", "E."),), rng)
    labelled = {label: text for text, label in pieces}
    assert labelled["year"] == "2019"
    assert labelled["container"] == "Gov. Forum"
    assert labelled.get("title", "Open data and trust") == "Open data and trust"
    assert labelled["family"] in ("van Dam", "VAN DAM")


def test_restyling_is_repeatable() -> None:
    assert restyle(VALUES, [VALUES], random.Random(3)) == restyle(VALUES, [VALUES], random.Random(3))


def test_pieces_become_tokens_with_their_spaces() -> None:
    example = label_pieces([("van Dam", "family"), (", ", "given"), ("K.", "given"), (" (", "other"), ("2019", "year")])
    assert example.texts == ("van", "Dam", ",", "K", ".", "(", "2019")
    assert example.spaced == (True, True, False, True, False, True, False)
    assert [LABELS[mask.bit_length() - 1] for mask in example.masks[:3]] == ["family", "family-in", "given"]


def test_variations_change_what_their_name_says() -> None:
    example = label_pieces([("Smith", "family"), (", J. ", "given"), ("Open data.", "title")])
    rng = random.Random(1)
    assert drop_marks(example, rng).texts == ("Smith", "J", "Open", "data")
    assert raise_families(example).texts[0] == "SMITH"
    assert lower_all(example).texts[4] == "open"
    assert 0 < len(cut_tail(example, rng).texts) < len(example.texts)


@pytest.mark.parametrize(
    ("name", "text", "folded"),
    [
        ("pages", "101–10", "101-110"),
        ("year", "May 2019b", "2019"),
        ("volume", "vol. 12", "12"),
        ("container", "In: Forum", "forum"),
        ("title", "Été!", "ete"),
    ],
)
def test_fields_are_compared_without_their_dress(name: str, text: str, folded: str) -> None:
    assert fold_field(name, text) == folded


def test_wrong_values_count_twice() -> None:
    gold = GOLD | {"authors": ["Smith", "Lee"], "title": "Data", "year": "2019"}
    found = Fields(authors=(AuthorName("J Smith", "Smith"),), title="Date", year="2019")
    scores = compute_scores([gold], [found])
    assert (scores["authors"], scores["title"], scores["year"], scores["whole"]) == (66.67, 0.0, 100.0, 0.0)
    assert scores["all"] == 57.14
