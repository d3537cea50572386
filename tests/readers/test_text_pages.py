"""Plain texts that were laid out for a printer: pages without form feeds, tables with one rule, notes below a rule."""

from kg.model import Document
from kg.readers import make_document
from kg.readers.text import read_text
from kg.readers.text_pages import lay_pages

DECREE = """
               MINISTRY OF REGISTERS

        DECREE No. 12 on shared registers

        Official Gazette, 5 May 2021            Page 1

        Having regard to the Act, the Minister
decrees:

                     Article 1
                  Duty to report

1. Users shall report changes within seven days, and the keeper may

   - remind the user;

        Official Gazette, 5 May 2021            Page 2

2. The keeper shall answer within five days.*

_____________
* Days are working days.

                     ANNEX I
                Barriers and counts

Barrier                  Bodies    Share
----------------------------------------
No rule who reports          29     71 %
No time set aside            17     41 %
"""


def read(text: str) -> Document:
    return make_document(read_text(text), file="x.txt")


def test_decree_in_pages_becomes_blocks() -> None:
    document = read(DECREE)
    assert [(b.kind.value, b.number or b.label, b.page, document.block_text(b)) for b in document.blocks] == [
        ("metadata", "publisher", 1, "MINISTRY OF REGISTERS"),
        ("title", "", 1, "DECREE No. 12 on shared registers"),
        ("paragraph", "", 1, "Having regard to the Act, the Minister decrees:"),
        ("heading", "1", 1, "Duty to report"),
        ("item", "1", 1, "Users shall report changes within seven days, and the keeper may"),
        ("item", "", 1, "remind the user;"),
        ("item", "2", 2, "The keeper shall answer within five days.*"),
        ("footnote", "*", 2, "Days are working days."),
        ("heading", "I", 2, "Barriers and counts"),
        ("table", "header", 2, "Barrier | Bodies | Share"),
        ("table", "", 2, "No rule who reports | 29 | 71 %"),
        ("table", "", 2, "No time set aside | 17 | 41 %"),
    ]


def test_feet_of_pages_part_them_and_paragraphs_go_on_behind() -> None:
    text = "The law says that\nGazette    Page 1\nevery town reports.\nOne more.\nGazette    Page 2\n"
    pages = [" ".join(page.split()) for page in lay_pages(text).split("\f")]
    assert pages == ["The law says that every town reports. One more.", ""]


def test_pages_that_are_named_in_a_text_part_nothing() -> None:
    text = "See the Gazette  Page 7\n\nand the Gazette  Page 3\n\nas well.\n"
    assert lay_pages(text) == text
