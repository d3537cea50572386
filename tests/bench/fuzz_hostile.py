"""A folder of hostile files, read one by one and then added as one batch: each refused or read, none may harm the rest.

Run: python tests/bench/fuzz_hostile.py
Zip bombs, entities, deep nesting, floods of one mark, paths that lead out, files that are no files. What is read must
not hold the secret that lies beside the folder; the one good note in it must go in.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "readers"))

from conftest import write_pdf

from kg.model import Document, ReadError
from kg.readers import SafeReader
from kg.readers.bibliography import is_bibliography

SECRET = "THE-SECRET-BESIDE-THE-FOLDER"
MAX_SECONDS = 60.0
BOMB_BYTES = 3_000_000_000
LAUGHS = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
CONTAINER = '<container><rootfiles><rootfile full-path="{}"/></rootfiles></container>'
PACKAGE = '<package><manifest><item id="a" href="{}"/></manifest><spine><itemref idref="a"/></spine></package>'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FLOODS = (
    "[",
    "*",
    "`",
    "_",
    "<",
    ">",
    "(",
    "{",
    "|",
    "#",
    "&",
    "![",
    "[](",
    "<b>",
    "~",
    "=",
    "\t",
    "- ",
    "1. ",
    "a:: ",
    '"',
)
SUFFIXES = (".txt", ".md", ".html", ".adoc", ".rst")


def write_zip(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def write_bomb(path: Path, name: str, start: bytes, before: dict[str, bytes]) -> None:
    """A small archive with one member that unpacks to gigabytes of spaces."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, data in before.items():
            archive.writestr(other, data)
        with archive.open(name, "w", force_zip64=True) as member:
            member.write(start)
            for _ in range(BOMB_BYTES // 10_000_000):
                member.write(b" " * 10_000_000)


def make_pdf_bodies() -> dict[str, bytes]:
    """Page trees without end, streams that unpack to gigabytes."""
    head = b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    tail = b"trailer << /Root 1 0 R >>\n%%EOF\n"
    cycle = b"2 0 obj\n<< /Type /Pages /Count 1000000000 /Kids [2 0 R 2 0 R] >>\nendobj\n"
    packed = zlib.compress(zlib.compress(b"(x) Tj " * 50_000_000, 9), 9)
    page = (
        b"2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n"
        b"4 0 obj\n<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(packed)
    )
    return {
        "cycle.pdf": head + cycle + tail,
        "unpacks.pdf": head + page + packed + b"\nendstream\nendobj\n" + tail,
        "cut.pdf": head,
        "loop.pdf": head + b"xref\n0 0\ntrailer << /Root 1 0 R /Prev 0 >>\nstartxref\n9\n%%EOF",
    }


def make_locked_pdf(path: Path) -> None:
    import pypdf

    plain = write_pdf(path.with_name("plain.pdf"), [[(70.0, 700.0, 10.0, "F1", "Words that nobody may read.")]])
    writer = pypdf.PdfWriter(clone_from=plain)
    writer.encrypt("secret")
    writer.write(path)
    plain.unlink()


def make_texts() -> dict[str, str]:
    """Entities, nesting and floods of one mark, in every format that is text."""
    outside = f'<!DOCTYPE a [<!ENTITY x SYSTEM "../secret.txt">{LAUGHS}]>'
    body = "<p>&x;&l9;</p>"
    texts = {
        "entities.xml": f"{outside}<article><front/><body>{body}</body></article>",
        "entities.tei": f"{outside}<TEI><text><body>{body}</body></text></TEI>",
        "entities.html": f"{outside}<html><body><h1>T</h1>{body}</body></html>",
        "outside.adoc": "= T\n\ninclude::../secret.txt[]\n\ninclude::link.adoc[]\n\ninclude::/etc/passwd[]\n\nWords.\n",
        "outside.rst": "T\n=\n\n.. include:: ../secret.txt\n\n.. raw:: html\n   :file: ../secret.txt\n\nWords.\n",
        "itself.adoc": "= T\n\ninclude::itself.adoc[]\n\n" * 50 + "Words.\n",
        "outside.bib": "@article{a, title={One work}, author={Silva, Ana}, year=2020, file={../secret.txt}}\n"
        "@article{b, title={Another work}, author={Silva, Ana}, year=2021, file={/etc/passwd;C:\\x.pdf;folder.pdf}}\n",
        "deep.html": "<div>" * 200_000 + "x",
        "deep.xml": "<article><front/>" + "<sec>" * 200_000 + "x",
        "deep.json": "[" * 200_000,
        "deep.bib": "@article{a, title=" + "{" * 200_000,
        "deep.md": ">" * 100_000 + " x",
        "list.md": "\n".join("  " * i + "- x" for i in range(2000)),
        "list.rst": "\n\n".join("  " * i + "- x" for i in range(2000)),
        "yaml.md": "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"b{i}: &b{i} [{','.join([f'*b{i - 1}' if i else '*a'] * 9)}]\n" for i in range(9))
        + "title: *b8\n---\n\nWords.\n",
        "wide.csv": "title," + "a," * 500_000 + "\nT," + "b," * 500_000 + "\n",
        "quote.csv": 'title,abstract\n"' + "x" * 5_000_000,
        "one-line.txt": "word" * 2_000_000,
        "lines.txt": "\n" * 3_000_000 + "x",
        "words.txt": "A word and another. " * 300_000,
        "spaces.md": "a" + " " * 1_000_000 + "b\n",
        "good.md": "# A good note\n\nOffices do not share their data, which is a problem for everybody.\n",
    }
    for i, flood in enumerate(FLOODS):
        for suffix in SUFFIXES:
            texts[f"flood-{i}{suffix}"] = "Title\n\n" + flood * (200_000 // len(flood)) + "\n"
            texts[f"floods-{i}{suffix}"] = "Title\n\n" + f"{flood}\n" * 20_000
    return texts


def make_folder(folder: Path) -> None:
    """Every hostile file there is, and one good one."""
    (folder.parent / "secret.txt").write_text(f"{SECRET} {'and so on. ' * 100}", encoding="utf-8")
    for name, text in make_texts().items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, data in make_pdf_bodies().items():
        (folder / name).write_bytes(data)
    make_locked_pdf(folder / "locked.pdf")
    write_pdf(folder / "outlines.pdf", [[], [], []])
    write_bomb(folder / "bomb.docx", "word/document.xml", b"<a>", {})
    book = {"META-INF/container.xml": CONTAINER.format("b.opf"), "b.opf": PACKAGE.format("a.xhtml")}
    write_bomb(folder / "bomb.epub", "a.xhtml", b"<p>", {name: text.encode() for name, text in book.items()})
    write_bomb(folder / "bomb.zip", "a.md", b"# A", {})
    outside = f'<!DOCTYPE a [<!ENTITY x SYSTEM "../secret.txt">{LAUGHS}]>'
    word = f"{outside}<w:document {WORD}><w:body><w:p><w:r><w:t>&x;&l9;</w:t></w:r></w:p></w:body></w:document>"
    write_zip(folder / "entities.docx", {"word/document.xml": word.encode()})
    deep = f"<w:document {WORD}>" + "<w:p>" * 100_000
    write_zip(folder / "deep.docx", {"word/document.xml": deep.encode()})
    tables = "<w:tbl><w:tr><w:tc>" * 60
    nested = f"<w:document {WORD}><w:body>{tables}<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    nested += "</w:tc></w:tr></w:tbl>" * 60 + "</w:body></w:document>"
    write_zip(folder / "tables.docx", {"word/document.xml": nested.encode()})
    write_zip(folder / "outside.epub", {
        "META-INF/container.xml": CONTAINER.format("../../b.opf").encode(),
        "../../b.opf": PACKAGE.format("../../../secret.txt").encode()})  # fmt: skip
    write_zip(folder / "outside.zip", {"../../out.md": b"# Out", "/abs.md": b"# Abs", "a.md": b"# In\n\nWords."})
    write_zip(folder / "many.zip", {f"{i}.md": b"# x" for i in range(20_000)})
    for suffix in (*SUFFIXES, ".pdf", ".docx", ".epub", ".xml", ".zip", ".bib", ".ris", ".csv", ".json"):
        (folder / f"empty{suffix}").touch()
    (folder / "folder.pdf").mkdir()
    os.mkfifo(folder / "pipe.pdf")
    os.mkfifo(folder / "pipe.bib")
    (folder / "loop").symlink_to(".")
    (folder / "one.md").symlink_to("two.md")
    (folder / "two.md").symlink_to("one.md")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "link.adoc").symlink_to("../secret.txt")
    (folder / "--help.md").write_text("# Named like an option\n\nOffices lack staff.\n", encoding="utf-8")
    (folder / "two\nlines.md").write_text("# Named on two lines\n\nOffices lack money.\n", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.md")).write_text("# No UTF-8\n\nOffices lack time.\n")


def read(reader: SafeReader, path: Path) -> list[Document]:
    if is_bibliography(path):
        return reader.read_bibliography(path)[0]
    return [reader.read(path)]


def measure(name: str, call: Callable[[], list[Document]]) -> bool:
    """Whether one file is read or refused in time and without the secret; says how."""
    start = time.perf_counter()
    try:
        documents = call()
        outcome = f"{len(documents)} read"
    except ReadError as error:
        documents, outcome = [], f"refused: {error}"
    seconds = time.perf_counter() - start
    leaked = any(SECRET in document.text or "root:" in document.text for document in documents)
    failed = leaked or seconds > MAX_SECONDS
    if failed or not name.startswith("flood") or seconds > 5:
        print(f"{'FAILED ' if failed else ''}{name!r:<24} {seconds:6.2f} s  {outcome[:150]}", flush=True)
    return not failed


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kg", *words], capture_output=True, text=True, check=False)


def add_all(folder: Path, library: Path) -> bool:
    """Whether the whole folder added at once lets the good notes in and ends without a traceback."""
    run("init", str(library))
    (library / "kg.toml").write_text('[encoder]\nfolder = "none"\n', encoding="utf-8")
    start = time.perf_counter()
    done = run("--workspace", str(library), "add", str(folder))
    listed = run("--workspace", str(library), "list", "--format", "json").stdout
    names = [row["file"] for row in json.loads(listed)] if listed.strip() else []
    print(done.stderr[:6000])
    print(f"added in {time.perf_counter() - start:.0f} s, exit {done.returncode}, {len(names)} documents")
    found = (library / ".kg").exists() and SECRET not in json.dumps(names)
    return found and "good.md" in names and "Traceback" not in done.stderr


def main() -> int:
    """0 if nothing failed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "hostile"
        folder.mkdir()
        make_folder(folder)
        with SafeReader(seconds=30) as reader:
            fine = [
                measure(path.name, partial(read, reader, path))
                for path in sorted(folder.iterdir(), key=os.fsencode)
                if not path.is_fifo() and path.name not in {"loop", "zero.txt", "link.adoc"}
            ]
        for path in folder.glob("flood*"):  # read alone above; a few of them are enough for the whole way
            if path.stem not in {"flood-0", "flood-13", "floods-17"}:
                path.unlink()
        added = add_all(folder, Path(name) / "library")
    print(f"{sum(fine)} of {len(fine)} files as they should be; batch {'fine' if added else 'FAILED'}")
    return not (all(fine) and added)


if __name__ == "__main__":
    sys.exit(main())
