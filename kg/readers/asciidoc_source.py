"""The source of an AsciiDoc file with its includes, taken from inside its folder only."""

import re
from pathlib import Path

from kg.readers.characters import decode, normalise

MAX_INCLUDES = 100
MAX_DEPTH = 8
MAX_CHARS = 20_000_000
_INCLUDE = re.compile(r"^include::(?P<path>[^\[\n]+)\[(?P<options>[^\]\n]*)\]\s*$")
_CONDITION = re.compile(r"^(?P<word>ifdef|ifndef|ifeval|endif)::(?P<names>[^\[\n]*)\[(?P<text>[^\]\n]*)\]\s*$")
_SET = re.compile(r"^:(?P<name>[\w-]+):(?:[ \t]+(?P<value>\S.*))?$")
_USED = re.compile(r"(?<!\\)\{(?P<name>[\w-]{1,60})\}")
#: A name that stands for more is a text of its own; with names in the values of names it could grow without end.
MAX_VALUE_CHARS = 500
MAX_FILLED = 20_000


class _Source:
    """Lines gathered so far, and the limits that keep a chain of includes finite."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.count = 0
        self.size = 0
        self.notes: list[str] = []
        self.filled = 0
        self.attributes = {"asciidoctor": "", "backend-html5": ""}

    def read(self, path: Path, depth: int) -> list[str]:
        """The lines of a file with those it includes."""
        text = normalise(decode(path.read_bytes(), file=path.name)).replace("\f", "\n")
        self.size += len(text)
        lines: list[str] = []
        hidden = 0
        for line in text.split("\n"):
            condition = _CONDITION.match(line)
            if condition:
                hidden = self._apply(condition, hidden, lines)
                continue
            if hidden:
                continue
            line = _USED.sub(self._fill, line) if "{" in line else line
            if setting := _SET.match(line):
                self.attributes[setting["name"]] = (setting["value"] or "").strip()[:MAX_VALUE_CHARS]
            found = _INCLUDE.match(line)
            lines += self._include(found, path, depth) if found else [line]
        return lines

    def _fill(self, found: re.Match[str]) -> str:
        """What the file has said that a name stands for; any other name as it is."""
        value = self.attributes.get(found["name"], "")
        self.filled += bool(value)
        return value if value and self.filled <= MAX_FILLED else found.group()

    def _apply(self, condition: re.Match[str], hidden: int, lines: list[str]) -> int:
        """How many conditions are open and false behind this line."""
        word, names, text = condition.group("word", "names", "text")
        if word == "endif":
            return max(hidden - 1, 0)
        known = any(name in self.attributes for name in re.split(r"[,+]", names))
        holds = word != "ifeval" and known == (word == "ifdef")
        if text and word != "ifeval":
            lines += [text] if holds and not hidden else []
            return hidden
        return hidden + 1 if hidden or not holds else 0

    def _include(self, found: re.Match[str], path: Path, depth: int) -> list[str]:
        """The lines of an included file, none if it lies outside the folder, is missing or one too many."""
        name = found.group("path").strip()
        target = (path.parent / name).resolve()
        if "{" in name or "://" in name or not target.is_relative_to(self.root) or not target.is_file():
            self.notes.append(f"include of {name} left out: not a file in the folder")
            return []
        self.count += 1
        if self.count > MAX_INCLUDES or depth >= MAX_DEPTH or self.size > MAX_CHARS:
            self.notes.append(f"include of {name} left out: too many or too deep")
            return []
        lines = self.read(target, depth + 1)
        offset = re.search(r"leveloffset\s*=\s*\+(\d)", found.group("options"))
        if offset:
            lines = [
                re.sub(r"^(=+)(?=\s)", lambda mark: mark.group(1) + "=" * int(offset.group(1)), line) for line in lines
            ]
        return lines


def read_source(path: Path) -> tuple[str, list[str]]:
    """The text of a file with its includes, and notes on those left out."""
    source = _Source(path.resolve().parent)
    return "\n".join(source.read(path, 0)), source.notes


#: An anchor and the heading or title of a block behind it.
_ANCHORED = re.compile(
    r"^\[(?:\[(?P<anchor>[^\],\n]{1,200})(?:,[^\]\n]*)?\]|(?:[^\]\n]*#|id=\"?)(?P<id>[\w-]{1,200})[^\]\n]*)\][ ]*\n"
    r"(?:\[[^\]\n]*\][ ]*\n)*(?:=+[ ]+|\.(?=\S))(?P<title>[^\n]{1,300})$",
    re.MULTILINE,
)
_HEADED = re.compile(r"^=+[ ]+(?P<title>[^\n]{1,300})$", re.MULTILINE)
_BARE = re.compile(r"<<(?P<target>#?[^,<>\n]{1,200})>>")


def name_references(text: str) -> str:
    """A text with the title of what each bare cross reference (<<id>>) leads to in it, as it is shown."""
    if "<<" not in text:
        return text
    titles = {_make_id(found["title"]): found["title"] for found in _HEADED.finditer(text)}
    titles |= {found["anchor"] or found["id"]: found["title"] for found in _ANCHORED.finditer(text)}
    titles = {name: re.sub(r"[<>,\[\]]|footnote:.*", "", title).strip() for name, title in titles.items()}

    def write(found: re.Match[str]) -> str:
        name = found["target"].removeprefix("#").strip()
        title = titles.get(name) or titles.get(_make_id(name), "")
        return f"<<{name},{title}>>" if title else found.group()

    return _BARE.sub(write, text)


def _make_id(title: str) -> str:
    """The name that a section has by itself: "Next steps" -> "_next_steps"."""
    return "_" + re.sub(r"[^\w]+", "_", title.lower()).strip("_")
