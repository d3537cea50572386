"""A matrix as a LaTeX table, to be read into a chapter with \\input; the sentences stand in numbered notes below."""

from kg.render.markup import escape_latex
from kg.render.matrix.records import Cell, Matrix, Mention, Note, number_notes, say_where
from kg.render.numbers import MADE_BY_KG

#: Share of the text width left for columns.
_TABLE_WIDTH = 0.97
_FIRST_SHARE = 0.2


def render(value: Matrix) -> bytes:
    """A table environment, then the notes. Needs the packages booktabs and array, and UTF-8 input."""
    notes = number_notes(value)
    first = _TABLE_WIDTH * _FIRST_SHARE
    share = (_TABLE_WIDTH - first) / max(len(value.columns), 1)
    column = f">{{\\raggedright\\arraybackslash}}p{{{share:.3f}\\linewidth}}"
    spec = f">{{\\raggedright\\arraybackslash}}p{{{first:.3f}\\linewidth}}" + column * len(value.columns)
    head = " & ".join(f"\\textbf{{{escape_latex(text)}}}" for text in (" / ".join(value.corner), *value.columns))
    lines = [
        f"% {MADE_BY_KG}; needs \\usepackage{{booktabs,array}}",
        "\\begin{table}[htbp]",
        f"\\caption{{{escape_latex(value.title)}}}",
        "\\footnotesize\\setlength{\\tabcolsep}{2pt}",
        f"\\begin{{tabular}}{{@{{}}{spec}@{{}}}}",
        "\\toprule",
        f"{head} \\\\",
        "\\midrule",
    ]
    for row, cells in zip(value.rows, value.cells, strict=True):
        lines.append(
            " & ".join(
                [escape_latex(row), *(_write_cell(cell, notes, by_document=value.by_document) for cell in cells)]
            )
            + " \\\\"
        )
    lines += ["\\bottomrule", "\\end{tabular}", "\\end{table}", *_write_notes(notes)]
    return ("\n".join(lines) + "\n").encode()


def _write_cell(cell: Cell, notes: dict[Mention, Note], *, by_document: bool) -> str:
    named = []
    for mention in cell.mentions:
        mark = "?" if mention.status == "candidate" else ""
        note = f"\\textsuperscript{{{notes[mention].number}}}" if mention in notes else ""
        name = "" if by_document else escape_latex(mention.document)
        named.append(f"{name}{mark}{note}")
    count = cell.say_count(by_document=by_document)
    return count + ("" if by_document or not named else ": ") + ", ".join(named)


def _write_notes(notes: dict[Mention, Note]) -> list[str]:
    if not notes:
        return []
    lines = ["", "\\begin{footnotesize}", "\\begin{description}\\setlength{\\itemsep}{0pt}"]
    for mention, note in notes.items():
        words = f"``{escape_latex(mention.quote)}'' {escape_latex(say_where(mention))}"
        lines.append(f"\\item[\\textsuperscript{{{note.number}}}] {words}")
    return [*lines, "\\end{description}", "\\end{footnotesize}"]
