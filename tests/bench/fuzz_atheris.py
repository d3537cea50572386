"""Files of every format grown by atheris towards what no case has reached yet in kg.readers: none may do harm.

Run: python tests/bench/fuzz_atheris.py [SECONDS PER FORMAT] [FORMAT ...]
Needs `pip install atheris` (Linux, CPython up to 3.13). Each format grows in a process of its own from the samples of
fuzz_readers.py and fuzz_grammar.py. A case fails if anything but a ReadError leaves the reader, if blocks lie outside
the text, overlap or are empty, if a second reading differs, or if it takes over MAX_SECONDS. Cases that fail are
written to the folder `fuzz-failures` below the system's temporary folder, each kind of failure once.
"""

import importlib
import importlib.util
import io
import json
import pkgutil
import re
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "readers")]

MAX_SECONDS = 10
MAX_CASE_BYTES = 6000
MAX_MEGABYTES = 3000
#: A reading is done twice for one of so many cases.
TWICE_EVERY = 16
#: Format -> the names of its samples in fuzz_readers.py; the ending of the first is that of its cases.
FORMATS: dict[str, tuple[str, ...]] = {
    "text": ("a.txt", "a16.txt"), "markdown": ("a.md",), "html": ("a.html",), "asciidoc": ("a.adoc",),
    "rst": ("a.rst",), "jats": ("a.xml",), "tei": ("b.xml",), "docx": ("a.docx", "b.docx"), "epub": ("a.epub",),
    "chapters": ("a.zip",), "pdf": ("a.pdf",), "bibtex": ("a.bib", "b.bib"), "ris": ("a.ris",), "csl": ("a.json",),
    "endnote": ("c.xml",), "enw": ("a.enw",), "csv": ("a.csv",), "nbib": ("a.nbib",), "wos": ("a.ciw",),
}  # fmt: skip
#: Stands before the name of each member of an archive, and before each page of a PDF, in a case.
PART = b"\x1c"
FOLDER = Path(tempfile.gettempdir()) / "fuzz-failures"


def unpack(data: bytes) -> bytes:
    """An archive as one text: PART, name, newline, content, and so on, which grows better than packed bytes do."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(PART + info.filename.encode() + b"\n" + archive.read(info) for info in archive.infolist())


def pack(case: bytes) -> bytes:
    """The archive of such a text; a case without PART is one already."""
    if not case.startswith(PART):
        return case
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        names: set[str] = set()
        for part in case[1:].split(PART):
            name, _, content = part.partition(b"\n")
            member = name.decode("utf-8", "replace").replace("\x00", "")[:200]
            if member not in names:
                archive.writestr(member or "x", content)
            names.add(member)
    return stream.getvalue()


def mend(case: bytes) -> bytes:
    """An XML file well-formed again, as far as a lenient parser can tell; else most changes end at the parser."""
    from lxml import etree

    try:
        root = etree.fromstring(case, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return case
    return case if root is None else etree.tostring(root)


def mend_members(case: bytes) -> bytes:
    """The text of an archive with the XML in it well-formed."""
    parts = (part.partition(b"\n") for part in case[1:].split(PART))
    return b"".join(PART + name + b"\n" + (mend(content) if b"<" in content[:200] else content)
                    for name, _, content in parts)  # fmt: skip


def draw(case: bytes, path: Path) -> bytes:
    """A PDF of such a text: pages behind PART, lines of "x y size font words"; any other case is a PDF already."""
    from conftest import FONTS, write_pdf

    if not case.startswith(PART):
        return case
    pages: list[list[tuple[float, float, float, str, str]]] = []
    for page in case[1:].decode("utf-8", "replace").encode("cp1252", "replace").decode("cp1252").split("\x1c"):
        found = (re.match(r"(-?\d{1,4}) (-?\d{1,4}) (\d{1,2}) F([123]) (.*)", line) for line in page.split("\n"))
        pages.append([(int(f[1]), int(f[2]), int(f[3]), f"F{f[4]}", f[5]) for f in found if f])
    assert set(FONTS) == {"F1", "F2", "F3"}
    return write_pdf(path, pages).read_bytes()


def make_seeds(name: str, folder: Path) -> None:
    """The whole files that the cases of a format grow from."""
    from fuzz_grammar import MARKS  # type: ignore[import-not-found, unused-ignore]
    from fuzz_readers import SAMPLES, make_samples  # type: ignore[import-not-found, unused-ignore]

    samples = make_samples(folder.parent)
    for i, file in enumerate(FORMATS[name]):
        (folder / f"seed{i}").write_bytes(samples[file])
        if zipfile.is_zipfile(io.BytesIO(samples[file])):
            (folder / f"parts{i}").write_bytes(_shorten(unpack(samples[file])))
    suffix = "." + FORMATS[name][0].rsplit(".", 1)[1]
    if suffix in MARKS and name != "endnote":
        for i, text in enumerate(collect_grammar(suffix)):
            (folder / f"grammar{i}").write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    if name == "pdf":
        words = [line for line in SAMPLES["a.txt"].split("\n") if line]
        one = "\n".join(f"70 {740 - 14 * i} 10 F1 {line}" for i, line in enumerate(words))
        two = "\n".join(f"{70 + 240 * (i % 2)} {740 - 12 * (i // 2)} 9 F{1 + i % 3} {w}" for i, w in enumerate(words))
        (folder / "pages").write_text(f"\x1c70 790 18 F2 A Title of Words\n{one}\x1c{two}\x1c{one}", encoding="utf-8")


def _shorten(parts: bytes) -> bytes:
    """An archive's text without the members that only Word itself needs."""
    kept = [part for part in parts[1:].split(PART) if not re.match(rb"docProps/thumb|word/theme|customXml", part)]
    return PART + PART.join(part if len(part) < MAX_CASE_BYTES else part[:200] for part in kept)


