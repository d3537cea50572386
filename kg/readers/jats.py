"""JATS articles, as PubMed Central and many publishers give them out."""

from collections.abc import Iterable, Iterator

from lxml import etree

from kg.model import BlockKind
from kg.readers.characters import normalise, squeeze
from kg.readers.drafts import Draft, Reading
from kg.readers.raised import NUMBERS
from kg.readers.spans import Cell, read_span, spread_cells
from kg.readers.structure import Chunk, find_structure
from kg.readers.structure.chunks import make_runs_chunk
from kg.readers.structure.fields import make_keywords, make_metadata

_SKIPPED = frozenset(
    {
        "graphic",
        "inline-graphic",
        "disp-formula",
        "tex-math",
        "object-id",
        "label",
        "email",
        "sup-hidden",
        "contrib-group",
        "inline-supplementary-material",
    }
)
#: What stands inside a paragraph and is a block of its own.
_BLOCKS = frozenset({"list", "def-list", "table-wrap", "fig", "fig-group", "disp-quote", "boxed-text"})
#: Parts that have a heading of their own where they name one.
_PARTS = frozenset({"sec", "ack", "app", "app-group", "ref-list", "fn-group", "boxed-text", "glossary"})
_TITLES = {"ack": "Acknowledgements", "ref-list": "References"}
MAX_DEPTH = 100


