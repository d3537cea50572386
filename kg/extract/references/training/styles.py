"""References written anew: the values of one reference in a style drawn at random.

A style is a set of choices that published styles make one way or another; drawing them apart gives styles that no
list of the training data has, so the tagger learns the choices and not the lists.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.references.labels import INDEX
from kg.extract.references.tokens import find_tokens, is_scripted
from kg.extract.references.training.labelling import Example
from kg.extract.references.training.phrases import ENGLISH, GIVEN_NAMES, LANGUAGES, PLACES, Words
from kg.extract.references.training.values import Values
from kg.extract.surnames import CHINESE

#: Text with the label of its tokens.
Piece = tuple[str, str]
_QUOTES: tuple[tuple[str, str], ...] = (
    *[("", "")] * 3,
    *[("“", "”"), ("“", ",”"), ('"', '"'), ("'", "'"), ("‘", "’")],
    *[("«", "»"), ("« ", " »"), ("„", "“"), ("``", "''")],
)
#: Forms of volume (v), issue (i), pages (p) and year (y); a capital stands for the language's word.
_SERIALS: tuple[str, ...] = (
    *["v(i):p", "v(i):p", "v, i, p", "V v, I i, P p", "V v (I i), P p", "v.i: p", "v i p", "v/i P p", "v (i) P p"],
    *[
        "v (y): p",
        "v (y) p",
        "v, I i (y): p",
        "v.i (y): p",
        "v (i), y, P p",
        "V v, y, P p",
        "v, p (y)",
        "y;v(i):p",
        "y, v(i): p",
    ],
)
#: Names of editors are one label, whatever their parts.
_EDITOR: dict[str, str] = {"family": "editor", "given": "editor", "between": "editor"}
_TAILS: tuple[str, ...] = (
    *[".", ".", "."],
    *["", "", " [arXiv:0907.5424]", " [hep-th/9802109].", ", arXiv:1406.4632 [nucl-ex]"],
    *[
        ". Print.",
        " (accessed 12 May 2014).",
        ". doi:10.1016/j.x.2010.01.002",
        ". https://doi.org/10.1000/xyz123",
        " [in Chinese].",
    ],
    *[
        ". Retrieved from http://www.example.org/a.html",
        ". ISBN 0-13-908385-5.",
        ". Web. 28 Mar. 2011.",
        " (in press).",
    ],
)
_SURNAMES: tuple[str, ...] = tuple(sorted(name for name in CHINESE if name.isascii()))


@dataclass(frozen=True, slots=True)
class Style:
    """The choices of one style; see `draw_style`."""

    words: Words
    inverted: str
    comma: str
    initials: str
    between: str
    last: str
    upper: bool
    year_place: str
    year_form: str
    quotes: tuple[str, str]
    stop: str
    serial: str
    serial_before: str


def draw_style(rng: random.Random) -> Style:
    """A style with every choice drawn by itself."""
    words = ENGLISH if rng.random() < 0.5 else rng.choice(LANGUAGES)
    return Style(
        words=words,
        inverted=rng.choice(("all", "all", "first", "none", "none")),
        comma=rng.choice((", ", ", ", " ", " ")),
        initials=rng.choice(("full", "full", "J. A.", "J.A.", "JA", "J A", "J.-A.")),
        between=rng.choice((", ", ", ", ", ", "; ", " ")),
        last=rng.choice((*words.joins, ", ", "; ")),
        upper=rng.random() < 0.08,
        year_place=rng.choice(("authors", "authors", "end", "end", "serial", "container")),
        year_form=rng.choice(("(%s)", "(%s)", "%s", "%s", "[%s]", "%s", "(%sa)")),
        quotes=rng.choice(_QUOTES),
        stop=rng.choice((". ", ". ", ". ", ", ", ", ", ": ", " ", "; ", " - ")),
        serial=rng.choice(_SERIALS),
        serial_before=rng.choice((" ", ", ", ", ", ". ", " ", ";")),
    )


def _shorten(given: str, form: str, rng: random.Random) -> str:
    if form == "full":
        return given if len(given.strip(". ")) > 2 else rng.choice(GIVEN_NAMES)
    letters = [word[0].upper() for word in given.replace(".", ". ").replace("-", " ").split() if word[0].isalpha()][:3]
    if given.isupper() and given.isalpha() and len(given) < 4:
        letters = list(given)
    joined = {"J. A.": ". ", "J.A.": ".", "JA": "", "J A": " ", "J.-A.": ".-"}[form].join(letters)
    return joined + ("." if "." in form and joined else "")


def _write_author(author: tuple[str, str], style: Style, inverted: bool, rng: random.Random) -> list[Piece]:
    family = author[0].upper() if style.upper else author[0]
    given = _shorten(author[1], style.initials, rng) if author[1] else ""
    if is_scripted(family):
        return [(family, "family"), (author[1], "given")] if author[1] else [(family, "family")]
    if not given:
        return [(family, "family")]
    if inverted:
        return [(family, "family"), (style.comma, "given"), (given, "given")]
    return [(given + " ", "given"), (family, "family")]


def _write_authors(authors: Sequence[tuple[str, str]], style: Style, rng: random.Random) -> Iterator[Piece]:
    shown = authors[: rng.choice((1, 3, 6))] if len(authors) > 6 and rng.random() < 0.5 else authors
    between = style.between if style.comma == " " or style.between != " " else ", "
    for i, author in enumerate(shown):
        if i:
            yield (style.last if i == len(authors) - 1 else between), "between"
        yield from _write_author(author, style, style.inverted == "all" or (style.inverted == "first" and i == 0), rng)
    if len(shown) < len(authors):
        yield rng.choice((" et al.", ", et al.", " et al", ", et al")), "others"


def _write_serial(values: Values, style: Style, rng: random.Random) -> Iterator[Piece]:
    """Volume, issue, pages and perhaps the year in the style's form; what is missing leaves its marks out too."""
    words = style.words
    dash = rng.choice(("-", "–", "-", "--", "—"))
    parts = {
        "v": (values.volume, "volume"),
        "i": (values.issue, "issue"),
        "p": (dash.join(values.pages), "pages"),
        "y": (values.year, "year"),
    }
    cues = {"V": words.volumes, "I": words.issues, "P": words.pages}
    mark = ""
    for char in style.serial:
        if char in cues:
            mark += rng.choice(cues[char]) if parts[char.lower()][0] else ""
        elif char in parts:
            value, label = parts[char]
            if value:
                yield mark, "other"
                yield value, label
            mark = "" if value or not mark.endswith("(") else mark[:-1] + "\0"
        elif char == ")" and "\0" in mark:
            mark = mark.replace("\0", "")
        else:
            mark += char
    yield mark.rstrip(" ,:"), "other"


