"""Inline AsciiDoc: footnotes, links, emphasis, macros."""

import re

from kg.readers.characters import squeeze
from kg.readers.raised import NUMBERS, mark_raised

_FOOTNOTE = re.compile(r"footnote(?:ref)?:(?P<id>[\w-]*)\[")
_LINK = re.compile(
    r"(?:link:|xref:|mailto:)?(?P<target>(?:https?://|ftp://|(?<=link:)|(?<=xref:)|(?<=mailto:))[^\s\[\]]{0,2000})\[(?P<text>[^\[\]]{0,2000})\]"
)
_CROSS = re.compile(r"<<(?P<target>[^,<>]{1,300})(?:,(?P<text>[^<>]{0,500}))?>>")
_MACRO = re.compile(
    r"(?:image|icon|kbd|btn|menu|indexterm2?|pass|stem|latexmath|asciimath|anchor):[^\s\[\]]{0,2000}\[(?P<text>[^\[\]]{0,2000})\]"
)
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_ROLE = re.compile(r"\[[.#%][^\[\]]*\](?=[#*_`])")
_ATTRIBUTE = re.compile(r"\{(?P<name>[\w-]+)\}")
_CHARACTERS = {
    "nbsp": " ",
    "zwsp": "",
    "apos": "'",
    "quot": '"',
    "lsquo": "‘",
    "rsquo": "’",
    "ldquo": "“",
    "rdquo": "”",
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "plus": "+",
    "sp": " ",
    "empty": "",
}
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)(?P<a>[^*\n]+?)(?<=\S)\*(?![\w*])|\*\*(?P<b>.+?)\*\*", re.DOTALL)
_OTHER = re.compile(r"(?<![\w_])(?P<q>__?|``?|##?)(?=\S)(?P<t>.+?)(?<=\S)(?P=q)(?![\w_])", re.DOTALL)
_SCRIPT = re.compile(r"(?P<q>[\^~])(?=\S)(?P<t>[^\s^~]+)(?P=q)")


def cut_footnotes(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Text without its footnotes, and each footnote as number and text; brackets inside a footnote are counted."""
    parts: list[str] = []
    notes: list[tuple[str, str]] = []
    at = 0
    while found := _FOOTNOTE.search(text, at):
        end = _find_close(text, found.end())
        content = text[found.end() : end]
        parts.append(text[at : found.start()])
        if found.group().startswith("footnoteref") and "," in content:
            content = content.split(",", 1)[1]
        if content.strip():
            notes.append((str(len(notes) + 1), content))
        at = end + (text[end : end + 1] == "]")
    return "".join(parts) + text[at:], notes


def _find_close(text: str, start: int) -> int:
    """Index of the bracket that closes one opened before `start`; the end of the line if there is none."""
    depth = 1
    for i in range(start, min(len(text), start + 5000)):
        depth += (text[i] == "[") - (text[i] == "]")
        if not depth:
            return i
    line_end = text.find("\n", start)
    return len(text) if line_end < 0 else line_end


def _drop_macros(text: str) -> str:
    text = re.sub(r"^//(?!/).*$", "", text, flags=re.MULTILINE)
    text = _MACRO.sub(
        lambda found: _TAG.sub("", found["text"]) if found.group().startswith(("kbd", "btn", "pass", "menu")) else "",
        text,
    )
    for _ in range(2):
        text = _LINK.sub(
            lambda found: (
                re.sub(r",\s*(?:window|role|opts)=.*$|\^$", "", found.group("text")).strip('"') or found.group("target")
            ),
            text,
        )
    text = _CROSS.sub(lambda found: found.group("text") or "", text)
    text = _ATTRIBUTE.sub(lambda found: _CHARACTERS.get(found.group("name"), ""), text)
    text = re.sub(r"\[\[[^\[\]]{0,300}\]\]|\(\(\(?[^()]{0,300}\)?\)\)", "", text)
    return re.sub(r"\s\+$", " ", _ROLE.sub("", text), flags=re.MULTILINE)


def _drop_emphasis(text: str) -> str:
    for _ in range(3):
        text = _OTHER.sub(r"\g<t>", text)
    return _SCRIPT.sub(_read_script, text).replace("->", "→").replace("(C)", "©")


def _read_script(found: re.Match[str]) -> str:
    is_number = found["q"] == "^" and NUMBERS.fullmatch(found["t"])
    return mark_raised(found["t"]) if is_number else found["t"]


def make_runs(text: str) -> list[tuple[str, bool]]:
    """Inline text as plain and bold runs."""
    text = _drop_macros(text)
    # Emphasis that wraps bold text is taken off first, so that the bold is found.
    text = re.sub(r"(?<![\w_])_(\*[^*_]+\*)_(?![\w_])", r"\1", text)
    runs: list[tuple[str, bool]] = []
    at = 0
    for found in _BOLD.finditer(text):
        runs.append((_drop_emphasis(text[at : found.start()]), False))
        runs.append((_drop_emphasis(found.group("a") or found.group("b")), True))
        at = found.end()
    runs.append((_drop_emphasis(text[at:]), False))
    return [run for run in runs if run[0]]


def render_inline(text: str) -> str:
    """Inline text without markup, on one line."""
    return squeeze("".join(run for run, _ in make_runs(text)))
