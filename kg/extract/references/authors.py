"""The author list of a reference: labelled tokens -> names, and slips of the labels mended."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.names import SUFFIXES, is_organisation, is_surname
from kg.extract.references.labels import INDEX
from kg.extract.references.tokens import Token

_FAMILY = frozenset({INDEX["family"], INDEX["family-in"]})
_GIVEN_FIRST = re.compile(r"[^\W\d_]{3,}(?: ?[^\W\d_]\.)+")
_INITIALS = re.compile(r"(?:[^\W\d_a-zà-ÿ]\.?[-‐ ]{0,2}){1,4}")


@dataclass(frozen=True, slots=True)
class AuthorName:
    """A name as written, `written`, and which of its words are the surname by the tagger."""

    written: str
    family: str
    given: str = ""


def _find_names(tokens: Sequence[Token], labels: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs [i, j) of one name each: a name holds one surname and ends at a separator or where the next begins."""
    family, inside, given = INDEX["family"], INDEX["family-in"], INDEX["given"]
    inverted = next((label == family for label in labels if label in (family, given)), True)
    start, families = -1, 0
    for i, label in enumerate([*labels, -1]):
        is_name = label in (family, inside, given)
        follows = i > 0 and labels[i - 1] in (family, inside) and label == given and tokens[i].text != ","
        begins = label == family if inverted else follows
        if start >= 0 and (not is_name or (begins and families) or (label == family and families)):
            yield start, i
            start, families = -1, 0
        if is_name:
            start = i if start < 0 else start
            families += label == family


def _make_name(
    reference: str, tokens: Sequence[Token], labels: Sequence[int], run: tuple[int, int]
) -> AuthorName | None:
    i, j = run
    while i < j and not tokens[i].text[0].isalnum():
        i += 1
    while j > i and not tokens[j - 1].text[0].isalnum() and tokens[j - 1].text != ".":
        j -= 1
    is_family = [label in _FAMILY for label in labels[i:j]]
    words = [(token, flag) for token, flag in zip(tokens[i:j], is_family, strict=True)]
    family = [token for token, flag in words if flag]
    if not words or not any(token.text[0].isalpha() for token, _ in words):
        return None
    given = [token for token, flag in words if not flag and (token.text[0].isalnum() or token.text in ".-‐'’")]
    written = reference[tokens[i].start : tokens[j - 1].end]
    ends_in_initial = j - i > 1 and len(tokens[j - 2].text) == 1
    written = re.sub(r"(?:\s*,)+", ",", written if ends_in_initial else written.rstrip(" ."))
    return AuthorName(" ".join(written.split()).strip(" ,"), _join(reference, family), _join(reference, given))


def _join(reference: str, tokens: Sequence[Token]) -> str:
    """The tokens as written, one space where any stood between them."""
    parts: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        parts.append(" " if before is not None and token.start > before.end else "")
        parts.append(token.text)
    return "".join(parts).strip(" .-")


def find_authors(reference: str, tokens: Sequence[Token], labels: Sequence[int]) -> tuple[AuthorName, ...]:
    """The names that the labels mark, in the order of the reference."""
    names = (_make_name(reference, tokens, labels, run) for run in _find_names(tokens, labels))
    found = _join_given(reference, [name for name in names if name is not None])
    return tuple(_drop_stop(_mend(found)))


def _join_given(reference: str, names: Sequence[AuthorName]) -> list[AuthorName]:
    """ "Todd P.W." and "McMullen" with nothing but a space between them -> "Todd P.W. McMullen"."""
    joined: list[AuthorName] = []
    for name in names:
        last = joined[-1] if joined else None
        whole = f"{last.written} {name.written}" if last else ""
        is_lone = not name.given and len(name.written.split()) == 1 and len(name.written) > 2
        if last and is_lone and _GIVEN_FIRST.fullmatch(last.written) and whole in reference:
            joined[-1] = AuthorName(whole, name.family or name.written, last.written)
        else:
            joined.append(name)
    return joined


def _is_initials(text: str) -> bool:
    return bool(_INITIALS.fullmatch(text))


def _mend(names: Sequence[AuthorName]) -> list[AuthorName]:
    """Initials or a suffix that stand alone go to the name before; all before a comma is the surname."""
    mended: list[AuthorName] = []
    for name in _part_bodies(names):
        last = mended[-1] if mended else None
        if last and (_is_initials(name.written) or name.written.lower().rstrip(".") in SUFFIXES):
            given = f"{last.given} {name.written}".strip()
            mended[-1] = AuthorName(f"{last.written}, {name.written}", last.family, given)
        else:
            mended.append(_swap_initials(_widen_family(name)))
    return mended


def _part_bodies(names: Sequence[AuthorName]) -> Iterator[AuthorName]:
    """ "ATLAS Collaboration, G." and "Smith" -> "ATLAS Collaboration" and "G. Smith"."""
    given = ""
    for name in names:
        body, comma, rest = name.written.partition(",")
        if comma and body == name.family and is_organisation(body, strict=True):
            given = rest.strip()
            yield AuthorName(body, body)
        elif given and not name.given:
            yield AuthorName(f"{given} {name.written}", name.family, given)
            given = ""
        else:
            yield name
            given = ""


def _swap_initials(name: AuthorName) -> AuthorName:
    """ "Henry RE" with the capitals labelled as its surname -> surname "Henry"."""
    words = name.written.split()
    is_swapped = (
        len(words) == 2
        and words[1] == name.family
        and words[0] == name.given
        and words[1].isupper()
        and len(words[1]) <= 3
        and words[0].istitle()
        and len(words[0]) > 3
        and not is_surname(words[1])
    )
    return replace(name, family=words[0], given=words[1]) if is_swapped else name


def _widen_family(name: AuthorName) -> AuthorName:
    """ "Labra Gayo, J.E." with only "Gayo" labelled -> "Labra Gayo"."""
    before, comma, after = name.written.partition(",")
    words = before.split()
    if not comma or not name.family or len(words) > 4 or after.strip().lower() in SUFFIXES:
        return name
    if before != name.family and before.endswith(name.family) and not any(_is_initials(word) for word in words):
        return replace(name, family=before, given=after.strip())
    return name


def _drop_stop(names: Sequence[AuthorName]) -> Iterator[AuthorName]:
    """The names; the last one without its full stop where no other name has one: that one ends the list."""
    for i, name in enumerate(names):
        is_last = i == len(names) - 1
        if is_last and name.written.endswith(".") and "," not in name.written:
            dots = sum(other.written.count(".") for other in names)
            if dots == 1:
                name = replace(name, written=name.written[:-1])
        yield name