def _write_year(values: Values, style: Style, rng: random.Random) -> Iterator[Piece]:
    before, _, after = style.year_form.partition("%s")
    month = rng.choice(style.words.months) + " " if rng.random() < 0.12 else ""
    yield before + month, "other"
    yield values.year, "year"
    yield after, "other"


def _write_host(values: Values, style: Style, others: Sequence[tuple[str, str]], rng: random.Random) -> Iterator[Piece]:
    """ "In", the editors before or after, and the book."""
    yield rng.choice(style.words.hosts), "other"
    editors = list(_write_authors(others, style, rng))
    cue = rng.choice(style.words.editors)
    place = rng.random()
    if place < 0.45:
        yield from ((text, _EDITOR.get(label, "other")) for text, label in editors)
        yield f" {cue}{rng.choice((', ', ': ', ' ', '. '))}", "other"
    yield values.container, "container"
    if 0.45 <= place < 0.6:
        yield rng.choice((", ed. by ", ", edited by ", ". Ed. ", f", {cue} ")), "other"
        yield from ((text, _EDITOR.get(label, "other")) for text, label in editors)


def write_reference(values: Values, style: Style, others: Sequence[tuple[str, str]], rng: random.Random) -> list[Piece]:
    """The values in the style. others: names for editors."""
    pieces: list[Piece] = list(_write_authors(values.authors, style, rng))
    stop = style.stop
    year = list(_write_year(values, style, rng)) if values.year else []
    if style.year_place == "authors" and year:
        pieces += [(rng.choice((" ", ", ", ". ")), "other"), *year, (rng.choice((". ", ", ", " ", ": ")), "other")]
    else:
        pieces.append((stop, "other"))
    is_serial = bool(values.volume) and bool(values.container)
    if not (is_serial and rng.random() < 0.2):
        mark = "" if values.title[-1] in "?!" or style.quotes[1].startswith(",") else stop.rstrip()
        pieces += [(style.quotes[0], "other"), (values.title, "title"), (style.quotes[1] + (mark or "") + " ", "other")]
    pieces += _write_rest(values, style, others, rng)
    if year and not any(label == "year" for _, label in pieces):
        pieces += [(rng.choice((", ", " ", ". ")), "other"), *year]
    pieces.append((rng.choice(_TAILS), "other"))
    return [piece for piece in pieces if piece[0]]


def _write_press(press: str) -> Iterator[Piece]:
    """ "Place: Press", "Place, Press" or "Press, Place" with the press labelled."""
    first, mark, second = next((press.partition(m) for m in (" : ", ": ", ", ") if m in press), (press, "", ""))
    is_place_first = ":" in mark or first in PLACES
    yield first, "other" if is_place_first else "publisher"
    yield mark, "other"
    yield second, "publisher" if is_place_first else "other"


