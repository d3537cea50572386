"""What is folded away amid a text, in web pages and Markdown."""

from collections.abc import Callable

import pytest

from kg.readers import Reading
from kg.readers.html import read_html
from kg.readers.markdown import read_markdown

WAITS = "One office waits for another."
HEAD = "# T\n\n## One\n\nText before.\n\n"
SHOWN_HEAD = [("title", "T"), ("heading", "One"), ("paragraph", "Text before.")]


def fold(name: str, text: str = WAITS) -> str:
    return f"<details>\n<summary><b>{name}</b></summary>\n\n{text}\n\n</details>\n\n"


def write_page(text: str) -> str:
    """The Markdown of these tests as a web page."""
    lines = []
    for line in filter(None, text.split("\n\n")):
        marks = line.count("#")
        lines.append(f"<h{marks}>{line.strip('# ')}</h{marks}>" if marks else line if "<" in line else f"<p>{line}</p>")
    return f"<main>{''.join(lines)}</main>"


@pytest.fixture(params=["markdown", "html"])
def show(request: pytest.FixtureRequest) -> Callable[[str], list[tuple[str, str]]]:
    def read(text: str) -> list[tuple[str, str]]:
        reading: Reading = read_markdown(text) if request.param == "markdown" else read_html(write_page(text))
        return [(draft.kind.value, draft.text) for draft in reading.drafts if draft.text]

    return read


Show = Callable[[str], list[tuple[str, str]]]
INSIDE, BEHIND = ("paragraph", WAITS), ("paragraph", "Text behind it.")


def test_name_amid_a_text_heads_no_section(show: Show) -> None:
    text = HEAD + fold("Show the case") + "Text behind it.\n\n"
    assert show(text) == [*SHOWN_HEAD, ("paragraph", "Show the case"), INSIDE, BEHIND]


def test_name_that_ends_a_section_heads_what_is_folded(show: Show) -> None:
    text = HEAD + fold("Show the case") + "## Two\n\nText behind it.\n\n"
    assert show(text) == [*SHOWN_HEAD, ("heading", "Show the case"), INSIDE, ("heading", "Two"), BEHIND]


def test_several_in_a_row_are_questions_with_their_answers(show: Show) -> None:
    text = HEAD + fold("Who decides?") + fold("Who waits?") + "Text behind it.\n\n"
    questions = [("heading", "Who decides?"), INSIDE, ("heading", "Who waits?"), INSIDE]
    assert show(text) == [*SHOWN_HEAD, *questions, BEHIND]


def test_name_of_a_section_stays_one(show: Show) -> None:
    text = HEAD + fold("Challenges") + "Text behind it.\n\n"
    assert show(text) == [*SHOWN_HEAD, ("heading", "Challenges"), INSIDE, BEHIND]


def test_folded_text_with_sections_of_its_own_keeps_them(show: Show) -> None:
    text = HEAD + fold("More", f"### Inner\n\n{WAITS}") + "Text behind it.\n\n"
    assert show(text)[3:] == [("heading", "More"), ("heading", "Inner"), INSIDE, BEHIND]
