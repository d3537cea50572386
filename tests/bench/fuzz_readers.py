"""Broken files of every format: none may end in anything but a document or a ReadError, none may hang.

Run: python tests/bench/fuzz_readers.py [CASES] [SEED] [FOLDER]
FOLDER: its files are broken instead of the small samples that stand here.
Samples are cut, their bits flipped, stretches of them doubled, dropped or replaced; of archives also what is inside
them. A case that fails is written to the folder `fuzz-failures` below the system's temporary folder and named.
"""

import io
import random
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import docx

sys.path.insert(0, str(Path(__file__).parents[1] / "readers"))

from conftest import write_pdf

from kg.model import ReadError
from kg.readers import read_document
from kg.readers.bibliography import is_bibliography, read_works

MAX_SECONDS = 20
SAMPLES = {
    "a.md": "---\ntitle: T\nauthors: [Ana Silva]\n---\n\n# One\n\n* a\n  1. b\n\n**Lead.** Words that follow.\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: note\n<div><p>x</p></div>\n```\ncode\n```\n",
    "a.txt": "A Title of Words\n\nAna Silva, Bo Rossi\n\nSchool of Law, Example University\n\nKeywords: a, b\n\n"
    "Abstract: We say.\n\n1. One\n\n(1) First. Text that follows the title of it.\n\n(2) Second. Text.\n\n"
    "References\n\n[1] Silva A. Data[J]. Offices, 2020(3): 1-9.\n",
    "a.adoc": "= T\nAna Silva\n:a: b\n\n== One\n\nWords footnote:[n [x] y] *b* _i_ http://a.b[c].\n\n.Box\n****\n"
    ". one\n* two\n****\n\n|===\n|a |b\n\n|1 |2\n|===\n\nterm:: text\n",
    "a.rst": "=====\nTitle\n=====\n\n:Author: Ana\n\nOne\n---\n\n**b** `l <u>`_ [1]_\n\n1. a\n\n   a. b\n\n.. [1] x\n\n"
    "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n\n.. note::\n\n   x\n",
    "a.html": "<html lang=en><head><title>T</title><meta name=citation_author content='Silva, Ana'></head><body>"
    "<nav><a href=x>y</a></nav><main><h1>T</h1><p>a<sup><a href='#fn1'>1</a></sup></p><ul><li>b<ol><li>c</li>"
    "</ol></li></ul><table><tr><th>a<td>b</table><dl><dt>a<dd>b</dl></main></body></html>",
    "a.bib": "@string{o = {Offices}}\n@article{a, title={S {D} {\\'E}}, author={Silva, Ana and {World Bank}}, journal=o"
    ',year=2020, abstract={x \\& y}, keywords={a, b}}\n@comment{x}\n@book{b, title="B"}\n',
    "a.ris": "TY  - JOUR\nTI  - S\nAU  - Silva, Ana\nPY  - 2020\nAB  - x\n y\nER  -\n",
    "a.csv": 'title,authors,year,abstract\n"S, D","Silva, Ana; Rossi, Bo",2020,"x\ny"\nT,,2019,\n',
    "a.json": '[{"title":"S","author":[{"family":"Silva","given":"Ana"},{"literal":"W"}],"keyword":"a, b",'
    '"issued":{"date-parts":[[2020]]}},{"title":"O","authorships":[{"author":{"display_name":"A"}}],'
    '"abstract_inverted_index":{"a":[0]},"biblio":{"volume":"1"}}]',
    "a.xml": "<article><front><article-meta><title-group><article-title>S</article-title></title-group><contrib-group>"
    "<contrib contrib-type='author'><name><surname>A</surname></name><xref ref-type='aff' rid='x'/></contrib>"
    "</contrib-group><aff id='x'>U</aff></article-meta></front><body><sec><title>O</title><p>x"
    "<xref ref-type='bibr'>1</xref></p></sec></body><back><ref-list><ref><label>1</label>"
    "<mixed-citation>R</mixed-citation></ref></ref-list></back></article>",
    "b.xml": "<TEI><teiHeader><fileDesc><titleStmt><title>S</title><author>A</author></titleStmt></fileDesc>"
    "</teiHeader><text><body><div><head n='1'>O</head><p>x<note n='1'>y</note></p></div></body></text></TEI>",
    "a.enw": "%0 Journal Article\n%T S\n%A Silva, Ana\n%D 2020\n%X x\n y\n\n%0 Book\n%T B\n",
    "a.nbib": "PMID- 1\nTI  - S\n      D\nFAU - Silva, Ana\nDP  - 2020 May\nAB  - x\nAID - 10.1/x [doi]\n\n",
    "a.ciw": "FN Clarivate\nVR 1.0\nPT J\nAU Silva, A\n   Rossi, B\nTI S\n   D\nPY 2020\nDI 10.1/x\nER\n\nEF\n",
    "c.xml": "<xml><records><record><titles><title>S</title></titles><contributors><authors><author>Silva,"
    " Ana</author></authors></contributors><dates><year>2020</year></dates></record></records></xml>",
    "b.bib": "@article{a, title={S}, author={Silva, Ana}, file={a.md:files/a.md:text/plain;:C\\:\\x.pdf:PDF}}\n"
    "@article{b, title={T}, author={Silva, Ana}, file = {../../b.pdf}, bdsk-file-1 = {YnBsaXN0MDA=}}\n",
}
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
#: A Word file with what python-docx does not write: lists, notes, changes, a text box, a spread cell, a field.
WORD_PARTS = {
    "word/document.xml": f"<w:document {WORD}><w:body>"
    "<w:p><w:pPr><w:pStyle w:val='A'/><w:outlineLvl w:val='0'/></w:pPr><w:r><w:t>One</w:t></w:r></w:p>"
    "<w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr><w:ins><w:r><w:t>new</w:t></w:r>"
    "</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r>"
    "<w:fldChar w:fldCharType='end'/></w:r><w:hyperlink><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
    "<w:t>1</w:t></w:r></w:hyperlink><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Box</w:t><w:br/></w:r></w:p>"
    "</w:txbxContent></w:pict></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/>"
    "<w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr>"
    "<w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl><w:sdt><w:sdtContent><w:p><w:r><w:t>x</w:t></w:r></w:p>"
    "</w:sdtContent></w:sdt></w:body></w:document>",
    "word/styles.xml": f"<w:styles {WORD}><w:style w:styleId='A'><w:name w:val='heading 1'/><w:basedOn w:val='B'/>"
    "</w:style><w:style w:styleId='B'><w:name w:val='x'/><w:basedOn w:val='A'/></w:style></w:styles>",
    "word/numbering.xml": f"<w:numbering {WORD}><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='1'>"
    "<w:numFmt w:val='decimal'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    "</w:numbering>",
    "word/footnotes.xml": f"<w:footnotes {WORD}><w:footnote w:id='2'><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote>"
    "</w:footnotes>",
    "docProps/core.xml": "<c xmlns:d='http://purl.org/dc/elements/1.1/'><d:title>T</d:title><d:creator>A</d:creator></c>",
}
CONTAINER = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
PACKAGE = '<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>'
BREAKERS = (b"<", b"[", b"{", b"(", b"&", b"\n\n", b"*", b"|", b"=", b"\x00", b"\xff", b'"')
INTRUDERS = (b"9999999999", b"\xc2\xb2", b"-1", b"\xe2\x80\x8b", b"\xed\xa0\x80", b"../../")


