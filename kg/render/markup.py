"""Text made safe for the markup it stands in."""

import re

#: What CommonMark, GitHub, pandoc and Obsidian act on: emphasis, code, links, markup, tables, formulas, citations;
#: list and heading marks at the beginning; entities, tags, comments and bare addresses inside.
_MARKDOWN = re.compile(
    r"[\\`*_\[\]<>|~$^@]|^[#+\-=:](?=.)|^\d{1,9}[.)](?=\s|$)|&(?=#?\w+;)|#(?=\w)|%(?=%)|=(?==)|:(?=//)|(?<=www)\."
)
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "[": "{[}",
    "]": "{]}",
    "-": "{-}",
}


def escape_markdown(text: str) -> str:
    """The text with a backslash before everything Markdown could read as markup, list or address."""
    return _MARKDOWN.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", text)


def escape_latex(text: str) -> str:
    """The text with every character that LaTeX acts on replaced by one it prints."""
    return "".join(_LATEX.get(character, character) for character in text)
