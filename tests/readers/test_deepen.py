"""A record and the file it describes make one document."""

from kg.model import BlockKind, Document
from kg.readers.deepen import deepen
from kg.readers.drafts import Draft, assemble

RECORD = (
    (BlockKind.TITLE, "", "Sharing data"),
    (BlockKind.AUTHOR, "", "Silva, Ana"),
    (BlockKind.METADATA, "doi", "10.1000/a"),
    (BlockKind.ABSTRACT, "", "A short abstract."),
)
FILE = (
    (BlockKind.TITLE, "", "SHARING DATA*"),
    (BlockKind.AUTHOR, "", "Ana Silva"),
    (BlockKind.AFFILIATION, "", "University of Oporto"),
    (BlockKind.METADATA, "doi", "10.1000/wrong"),
    (BlockKind.PARAGRAPH, "", "Data are not shared."),
)


def make(*blocks: tuple[BlockKind, str, str], kind: str = "paper", language: str = "en") -> Document:
    text, made = assemble(Draft(block, content, label=label) for block, label, content in blocks)
    return Document("x", "x.bib#silva", text, made, kind, language)


def show(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.block_text(block)) for block in document.blocks]


def test_facts_are_the_records_and_text_and_affiliations_are_the_files() -> None:
    deep = deepen(make(*RECORD, kind="abstract", language="und"), make(*FILE))
    assert show(deep) == [
        ("title", "Sharing data"),
        ("metadata", "10.1000/a"),
        ("abstract", "A short abstract."),
        ("author", "Ana Silva"),
        ("affiliation", "University of Oporto"),
        ("paragraph", "Data are not shared."),
    ]
    assert (deep.file, deep.kind, deep.language) == ("x.bib#silva", "paper", "en")
    assert "SHARING" not in deep.text


def test_abstract_of_the_file_and_authors_of_the_record_win_where_they_differ() -> None:
    file = ((BlockKind.AUTHOR, "", "Office of Data"), (BlockKind.ABSTRACT, "", "A long abstract of the file."))
    assert show(deepen(make(*RECORD), make(*file))) == [
        ("title", "Sharing data"),
        ("author", "Silva, Ana"),
        ("metadata", "10.1000/a"),
        ("abstract", "A long abstract of the file."),
    ]
