"""Whether the same document in two formats gives the same statements.

Run: python tests/bench/twins.py [pairs|formats]
pairs: the documents of the folder `shared` that are there in two formats, one of them part of the other.
formats: Markdown files of that folder printed as HTML, DOCX and PDF (the last needs chromium), read back.
"""

import difflib
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from markdown_it.token import Token
from rapidfuzz import fuzz

from kg.annotate import annotate, load_language
from kg.extract.statements import extract
from kg.graph.vocabulary import load_concepts
from kg.model import Assertion, BlockKind, Document
from kg.readers import read_document
from kg.readers.markdown import clean_templates, cut_footnotes
from kg.readers.marks import RAISED_CLOSE, RAISED_OPEN

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "../shared/data/documents"
PAIRS = (
    ("barcelona-tech-sovereignty-guide.pdf", "barcelona-tech-sovereignty-policy.adoc"),
    ("barcelona-ethical-data-management.pdf", "barcelona-ethical-data-management-context.adoc"),
    ("barcelona-ethical-data-management.pdf", "barcelona-ethical-data-management-areas.adoc"),
)
MIN_SAME_WORDS = 8
#: Quotes that differ by less than this are one sentence in two editions.
MIN_LIKENESS = 85
CHROMIUM = shutil.which("chromium") or ""


def fold(text: str) -> str:
    """Letters and digits only: hyphens at line ends and spaces are no difference."""
    return "".join(re.findall(r"[^\W_]+", text.lower()))


def find_statements(document: Document) -> list[Assertion]:
    annotated = replace(annotate(document, load_concepts(ROOT / "ontology"), nlp=load_language()), encoder="none")
    return [found for found in extract(annotated, ()) if found.method.endswith("sentence")]


def cut_to(whole: Document, part: Document) -> Document:
    """The stretch of a document that another holds too, with the other's title."""
    ours, theirs = list(re.finditer(r"[^\W_]+", whole.text)), list(re.finditer(r"[^\W_]+", part.text))
    words = [[word.group().lower() for word in text] for text in (ours, theirs)]
    same = difflib.SequenceMatcher(None, words[0], words[1], autojunk=False).get_matching_blocks()
    long = [block for block in same if block.size >= MIN_SAME_WORDS]
    start, end = ours[long[0].a].start(), ours[long[-1].a + long[-1].size - 1].end()
    kept = [block for block in whole.blocks if start <= block.end and block.start <= end]
    # The heading that names the part as a whole is its title, not a section of it.
    titles = {fold(part.block_text(block)) for block in part.find_blocks(BlockKind.TITLE)}
    kept = [
        replace(block, kind=BlockKind.TITLE) if fold(whole.block_text(block)) in titles else block for block in kept
    ]
    return replace(whole, blocks=tuple(kept))


def count_reworded(first: Counter[tuple[str, str]], second: Counter[tuple[str, str]]) -> int:
    """Pairs of quotes of one kind that are the same but for a few words: an edition that was revised."""
    left = list(second.elements())
    pairs = 0
    for kind, quote in first.elements():
        best = max((e for e in left if e[0] == kind), key=lambda e: fuzz.ratio(quote, e[1]), default=None)
        if best and fuzz.ratio(quote, best[1]) >= MIN_LIKENESS:
            left.remove(best)
            pairs += 1
    return pairs


def compare(first: Document, second: Document, *, shown: int = 0) -> tuple[float, float, float, int, tuple[int, int]]:
    """Jaccard of all quotes, of those whose words stand in both texts, and of all with reworded ones counted as the
    same; how many there are in all; how many stand on one side only because the texts differ there, and how many not.
    """
    sides = [Counter((s.kind, fold(s.evidence.quote)) for s in find_statements(d)) for d in (first, second)]
    both = sum((sides[0] & sides[1]).values())
    every = sum((sides[0] | sides[1]).values())
    texts = [fold(document.text) for document in (first, second)]
    held = [
        Counter({key: n for key, n in side.items() if key[1] in text})
        for side, text in zip(sides, reversed(texts), strict=True)
    ]
    shared = sum((held[0] | held[1]).values())
    for name, side, other in (("first only", held[0], held[1]), ("second only", held[1], held[0])):
        for (kind, quote), _ in list((side - other).items())[:shown]:
            print(f"    {name:<12} {kind:<8} {quote[:110]}")
    alike = both + count_reworded(sides[0] - sides[1], sides[1] - sides[0])
    whole = alike / max(sum(map(Counter.total, sides)) - alike, 1)
    return both / max(every, 1), both / max(shared, 1), whole, every, (every - shared, shared - both)


def measure_pairs() -> None:
    for pdf, other in PAIRS:
        part = read_document(DOCUMENTS / other)
        whole = cut_to(read_document(DOCUMENTS / pdf), part)
        exact, shared, alike, count, (worded, read) = compare(whole, part, shown=12)
        print(
            f"{other}: {count} statements, Jaccard {exact:.3f}; of sentences that stand in both {shared:.3f}; "
            f"of all, reworded ones as the same {alike:.3f}; "
            f"on one side only: {worded} where the texts differ, {read} else"
        )


