"""Facts that a page shows between its title and its text: who published it, when, where it applies."""

import re
from collections.abc import Sequence

from kg.model import BlockKind
from kg.readers.drafts import Draft
from kg.readers.names import clean_name, is_organisation, is_person
from kg.readers.structure.chunks import Chunk, is_finished
from kg.readers.structure.fields import DATE, find_field, make_metadata

#: They stand among so many chunks, none of which is longer.
MAX_HEAD_CHUNKS = 14
MAX_FACT_CHARS = 160
#: "Posted on 3 May 2021 by Ana Silva | 3 comments"
_POSTED = re.compile(
    rf"(?:(?:first )?(?:posted|published|issued|created|released|shared)(?: on)?|date)\s?:?\s*(?P<date>{DATE.pattern})"
    r"(?:\s*[|·—-]?\s*by:?\s+(?P<name>[^\d|·:]{3,60}?))?(?:[\s|·—-]*\d+ comments?)?",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    rf"(?:last )?(?:updated?|modified|reviewed|changed)(?: on)?\s?:?\s*(?:{DATE.pattern})(?:\s*[|·—-].*)?",
    re.IGNORECASE,
)
#: What kind of page it is, on a line of its own.
_KIND = re.compile(
    r"(?:policy paper|guidance|document|report|publication|news(?: story)?|blog(?: post)?|case study|press release"
    r"|article|research and analysis|corporate report|statutory guidance|independent report|consultation outcome)",
    re.IGNORECASE,
)
#: Other names of bodies ("Agency") may say of whom a page speaks.
_PUBLISHERS = frozenset({"publisher", "published by", "issued by", "issuing body", "organisation", "organization"})
_STATED = frozenset({"publisher", "date", "year", "country", "jurisdiction", "period", "licence", "language"})


def read_head(chunks: Sequence[Chunk], front: Sequence[Draft]) -> tuple[list[Draft], list[Chunk]]:
    """The facts known and those a page shows at its head, and its chunks without the lines that state them.

    What the head of the file states already is not stated again.
    """
    drafts, chunks = _read_byline(list(front), list(chunks))
    kept: list[Chunk] = []
    for i, chunk in enumerate(chunks[:MAX_HEAD_CHUNKS]):
        if chunk.role == "heading" or len(chunk.text) > MAX_FACT_CHARS:
            return drafts, [*kept, *chunks[i:]]
        facts = _read_facts(chunk)
        if facts is None:
            kept.append(chunk)
        drafts += [fact for fact in facts or () if not _is_known(fact, drafts)]
    return drafts, [*kept, *chunks[MAX_HEAD_CHUNKS:]]


def _read_byline(drafts: list[Draft], chunks: list[Chunk]) -> tuple[list[Draft], list[Chunk]]:
    """A name set in bold below the title and the body below that, as author and affiliation."""
    if len(chunks) < 2 or chunks[0].role != "heading" or any(draft.kind is BlockKind.AUTHOR for draft in drafts):
        return drafts, chunks
    name, place = clean_name(chunks[0].text)[0], chunks[1].text
    if chunks[1].role != "" or len(place) > MAX_FACT_CHARS or is_finished(place) or not is_organisation(place):
        return drafts, chunks
    if not is_person(name):
        return drafts, chunks
    return [*drafts, Draft(BlockKind.AUTHOR, name), Draft(BlockKind.AFFILIATION, place)], chunks[2:]


def _is_known(fact: Draft, drafts: Sequence[Draft]) -> bool:
    return any(draft.kind is fact.kind and draft.label == fact.label for draft in drafts)


def _read_facts(chunk: Chunk) -> list[Draft] | None:
    """The facts of a line, none for one that only says what page it is; None for a line of the text."""
    text = chunk.text
    name, _, value = text.partition(" | ") if chunk.role == "table" else (chunk.label, "", text)
    if chunk.role in {"item", "table"}:
        stated = name and value and " | " not in value and chunk.label != "header"
        return _read_named(name.strip(": "), value) if stated else None
    if chunk.role != "":
        return None
    if _KIND.fullmatch(text) or _UPDATED.fullmatch(text):
        return []
    posted = _POSTED.fullmatch(text)
    if not posted:
        return None
    person = clean_name(posted["name"] or "")[0]
    author = [Draft(BlockKind.AUTHOR, person)] if person and is_person(person) else []
    return [*author, *make_metadata("date", posted["date"], before="Date: ")]


def _read_named(name: str, value: str) -> list[Draft] | None:
    """The fact that a name and a value beside it state; None if the name is that of no fact."""
    if name.lower() == "from":
        name = "Publisher"
    field = find_field(f"{name}: {value}")
    if field is None:
        return None
    if field.name == "updated":
        return []
    if field.name == "publisher" and name.lower() not in _PUBLISHERS:
        return None
    return make_metadata(field.name, value, before=f"{name}: ") if field.name in _STATED else None
