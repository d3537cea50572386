"""A matrix of dilemmas by remedies, or of either by documents, with the sentences behind each cell."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """One document's word for a cell. document: short name; confidence 0..1."""

    document: str
    quote: str
    section: str
    status: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Cell:
    """The best sentence of each document, and how many there are in all."""

    mentions: tuple[Mention, ...] = ()
    sentences: int = 0

    @property
    def count(self) -> int:
        """Number of documents."""
        return len(self.mentions)

    def say_count(self, *, by_document: bool) -> str:
        """Number of documents, or of sentences where column or row is the document; "" for none."""
        return str(self.sentences if by_document else self.count) if self.mentions else ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """`cells[i][j]` belongs to `rows[i]` and `columns[j]`.

    corner: what rows and columns are ("dilemma type", "remedy type").
    documents: short name and full title of every document named, sorted.
    """

    title: str
    corner: tuple[str, str]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    documents: tuple[tuple[str, str], ...] = ()

    @property
    def by_document(self) -> bool:
        """Whether each column, or each row, is a document, which its cells then need not name."""
        return "document" in self.corner


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered note: a sentence and where it stands."""

    number: int
    mention: Mention


def number_notes(matrix: Matrix) -> dict[Mention, Note]:
    """A number for every sentence of the matrix, from 1, row by row; the same sentence has one number."""
    notes: dict[Mention, Note] = {}
    for row in matrix.cells:
        for cell in row:
            for mention in cell.mentions:
                if mention.quote and mention not in notes:
                    notes[mention] = Note(len(notes) + 1, mention)
    return notes


def say_where(mention: Mention) -> str:
    """Document and section, and whether it was inferred: "Wu 2022, 3.1 Silos (candidate)"."""
    where = f"{mention.document}, {mention.section}" if mention.section else mention.document
    return f"{where} (candidate)" if mention.status == "candidate" else where
