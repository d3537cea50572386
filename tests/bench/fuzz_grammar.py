"""Documents put together by hypothesis from the pieces that formats are made of: none may end in a traceback.

Run: python tests/bench/fuzz_grammar.py [EXAMPLES PER FORMAT]
Every document that is read is also checked: blocks in order, inside the text, none empty, and the same when read again.
"""

import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Document, ReadError, compute_sections
from kg.readers import read_document
from kg.readers.bibliography import read_bibliography

WORDS = (
    "A Title", "Offices keep data. They do not share it.", "1. Introduction", "(1) Silos. The data lie apart.", "[1]",
    "References", "Silva, A. (2020). Data. Offices, 3(1), 1-9.", "[1] Silva A. Data[J]. Offices, 2020(3): 1-9.",
    "Ana Silva1, Bo Rossi2", "Keywords: a; b", "Abstract: We say.", "a) one", "ii) two", "Table 1. Numbers", "\u200b",
    "Chapter I", "Article 2", "e-govern-", "ment", "\u4e2d\u6587", "\U0001f600",
    "https://a.b/c", "x" * 300, "", " ", "\t", "\f", "\u00ad", "\ufeff", "é", "0", "-", ".",
)  # fmt: skip
#: Pieces of the formats that any order of them may stand in, parted by "¦".
MARKS = {
    ".txt": "\n¦\n\n¦ ¦• ¦- ",
    ".md": "\n¦\n\n¦# ¦## ¦* ¦  1. ¦> ¦**¦`¦```\n¦|¦|---|\n¦[^1]¦[^1]: ¦<div>¦</div>¦<sup>¦<!--¦-->¦{% ¦ %}¦---\n"
    "¦title: ¦authors: [¦]¦](x)",
    ".adoc": "\n¦\n\n¦= ¦== ¦* ¦. ¦****\n¦|===\n¦|¦footnote:[¦]¦.Box\n¦a:: ¦----\n¦include::x[]\n¦:a: b\n¦"
    "ifdef::a[]\n¦endif::[]\n"
    "¦_¦^",
    ".rst": "\n¦\n\n¦====\n¦----\n¦* ¦#. ¦   ¦.. note::\n¦.. [1]¦::\n¦|¦+---+\n¦``¦`a <b>`_¦:Author: ¦.. image:: x\n",
    ".html": "<p>¦</p>¦<h1>¦</h1>¦<h2>¦<ul><li>¦</ul>¦<ol>¦<li>¦<table><tr><td>¦<td>¦<tr>¦</table>¦<sup>¦</sup>¦<b>"
    "¦<a href='#fn1'>¦</b>¦<br>¦<dl><dt>¦<dd>¦<nav>¦<main>¦<article>¦<pre>¦<style>¦<title>¦&amp;¦&#0;¦</a>",
    ".bib": '@article{a,¦@book{b,¦title={¦author={¦year=¦}¦{¦,¦\n¦"¦=¦ and ¦#¦\\¦@string{¦abstract={¦file={¦:¦;¦%',
    ".ris": "\nTY  - JOUR¦\nTI  - ¦\nAU  - ¦\nPY  - ¦\nER  - ¦\n¦\nAB  - ¦\nKW  - ¦\nDO  - ",
    ".csv": 'title,authors,year,abstract\n¦,¦;¦"¦\n¦\t',
    ".json": "",
    ".xml": "",
}
JATS = (
    "front article-meta title-group article-title contrib-group contrib name surname given-names aff abstract kwd-group"
)
JATS += " kwd pub-date year body sec title p label xref list list-item table-wrap table tr td fn ref"
TEI = (
    "teiHeader fileDesc titleStmt title author persName surname forename text body div head p note list item ref table"
)
TEI += " row cell back listBibl biblStruct analytic monogr imprint date abstract keywords term"
KEYS = (
    "title author family given literal issued date-parts abstract keyword DOI id type authorships display_name biblio"
)
KEYS += " abstract_inverted_index container-title volume page creators firstName lastName name file URL language"


def write_tags(tags: str) -> st.SearchStrategy[str]:
    """Well-formed XML of such elements, in any order and depth."""
    leaf = st.sampled_from(WORDS).map(lambda word: re.sub("[<&\f]", "", word))
    return st.recursive(
        leaf,
        lambda inner: st.tuples(st.sampled_from(tags.split()), st.lists(inner, max_size=6)).map(
            lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
        ),
        max_leaves=40,
    )


def write_json() -> st.SearchStrategy[str]:
    """JSON of records, or of anything."""
    leaf = st.sampled_from(WORDS) | st.none() | st.booleans() | st.integers() | st.floats()
    keys = st.sampled_from(KEYS.split())
    value = st.recursive(leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner), max_leaves=15)
    record = st.dictionaries(keys, value, min_size=1) | st.fixed_dictionaries({"title": leaf, "author": value})
    return (st.lists(record, max_size=3) | value).map(json.dumps)


def write_pieces(suffix: str) -> st.SearchStrategy[str]:
    """A document of one format."""
    if suffix == ".json":
        return write_json()
    if suffix == ".xml":
        jats = st.lists(write_tags(JATS), min_size=1, max_size=6).map(
            lambda parts: f"<article><front>{parts[0]}</front><body>{''.join(parts)}</body></article>"
        )
        return jats | st.lists(write_tags(TEI), max_size=6).map(
            lambda parts: f"<TEI><text><body>{''.join(parts)}</body></text></TEI>"
        )
    marks = MARKS[suffix].split("¦")
    pieces = st.sampled_from(marks) | st.sampled_from(WORDS) | st.text(max_size=4)
    first = {".bib": "@article{a, title={A}, ", ".ris": "TY  - JOUR\nTI  - A", ".csv": marks[0]}.get(suffix, "")
    return st.lists(pieces, max_size=40).map(lambda parts: first + "".join(parts))


def check(document: Document) -> None:
    """Raise AssertionError if blocks overlap, are empty or lie outside the text."""
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text), block
        assert document.block_text(block).strip(), block
        end = block.end
    compute_sections(document)
    document.text.encode()


def make_test(suffix: str, path: Path, outcomes: Counter[str], count: int) -> Callable[[], None]:
    """A test of one format that reads so many documents."""

    @settings(max_examples=count, deadline=20_000, suppress_health_check=list(HealthCheck), database=None)
    @given(text=write_pieces(suffix))
    def test(text: str) -> None:
        path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        try:
            if suffix in {".bib", ".ris", ".csv", ".json"}:
                documents, problems = read_bibliography(path)
                assert (documents, problems) == read_bibliography(path)
            else:
                documents = [read_document(path)]
                assert documents == [read_document(path)]
        except ReadError:
            outcomes["refused"] += 1
            return
        outcomes["read"] += 1
        for document in documents:
            check(document)

    return test


def main(count: int) -> int:
    """The number of formats in which an example failed."""
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        for suffix in MARKS:
            outcomes: Counter[str] = Counter()
            start = time.perf_counter()
            try:
                make_test(suffix, Path(name) / f"x{suffix}", outcomes, count)()
            except Exception as error:  # noqa: BLE001
                failed += 1
                print(
                    f"{suffix}: FAILED {type(error).__name__}: {error}", *getattr(error, "__notes__", ()), sep="\n    "
                )
            print(f"{suffix:<6} {dict(outcomes)} in {time.perf_counter() - start:.0f} s", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000) > 0)
