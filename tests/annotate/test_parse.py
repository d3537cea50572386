import pytest

from kg.annotate import Annotated, annotate, find_noun_phrases, load_language
from kg.annotate.parse import find_masked
from kg.model import Block, BlockKind, Document


def annotate_text(text: str, kind: BlockKind = BlockKind.PARAGRAPH, language: str = "en") -> Annotated:
    return annotate(Document("d", "d.txt", text, (Block(kind, 0, len(text)),), language=language), ())


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Trust fell (Lee et al., 2019).", ["(Lee et al., 2019)"]),
        ("Lee (2019) and Kim (2020a, p. 3) agree [1, 3-5].", ["(2019)", "(2020a, p. 3)", "[1, 3-5]"]),
        ("It grew (see Lee & Kim, 2019; UN, 2020) fast.", ["(see Lee & Kim, 2019; UN, 2020)"]),
        ("It grew (since the reform of 2015) fast [sic] (a lot).", []),
    ],
)
def test_citations_in_brackets_are_masked(text: str, masked: list[str]) -> None:
    assert [text[start:end] for start, end in find_masked(text)] == masked


def test_prose_gets_tags_lemmas_and_relations() -> None:
    doc = annotate_text("The agencies lacked trained staff.").doc
    assert [(token.text, token.pos_, token.tag_, token.lemma_, token.dep_, token.head.text) for token in doc] == [
        ("The", "DET", "DT", "the", "det", "agencies"),
        ("agencies", "NOUN", "NNS", "agency", "nsubj", "lacked"),
        ("lacked", "VERB", "VBD", "lack", "ROOT", "lacked"),
        ("trained", "VERB", "VBN", "train", "amod", "staff"),
        ("staff", "NOUN", "NN", "staff", "obj", "lacked"),
        (".", "PUNCT", ".", ".", "punct", "lacked"),
    ]


def test_parser_does_not_see_the_citation() -> None:
    plain = annotate_text("The agencies lacked trained staff.").doc
    cited = annotate_text("The agencies (Lee et al., 2019) lacked trained staff [3].").doc
    relations = [(token.text, token.dep_, token.head.text) for token in cited if token.text in {t.text for t in plain}]
    assert [each for each in relations if each[1] != "punct"][:4] == [(t.text, t.dep_, t.head.text) for t in plain][:4]
    assert cited.text == "The agencies (Lee et al., 2019) lacked trained staff [3]."


def test_every_parsed_sentence_has_one_root_and_no_head_outside() -> None:
    text = (
        "Portals fail (Lee, 2019). They fail often [2]; nobody asks, and staff leave.  (Kim, 2020). Is it so? [3] Yes."
    )
    annotated = annotate_text(text)
    for sentence in annotated.sentences:
        span = annotated.find_span(sentence.start, sentence.end)
        parsed = [token for token in span if token.dep]
        assert sum(token.head is token or token.head == token for token in parsed) == (1 if parsed else 0)
        assert all(span.start <= token.head.i < span.end for token in span)


@pytest.mark.parametrize(
    ("kind", "language"), [(BlockKind.REFERENCE, "en"), (BlockKind.CODE, "en"), (BlockKind.PARAGRAPH, "fr")]
)
def test_reference_code_and_other_languages_are_not_parsed(kind: BlockKind, language: str) -> None:
    doc = annotate_text("The agencies lacked trained staff.", kind, language).doc
    assert not doc.has_annotation("DEP")
    assert next(doc.sents).text == "The agencies lacked trained staff."


def test_same_text_is_annotated_alike_whatever_came_before() -> None:
    text = "Legacy systems hinder the sharing of data between agencies, which few plans address."
    values = [annotate_text(text).doc.to_array(["TAG", "LEMMA", "DEP", "HEAD"]).tolist()]
    annotate_text("An unlike text about bicycles, whales and the opening hours of town halls.")
    values.append(annotate_text(text).doc.to_array(["TAG", "LEMMA", "DEP", "HEAD"]).tolist())
    assert values[0] == values[1]


def test_very_long_sentence_is_left_unparsed() -> None:
    doc = annotate_text("a , " * 200).doc
    assert not doc.has_annotation("DEP")


def test_noun_phrases_of_a_parsed_sentence() -> None:
    doc = annotate_text("The lack of a clear legal framework slows the city's data-driven services.").doc
    found = [span.text for span in find_noun_phrases(doc)]
    assert found == ["The lack", "a clear legal framework", "the city's data-driven services"]


def test_noun_phrases_from_tags_alone() -> None:
    nlp = load_language("blank")
    doc = nlp.make_doc("The old portals of many poor cities fail it.")
    for token, pos in zip(doc, "DET ADJ NOUN ADP ADJ ADJ NOUN VERB PRON PUNCT".split(), strict=True):
        token.pos_ = pos
    assert [span.text for span in find_noun_phrases(doc)] == ["The old portals", "many poor cities", "it"]
