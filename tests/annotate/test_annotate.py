import logging

import pytest

from kg.annotate import annotate, find_noun_phrases, load_language
from kg.model import Block, BlockKind, Concept, Document, Iri

TEXT = (
    "A title\n\n1. Old silos\n\nData  silos (Lee et al., 2019) hinder the city.\tIt waits [3].\n\nLee, J. 2019. Silos."
)
BLOCKS = (
    Block(BlockKind.TITLE, 0, 7),
    Block(BlockKind.HEADING, 12, 21, 1, "1"),
    Block(BlockKind.PARAGRAPH, 23, 84),
    Block(BlockKind.REFERENCE, 86, len(TEXT)),
)
DOCUMENT = Document("d", "d.txt", TEXT, BLOCKS)
SILO = Concept(Iri("silo"), "concepts", "silo")


@pytest.fixture(params=["", "blank"])
def nlp_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_tokens_are_of_exactly_the_text(nlp_name: str) -> None:
    assert annotate(DOCUMENT, (), nlp=load_language(nlp_name)).doc.text == TEXT


def test_sentences_of_the_doc_are_those_of_the_rules(nlp_name: str) -> None:
    annotated = annotate(DOCUMENT, (), nlp=load_language(nlp_name))
    expected = ["A title", "Old silos", "Data  silos (Lee et al., 2019) hinder the city.", "It waits [3].", TEXT[86:]]
    assert [annotated.sentence_text(sentence) for sentence in annotated.sentences] == expected
    starts = {sent.start_char for sent in annotated.doc.sents}
    assert starts >= {sentence.start for sentence in annotated.sentences}


def test_sections_come_with_it() -> None:
    (section,) = annotate(DOCUMENT, ()).sections
    assert (section.number, section.title) == ("1", "Old silos")


def test_span_of_a_mention_is_found_again(nlp_name: str) -> None:
    annotated = annotate(DOCUMENT, (SILO,), nlp=load_language(nlp_name))
    assert [annotated.find_span(m.start, m.end).text for m in annotated.mentions] == ["silos", "silos", "Silos"]


@pytest.mark.parametrize("text", ["", "\n", "  \n\n "])
def test_text_without_words_is_annotated(text: str, nlp_name: str) -> None:
    annotated = annotate(Document("d", "d.txt", text, ()), (SILO,), nlp=load_language(nlp_name))
    assert (annotated.doc.text, annotated.sentences, annotated.mentions) == (text, (), ())


def test_missing_pipeline_is_replaced_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        nlp = load_language("no-such-pipeline")
    assert nlp.pipe_names == []
    assert "'no-such-pipeline' cannot be loaded" in caplog.text


def test_without_a_pipeline_noun_phrases_are_runs_of_content_words() -> None:
    doc = load_language("blank").make_doc("The old data silos hinder a smart city.")
    assert [span.text for span in find_noun_phrases(doc)] == ["old data silos hinder", "smart city"]
