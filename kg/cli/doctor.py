"""`kg doctor`: how a file is read, and what looks wrong."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.model import Document

MAX_SHOWN = 10


@click.command("doctor")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--text", "as_text", is_flag=True, help="Print the text as read.")
@click.option("--blocks", is_flag=True, help="Print every block: kind, depth, number, page, beginning.")
@click.option("--seconds", type=click.FloatRange(min=1), default=60.0, show_default=True, help="Stop after so long.")
def doctor_command(file: Path, as_text: bool, blocks: bool, seconds: float) -> None:
    """Show how a file is read and what looks wrong, without adding it: title, authors, sections, references, language.

    FILE may be a document or a bibliography. Nothing is stored, no workspace is needed.

    \b
    Example:
      kg doctor ~/papers/wu-2022.pdf
      kg doctor --blocks ~/papers/wu-2022.pdf
      kg doctor ~/zotero.bib
    """
    from kg.readers.bibliography import is_bibliography
    from kg.readers.safely import SafeReader

    with SafeReader(seconds=seconds) as reader:
        if is_bibliography(file):
            documents, problems = reader.read_bibliography(file)
            click.echo(_describe_bibliography(documents, problems))
            return
        document, notes = reader.diagnose(file)
    if as_text:
        click.echo(document.text)
    elif blocks:
        click.echo(_list_blocks(document))
    else:
        click.echo(_describe(document, notes))


def _describe(document: "Document", notes: list[str]) -> str:
    """The report on one document."""
    from kg.model import BlockKind, compute_sections
    from kg.readers.diagnosis import find_oddities

    count = Counter(block.kind.value for block in document.blocks)
    lines = [f"{document.file}: {document.kind}, language {document.language}, {len(document.text)} characters"]
    lines += [f"  {note}" for note in notes]
    for kind in (BlockKind.TITLE, BlockKind.AUTHOR, BlockKind.AFFILIATION, BlockKind.KEYWORDS):
        values = [document.block_text(block) for block in document.find_blocks(kind)]
        lines.append(f"{kind.value}: {'; '.join(values) or '(none)'}")
    facts = [
        f"{b.label} {document.block_text(b)}" for b in document.find_blocks(BlockKind.METADATA) if b.label != "line"
    ]
    lines.append(f"facts: {'; '.join(facts) or '(none)'}")
    lines.append("blocks: " + ", ".join(f"{number} {kind}" for kind, number in sorted(count.items())))
    sections = compute_sections(document)
    lines.append(f"sections: {len(sections)}")
    lines += [f"  {'  ' * (s.level - 1)}{s.number} {s.title}".rstrip() for s in sections]
    odd = find_oddities(document)
    lines.append("looks wrong:" if odd else "nothing looks wrong")
    return "\n".join([*lines, *(f"  - {line}" for line in odd)])


def _list_blocks(document: "Document") -> str:
    """One line per block."""
    rows = []
    for block in document.blocks:
        page = f"p{block.page}" if block.page else ""
        text = document.block_text(block).replace("\n", " ")
        rows.append(
            f"{block.start:>7} {block.kind.value:<11}{block.level or '':>2} {block.number:<6}{page:<5}{text[:90]}"
        )
    return "\n".join(rows)


def _describe_bibliography(documents: "list[Document]", problems: list[str]) -> str:
    """The report on a bibliography."""
    from kg.model import BlockKind
    from kg.readers.bibliography import merge_same_works

    merged, notes = merge_same_works(documents)
    abstracts = sum(1 for document in documents if any(document.find_blocks(BlockKind.ABSTRACT)))
    lines = [f"{len(documents)} records, {len(merged)} different works, {abstracts} with an abstract"]
    for title, entries in (("the same work twice", notes), ("looks wrong", problems)):
        if entries:
            lines.append(f"{title}:")
            lines += [f"  - {entry}" for entry in entries[:MAX_SHOWN]]
            lines += [f"  ... and {len(entries) - MAX_SHOWN} more"] if len(entries) > MAX_SHOWN else []
    return "\n".join(lines)