def make_samples(folder: Path) -> dict[str, bytes]:
    """Small whole files, one or more of each format."""
    samples = {name: content.encode() for name, content in SAMPLES.items()}
    samples["a16.txt"] = SAMPLES["a.txt"].encode("utf-16")
    book = docx.Document()
    book.add_heading("Title", 0)
    book.add_heading("One", 1)
    book.add_paragraph("Words").add_run("1").font.superscript = True
    book.add_table(2, 2)
    stream = io.BytesIO()
    book.save(stream)
    samples["a.docx"] = stream.getvalue()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in WORD_PARTS.items():
            archive.writestr(name, content)
    samples["b.docx"] = stream.getvalue()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("b.opf", PACKAGE)
        archive.writestr("a.xhtml", SAMPLES["a.html"])
    samples["a.epub"] = stream.getvalue()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("00-contents.md", "# The whole\n\nWords.\n")
        archive.writestr("01-one.md", SAMPLES["a.md"])
        archive.writestr("02/two.html", SAMPLES["a.html"])
    samples["a.zip"] = stream.getvalue()
    stretches = SAMPLES["a.txt"].split("\n\n")
    lines = [(70.0, 740.0 - 12 * i, 10.0, "F1", f"{line} ({i})") for i, line in enumerate(stretches)]
    lines.insert(0, (70.0, 780.0, 18.0, "F2", "A Title of Words"))
    samples["a.pdf"] = write_pdf(folder / "sample.pdf", [lines, lines]).read_bytes()
    return samples


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One to four changes of a file."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed) or 1)
        length = chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(7):
            case 0:
                del changed[at:]
            case 1 if changed:
                changed[at] ^= 1 << chance.randrange(8)
            case 2:
                del changed[at : at + length]
            case 3:
                changed[at:at] = changed[at : at + length] * chance.choice((1, 2, 50))
            case 4:
                changed[at:at] = chance.randbytes(length)
            case 5:
                changed[at:at] = chance.choice(BREAKERS) * length
            case _:
                changed[at : at + 4] = chance.choice(INTRUDERS)
    return bytes(changed)