def read_jats(root: etree._Element) -> Reading:
    """A JATS article as a reading."""
    article = root if etree.QName(root).localname == "article" else root.find(".//{*}article")
    article = root if article is None else article
    front = list(_read_front(article))
    chunks: list[Chunk] = []
    notes: list[Chunk] = []
    for name in ("body", "back"):
        part = article.find("{*}" + name)
        if part is not None:
            _read_section(part, chunks, notes, 0)
    drafts = find_structure([*chunks, *notes], marked=True, front=front or [Draft(BlockKind.TITLE, "")])
    language = (article.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
    return Reading(tuple(drafts), language=language)


def _text(node: etree._Element | None) -> str:
    """The text of an element on one line, pictures, formulas and notes left out."""
    return squeeze("".join(text for text, _ in _runs(node))) if node is not None else ""


def _runs(node: etree._Element, depth: int = 0, *, bold: bool = False) -> Iterator[tuple[str, bool]]:
    """The text of an element as plain and bold runs; superscript citations in brackets."""
    if node.text:
        yield normalise(node.text).replace("\n", " "), bold
    for child in node:
        yield from _child_runs(child, depth, bold=bold)


def _child_runs(child: etree._Element, depth: int = 0, *, bold: bool = False) -> Iterator[tuple[str, bool]]:
    """The text of an element inside a paragraph and what stands behind it."""
    name = _name(child)
    if name == "xref" and child.get("ref-type") in {"fn", "table-fn", "aff", "corresp"}:
        pass
    elif name == "break":
        yield " ", bold
    elif _is_raised_citation(child, name) or _is_bare_citation(child, name):
        yield f" [{squeeze(''.join(map(str, child.itertext()))).strip('[] ,;')}]", bold
    elif name and name not in _SKIPPED and name not in _BLOCKS and name != "fn" and depth < MAX_DEPTH:
        yield from _runs(child, depth + 1, bold=bold or name == "bold")
    if child.tail:
        yield normalise(child.tail).replace("\n", " "), bold


def _name(node: etree._Element) -> str:
    """The name of an element without its namespace, "" for a comment or instruction."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _is_raised_citation(node: etree._Element, name: str) -> bool:
    """Whether an element is the superscript numbers of entries: a <sup> around their <xref>, or within one."""
    if name not in {"sup", "xref"} or not NUMBERS.fullmatch(squeeze("".join(map(str, node.itertext())))):
        return False
    other = node.find("{*}xref[@ref-type='bibr']" if name == "sup" else "{*}sup")
    return other is not None and (name == "sup" or node.get("ref-type") == "bibr")


def _is_bare_citation(node: etree._Element, name: str) -> bool:
    """Whether an element is the number of an entry on the line that no bracket opens before it."""
    if name != "xref" or node.get("ref-type") != "bibr" or not NUMBERS.fullmatch("".join(map(str, node.itertext()))):
        return False
    before = node.getprevious()
    while before is not None:
        for text in (before.tail, "".join(map(str, before.itertext()))):
            if said := (text or "").strip(" ,;–-0123456789"):
                return said[-1] not in "[("
        before = before.getprevious()
    holder = node.getparent()
    said = (holder.text or "").strip(" ,;–-0123456789") if holder is not None else ""
    return said[-1:] not in {"[", "("}


def _join_sentences(parts: Iterable[str]) -> str:
    """Texts one behind the other, a stop between them where the first has none."""
    joined = ""
    for part in filter(None, parts):
        joined += f"{'.' if joined[-1:].isalnum() else ''} {part}"
    return joined.strip()


def _read_front(article: etree._Element) -> Iterator[Draft]:
    meta = article.find("{*}front/{*}article-meta")
    if meta is None:
        return
    yield Draft(BlockKind.TITLE, _text(meta.find("{*}title-group/{*}article-title")))
    subtitle = _text(meta.find("{*}title-group/{*}subtitle"))
    if subtitle:
        yield Draft(BlockKind.METADATA, subtitle, label="subtitle")
    yield from _read_authors(meta)
    dates = meta.findall("{*}pub-date/{*}year")
    if dates:
        yield from make_metadata("year", min((_text(year) for year in dates), default=""), before="Year: ")
    for label, node in (
        ("container", article.find("{*}front/{*}journal-meta//{*}journal-title")),
        ("publisher", article.find("{*}front/{*}journal-meta/{*}publisher/{*}publisher-name")),
        ("volume", meta.find("{*}volume")),
        ("issue", meta.find("{*}issue")),
        ("doi", next((n for n in meta.findall("{*}article-id") if n.get("pub-id-type") == "doi"), None)),
        ("licence", meta.find(".//{*}license")),
    ):
        value = _text(node) or (node.get("{http://www.w3.org/1999/xlink}href") or "" if node is not None else "")
        if value:
            yield from make_metadata(label, value, before="DOI: " if label == "doi" else f"{label.capitalize()}: ")
    first, last = _text(meta.find("{*}fpage")), _text(meta.find("{*}lpage"))
    if first:
        yield Draft(BlockKind.METADATA, f"{first}-{last}" if last else first, label="pages", before="Pages: ")
    for group in meta.findall("{*}kwd-group"):
        words = [_text(word) for word in group.iter("{*}kwd")]
        yield from make_keywords("; ".join(words))
    for abstract in meta.findall("{*}abstract"):
        if abstract.get("abstract-type") in {None, "summary", "section"}:
            paragraphs = [_text(p) for p in abstract.iter("{*}p")] or [_text(abstract)]
            yield from (
                Draft(BlockKind.ABSTRACT, text, before="" if i else "Abstract: ") for i, text in enumerate(paragraphs)
            )


def _read_authors(meta: etree._Element) -> Iterator[Draft]:
    """Each author, and the addresses their marks name."""
    places = {node.get("id") or "": node for node in meta.iter("{*}aff")}
    for group in meta.iter("{*}aff-alternatives"):  # the first is in the language of the article
        places |= {group.get("id") or "": first for first in group.findall("{*}aff")[:1]}
    for person in meta.findall("{*}contrib-group/{*}contrib"):
        if person.get("contrib-type", "author") != "author":
            continue
        written = person.find("{*}name")
        written = person.find("{*}name-alternatives/{*}name") if written is None else written
        parts = (
            [_text(written.find("{*}" + part)) for part in ("surname", "given-names")] if written is not None else []
        )
        name = ", ".join(filter(None, parts)) or _text(person.find("{*}collab")) or _text(person.find("{*}string-name"))
        yield Draft(BlockKind.AUTHOR, name)
        own = person.findall("{*}aff")
        named = [
            places[x.get("rid") or ""]
            for x in person.findall("{*}xref")
            if x.get("ref-type") == "aff" and x.get("rid") in places
        ]
        for place in (*own, *named):
            institutions = ", ".join(filter(None, map(_text, place.iter("{*}institution"))))
            yield Draft(BlockKind.AFFILIATION, institutions or _text(place))


def _read_section(node: etree._Element, chunks: list[Chunk], notes: list[Chunk], depth: int) -> None:
    """Add a section's title, paragraphs, lists, tables and the sections in it."""
    if depth > MAX_DEPTH:
        return
    for child in node:
        name = _name(child)
        if name in _PARTS:
            heading = _make_heading(child, name, depth + 1)
            chunks += [heading] if heading else []
            _read_section(child, chunks, notes, depth + 1 if heading else depth)
        elif name == "p":
            _read_paragraph(child, chunks, notes, depth)
        elif name == "ref":
            _read_reference(child, chunks)
        elif name == "fn":
            notes.append(_make_note(child))
        elif name not in {"title", "label", "supplementary-material"}:
            _read_block(child, name, chunks, notes, depth)


def _make_heading(node: etree._Element, name: str, level: int) -> Chunk | None:
    """The heading of a part; one that is named with its kind ("Box 1") has that before it."""
    named = node.find("{*}title")
    title = _text(node.find("{*}caption/{*}title") if named is None else named) or _TITLES.get(name, "")
    label = _text(node.find("{*}label")).strip(". :")
    if label[:1].isalpha() and len(label) > 2 and (title or name in {"boxed-text", "app"}):
        return Chunk(f"{label}: {title}" if title else label, role="heading", level=level)
    return Chunk(title, role="heading", level=level, number=label) if title else None


def _read_paragraph(node: etree._Element, chunks: list[Chunk], notes: list[Chunk], depth: int) -> None:
    """A paragraph, cut where a list, table or figure stands in it; its notes behind all."""
    runs = [(normalise(node.text or "").replace("\n", " "), False)]
    for child in node:
        if _name(child) in _BLOCKS:
            chunks += filter(None, [make_runs_chunk(runs, Chunk(""))])
            _read_block(child, _name(child), chunks, notes, depth)
            runs = [(normalise(child.tail or "").replace("\n", " "), False)]
        else:
            runs += _child_runs(child)
    chunks += filter(None, [make_runs_chunk(runs, Chunk(""))])
    notes += (_make_note(note) for note in node.iter("{*}fn"))


def _make_note(node: etree._Element) -> Chunk:
    return Chunk(_text(node), role="footnote", number=_text(node.find("{*}label")))


def _read_block(node: etree._Element, name: str, chunks: list[Chunk], notes: list[Chunk], depth: int) -> None:
    """A list, table, figure or quotation."""
    if depth > MAX_DEPTH:
        return
    if name == "list":
        _read_list(node, chunks, notes, depth)
    elif name == "def-list":
        for item in node.iterfind("{*}def-item"):
            text = squeeze(" ".join(_text(meaning) for meaning in item.iterfind("{*}def")))
            chunks.append(Chunk(text, role="item", level=1, label=_text(item.find("{*}term")).rstrip(": ")))
    elif name in {"table-wrap", "fig"}:
        captions = node.find("{*}caption")
        said = _join_sentences(map(_text, captions)) if captions is not None else ""
        caption = squeeze(f"{_text(node.find('{*}label'))} {said or _text(captions)}")
        if caption:
            chunks.append(Chunk(caption, role="caption"))
        rows = spread_cells(
            [Cell(_text(cell), read_span(cell.get("rowspan")), read_span(cell.get("colspan"))) for cell in row]
            for row in node.iter("{*}tr")
        )
        for i, row in enumerate(rows):
            chunks.append(Chunk(" | ".join(row), role="table", label="header" if i == 0 else ""))
        for foot in node.iterfind("{*}table-wrap-foot"):
            notes += (_make_note(note) for note in foot.iter("{*}fn"))
            notes += (Chunk(_text(line), role="footnote") for line in foot.iterfind("{*}p"))
    else:
        _read_section(node, chunks, notes, depth + 1)


def _read_list(node: etree._Element, chunks: list[Chunk], notes: list[Chunk], depth: int) -> None:
    """The items of a list, each before those of the lists in it."""
    ordered = (node.get("list-type") or "") in {"order", "alpha-lower", "roman-lower"}
    level = 1 + sum(1 for _ in node.iterancestors("{*}list-item"))
    for i, item in enumerate(node.iterfind("{*}list-item"), start=1):
        text = squeeze(" ".join(_text(part) for part in item if _name(part) not in _BLOCKS | {"label"}))
        label = _text(item.find("{*}label")).strip("().• ")
        chunks.append(Chunk(text, role="item", level=level, number=label or (str(i) if ordered else "")))
        for inner in item.iterdescendants("{*}list"):
            if next(inner.iterancestors("{*}list"), None) is node and depth < MAX_DEPTH:
                _read_list(inner, chunks, notes, depth + 1)


def _read_reference(node: etree._Element, chunks: list[Chunk]) -> None:
    label = _text(node.find("{*}label")).strip("[]. ")
    for citation in node.iterdescendants(etree.Element):
        name = _name(citation)
        if name in {"mixed-citation", "element-citation", "citation", "nlm-citation"}:
            text = _text(citation) if name in {"mixed-citation", "citation"} else _write_citation(citation)
            chunks.append(Chunk(text, role="reference", number=label))
            return


def _write_citation(node: etree._Element) -> str:
    """A reference given field by field as one line."""
    names = [
        squeeze(f"{_text(name.find('{*}surname'))} {_text(name.find('{*}given-names'))}")
        for name in node.iter("{*}name")
    ]
    names += [_text(collab) for collab in node.iter("{*}collab")]
    year = _text(node.find("{*}year"))
    parts = [", ".join(names), f"({year})" if year else ""]
    parts += [_text(node.find("{*}" + name)) for name in ("article-title", "chapter-title", "source")]
    issue = _text(node.find("{*}issue"))
    pages = "-".join(filter(None, [_text(node.find("{*}fpage")), _text(node.find("{*}lpage"))]))
    place = _text(node.find("{*}volume")) + (f"({issue})" if issue else "")
    parts.append(", ".join(filter(None, [place, pages])))
    doi = next((_text(n) for n in node.findall("{*}pub-id") if n.get("pub-id-type") == "doi"), "")
    parts.append(f"https://doi.org/{doi}" if doi else _text(node.find("{*}uri")))
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
