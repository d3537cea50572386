"""Reference strings -> parsed references: the trained tagger, the rules of GB/T 7714, and the names put in order."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.names import Name, find_order, split_name, vote_order
from kg.extract.references.authors import AuthorName
from kg.extract.references.bodies import is_body, take_body
from kg.extract.references.fields import Fields, build_fields
from kg.extract.references.forms import read_form
from kg.extract.references.gbt7714 import find_mark, find_type, read_gbt7714
from kg.extract.references.legal import (
    find_legal_type,
    is_case,
    is_legal,
    is_statute,
    read_case,
    read_legal,
    read_statute,
)
from kg.extract.references.record import (
    ParsedReference,
    find_doi,
    find_publisher,
    find_url,
    guess_type,
    split_number,
)
from kg.extract.references.tagger import Tagger, load_tagger
from kg.extract.references.tokens import Token, clean_reference, find_tokens

#: A journal or proceedings is never the title, even where nothing else is known.
_SERIAL_NAME = re.compile(
    r"\.\s|\.$|journal|proceedings|conference|arxiv|symposium|workshop|letters|^[A-Z&]{2,6}$", re.I
)


def parse_references(
    references: Sequence[str], *, together: bool = True, tagger: Tagger | None = None
) -> list[ParsedReference]:
    """The fields of each reference string, in order.

    together: they are one list, so that all its names vote on the order of names; else each reference votes alone.
    tagger: the one that ships if not given.
    """
    texts = [clean_reference(reference) for reference in references]
    tokens = [find_tokens(text) for text in texts]
    tags = (tagger or load_tagger()).tag(tokens)
    fields = [_read(text, row, labels.tolist()) for text, row, labels in zip(texts, tokens, tags, strict=True)]
    shared = vote_order([name.written for one in fields for name in one.authors]) if together else 0
    return [_finish(text, one, shared) for text, one in zip(texts, fields, strict=True)]


def _read(text: str, tokens: Sequence[Token], labels: Sequence[int]) -> Fields:
    fields = build_fields(text, tokens, labels)
    if find_mark(text):
        return read_gbt7714(split_number(text)[1], fields)
    body = split_number(text)[1]
    if is_case(body):
        return read_case(body, fields)
    if statute := next((one for one in (text.strip(), body) if is_statute(one)), ""):
        return read_statute(statute, fields)
    if is_legal(text):
        return read_legal(body, fields)
    fields = read_form(body, _move_lone_container(fields))
    return fields if fields.authors else take_body(body, fields)


def _settle_name(name: AuthorName, order: int) -> Name:
    """The tagger's surname, unless the name shows another order by itself or is an institution's."""
    if is_body(name.written):
        return Name(name.written, name.written, organisation=True)
    words = name.written.replace(",", " ").split()
    is_plain = "," not in name.written and "." not in name.written and 1 < len(words) <= 3
    by_table = find_order(name.written) if is_plain else 0
    if not name.family or (is_plain and (by_table or order > 0)) or not name.written.isascii():
        split = split_name(name.written, order=order)
        if (
            not name.family
            or by_table
            or _is_scripted(name.written)
            or split_name(name.written, order=-order).family != split.family
        ):
            return split
    return Name(name.written, name.family, name.given)


def _move_lone_container(fields: Fields) -> Fields:
    """A book that was taken for a container: what has no title, volume, issue or pages is titled by it."""
    is_lone = fields.container and not (fields.title or fields.volume or fields.issue or fields.pages)
    if not is_lone or _SERIAL_NAME.search(fields.container):
        return fields
    return replace(fields, title=fields.container, container="")


def _is_collaboration(name: Name) -> bool:
    """Whether an author is a collaboration, which stands before the persons it stands for."""
    return name.organisation and name.written.lower().endswith("collaboration")


def _is_scripted(text: str) -> bool:
    return text[:1] >= "\u3040"


def _finish(text: str, fields: Fields, shared: int) -> ParsedReference:
    number, body = split_number(text)
    mark = find_mark(text)
    # GB/T 7714 puts the surname first, whatever the names show.
    order = vote_order([name.written for name in fields.authors]) or shared or (1 if mark else 0)
    authors = tuple(_settle_name(name, order) for name in fields.authors)
    persons = tuple(name for name in authors if not _is_collaboration(name))
    reference = ParsedReference(
        text,
        number,
        persons or authors,
        fields.title,
        fields.container,
        fields.volume,
        fields.issue,
        fields.pages,
        fields.year,
        doi=find_doi(text) if "10." in text else "",
        url=find_url(text) if "ttp" in text or "www." in text else "",
    )
    rest = _find_rest(body, fields)
    reference = replace(reference, publisher=find_publisher(rest) or fields.publisher)
    kind = find_legal_type(body) or find_legal_type(text) or find_type(text) or guess_type(reference, rest)
    return replace(reference, type=kind)


def _find_rest(body: str, fields: Fields) -> str:
    """What follows title and container: where publisher and editors stand."""
    cut = 0
    for value in (fields.title, fields.container):
        at = body.find(value) if value else -1
        cut = max(cut, at + len(value)) if at >= 0 else cut
    return body[cut:]
