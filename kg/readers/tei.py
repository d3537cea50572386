"""TEI texts, as GROBID writes them and as editions are encoded."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from kg.model import BlockKind
from kg.readers.characters import normalise, squeeze
from kg.readers.drafts import Draft, Reading
from kg.readers.raised import NUMBERS
from kg.readers.structure import Chunk, find_structure
from kg.readers.structure.chunks import make_runs_chunk
from kg.readers.structure.fields import make_keywords, make_metadata

_SKIPPED = frozenset({"graphic", "formula", "note", "figDesc", "pb", "lb", "fw", "table"})
MAX_DEPTH = 100
#: Longer rows of citations are looked through no further.
MAX_ROW = 50


def read_tei(root: etree._Element) -> Reading:
    """A TEI text as a reading."""
    front = list(_read_header(root))
    chunks: list[Chunk] = []
    notes: list[Chunk] = []
    for part in (root.find(".//{*}text/{*}front"), root.find(".//{*}text/{*}body"), root.find(".//{*}text/{*}back")):
        if part is not None:
            _read_division(part, chunks, notes, 0)
    entries = [
        Chunk(_write_entry(node), role="reference", number=str(i))
        for i, node in enumerate(root.iterfind(".//{*}listBibl/{*}biblStruct"), 1)
    ]
    if entries:
        chunks += [Chunk("References", role="heading", level=1), *entries]
    text = root.find(".//{*}text")
    language = ("" if text is None else text.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
    drafts = find_structure([*chunks, *notes], marked=True, front=front or [Draft(BlockKind.TITLE, "")])
    return Reading(tuple(drafts), language=language)


def _text(node: etree._Element | None) -> str:
    return squeeze("".join(text for text, _ in _runs(node))) if node is not None else ""


def _runs(node: etree._Element, depth: int = 0, *, bold: bool = False) -> Iterator[tuple[str, bool]]:
    """The text of an element as plain and bold runs, notes, pictures and tables left out."""
    if node.text:
        yield normalise(node.text).replace("\n", " "), bold
    for child in node:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in {"lb", "pb"}:
            yield " ", bold
        elif name == "ref" and child.get("type") in {"foot", "noteref"}:
            pass  # the mark of a note
        elif name == "ref" and _is_raised_citation(child):
            yield f" [{squeeze(''.join(map(str, child.itertext()))).rstrip(',;')}]", bold
        elif name and name not in _SKIPPED and depth < MAX_DEPTH:
            yield from _runs(child, depth + 1, bold=bold or (name == "hi" and "bold" in (child.get("rend") or "")))
        if child.tail:
            yield normalise(child.tail).replace("\n", " "), bold


def _is_raised_citation(ref: etree._Element) -> bool:
    """Whether a reference to an entry is a number that stands in no brackets, as superscripts are written."""
    text = squeeze("".join(map(str, ref.itertext())))
    if ref.get("type") != "bibr" or "[" in text or "]" in text or not NUMBERS.fullmatch(text):
        return False
    first = ref
    for _ in range(MAX_ROW):
        earlier = first.getprevious()
        if earlier is None or not isinstance(earlier.tag, str) or etree.QName(earlier).localname != "ref":
            break
        if _text_before(first) not in {"", ",", ";", "-", "–"}:
            break
        first = earlier
    return _text_before(first)[-1:] not in {"[", "("}


def _text_before(node: etree._Element) -> str:
    """What stands between an element and the one before it, or the beginning of that around it."""
    earlier, parent = node.getprevious(), node.getparent()
    holder = "" if parent is None else parent.text
    return ((holder if earlier is None else earlier.tail) or "").strip()


def _read_header(root: etree._Element) -> Iterator[Draft]:
    header = root.find(".//{*}teiHeader")
    if header is None:
        return
    source = header.find(".//{*}sourceDesc//{*}biblStruct")
    yield Draft(BlockKind.TITLE, _text(header.find(".//{*}titleStmt/{*}title")))
    people = header.findall(".//{*}sourceDesc//{*}analytic/{*}author") or header.findall(".//{*}titleStmt/{*}author")
    for person in people:
        name = _write_name(person) or _text(person)
        if name:
            yield Draft(BlockKind.AUTHOR, name)
        for place in person.findall("{*}affiliation"):
            organisations = [_text(o) for o in place.findall("{*}orgName")]
            yield Draft(BlockKind.AFFILIATION, ", ".join(organisations) or _text(place))
    place = header if source is None else source
    date = place.find(".//{*}imprint/{*}date") if source is not None else header.find(".//{*}publicationStmt/{*}date")
    if date is not None:
        yield from make_metadata("date", date.get("when") or _text(date), before="Date: ")
    container = _text(place.find(".//{*}monogr/{*}title"))
    if container:
        yield Draft(BlockKind.METADATA, container, label="container", before="Container: ")
    scopes = _read_scopes(place.find(".//{*}imprint"))
    for label in ("volume", "issue", "pages"):
        if value := scopes.get(label.removesuffix("s") if label == "pages" else label):
            yield Draft(BlockKind.METADATA, value, label=label, before=f"{label.capitalize()}: ")
    publisher = _text(header.find(".//{*}publicationStmt/{*}publisher"))
    if publisher:
        yield Draft(BlockKind.METADATA, publisher, label="publisher", before="Publisher: ")
    doi = next((_text(n) for n in header.iter("{*}idno") if (n.get("type") or "").upper() == "DOI"), "")
    if doi:
        yield from make_metadata("doi", doi, before="DOI: ")
    words = [_text(term) for term in header.iterfind(".//{*}keywords//{*}term")]
    yield from make_keywords("; ".join(words)) if words else ()
    paragraphs = [_text(p) for p in header.iterfind(".//{*}abstract//{*}p")]
    yield from (Draft(BlockKind.ABSTRACT, text, before="" if i else "Abstract: ") for i, text in enumerate(paragraphs))


def _read_scopes(node: etree._Element | None) -> dict[str, str]:
    """Volume, issue and page of a work."""
    return {
        scope.get("unit") or "": (scope.get("from") or "") + (f"-{scope.get('to')}" if scope.get("to") else "")
        or _text(scope)
        for scope in (node.iter("{*}biblScope") if node is not None else ())
    }


def _write_name(node: etree._Element) -> str:
    """ "Family, Given" of a person, "" if the parts are not told apart."""
    family = _text(node.find(".//{*}surname"))
    given = " ".join(_text(part) for part in node.iterfind(".//{*}forename"))
    return ", ".join(filter(None, [family, given]))


def _read_division(node: etree._Element, chunks: list[Chunk], notes: list[Chunk], depth: int) -> None:
    """Add a division's heading, paragraphs, lists, tables and the divisions in it."""
    if depth > MAX_DEPTH:
        return
    for child in node:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name == "head":
            number = (child.get("n") or "").strip(". ")
            level = max(depth, number.count(".") + 1 if number else 1, 1)
            chunks.append(Chunk(_text(child), role="heading", level=level, number=number))
        elif name == "p":
            chunk = make_runs_chunk(list(_runs(child)), Chunk(""))
            chunks += _split_bullets(chunk) if chunk else []
            notes += [_make_note(note) for note in child.iter("{*}note")]
        elif name == "list":
            ordered = "ordered" in (child.get("type") or child.get("rend") or "")
            for i, item in enumerate(child.findall("{*}item"), start=1):
                chunks.append(Chunk(_text(item), role="item", level=1, number=str(i) if ordered else ""))
        elif name == "note":
            notes.append(_make_note(child))
        elif name in {"table", "figure"}:
            _read_figure(child, chunks)
        elif name == "bibl":
            chunks.append(Chunk(_text(child), role="reference"))
        elif name not in {"listBibl", "biblStruct"} and len(child):
            # One without a heading of its own only holds others.
            deeper = name.startswith("div") and child.find("{*}head") is not None
            _read_division(child, chunks, notes, depth + deeper)


