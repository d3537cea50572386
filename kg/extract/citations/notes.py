"""What notes cite by: "Zuboff, op. cit., p. 12", "see above n 12", "Smith (n 3)", and whole references in a note."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.citations.find import IBID, NAMES, Mention, trim_names
from kg.extract.citations.resolve import Entry, Link, fold_name, match_author, split_mentioned

#: What says that a work was cited before, in the languages that have words of their own for it.
_AGAIN = r"\(?(?:(?:[Oo]p|[Ll]oc|[Aa]rt|[Oo]b)\.?\s?cit\b\.?|cit\.(?=,?\s+pp?\.)|a\.\s?a\.\s?O\.)"
_REPEATED = re.compile(rf"(?!(?:Op|Loc|Art|Ob)\b)(?P<names>{NAMES})(?P<title>,\s*[^;()\[\]]{{3,120}}?)?,?\s*{_AGAIN}")
_OPUS = re.compile(r"\W+(?:op|loc|art|ob)\.?\s*$", re.I)
#: "Id. at 12" (The Bluebook).
_ID = r"\bId\.(?=\s+at\s+\d|\s+¶|\s+§|\s*$)"
_ALONE = re.compile(rf"(?<![\w,] ){_AGAIN}|{_ID}")
_BACK = re.compile(
    rf"(?:(?P<names>{NAMES})(?P<title>,\s*[^;()\[\]]{{3,80}}?)?,?\s*)?"
    r"(?:\((?:above\s+)?n\.?\s?(?P<round>\d{1,3})\)|"
    r"\b(?:supra|(?:see\s+|cited\s+)?above|siehe oben)[,\s]+(?:at\s+)?"
    r"(?:footnotes?|notes?|fn?\.?|nn?\.?|Fn\.?|Anm\.?)\s*(?P<note>\d{1,3})\b)",
)
#: What a text without any of these mentions has none of: looked for first, for it is found quickly.
_BACK_SIGN = re.compile(r"\(above\s+n|\(n\.?\s?\d|\b(?:supra|above|oben)[,\s]+(?:at\s+)?[fnFA]")
_AGAIN_SIGN = re.compile(r"cit\b|O\.")
#: So many words of a title, or all of a shorter one, tell that a note gives the work.
_TITLE_WORDS = 4
_LEAST_TITLE_CHARS = 8
#: From this fit on a name means an author (`match_author`).
_SAME_AUTHOR = 0.85


@dataclass(slots=True)
class Cited:
    """What has been cited so far: the entries in reading order, and those of each note by its number."""

    entries: list[Entry] = field(default_factory=list)
    of_note: dict[str, list[Entry]] = field(default_factory=dict)

    def add(self, mention: Mention, entry: Entry) -> None:
        """Remember one citation."""
        self.entries.append(entry)
        if mention.within:
            self.of_note.setdefault(mention.within, []).append(entry)


def find_repeated(text: str, offset: int) -> Iterator[Mention]:
    """Mentions that name a work by its having been cited before.

    title: the words between the name and "op. cit."; note: the number of the note pointed to.
    """
    spans: list[tuple[int, int]] = []
    for pattern, sign in ((_BACK, _BACK_SIGN), (_REPEATED, _AGAIN_SIGN)):
        for found in pattern.finditer(text) if sign.search(text) else ():
            names = trim_names(found["names"] or "")
            note = (found["round"] or found["note"]) if pattern is _BACK else ""
            start = found.start("names") + len(found["names"]) - len(names) if names else found.start()
            is_taken = any(begin <= start < end for begin, end in spans)
            if is_taken or not (names or note) or (note and found["round"] and not names):
                continue
            spans.append((start, found.end()))
            title = _OPUS.sub("", f"{names.partition(',')[2]} {found['title'] or ''}")
            words = text[start : found.end()]
            yield Mention(offset + start, offset + found.end(), words, names=names, title=title, note=note, again=True)
    for found in _ALONE.finditer(text):
        if not any(start <= found.start() < end for start, end in spans):
            yield Mention(offset + found.start(), offset + found.end(), found[0], names=IBID)


def resolve_repeated(mention: Mention, cited: Cited, entries: Sequence[Entry]) -> Link | None:
    """The work cited before that a mention means: by the note it points to, else by author and title."""
    said, _ = split_mentioned(mention.names)
    noted = list(dict.fromkeys(cited.of_note.get(mention.note, ()))) if mention.note else []
    if mention.note and not said:
        return Link(noted[-1], 2.0, f"cited in note {mention.note}") if noted else None
    fitting = [one for one in noted or entries if _is_author(said[0], one)]
    title = fold_name(mention.title)
    if len(fitting) > 1 and title:
        fitting = [one for one in fitting if title in fold_name(one.text or one.title)] or fitting
    if len(fitting) > 1:
        before = [one for one in cited.entries if one in fitting]
        fitting = before[-1:] or fitting
    return Link(fitting[0], 2.0, "stands for a work cited before") if len(fitting) == 1 else None


def _is_author(said: str, entry: Entry) -> bool:
    pairs = zip(entry.authors, entry.families, strict=False)
    return any(match_author(said, author, family) >= _SAME_AUTHOR for author, family in pairs)


def find_whole(text: str, offset: int, entries: Sequence[Entry]) -> Iterator[Mention]:
    """References in a note whose work is in the list too: an author's surname and the title's first words tell."""
    cursor = 0
    for part in re.split(r"(?<=;)\s+", text):
        start = text.index(part, cursor)
        cursor = start + len(part)
        if entry := _find_titled(part, entries):
            words = part.rstrip(" ;.")
            yield Mention(
                offset + start, offset + start + len(words), words, names="".join(entry.families[:1]), key=entry.key
            )


def _find_titled(part: str, entries: Sequence[Entry]) -> Entry | None:
    if same := next((entry for entry in entries if entry.text and entry.text in part), None):
        return same
    words = f" {' '.join(_split_words(part))} "
    fitting: list[tuple[int, Entry]] = []
    for entry in entries:
        title = _split_words(entry.title)
        start = " ".join(title[: max(_TITLE_WORDS, len(title) // 2)])
        family = " ".join(_split_words(entry.families[0])) if entry.families else ""
        if len(start) >= _LEAST_TITLE_CHARS and family and f" {start} " in words and f" {family} " in words:
            fitting.append((len(start), entry))
    return max(fitting, key=lambda one: one[0])[1] if fitting else None


def _split_words(text: str) -> list[str]:
    return [word for word in (fold_name(w) for w in re.findall(r"[\w’']+", text)) if word]
