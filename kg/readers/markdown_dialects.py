"""What Pandoc, Hugo, MkDocs, MyST, Docusaurus, GitHub, Obsidian and Kramdown add to Markdown, written as CommonMark."""

import re

#: What stands around the tags of a template, the longest first.
TEMPLATES = (("{{%", "%}}"), ("{{<", ">}}"), ("{%", "%}"), ("{{", "}}"), ("<%", "%>"))
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # "# Title {#id .class}"
    (re.compile(r"^(#{1,6}[ \t]+\S.*?)[ \t]*\{[#.:-][^{}\n]*\}[ \t]*$", re.MULTILINE), r"\1"),
    # "::: note" and ":::", options such as ":class: tip" below the first
    (re.compile(r"^[ \t]*:{3,}.*$(?:\n[ \t]*:[a-z-]{2,20}:.*$)*", re.MULTILINE), ""),
    # "> [!NOTE]"
    (re.compile(r"^([ \t]*(?:>[ \t]*)+)\[!\w+\][+-]?[ \t]*$", re.MULTILINE), r"\1"),
    # "> [!NOTE] Title"
    (re.compile(r"^([ \t]*(?:>[ \t]*)+)\[!\w+\][+-]?[ \t]+(\S.*)$", re.MULTILINE), r"\1\2\n\1"),
    # "%% a remark %%"
    (re.compile(r"^[ \t]*%%[ \t][^%\n]*%%[ \t]*$", re.MULTILINE), ""),
    # "==marked==", "H~2~O"
    (re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]{1,300})(?<=\S)==(?![=\w])"), r"\1"),
    (re.compile(r"(?<=\w)~(\w{1,6})~(?!~)"), r"\1"),
    # "- [x] done"
    (re.compile(r"^([ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+)\[[ xX]\][ \t]+(?=\S)", re.MULTILINE), r"\1"),
    # "(@) Example", "(@good) Example"
    (re.compile(r"^\(@[\w-]*\)[ \t]+(?=\S)", re.MULTILINE), "1. "),
    # "[TOC]", "[[_TOC_]]"
    (re.compile(r"^[ \t]*\[\[?_?TOC_?\]?\][ \t]*$", re.MULTILINE | re.IGNORECASE), ""),
    # "[[Page|its name]]", "[[Page#part]]"; "[[1]](#r1)" is a link already
    (re.compile(r"(?<!!)\[\[[^\[\]|\n]{1,200}\|([^\[\]\n]{1,200})\]\](?!\()"), r"\1"),
    (re.compile(r"(?<!!)\[\[(?!\d+\])([^\[\]|#\n]{1,200})(?:#[^\[\]|\n]{0,200})?\]\](?!\()"), r"\1"),
    # "Term" and ": definition" below it
    (re.compile(r"^(?![#>|\-*+ \t])(\S[^\n]{0,80})\n{1,2}:[ \t]+(?=\S)", re.MULTILINE), r"\1: "),
    # ": Caption of a table {#tbl:a}"
    (
        re.compile(r"^(?:Table)?:[ \t]+(\S[^\n]*?)[ \t]*(?:\{[#.][^{}\n]*\})?[ \t]*$", re.MULTILINE),
        r"<figcaption>\1</figcaption>",
    ),
)
#: "!!! note "Title"" or "=== "Tab"" and what is set in below it.
_ADMONITION = re.compile(
    r"^(?:!!!|\?\?\?\+?|===[!+]?(?=[ \t]+\"))[ \t]+[\w\"].*\n((?:(?: {4}|\t).*\n?|[ \t]*\n)+)", re.MULTILINE
)


def write_commonmark(text: str) -> str:
    """Text without the marks of boxes, classes, tasks and definitions, what they hold left in; fences are not known."""
    text = _ADMONITION.sub(lambda found: "\n" + re.sub(r"^(?: {4}|\t)", "", found[1], flags=re.MULTILINE), text)
    for pattern, written in _RULES:
        text = pattern.sub(written, text)
    return text