def print_formats(path: Path, folder: Path) -> Iterator[Path]:
    """A Markdown file as Markdown without what is not printed, HTML, DOCX and PDF."""
    from markdown_it import MarkdownIt

    source = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    source, _ = cut_footnotes(clean_templates(source))
    source = re.sub(rf"{RAISED_OPEN}[^{RAISED_CLOSE}]*{RAISED_CLOSE}", "", source)
    source = source.replace("<details>", "<details open>")  # what is folded away is not printed
    document = read_document(path)
    title = next(map(document.block_text, document.find_blocks(BlockKind.TITLE)), "")
    if title and not re.search(r"^# ", source, flags=re.MULTILINE):
        source = f"# {title}\n\n" + re.sub(r"^(?=#)", "#", source, flags=re.MULTILINE)
    plain = folder / f"{path.stem}.md"
    plain.write_text(source, encoding="utf-8")
    yield plain
    body = MarkdownIt("commonmark", {"html": True}).enable("table").render(source)
    html = folder / f"{path.stem}.html"
    head = f"<meta charset=utf-8><title>{path.stem}</title><style>td, th {{border: 1px solid}}</style>"
    html.write_text(f"<!doctype html>{head}{body}", encoding="utf-8")
    yield html
    if "<p>" not in source:  # what is written in HTML is not printed to Word
        yield write_docx(
            MarkdownIt("commonmark", {"html": True}).enable("table").parse(source), folder / f"{path.stem}.docx"
        )
    if CHROMIUM:
        pdf = folder / f"{path.stem}.pdf"
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={pdf}"]
        subprocess.run([CHROMIUM, *options, str(html)], capture_output=True, check=True)
        yield pdf


def find_runs(inline: Token) -> Iterator[tuple[str, bool, bool]]:
    """The words of a line of Markdown, and whether they are bold and raised."""
    bold, raised = 0, False
    for child in inline.children or ():
        bold += (child.type == "strong_open") - (child.type == "strong_close")
        if child.type == "html_inline":
            raised = child.content.startswith("<sup") or (raised and not child.content.startswith("</sup"))
        text = child.content if child.type in {"text", "code_inline"} else " " * (child.type == "softbreak")
        if text:
            yield text, bold > 0, raised


def write_docx(tokens: Sequence[Token], path: Path) -> Path:
    """Markdown as a Word file with Word's own headings, lists and tables."""
    import docx

    document = docx.Document()
    style = "Normal"
    lists: list[str] = []
    rows: list[list[str]] | None = None
    for token in tokens:
        if token.type == "heading_open":
            style = f"Heading {token.tag[1]}"
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append("List Bullet" if token.type.startswith("bullet") else "List Number")
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "paragraph_open":
            style = f"{lists[-1]} {len(lists)}".removesuffix(" 1") if lists and len(lists) < 4 else "Normal"
        elif token.type == "table_open":
            rows = []
        elif token.type == "tr_open" and rows is not None:
            rows.append([])
        elif token.type == "table_close" and rows is not None:
            table = document.add_table(len(rows), max(map(len, rows)))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=False):
                    cell.text = text
            rows = None
        elif token.type == "inline" and rows is None:
            paragraph = document.add_paragraph(style=style)
            for text, bold, raised in find_runs(token):
                run = paragraph.add_run(text)
                run.bold, run.font.superscript = bold or None, raised or None
        elif token.type == "inline" and rows is not None:
            rows[-1].append("".join(text for text, _, _ in find_runs(token)))
    document.save(str(path))
    return path


def measure_formats() -> None:
    totals: dict[str, list[float]] = {}
    for path in sorted(DOCUMENTS.glob("*.md")):
        if "-fr-" in path.name:
            continue
        with tempfile.TemporaryDirectory() as name:
            plain, *others = print_formats(path, Path(name))
            first = read_document(plain)
            for other in others:
                exact, shared, _, count, _ = compare(first, read_document(other), shown=4)
                totals.setdefault(other.suffix, []).append(exact)
                print(
                    f"{path.stem:<60} {other.suffix:<6} {count:>3} Jaccard {exact:.3f} shared {shared:.3f}", flush=True
                )
    for suffix, values in totals.items():
        print(f"{suffix}: mean Jaccard {sum(values) / len(values):.3f}, least {min(values):.3f}, {len(values)} files")


if __name__ == "__main__":
    if not DOCUMENTS.is_dir():
        sys.exit(f"{DOCUMENTS} is not there; nothing to measure")
    for part in sys.argv[1:] or ("pairs", "formats"):
        {"pairs": measure_pairs, "formats": measure_formats}[part]()
