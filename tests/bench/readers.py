"""How well the readers read: every development document, word order, twins, bibliographies, speed.

Run: python tests/bench/readers.py [documents|order|twins|bibliographies|speed ...]
Needs the folder `shared` beside the repository; `order` also needs poppler's pdftotext.
"""

import csv
import difflib
import json
import logging
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz

from kg.model import BlockKind, Document, ReadError, compute_sections
from kg.readers import READERS, SafeReader, read_document
from kg.readers.bibliography import merge_same_works, read_bibliography

SHARED = Path(__file__).parents[2] / "../shared/data"
DOCUMENTS = SHARED / "documents"
#: The same text in two formats: a PDF and files that hold parts of it.
TWINS = {
    "barcelona-tech-sovereignty-guide.pdf": ["barcelona-tech-sovereignty-policy.adoc"],
    "barcelona-ethical-data-management.pdf": [
        "barcelona-ethical-data-management-context.adoc",
        "barcelona-ethical-data-management-areas.adoc",
    ],
}


def fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [document.block_text(block) for block in document.find_blocks(kind)]


def read_index() -> list[dict[str, str]]:
    with (DOCUMENTS / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def named_people(row: dict[str, str]) -> list[str]:
    """Family names of the authors that the index names as people."""
    raw = row["authors"]
    if row["kind"] == "policy" or "named in the brief" in raw:
        return []
    names = json.loads(raw) if raw.startswith("[") else raw.split(";")
    return [fold(name.split(",")[0] if "," in name else name.split()[-1]).split()[-1] for name in names]


def is_title_right(found: str, stated: str) -> bool:
    """Whether a title is that of the index, or the part of it that stands in the file itself."""
    one, two = fold(found), fold(stated)
    return bool(one) and (one in two or two in one or fuzz.token_set_ratio(one, two) >= 80)


def is_own_title(found: str, row: dict[str, str]) -> bool:
    """Whether the index only repeats the file's name ("...: faq"), and the title found is what the file itself says."""
    path, label = DOCUMENTS / row["file"], re.split(r"[:(]", row["title"])[-1]
    named = set(fold(label.replace("_", " ")).split()) <= set(fold(re.sub(r"[_-]", " ", path.name)).split())
    return named and path.is_file() and fold(found) in fold(path.read_text(encoding="utf-8", errors="replace")[:600])


def measure_documents() -> None:
    """Title, authors, sections, references and time of every file of the index."""
    rows = read_index()
    right = authors_right = authors_named = failed = 0
    slowest = 0.0
    with SafeReader(seconds=60) as reader:
        for row in rows:
            path = DOCUMENTS / row["file"]
            start = time.perf_counter()
            try:
                document = reader.read_folder(path) if path.is_dir() else reader.read(path, file=row["file"])
            except ReadError as error:
                failed += 1
                print(f"{row['file']:<70} refused: {error}")
                continue
            seconds = time.perf_counter() - start
            slowest = max(slowest, seconds)
            title = next(iter(texts(document, BlockKind.TITLE)), "")
            title_ok = is_title_right(title, row["title"]) or is_own_title(title, row)
            people = named_people(row)
            written = fold(" ".join(texts(document, BlockKind.AUTHOR)))
            people_ok = all(name in written for name in people)
            right += title_ok
            authors_named += bool(people)
            authors_right += bool(people) and people_ok
            marks = f"{'title' if title_ok else 'TITLE?'} {'authors' if people_ok else 'AUTHORS?'}"
            kind = document.kind if document.kind == row["kind"] else f"{document.kind}!={row['kind']}"
            entries = len(texts(document, BlockKind.REFERENCE))
            counts = f"{len(compute_sections(document)):>3} sections {entries:>3} references"
            print(f"{row['file']:<70} {kind:<15} {marks:<16} {counts} {seconds:.2f} s")
            if not title_ok:
                print(f"    found: {title!r}; index: {row['title']!r}")
    print(
        f"title {right}/{len(rows)}, authors {authors_right}/{authors_named}, {failed} refused, at most {slowest:.1f} s"
    )


def measure_files() -> None:
    """Every single file, folders too: none may crash."""
    paths = [p for p in sorted(DOCUMENTS.rglob("*")) if p.suffix in READERS]
    with SafeReader(seconds=60) as reader:
        faults = []
        for path in paths:
            try:
                reader.read(path)
            except ReadError as error:
                faults.append(str(error))
    print(f"{len(paths)} files, {len(faults)} refused: {faults}")


def count_in_order(ours: list[str], theirs: list[str]) -> float:
    """Share of our words that stand in their order too."""
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / max(len(ours), 1)


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


PROSE = frozenset(
    {BlockKind.TITLE, BlockKind.ABSTRACT, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.REFERENCE}
)


def prose_of(document: Document) -> str:
    return "\n".join(document.block_text(block) for block in document.blocks if block.kind in PROSE)


def count_triples(ours: list[str], theirs: list[str]) -> float:
    """Share of our runs of three words that are theirs too: pdftotext cuts columns apart at empty lines, which moves
    whole stretches but no words within them."""
    known = set(zip(theirs, theirs[1:], theirs[2:], strict=False))
    found = list(zip(ours, ours[1:], ours[2:], strict=False))
    return sum(triple in known for triple in found) / max(len(found), 1)


def read_words(path: Path, *options: str) -> list[str]:
    """The words that pdftotext gives, hyphens at line ends joined."""
    run = ["pdftotext", *options, str(path), "-"]
    plain = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    return words_of(re.sub(r"-\n(?=[a-z])", "", plain.replace("\u00ad", "")))


def count_by_page(document: Document, path: Path) -> float:
    """Share of our words in the order of one of pdftotext's two modes, by place or as drawn, the better one by page.

    By place it parts columns at blank lines and so misorders paragraphs that stand beside each other.
    """
    pages: dict[int, list[str]] = {}
    for block in document.blocks:
        if block.kind in PROSE and block.page:
            pages.setdefault(block.page, []).append(document.block_text(block))
    right = total = 0.0
    for number, texts_of_page in pages.items():
        ours = words_of("\n".join(texts_of_page))
        span = "-f", str(number), "-l", str(number + 1)  # a paragraph may end on the next page
        shares = [count_in_order(ours, read_words(path, *span, *mode)) for mode in ((), ("-raw",))]
        right, total = right + max(shares) * len(ours), total + len(ours)
    return right / max(total, 1)


def measure_order() -> None:
    """Words of each PDF in the order that pdftotext gives them."""
    if not shutil.which("pdftotext"):
        print("pdftotext is not installed")
        return
    for path in sorted(DOCUMENTS.glob("*.pdf")):
        theirs, document = read_words(path), read_document(path)
        ours = words_of(prose_of(document))
        order, triples = count_in_order(ours, theirs), count_triples(ours, theirs)
        paged = count_by_page(document, path)
        print(
            f"{path.name:<44} {len(ours):>6} words, in order {order:.4f}, by page {paged:.4f}, in threes {triples:.4f}"
        )


def measure_twins() -> None:
    """Words of the second format found in order in the first."""
    for name, others in TWINS.items():
        ours = words_of(prose_of(read_document(DOCUMENTS / name)))
        for other in others:
            theirs = words_of(prose_of(read_document(DOCUMENTS / other)))
            print(f"{other:<55} in order in {name}: {count_in_order(theirs, ours):.4f}")


def measure_bibliographies() -> None:
    """Records in, time and memory."""
    for path in sorted((SHARED / "bibliographies").glob("*.*")):
        if path.suffix == ".tsv":
            continue
        start = time.process_time()
        documents, problems = read_bibliography(path)
        merged, notes = merge_same_works(documents)
        seconds = time.process_time() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        again = read_bibliography(path)[0]
        counts = f"{len(documents)} records, {len(problems)} problems, {len(merged)} works ({len(notes)} merged)"
        print(f"{path.name}: {counts}, {seconds:.2f} CPU s, {memory:.0f} MB, same again: {again == documents}")


def measure_speed() -> None:
    """Pages per CPU second on the same PDFs in one run."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    paths = sorted(DOCUMENTS.glob("*.pdf"))
    pages = sum(len(pypdf.PdfReader(path).pages) for path in paths)

    def run_pypdf(path: Path) -> None:
        for page in pypdf.PdfReader(path).pages:
            page.extract_text()

    runs: dict[str, Callable[[Path], object]] = {"kg": read_document, "pypdf": run_pypdf}
    try:
        from pdfminer.high_level import extract_text

        runs["pdfminer.six"] = extract_text
    except ImportError:
        print("pdfminer.six is not installed")
    for name, run in runs.items():
        start = time.process_time()
        for path in paths:
            run(path)
        print(f"{name}: {pages / (time.process_time() - start):.1f} pages per CPU second ({pages} pages)")


PARTS = {
    "documents": measure_documents,
    "files": measure_files,
    "order": measure_order,
    "twins": measure_twins,
    "bibliographies": measure_bibliographies,
    "speed": measure_speed,
}

if __name__ == "__main__":
    if not DOCUMENTS.is_dir():
        sys.exit(f"{DOCUMENTS} is not there; nothing to measure")
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
