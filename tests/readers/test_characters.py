"""Bytes to text, line ends, languages."""

import pytest

from kg.model import ReadError
from kg.readers.characters import decode, mend_mojibake, normalise
from kg.readers.hyphens import find_written_words, join_hyphenated
from kg.readers.language import detect_language

WORDS = "Offices – “déjà” keep data"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_text_is_decoded_whatever_its_encoding(encoding: str) -> None:
    assert decode((WORDS * 3).encode(encoding)) == WORDS * 3


def test_chinese_text_in_gb18030_is_decoded() -> None:
    text = "数字政府治理是治理理论与现代数字技术的融合。"
    assert decode(text.encode("gb18030")) == text


def test_declared_encoding_is_used_where_utf8_fails() -> None:
    assert decode("Žluťoučký kůň".encode("iso-8859-2"), declared="iso-8859-2") == "Žluťoučký kůň"


def test_unknown_declared_encoding_is_ignored() -> None:
    assert decode("déjà".encode("cp1252"), declared="no-such-code") == "déjà"


def test_binary_file_is_refused() -> None:
    with pytest.raises(ReadError, match=r"x\.txt: the bytes are no text"):
        decode(bytes(range(256)) * 20, file="x.txt")


def test_typesetting_characters_become_plain() -> None:
    assert normalise("ﬁeld\u00a0of e\u2011government\u200b and\r\nsoft\u00adware\x00 e\u0301") == (
        "field of e-government and\nsoftware é"
    )


def test_run_of_marks_that_is_too_long_is_cut() -> None:
    assert normalise("a" + "[(" * 9000 + "b" + "-" * 999) == "a" + "[(" * 500 + "b" + "-" * 999


def test_wrongly_decoded_text_is_mended_and_right_text_left() -> None:
    assert mend_mojibake("JosÃ© said â€œnoâ€\x9d") == "José said “no”"
    assert mend_mojibake("São Paulo") == "São Paulo"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the govern-", "ment acts", "the government acts"),
        ("use of e-", "government", "use of e-government"),
        ("a multi-", "party system", "a multi-party system"),
        ("the Covid-", "19 years", "the Covid- 19 years"),
        ("Labra-", "Gayo", "Labra-Gayo"),
        ("see https://www.", "example.org/a", "see https://www.example.org/a"),
        ("two words", "apart", "two words apart"),
        ("co-", "operation", "cooperation"),
    ],
)
def test_words_cut_at_line_ends_are_mended(first: str, second: str, joined: str) -> None:
    words = find_written_words("the government of all cooperation")
    assert join_hyphenated([first, second], words) == joined


def test_form_written_elsewhere_in_the_document_decides() -> None:
    assert join_hyphenated(["data-", "base"], find_written_words("one data-base")) == "data-base"
    assert join_hyphenated(["data-", "base"], find_written_words("one database")) == "database"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The offices of the state keep the data that they have for their own use.", "en"),
        ("Les bureaux de l'État gardent les données qui sont dans leurs systèmes et ne les partagent pas.", "fr"),
        ("Gli uffici dello Stato tengono i dati che sono nei loro sistemi e non li danno alla gente.", "it"),
        ("Las oficinas del Estado guardan los datos que tienen en sus sistemas y no los comparten con la gente.", "es"),
        ("Die Ämter des Staates behalten die Daten, die sie haben, und geben sie nicht an andere weiter.", "de"),
        ("数字政府治理是治理理论与现代数字技术的融合", "zh"),
        ("Государство хранит данные", "ru"),
        ("Xyz 12 34", "und"),
        ("", "und"),
    ],
)
def test_language_is_told_by_its_small_words(text: str, language: str) -> None:
    assert detect_language(text) == language
