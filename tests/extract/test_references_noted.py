"""Notes as the reference list of a document that has no other."""

import pytest

from kg.extract.citations import find_citations, link_mentions
from kg.extract.citations.resolve import make_entries
from kg.extract.references import extract_references
from kg.model import Block, BlockKind, Document

WORKS = (
    "Ann Lee, The Open State: How Files Are Kept, Dale Press, 2015.",
    "See Bo Carter, “What is a File?,” Journal of Files 12 (2003): 4–9; Cy Dee, Rows (Oslo: Dale, 1999), 7.",
    "Ann Lee, The Closed State, Dale Press, 2017.",
)


def build(*notes: str) -> Document:
    text, blocks = "Files matter.", [Block(BlockKind.PARAGRAPH, 0, 13)]
    for number, note in enumerate(notes, 1):
        start = len(text) + 2
        text += f"\n\n{note}"
        blocks.append(Block(BlockKind.FOOTNOTE, start, len(text), number=str(number)))
    return Document("d", "d.txt", text, tuple(blocks))


def test_notes_that_cite_are_the_entries_and_later_ones_lead_to_them() -> None:
    document = build(*WORKS, "Lee, Open State, op. cit., p. 3.", "Ibid.", "Carter (n 2) 8.")
    references = list(extract_references(document))
    assert [one.evidence.quote for one in references] == [
        WORKS[0],
        "Bo Carter, “What is a File?,” Journal of Files 12 (2003): 4–9",
        "Cy Dee, Rows (Oslo: Dale, 1999), 7.",
        WORKS[2],
    ]
    entries = make_entries(references)
    links = link_mentions(find_citations(document, entries), entries)
    assert [(mention.within, link.entry.key) for mention, link in links if link] == [
        ("1", "ref1"),
        ("2", "ref2"),
        ("2", "ref3"),
        ("3", "ref4"),
        ("4", "ref1"),
        ("5", "ref1"),
        ("6", "ref2"),
    ]


@pytest.mark.parametrize(
    "notes",
    [
        WORKS,  # too few notes
        (*WORKS, "It is said, in 2019, that files are kept.") * 2 + ("The act, of 2004, was kept.",) * 8,
        ("See Appendix A for definitions of terms, as of March 2018, which are used here.",) * 6,
        ("Data of 2019.",) * 6,
    ],
)
def test_notes_of_another_kind_are_no_list(notes: tuple[str, ...]) -> None:
    assert list(extract_references(build(*notes))) == []


def test_work_without_an_author_is_cited_by_its_note() -> None:
    document = build("“Open Files and Closed Ones,” Dale Weekly, 2015.", *WORKS)
    entries = make_entries(list(extract_references(document)))
    links = link_mentions(find_citations(document, entries), entries)
    assert [link.entry.key for _, link in links if link][:2] == ["ref1", "ref2"]
    assert not entries[0].authors