def _write_rest(values: Values, style: Style, others: Sequence[tuple[str, str]], rng: random.Random) -> Iterator[Piece]:
    year = list(_write_year(values, style, rng)) if values.year and style.year_place != "authors" else []
    if not values.container:
        yield from _write_book(values, style, year, rng)
    elif values.volume:
        yield from _write_article(values, style, year, rng)
    else:
        yield from _write_chapter(values, style, year, others=others, rng=rng)


def _write_book(values: Values, style: Style, year: Sequence[Piece], rng: random.Random) -> Iterator[Piece]:
    if rng.random() < 0.2:
        yield rng.choice(style.words.editions) + rng.choice((". ", ", ")), "other"
    yield from _write_imprint(values, style, year, rng)
    if values.pages and rng.random() < 0.9:
        yield rng.choice((", ", ": ")) + rng.choice(style.words.pages), "other"
        yield "-".join(values.pages), "pages"


def _write_imprint(values: Values, style: Style, year: Sequence[Piece], rng: random.Random) -> Iterator[Piece]:
    """Press and year, in brackets in every third style."""
    wraps = rng.random() < 0.3
    yield "(" if wraps else "", "other"
    yield from _write_press(rng.choice(style.words.presses))
    if year:
        yield ", ", "other"
        yield from ([(values.year, "year")] if wraps else year)
    yield ")" if wraps else "", "other"


def _write_article(values: Values, style: Style, year: Sequence[Piece], rng: random.Random) -> Iterator[Piece]:
    if rng.random() < 0.15:
        yield rng.choice(style.words.hosts), "other"
    yield values.container, "container"
    if year and style.year_place == "container":
        yield " ", "other"
        yield from year
    yield style.serial_before, "other"
    yield from _write_serial(values, style if year else replace(style, serial=style.serial.replace("y", "")), rng)
    if year and style.year_place == "serial" and "y" not in style.serial:
        yield rng.choice((" ", ", ")), "other"
        yield from year


def _write_chapter(
    values: Values, style: Style, year: Sequence[Piece], *, others: Sequence[tuple[str, str]], rng: random.Random
) -> Iterator[Piece]:
    yield from _write_host(values, style, others, rng)
    imprint_first = rng.random() < 0.25
    if imprint_first:
        yield rng.choice((" ", ". ", ", ")), "other"
        yield from _write_imprint(values, style, year, rng)
    elif year and style.year_place == "container":
        yield ", ", "other"
        yield from year
    if values.pages:
        before = rng.choice((", ", " (", ": ", ". "))
        yield before + rng.choice(style.words.pages), "other"
        yield "-".join(values.pages), "pages"
        yield ")" if "(" in before else "", "other"
    if not imprint_first and rng.random() < 0.6:
        yield rng.choice((". ", ", ")), "other"
        yield from _write_press(rng.choice(style.words.presses))


def label_pieces(pieces: Sequence[Piece]) -> Example:
    """Pieces of text as one labelled example."""
    texts: list[str] = []
    spaced: list[bool] = []
    masks: list[int] = []
    ends_in_space = True
    for text, label in pieces:
        end = 0
        for k, token in enumerate(find_tokens(text)):
            name = "family-in" if label == "family" and k else label
            spaced.append(token.start > end or (k == 0 and ends_in_space))
            texts.append(token.text)
            masks.append(1 << INDEX[name])
            end = token.end
        ends_in_space = text[-1:].isspace() if text.strip() else ends_in_space or text.isspace()
    return Example(tuple(texts), tuple(spaced), tuple(masks), "restyled")


def _borrow_chinese(count: int, rng: random.Random) -> tuple[tuple[str, str], ...]:
    """Names in pinyin, given names of one or two syllables."""
    syllables = [name for name in _SURNAMES if len(name) < 6]

    def draw_given() -> str:
        return "".join(rng.sample(syllables, rng.choice((1, 2, 2)))).capitalize()

    return tuple((rng.choice(_SURNAMES).capitalize(), draw_given()) for _ in range(count))


def restyle(values: Values, pool: Sequence[Values], rng: random.Random) -> Example:
    """One reference of the values in a style drawn at random; editors come from the pool."""
    others = rng.choice(pool).authors[: rng.randint(1, 3)]
    style = draw_style(rng)
    if rng.random() < 0.08:
        values = replace(values, authors=_borrow_chinese(min(5, len(values.authors)), rng))
        style = replace(style, comma=" ", initials="full", inverted=rng.choice(("all", "all", "none")))
    return label_pieces(write_reference(values, style, others, rng))