def _split_bullets(chunk: Chunk) -> list[Chunk]:
    """The items of a list that was put into one paragraph, each with its bullet; any other paragraph as it is."""
    if not chunk.text.startswith("• ") or " • " not in chunk.text:
        return [chunk]
    return [replace(chunk, text=f"• {part}", lead=0) for part in chunk.text.removeprefix("• ").split(" • ") if part]


def _make_note(node: etree._Element) -> Chunk:
    return Chunk(_text(node), role="footnote", number=(node.get("n") or "").strip("[]. "))


def _read_figure(node: etree._Element, chunks: list[Chunk]) -> None:
    head, description = _text(node.find("{*}head")), _text(node.find("{*}figDesc"))
    repeats = _fold(description).startswith(_fold(head))
    caption = description if repeats else f"{head} {description}"
    if caption.strip():
        chunks.append(Chunk(re.sub(r"\s+(?=[.:])", "", caption.strip()), role="caption"))
    for i, row in enumerate(node.iter("{*}row")):
        text = " | ".join(text for cell in row if (text := _text(cell)))
        chunks.append(Chunk(text, role="table", label="header" if i == 0 else ""))


def _fold(text: str) -> str:
    return "".join(re.findall(r"\w+", text.lower()))


def _write_entry(node: etree._Element) -> str:
    """An entry of the reference list as one line, as printed where that is kept."""
    raw = next((_text(n) for n in node.iter("{*}note") if n.get("type") == "raw_reference"), "")
    if raw:
        return raw
    names = [_write_name(author) or _text(author) for author in node.iter("{*}author")]
    titles = [_text(title) for title in node.iter("{*}title")]
    date = next((n.get("when") or _text(n) for n in node.iter("{*}date")), "")
    scopes = _read_scopes(node)
    place = scopes.get("volume", "") + (f"({scopes['issue']})" if scopes.get("issue") else "")
    doi = next((_text(n) for n in node.iter("{*}idno") if (n.get("type") or "").upper() == "DOI"), "")
    parts = [
        "; ".join(names),
        f"({date[:4]})" if date else "",
        *titles,
        ", ".join(filter(None, [place, scopes.get("page", "")])),
    ]
    parts.append(f"https://doi.org/{doi}" if doi else "")
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
