"""A matrix as CSV in long form: one line a sentence, for R, pandas and pivot tables."""

from kg.render.matrix.csv import to_csv
from kg.render.matrix.records import Matrix


def render(value: Matrix) -> bytes:
    """Columns: row, column, document, status, confidence, section, quote."""
    names = [name.replace(" ", "_") for name in value.corner]
    rows = [["kg matrix", *names, "document", "status", "confidence", "section", "quote"]]
    for row, cells in zip(value.rows, value.cells, strict=True):
        for column, cell in zip(value.columns, cells, strict=True):
            for mention in cell.mentions:
                facts = [mention.document, mention.status, f"{mention.confidence:.4g}", mention.section, mention.quote]
                rows.append([str(len(rows)), row, column, *facts])
    return to_csv(rows)
