"""Short texts as annotated documents."""

from collections.abc import Callable

import pytest

from kg.annotate import Annotated, annotate
from kg.model import Block, BlockKind, Concept, Document, Iri

MakeAnnotated = Callable[..., Annotated]
#: First word of a line -> kind of block; a line without one is a paragraph.
MARKS = {
    "TITLE": BlockKind.TITLE,
    "AUTHOR": BlockKind.AUTHOR,
    "AFFILIATION": BlockKind.AFFILIATION,
    "KEYWORD": BlockKind.KEYWORDS,
    "ITEM": BlockKind.ITEM,
    "REFERENCE": BlockKind.REFERENCE,
}


def build_document(*lines: str, document_id: str = "doc") -> Document:
    """Blocks from lines: "# x" and "## x" are headings, "year: 2020" behind FIELD a field, see MARKS."""
    text, blocks = "", []
    for line in lines:
        text += "\n\n" if text else ""
        word, _, rest = line.partition(" ")
        level = len(word) if set(word) == {"#"} else 0
        kind, label = (BlockKind.HEADING, "") if level else (MARKS.get(word, BlockKind.PARAGRAPH), "")
        content = rest if level or word in MARKS else line
        if word == "FIELD":
            label, _, content = rest.partition(": ")
            kind = BlockKind.METADATA
        blocks.append(Block(kind, len(text), len(text) + len(content), level, label=label))
        text += content
    return Document(document_id, f"{document_id}.txt", text, tuple(blocks))


@pytest.fixture
def make_annotated() -> MakeAnnotated:
    """Annotated documents from lines, see `build_document`."""

    def make(*lines: str, concepts: tuple[Concept, ...] = ()) -> Annotated:
        return annotate(build_document(*lines), concepts)

    return make


@pytest.fixture
def few_concepts() -> tuple[Concept, ...]:
    """A place, a technology, a subject and two types."""
    return (
        Concept(Iri("c:open-data"), "concepts", "open data", ("open data", "open government data")),
        Concept(Iri("c:blockchain"), "technologies", "blockchain", ("blockchain",)),
        Concept(Iri("c:estonia"), "places", "Estonia", ("Estonia",), place_kind="Country"),
        Concept(Iri("t:skills"), "dilemma-types", "skills shortage", ("skills shortage",), cues=("lack of skills",)),
        Concept(Iri("t:training"), "remedy-types", "training", ("training",), cues=("train staff", "courses")),
    )
