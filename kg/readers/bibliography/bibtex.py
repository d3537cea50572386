"""BibTeX and BibLaTeX files."""

import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, DuplicateBlockKeyBlock, Entry
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from kg.readers.bibliography.record import FILE_ENDINGS, Record, clean, pick_files, read_year

_FACTS: dict[str, tuple[str, ...]] = {
    "container": ("journaltitle", "journal", "booktitle", "eventtitle", "series"),
    "publisher": ("publisher", "institution", "organization", "school"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages",),
    "doi": ("doi",),
    "isbn": ("isbn",),
    "issn": ("issn",),
    "source": ("url", "howpublished"),
    "language": ("langid", "language"),
}
#: Braces and commands only; text without them is not handed to the LaTeX reader.
_LATEX = re.compile(r"[\\{}$~]|``|''|--")
#: Values that are put together: "Registers in " # place
_JOINED = re.compile(r'(?<!\\)"\s*#\s*(?:"|\w)')
#: Names of programs that are written as commands.
_LOGO = re.compile(r"\\((?:La|Xe|Bib)?TeX)(?![A-Za-z])")
MAX_LATEX_CHARS = 100_000
#: Braces in braces; the LaTeX reader calls itself once for each.
MAX_NESTING = 60


def read_bibtex(text: str) -> tuple[list[Record], list[str]]:
    """The entries of a BibTeX file, and what could not be read: "line 12: ..."."""
    logger = logging.getLogger("bibtexparser")
    level, logger.level = logger.level, logging.CRITICAL
    try:
        library = parse_string(text, parse_stack=[])
    finally:
        logger.level = level
    problems: list[str] = []
    entries: list[Entry] = []
    for block in library.blocks:
        if isinstance(block, Entry):
            entries.append(block)
        elif isinstance(block, DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, Entry):
            entries.append(block.ignore_error_block)
            problems.append(f"{_place(block)}: key {block.ignore_error_block.key} is used twice; both entries kept")
        elif block in library.failed_blocks:
            name = _name_block(block.raw or "")
            problems.append(f"{_place(block)}: {name} cannot be read ({_explain(block)}); skipped")
    strings = {name.lower(): string.value for name, string in library.strings_dict.items()}
    fields = [{name.lower(): _resolve(str(f.value), strings) for name, f in e.fields_dict.items()} for e in entries]
    by_key = {entry.key: values for entry, values in zip(entries, fields, strict=True)}
    records: list[Record] = []
    for entry, values in zip(entries, fields, strict=True):
        record = _try_record(entry, _inherit(values, by_key))
        if record:
            records.append(record)
        else:
            problems.append(f"{_place(entry)}: entry {entry.key} is nested too deep to read; skipped")
    return records, problems


def _try_record(entry: Entry, values: dict[str, str]) -> Record | None:
    """The record of an entry, None if braces or commands in it are nested without end."""
    if any(_is_deep(value) for value in values.values()):
        return None
    try:
        return _make_record(entry, values)
    except RecursionError:  # environments and delimiters nest too
        return None


def _is_deep(value: str) -> bool:
    """Whether braces stand in braces more than `MAX_NESTING` deep."""
    if value.count("{") <= MAX_NESTING:
        return False
    depth = 0
    for char in value:
        depth += (char == "{") - (char == "}")
        if depth > MAX_NESTING:
            return True
    return False


def _place(block: Block) -> str:
    return f"line {(block.start_line or 0) + 1}"


def _name_block(raw: str) -> str:
    found = re.match(r"\s*@\w+\s*\{\s*([^,\s}]+)", raw)
    return f"entry {found.group(1)}" if found else "an entry"


def _explain(block: object) -> str:
    error = str(getattr(block, "error", "") or "").replace("\n", " ")
    return error[:120] or "unclosed brace or quote"


def _resolve(value: str, strings: Mapping[str, str], depth: int = 0) -> str:
    """A raw value without its outer braces or quotes; names of @string put in."""
    value = value.strip()
    if value.startswith("{") and value.endswith("}") and _closes_at_end(value):
        return value[1:-1]
    if value.startswith('"') and value.endswith('"') and len(value) > 1 and not _JOINED.search(value):
        return value[1:-1]
    if "#" in value and depth < 5:
        return "".join(_resolve(part, strings, depth + 1) for part in _split_joined(value))
    if value.lower() in strings and depth < 5:
        return _resolve(strings[value.lower()], strings, depth + 1)
    return value


def _split_joined(value: str) -> list[str]:
    """The values that are put together with "#", which may stand in quotes and braces too."""
    parts: list[str] = []
    start, depth, quoted = 0, 0, False
    for i, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        quoted ^= char == '"' and depth == 0
        if char == "#" and depth == 0 and not quoted:
            parts.append(value[start:i])
            start = i + 1
    return [*parts, value[start:]]


def _closes_at_end(value: str) -> bool:
    """Whether the first brace closes with the last."""
    depth = 0
    for i, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if not depth:
            return i == len(value) - 1
    return False


def _inherit(values: dict[str, str], by_key: Mapping[str, dict[str, str]]) -> dict[str, str]:
    """An entry's fields with those of its crossref, whose title becomes the book's."""
    parent = by_key.get(values["crossref"]) if values.get("crossref") else None
    if not parent:
        return values
    inherited = {
        name: value for name, value in parent.items() if name not in {"title", "crossref", "author", "abstract"}
    }
    return {"booktitle": parent.get("title", ""), **inherited, **values}


def _make_record(entry: Entry, values: dict[str, str]) -> Record:
    record = Record(entry.key, (entry.start_line or 0) + 1, title=decode_latex(values.get("title", "")))
    if values.get("subtitle"):
        record.title += f": {decode_latex(values['subtitle'])}"
    named = (list(split_authors(values.get(part, ""))) for part in ("author", "editor"))
    record.authors = next(filter(None, named), [])
    for label, names in _FACTS.items():
        value = next((decode_latex(values[name]) for name in names if values.get(name)), "")
        if value:
            record.facts[label] = (
                re.sub(r"^https?://(?:dx\.)?doi\.org/", "", value) if label == "doi" else value.replace("--", "-")
            )
    record.facts["type"] = entry.entry_type.lower()
    year = read_year(values.get("year", "") or values.get("date", ""))
    record.facts.update({"year": year} if year else {})
    record.abstract = decode_latex(values.get("abstract", ""))
    record.keywords = [
        decode_latex(word) for word in re.split(r"\s*[,;]\s*", values.get("keywords", "")) if word.strip()
    ]
    record.attachments = pick_files(_read_files(values.get("file", "")))
    return record


def split_authors(text: str) -> Iterator[str]:
    """The names of an author field as "Family, Given"; a name in braces is an organisation and stays whole.

    Names are split before LaTeX is decoded, else "{World Bank}" becomes a person.
    """
    for part in _split_outside(text, re.compile(r"\s+and\s+", re.IGNORECASE)):
        name = part.strip()
        if name.lower() == "others" or not name:
            continue
        if name.startswith("{") and name.endswith("}") and _closes_at_end(name):
            yield decode_latex(name)
        else:
            yield _order_name([decode_latex(piece) for piece in _split_outside(name, re.compile(r",\s*"))])


def _order_name(pieces: list[str]) -> str:
    """ "Family, Jr, Given" -> "Family Jr, Given"; commas that hold nothing are dropped."""
    pieces = [
        piece.strip(" .") + ("." if re.search(r"\b[^\W\d_]\.\s*$", piece) else "")
        for piece in pieces
        if piece.strip(" .")
    ]
    if len(pieces) == 3:
        return f"{pieces[0]} {pieces[1]}, {pieces[2]}"
    return ", ".join(pieces)


def _split_outside(text: str, separator: re.Pattern[str]) -> list[str]:
    """A text cut at separators outside braces."""
    parts: list[str] = []
    depth, start, at = 0, 0, 0
    while at < len(text):
        depth += (text[at] == "{") - (text[at] == "}")
        found = separator.match(text, at) if depth == 0 else None
        if found:
            parts.append(text[start:at])
            start = at = found.end()
        else:
            at += 1
    return [*parts, text[start:]]


def decode_latex(text: str) -> str:
    """Text with LaTeX accents, commands and braces as plain characters."""
    if _LATEX.search(text) and len(text) < MAX_LATEX_CHARS:
        plain = _LOGO.sub(r"\1", re.sub(r"(?<!\\)%", r"\%", text.replace("\n", " ")))
        text = LatexNodes2Text(math_mode="text", strict_latex_spaces=False).latex_to_text(plain)
    return clean(text)


def _read_files(text: str) -> Iterator[str]:
    """The paths of a file field: "Full text:files/1/a.pdf:application/pdf;b.html:..."."""
    endings = tuple(ending for group in FILE_ENDINGS for ending in group)
    for part in re.split(r"(?<!\\);", text):
        pieces = re.split(r"(?<!\\):", part)
        path = next((piece for piece in pieces if piece.lower().strip("{} ").endswith(endings)), "")
        if path and len(pieces) > 1 and pieces[0] == path and pieces[1].lower().strip("{} ").endswith(endings):
            path = pieces[1]
        if path:
            yield re.sub(r"\\([\\:;_{}%&#$ ])", r"\1", path).strip("{} ")