def mutate_inside(data: bytes, chance: random.Random) -> bytes:
    """An archive with changes of one or two of its members, now and then of a name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    for name in chance.sample(sorted(members), k=min(len(members), chance.randint(1, 2))):
        members[name] = mutate(members[name], chance)
    if not chance.randrange(5):
        name = chance.choice(sorted(members))
        members[chance.choice(("../" + name, "/" + name, name.upper(), name * 90, name + "/a.md"))] = members.pop(name)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def make_cases(samples: dict[str, bytes], count: int, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    names = sorted(samples)
    for i in range(count):
        name = names[i % len(names)]
        inside = name.endswith((".docx", ".epub", ".zip")) and chance.random() < 0.7
        yield name, (mutate_inside if inside else mutate)(samples[name], chance)


def raise_timeout(_: int, __: FrameType | None) -> None:
    raise TimeoutError


def read_case(path: Path) -> None:
    if is_bibliography(path):
        read_works(path)
    else:
        read_document(path)


def main(count: int, seed: int, source: str = "") -> int:
    """Read so many broken files; the number that ended otherwise than they should. source: a folder of whole files."""
    chance = random.Random(seed)
    failures = Path(tempfile.gettempdir()) / "fuzz-failures"
    signal.signal(signal.SIGALRM, raise_timeout)
    outcomes: Counter[str] = Counter()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        samples = {p.name: p.read_bytes() for p in Path(source).iterdir() if p.is_file()} if source else {}
        for number, (file, data) in enumerate(make_cases(samples or make_samples(folder), count, chance)):
            path = folder / file
            path.write_bytes(data)
            signal.alarm(MAX_SECONDS)
            try:
                read_case(path)
                outcomes["read"] += 1
            except ReadError:
                outcomes["refused"] += 1
            except Exception as error:  # noqa: BLE001
                outcomes["FAILED"] += 1
                failures.mkdir(exist_ok=True)
                (failures / f"{number}-{file}").write_bytes(data)
                where = traceback.extract_tb(error.__traceback__)[-1]
                place = f"{Path(where.filename).name}:{where.lineno}"
                print(f"{number} {file}: {type(error).__name__}: {str(error)[:100]} at {place}")
            signal.alarm(0)
    print(f"{count} cases in {time.perf_counter() - start:.0f} s: {dict(outcomes)}")
    return outcomes["FAILED"]


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else 2000, int(given[1]) if given[1:] else 1, *given[2:]) > 0)