def collect_grammar(suffix: str, count: int = 60) -> list[str]:
    """So many documents of one format as fuzz_grammar.py puts them together."""
    from fuzz_grammar import write_pieces  # type: ignore[import-not-found, unused-ignore]
    from hypothesis import HealthCheck, Phase, given, settings

    texts: list[str] = []

    @settings(max_examples=count, database=None, derandomize=True, phases=[Phase.generate], deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(text=write_pieces(suffix))
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    return texts


def write_dictionary(name: str, path: Path) -> None:
    """The words and marks of a format, each of which may be put in as a whole."""
    from fuzz_grammar import JATS, KEYS, MARKS, TEI, WORDS  # type: ignore[import-not-found, unused-ignore]

    suffix = "." + FORMATS[name][0].rsplit(".", 1)[1]
    tags = {"jats": JATS, "tei": TEI}.get(name, "").split()
    words = [*WORDS, *MARKS.get(suffix, "").split("¦"), *(f"<{tag}>" for tag in tags), *(f"</{tag}>" for tag in tags)]
    words += [*(KEYS.split() if name == "csl" else []), "²", "9" * 20, "-1", "\x1c", "../"]
    encoded = {word.encode("utf-8", "surrogatepass")[:60] for word in words if word}
    lines = ["".join(f"\\x{byte:02x}" for byte in word) for word in sorted(encoded)]
    path.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")


class Judge:
    """Reads one case after another, counts how they end and keeps the first of each kind of failure."""

    def __init__(self, name: str, folder: Path) -> None:
        from fuzz_grammar import check  # type: ignore[import-not-found, unused-ignore]

        from kg.model import ReadError
        from kg.readers import read_document
        from kg.readers.bibliography import is_bibliography, read_works

        self.name = name
        self.path = folder / f"case.{FORMATS[name][0].rsplit('.', 1)[1]}"
        self.check, self.error, self.is_bibliography = check, ReadError, is_bibliography
        self.read_document, self.read_works = read_document, read_works
        self.outcomes: Counter[str] = Counter()
        self.log = folder / "outcomes.json"

    def judge(self, data: bytes) -> None:
        """Read a case, note its outcome."""
        start = time.perf_counter()
        try:
            self._read(self._write(data))
        except self.error:
            self.outcomes["refused"] += 1
        except Exception as error:  # noqa: BLE001
            frames = [f for f in traceback.extract_tb(error.__traceback__) if "readers" in f.filename] or [
                traceback.extract_tb(error.__traceback__)[-1]
            ]
            self._keep(data, f"{type(error).__name__} {Path(frames[-1].filename).stem} {frames[-1].lineno}", str(error))
        else:
            self.outcomes["read"] += 1
        seconds = time.perf_counter() - start
        if seconds > MAX_SECONDS / 2:
            self._keep(data, f"slow {len(data)}", f"{seconds:.1f} s")
        if self.outcomes.total() % 200 == 0:
            self.log.write_text(json.dumps(self.outcomes), encoding="utf-8")

    def _write(self, data: bytes) -> bool:
        """Put a case into its file; whether it is to be read twice."""
        choice = zlib.crc32(data)
        made = draw(data, self.path) if self.name == "pdf" else data
        if choice % 4 and self.name in {"jats", "tei", "endnote"}:
            made = mend(made)
        elif choice % 4 and self.name in {"docx", "epub"} and made.startswith(PART):
            made = mend_members(made)
        self.path.write_bytes(pack(made) if self.name in {"docx", "epub", "chapters"} else made)
        return choice % TWICE_EVERY == 0

    def _read(self, twice: bool) -> None:
        documents, problems, attachments = self._read_once()
        for document in documents:
            self.check(document)
        assert all(isinstance(problem, str) and problem for problem in problems), problems
        if twice:
            assert (documents, problems, attachments) == self._read_once(), "a second reading differs"

    def _read_once(self) -> tuple[list[Any], list[str], dict[str, list[str]]]:
        if self.is_bibliography(self.path):
            return self.read_works(self.path)
        return [self.read_document(self.path)], [], {}

    def _keep(self, data: bytes, kind: str, message: str) -> None:
        self.outcomes[f"FAILED {kind}"] += 1
        if self.outcomes[f"FAILED {kind}"] == 1:
            FOLDER.mkdir(exist_ok=True)
            (FOLDER / f"{self.name}-{kind.replace(' ', '-')}").write_bytes(data)
            print(f"{self.name}: {kind}: {message[:300]}", flush=True)
        self.log.write_text(json.dumps(self.outcomes), encoding="utf-8")


def grow(name: str, folder: Path, options: list[str]) -> None:
    """Grow cases of a format until the options say to end; does not return."""
    import atheris  # type: ignore[import-untyped, import-not-found, unused-ignore]

    import kg

    with atheris.instrument_imports(include=["kg.readers", "bibtexparser"]):
        for module in pkgutil.walk_packages(kg.__path__, "kg."):
            if module.name.startswith("kg.readers") and not module.name.endswith("worker"):
                importlib.import_module(module.name)
    judge: Callable[[bytes], None] = Judge(name, folder).judge
    atheris.Setup([sys.argv[0], *options], judge)
    atheris.Fuzz()


def run_format(name: str, seconds: float) -> Counter[str]:
    """How the cases of a format ended; a process that is stopped by one of them is started again."""
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        seeds = folder / "seeds"
        seeds.mkdir()
        make_seeds(name, seeds)
        write_dictionary(name, folder / "words.dict")
        FOLDER.mkdir(exist_ok=True)
        end = time.monotonic() + seconds
        number = 0
        while (left := end - time.monotonic()) > 1:
            number += 1
            options = [
                str(seeds),
                f"-max_total_time={int(left)}",
                f"-max_len={4 * MAX_CASE_BYTES}",
                "-print_final_stats=1",
            ]
            options += [f"-timeout={MAX_SECONDS}", f"-rss_limit_mb={MAX_MEGABYTES}", f"-dict={folder / 'words.dict'}"]
            options += [f"-artifact_prefix={FOLDER}/{name}-", f"-seed={number}", "-len_control=20"]
            outcomes += _grow_once(name, folder, options)
    return outcomes


def _grow_once(name: str, folder: Path, options: list[str]) -> Counter[str]:
    """How the cases of one process ended."""
    log = folder / "outcomes.json"
    log.unlink(missing_ok=True)
    command = [sys.executable, "-X", "utf8", __file__, "--grow", name, str(folder), *options]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    print(done.stdout, end="", flush=True)
    found: dict[str, Any] = json.loads(log.read_text(encoding="utf-8")) if log.exists() else {}
    outcomes = Counter({kind: int(count) for kind, count in found.items()})
    if done.returncode:
        last = [line for line in done.stderr.splitlines() if "ERROR" in line or "Error" in line or "Test unit" in line]
        print(f"{name}: ended with {done.returncode}: {'; '.join(last[-4:]) or done.stderr[-600:]}", flush=True)
        outcomes["FAILED stopped"] += 1
    cover = re.findall(r"cov: (\d+)", done.stderr)
    print(f"{name}: {outcomes.total()} cases, {cover[-1] if cover else '?'} branches reached", flush=True)
    return outcomes


def main(seconds: float, names: list[str]) -> int:
    """The number of cases that failed."""
    if not importlib.util.find_spec("atheris"):
        print("atheris is not here: pip install atheris (Linux and macOS); the other fuzz_*.py run without it")
        return 1
    total: Counter[str] = Counter()
    for name in names or FORMATS:
        outcomes = run_format(name, seconds)
        total += outcomes
        print(f"{name:<10} {dict(outcomes)}", flush=True)
    failed = sum(count for kind, count in total.items() if kind.startswith("FAILED"))
    print(f"{total.total()} cases, {total['read']} read, {total['refused']} refused, {failed} failed")
    return failed


if __name__ == "__main__":
    given = sys.argv[1:]
    if given[:1] == ["--grow"]:
        grow(given[1], Path(given[2]), given[3:])
    sys.exit(main(float(given[0]) if given else 60, given[1:]) > 0)
