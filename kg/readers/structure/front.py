"""The head of a document: title, authors, affiliations, keywords, abstract and dates."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from kg.model import BlockKind, names_issued
from kg.readers.drafts import Draft, enumerate_values
from kg.readers.names import clean_name, is_country, is_organisation, is_person, split_names, split_organisation
from kg.readers.structure.chunks import OPEN_WORDS, Chunk, is_finished
from kg.readers.structure.fields import find_field, find_loose_metadata, make_keywords, make_metadata, name_field
from kg.readers.structure.headings import is_heading_text, is_known_heading, names_section
from kg.readers.structure.markers import find_marker
from kg.readers.word_lists import load_words

MAX_TITLE_CHARS = 300
MAX_FRONT_CHUNKS = 60
#: A line longer than this that is no field ends the head.
MAX_LINE_CHARS = 220
#: A policy document is dated and signed under its title in no more lines than this.
MAX_SIGNED_LINES = 6
#: A paragraph longer than this, of more than one sentence, is no part of an author block.
MIN_PROSE_CHARS = 200
#: No name of an issuing body is longer.
MAX_NAME_WORDS = 16
#: "City of Greater Geelong"
MAX_CITY_WORDS = 6
#: A sentence of this length, a fifth of it small words, is running text too.
MIN_SENTENCE_CHARS = 60
#: "November 2012", "3 May 2019", "2019-05-03"
_DATE = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)? )?[^\W\d_]{3,9}\.?(?: \d{1,2},)? (?:19|20)\d\d|(?:19|20)\d\d-\d\d(?:-\d\d)?"
)
_BYLINE = re.compile(r"(?:(?:[Ww]ritten |[Pp]osted |[Aa]uthored )?[Bb]y|BY)\s+(?=[^\W\d_a-z])")
#: What only the name of a body of the state begins with.
_BODY = re.compile(
    r"(?:The )?(?:Ministry|Government|Secretariat|Municipality|City|Parliament) (?:of|for) |Cabinet Office$",
    re.IGNORECASE,
)
#: What stands before the name of a body that issued a text.
_ISSUED_BY = re.compile(
    r"(?:prepared|issued|published|produced|developed|presented|released) by(?: the)?:?\s+", re.IGNORECASE
)
_POSTS = load_words("posts")


@dataclass
class _Front:
    """What has been found so far."""

    is_common: Callable[[str], bool]
    is_marked: bool = False
    drafts: list[Draft] = field(default_factory=list)
    has_title: bool = False
    has_authors: bool = False
    in_abstract: bool = False
    in_keywords: bool = False
    has_more: bool = False
    abstract_level: int = 0
    lead: str = ""


def read_front(
    chunks: Sequence[Chunk], *, has_title: bool, marked: bool, is_common: Callable[[str], bool]
) -> tuple[list[Draft], int]:
    """The drafts of a document's head and the index of the first chunk behind it.

    has_title: the title is already known (front matter). marked: as for `find_structure`.
    """
    front = _Front(is_common, marked, has_title=has_title)
    last = _find_last_named(chunks) or _find_end_of_lines(chunks)
    index = 0
    for index, chunk in enumerate(chunks[:MAX_FRONT_CHUNKS]):
        following = chunks[index + 1] if index + 1 < len(chunks) else None
        front.has_more = index < last
        if not _take(front, chunk, following):
            return front.drafts, index
    return front.drafts, min(len(chunks), index + 1)


def _find_last_named(chunks: Sequence[Chunk]) -> int:
    """Index of the first abstract or keyword line, before which every line belongs to the head; 0 if there is none."""
    for index, chunk in enumerate(chunks[:MAX_FRONT_CHUNKS]):
        found = find_field(chunk.text)
        if (found and found.name in {"abstract", "keywords"}) or name_field(chunk.text) == "abstract":
            return index
        begins = chunk.role == "" and is_prose(chunk.text) and not find_field(chunk.text)
        if begins or (chunk.role == "heading" and is_known_heading(chunk.text)):
            return 0
    return 0


def _find_end_of_lines(chunks: Sequence[Chunk]) -> int:
    """Index of the first heading behind the title, where all between are a few lines that date or sign a text."""
    start = 1 if chunks and chunks[0].role in {"title", "heading"} else 0
    end = next((i for i, chunk in enumerate(chunks) if i >= start and chunk.role == "heading"), 0)
    lines = [chunk.text for chunk in chunks[start:end]]
    if not 1 < len(lines) <= MAX_SIGNED_LINES or any(chunk.role for chunk in chunks[start:end]):
        return 0
    if any(len(text) > MAX_LINE_CHARS or is_finished(text) for text in lines):
        return 0
    return end if any(is_organisation(text) or find_loose_metadata(text) for text in lines) else 0


#: "May 2021 · ISBN 978-..."
_PARTED = re.compile(r"(\s+[·|•]\s+)")


def read_loose(chunk: Chunk) -> list[Draft]:
    """A line around the text of a first page: the facts it holds, else the line itself."""
    found = find_loose_metadata(chunk.text, page=chunk.page)
    parts = _PARTED.split(chunk.text)
    if not found and not chunk.label and any(find_loose_metadata(part) for part in parts[::2]) and len(parts) > 1:
        drafts = [read_loose(replace(chunk, text=part)) for part in parts[::2]]
        glues = ["\n\n", *parts[1::2]]
        return [replace(one, glue=glue) for glue, some in zip(glues, drafts, strict=True) for one in some]
    lead = re.match(rf"{re.escape(chunk.label)}\s?:\s*", chunk.text, re.IGNORECASE) if chunk.label else None
    before = lead.group() if lead else ""
    text = chunk.text[len(before) :]
    label = chunk.label or ("publisher" if _BODY.match(text) and is_organisation(text) else "line")
    return found or [Draft(BlockKind.METADATA, text, label=label, page=chunk.page, before=before)]


def make_affiliation(chunk: Chunk) -> Draft:
    """A chunk known to be an address: its organisation, with the mark that ties it to its authors."""
    organisation, address = split_organisation(chunk.text)
    before = f"{chunk.number} " if chunk.number else ""
    return Draft(BlockKind.AFFILIATION, organisation, 0, chunk.number, "", chunk.page, before, address)


def _take(front: _Front, chunk: Chunk, following: Chunk | None) -> bool:
    """Whether the chunk belongs to the head; if so its drafts are added."""
    if chunk.role in {"footnote", "item", "table", "code", "caption", "reference"}:
        return False
    if chunk.role == "metadata":
        front.drafts += read_loose(chunk)
        return True
    if chunk.role == "affiliation":
        front.drafts.append(make_affiliation(chunk))
        return True
    if not front.has_title:
        return _take_title(front, chunk, following)
    if name_field(chunk.text) == "abstract" and following:
        front.in_abstract = True
        front.abstract_level = chunk.level if chunk.role == "heading" else 0
        front.lead = f"{chunk.text}\n\n"
        return True
    if name_field(chunk.text) == "keywords" and following:
        front.in_keywords, front.lead = True, f"{chunk.text}\n\n"
        return True
    if front.in_keywords:
        front.in_keywords = False
        drafts = make_keywords(chunk.text, field="", page=chunk.page)
        front.drafts += [replace(drafts[0], before=front.lead), *drafts[1:]] if drafts else []
        return True
    if _take_field(front, chunk):
        return True
    if chunk.role == "heading" and _DATE.fullmatch(chunk.text) and (found := find_loose_metadata(chunk.text)):
        front.drafts += found
        return True
    if front.in_abstract and chunk.role == "heading" and 0 < front.abstract_level < chunk.level:
        front.lead = f"{front.lead}{chunk.text}\n\n"
        return True
    if chunk.role == "heading" or is_known_heading(chunk.text):
        return False
    if front.in_abstract:
        return _take_abstract(front, chunk)
    return _take_line(front, chunk)


def _take_title(front: _Front, chunk: Chunk, following: Chunk | None) -> bool:
    if not front.drafts and following and _stands_above_title(chunk, following):
        front.drafts.append(Draft(BlockKind.METADATA, chunk.text, label="publisher", page=chunk.page))
        return True
    marker = find_marker(chunk.text)
    is_title = chunk.role == "title" or (chunk.role == "heading" and (front.is_marked or not names_section(chunk.text)))
    is_title = is_title or (
        chunk.role != "heading"
        and len(chunk.text) <= MAX_TITLE_CHARS
        and following is not None
        and not chunk.text.endswith((".", ";", ",", ":"))
        and not chunk.text.startswith(("[", "<", "{"))
        and not (
            marker and is_heading_text(chunk.text[marker.length :]) and is_known_heading(chunk.text[marker.length :])
        )
    )
    if not is_title:
        return False
    front.has_title = True
    front.drafts.append(Draft(BlockKind.TITLE, chunk.text, page=chunk.page))
    return True


def _stands_above_title(chunk: Chunk, following: Chunk) -> bool:
    """Whether a first line is the name of a body of the state, and the next one the title of what it issued."""
    short = len(following.text) <= MAX_LINE_CHARS and not is_finished(following.text)
    body = _BODY.match(chunk.text)
    if body is None or chunk.role or not short or len(chunk.text.split()) > MAX_NAME_WORDS:
        return False
    # What a ministry is for ("Ministry of Law and Justice") makes its name no title.
    behind = chunk.text[body.end() :].partition(" ")[2]
    return not names_issued(behind) and names_issued(following.text)


def _take_field(front: _Front, chunk: Chunk) -> bool:
    """A line "Name: value"."""
    found = find_field(chunk.text)
    if not found:
        return False
    if found.name == "abstract" and chunk.role != "heading":
        front.in_abstract = True
        front.drafts.append(Draft(BlockKind.ABSTRACT, found.value, page=chunk.page, before=found.before))
    elif found.name == "keywords":
        front.in_abstract = False
        front.drafts += make_keywords(found.value, field=found.before.strip(" :："), page=chunk.page)
    elif len(chunk.text) > 2 * MAX_LINE_CHARS:
        return False
    elif found.name == "author" and not front.has_authors:
        return _take_authors(front, found.value, chunk.page, before=found.before)
    else:
        front.drafts += make_metadata(found.name, found.value, before=found.before, page=chunk.page)
    return True


def _take_abstract(front: _Front, chunk: Chunk) -> bool:
    """A paragraph under "Abstract"."""
    marker = find_marker(chunk.text)
    if marker and is_heading_text(chunk.text[marker.length :]):
        return False
    if not is_finished(chunk.text) and len(chunk.text) < MAX_LINE_CHARS / 2:
        return False
    front.drafts.append(Draft(BlockKind.ABSTRACT, chunk.text, page=chunk.page, before=front.lead))
    front.lead = ""
    return True


def _take_line(front: _Front, chunk: Chunk) -> bool:
    """A line between title and abstract: names, organisations, countries, a date, a journal."""
    text, page = chunk.text, chunk.page
    if len(text) > 3 * MAX_LINE_CHARS or any(d.kind is BlockKind.ABSTRACT for d in front.drafts):
        return False
    byline = _BYLINE.match(text)
    lead = byline.group() if byline and not front.has_authors else ""
    if _take_authors(front, text[len(lead) :], page, before=lead):
        return True
    countries = [part.strip() for part in re.split(r"[;,]", text)]
    if all(is_country(part) for part in countries):
        separator = "; " if ";" in text else ", "
        front.drafts += enumerate_values(
            "", countries, Draft(BlockKind.METADATA, "", label="country", page=page), separator=separator
        )
        return True
    loose = find_loose_metadata(text, page=page)
    if loose:
        front.drafts += loose
        return True
    if _take_affiliation(front, text, page) or _take_publisher(front, text, page):
        return True
    if front.has_more and len(text) <= MAX_LINE_CHARS and chunk.role == "":
        front.drafts.append(Draft(BlockKind.METADATA, text, label="line", page=page))
        return True
    return False


def _take_authors(front: _Front, text: str, page: int | None, *, before: str = "") -> bool:
    """A line that holds nothing but names of people."""
    person, comma, place = text.partition(", ")
    if comma and ";" not in text and is_person(person, front.is_common) and _is_only_address(place):
        organisation, address = split_organisation(place)
        front.drafts.append(Draft(BlockKind.AUTHOR, clean_name(person)[0], page=page, before=before))
        front.drafts.append(Draft(BlockKind.AFFILIATION, organisation, page=page, after=address, glue=", "))
        front.has_authors = True
        return True
    if comma and is_person(person, front.is_common) and _is_post(place):
        front.drafts.append(Draft(BlockKind.AUTHOR, person, page=page, before=before, after=f", {place}"))
        front.has_authors = True
        return True
    names = [clean_name(part) for part in split_names(text)]
    names = [(name, marks) for name, marks in names if name]
    if not names or not all(is_person(name, front.is_common) for name, _ in names):
        return False
    separator = "; " if ";" in text else ", "
    for i, (name, marks) in enumerate(names):
        lead, glue = (before, "\n\n") if i == 0 else ("", separator)
        front.drafts.append(Draft(BlockKind.AUTHOR, name, number=marks, page=page, before=lead, glue=glue))
    front.has_authors = True
    return True


def _is_only_address(text: str) -> bool:
    """Whether what follows a name is its address: an organisation, and no further name."""
    return is_organisation(text) and not any(is_person(clean_name(part)[0]) for part in split_names(text))


def _is_post(text: str) -> bool:
    """Whether what follows a name is the post its bearer holds: "Chief Information Officer"."""
    words = [word.strip(",.;").lower() for word in text.split()]
    return len(words) <= MAX_NAME_WORDS and bool(_POSTS & set(words)) and not is_finished(text)


def _take_publisher(front: _Front, text: str, page: int | None) -> bool:
    """A line that is the name of an organisation, where no author has been named: the issuing body."""
    words = text.split()
    small = sum(1 for word in words if word[0].islower() and word not in OPEN_WORDS)
    named = is_organisation(text) or (_BODY.match(text) and len(words) <= MAX_CITY_WORDS)
    if front.has_authors or not named or len(words) > MAX_NAME_WORDS or is_finished(text) or small > 1:
        return False
    lead = _ISSUED_BY.match(text)
    before = lead.group() if lead else ""
    front.drafts.append(Draft(BlockKind.METADATA, text[len(before) :], label="publisher", page=page, before=before))
    return True


def _take_affiliation(front: _Front, text: str, page: int | None) -> bool:
    """An address line, with the mark that ties it to its authors in front."""
    found = re.match(r"(?P<mark>\d{1,2}|[a-z*†‡](?=\s))[.)]?\s*(?=[^\W\d_a-z])", text)
    mark, before = (found.group("mark"), found.group()) if found else ("", "")
    rest = text[len(before) :]
    known = mark and any(mark in draft.number.split(",") for draft in front.drafts if draft.kind is BlockKind.AUTHOR)
    if not front.has_authors or not (known or is_organisation(rest)) or len(rest) > 2 * MAX_LINE_CHARS:
        return False
    if not known and (len(rest) > MAX_LINE_CHARS or (is_finished(rest) and len(rest.split()) > 14)):
        return False
    parts = [part.strip() for part in rest.split(";")] if ";" in rest else [rest]
    parts = parts if all(map(is_organisation, parts)) else [rest]
    for i, part in enumerate(parts):
        organisation, address = split_organisation(part)
        lead, glue = (before, "\n\n") if i == 0 else ("", "; ")
        kind = BlockKind.AFFILIATION
        front.drafts.append(Draft(kind, organisation, number=mark, page=page, before=lead, after=address, glue=glue))
    return True


def ends_front(text: str) -> bool:
    """Whether a paragraph of the head is the first behind the author block."""
    field = find_field(text)
    named = field is not None and field.name in {"abstract", "keywords"}
    return named or is_known_heading(text) or name_field(text) == "abstract" or is_prose(text)


def is_prose(text: str) -> bool:
    """Whether a paragraph of a head is running text: long, or a sentence with its small words, and no address."""
    if len(text) > MIN_PROSE_CHARS and ". " in text:
        return True
    small = sum(1 for word in text.lower().split() if word in OPEN_WORDS)
    return len(text) > MIN_SENTENCE_CHARS and is_finished(text) and small >= len(text.split()) / 5 and "@" not in text
