"""What brings a dilemma about, where its sentence says so."""

import pytest

from kg.annotate import Annotated, annotate, load_language
from kg.extract import causes
from kg.model import Assertion, Block, BlockKind, Document, Evidence, make_fields


def read(text: str) -> Annotated:
    document = Document("x", "x", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), language="en")
    return annotate(document, (), nlp=load_language(""))


def find(text: str, label: str) -> list[tuple[str, ...]]:
    """The dilemmas made and the edges, by label."""
    evidence = Evidence(0, len(text), text)
    stated = Assertion("dilemma", label, evidence, "d1", make_fields(level="2"), 0.8, "extract.statements/sentence")
    found = list(causes.extract(read(text), (stated,)))
    labels = {"d1": label} | {a.key: a.label for a in found if a.kind == "dilemma"}
    edges = [a for a in found if a.kind == "causes"]
    return [(labels[a.get_text("cause_key")], a.label, labels[a.get_text("effect_key")]) for a in edges]


@pytest.mark.parametrize(
    ("text", "label", "edge"),
    [
        (
            "The lack of trained staff leads to poor data quality.",
            "lack of trained staff",
            ("lack of trained staff", "leads to", "poor data quality"),
        ),
        (
            "Many projects fail because of weak leadership.",
            "many projects fail",
            ("weak leadership", "because of", "many projects fail"),
        ),
    ],
)
def test_cause_and_effect_are_named_and_joined(text: str, label: str, edge: tuple[str, ...]) -> None:
    assert find(text, label) == [edge]


@pytest.mark.parametrize(
    "text",
    [
        "The two administrations of the region lead to high failure rates.",
        "Weak leadership has led to the present study.",
        "Many towns share no data.",
    ],
)
def test_an_end_that_is_no_problem_makes_no_edge(text: str) -> None:
    assert find(text, "high failure rates") == []


def test_only_dilemmas_that_a_sentence_states_are_looked_at() -> None:
    text = "The lack of trained staff leads to poor data quality."
    named = Assertion("dilemma", "staff", Evidence(0, len(text), text), "d1", method="extract.statements/heading")
    assert list(causes.extract(read(text), (named,))) == []
