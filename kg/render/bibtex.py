"""References as BibTeX (biblatex and classic BibTeX both read it; UTF-8)."""

from collections.abc import Iterator, Sequence

from kg.model import Assertion
from kg.render.bibliography import clean_text, find_authors, make_keys

#: Type of the work -> BibTeX entry type.
ENTRY_TYPES: dict[str, str] = {
    "article": "article",
    "newspaper": "article",
    "book": "book",
    "inproceedings": "inproceedings",
    "incollection": "incollection",
    "thesis": "phdthesis",
    "report": "techreport",
}
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def escape_tex(text: str) -> str:
    """The text with every character that TeX would read as a command escaped."""
    return clean_text(text).translate(_ESCAPES)


def _format_author(family: str, given: str) -> str:
    return f"{escape_tex(family)}, {escape_tex(given)}" if given else f"{{{escape_tex(family)}}}"


def _find_fields(reference: Assertion, entry: str) -> Iterator[tuple[str, str]]:
    authors = [_format_author(family, given) for family, given in find_authors(reference)]
    yield "author", " and ".join(authors)
    yield "title", escape_tex(reference.get_text("title"))
    host = "booktitle" if entry in ("inproceedings", "incollection") else "journal"
    yield host, escape_tex(reference.get_text("container"))
    for name, field in (("volume", "volume"), ("number", "issue"), ("year", "year"), ("publisher", "publisher")):
        yield name, escape_tex(reference.get_text(field))
    yield "pages", escape_tex(reference.get_text("pages")).replace("-", "--")
    for name in ("doi", "url"):
        yield name, clean_text(reference.get_text(name)).replace("{", "%7B").replace("}", "%7D")


def _format_entry(reference: Assertion, key: str) -> str:
    entry = ENTRY_TYPES.get(reference.get_text("type"), "misc")
    lines = [f"  {name} = {{{value}}}" for name, value in _find_fields(reference, entry) if value]
    if not reference.get_text("title"):
        lines.append(f"  note = {{{escape_tex(reference.evidence.quote)}}}")
    return f"@{entry}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def render(references: Sequence[Assertion]) -> bytes:
    """The references as a BibTeX file; a reference without a title keeps its whole text in `note`."""
    entries = [_format_entry(reference, key) for reference, key in zip(references, make_keys(references), strict=True)]
    return "\n".join(entries).encode()
