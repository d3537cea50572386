"""Sections of a document."""

from kg.model import Block, BlockKind, Document, compute_sections, find_section


def make(*headings: tuple[int, str, str]) -> Document:
    """Headings of (level, number, title), each with the text "body." below it."""
    text, blocks = "", []
    for level, number, title in headings:
        blocks.append(Block(BlockKind.HEADING, len(text), len(text) + len(title), level, number))
        text += f"{title}\n\nbody.\n\n"
    return Document("d", "d.txt", text, tuple(blocks))


def test_numbers_are_paths_from_the_top() -> None:
    document = make((1, "3", "Barriers"), (2, "1", "Skills"), (2, "3.2", "Trust"), (1, "", "References"))
    assert [(s.number, s.title, s.parent) for s in compute_sections(document)] == [
        ("3", "Barriers", -1),
        ("3.1", "Skills", 0),
        ("3.2", "Trust", 0),
        ("", "References", -1),
    ]


def test_a_section_ends_where_the_next_of_its_level_begins() -> None:
    document = make((1, "1", "One"), (2, "", "Inner"), (1, "2", "Two"))
    one, inner, two = compute_sections(document)
    assert (one.end, inner.end, two.end) == (two.start, two.start, len(document.text))


def test_the_innermost_section_holds_an_offset() -> None:
    document = make((1, "1", "One"), (2, "", "Inner"), (1, "2", "Two"))
    sections = compute_sections(document)
    found = [find_section(sections, document.text.index(word)) for word in ("One", "Inner", "Two")]
    assert found == [0, 1, 2]
    assert find_section(sections[1:], 0) == -1


def test_a_gap_behind_an_inner_section_belongs_to_the_outer() -> None:
    document = make((1, "1", "One"), (3, "", "Deep"), (2, "", "Flat"))
    sections = compute_sections(document)
    assert find_section(sections, sections[2].start) == 2
    assert sections[1].end == sections[2].start
