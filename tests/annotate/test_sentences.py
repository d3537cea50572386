import pytest

from kg.annotate import SentenceSpan, find_sentences, split_sentences
from kg.model import Block, BlockKind

#: Each entry is one text whose sentences are parted by " | "; "¦" stands for an end without white space.
ABBREVIATIONS = [
    "Trust fell (Lee et al. 2019). | See Fig. 3 and Sect. 4.2. | Nothing else did.",
    "Smith et al. (2020) say so, as do Kim et al. [7] and others. | We agree.",
    "This was shown by Okafor et al. | Others disagree.",
    "Tools, e.g. portals, i.e. web sites, vs. counters, cf. Lee, help. | They cost little.",
    "Some tools (e.g. The Hague's portal) help, viz. Citizens who vote. | They cost little.",
    "The U.S. Government acted in the U.S. | The E.U. waited.",
    "It runs from 9 a.m. to 5 p.m. on weekdays. | It opens at 9 a.m. | The desk is staffed.",
    "As J. Smith and M.-J. Lee wrote, it works. | Dr. Ruiz and Prof. Amin agree.",
    "J. R. R. Ruiz, Jr. Chair of the board, resigned. | A. The first plan failed.",
    "See Act No. 12, Art. 5 and pp. 3-9 of vol. 2. | The answer is no. | That is all.",
    "Eq. (3) and Eqs. 4-5 hold, see Ref. [9], Chap. IV and App. B. | They are old.",
    "It ran from Jan. 2019 to Dec. 2020. | Acme Inc. Report says so. | Acme Inc. | The firm closed.",
    "Acme Co. Ltd. Beijing signed with Orbis GmbH. | Both gained.",
    "The fee is approx. Twelve euros, incl. VAT. | It rose.",
    "Services moved online etc. | Few noticed.",
    "Portals, kiosks, etc. were closed. | Few noticed.",
    "The office (est. 1990) closed. | e-Government took over.",
    "A scroll (c. 1580) survives. | It is kept in Ft. Worth near Mt. Everest.",
    "She took a Ph.D. in law. | It helped.",
    "The rule has two parts, see Fig.\n2 for both. | It holds.",
    "They wrote to the Dept. Of the forms, few came back. | Most were lost.",
]
NUMBERS = [
    "Costs rose by 3.5 % to 1.2 million. | 12 agencies joined in 2019. | Most stayed.",
    "1. Build trust. | 2. Share data. | 3. Train staff.",
    "(a) Publish the rules. | (b) Name an owner.",
    "a) Publish. | b) Review. | iv. Repeat.",
    "Three steps follow: 1. Build trust. | 2. Share data.",
    "Version 2.0.1 is out. | Use it from 1.1.2020 on. | It is free.",
    "Figure 1. The parts of the portal. | Boxes are services.",
    "Table A2. Costs by year.",
    "The issue is old. | 5. In this section we return to it.",
    "Trust in offices is at 0. | But it is early.",
]
CITATIONS = [
    "It failed. [3] | The next one worked [4]. | So did this [5-7].",
    "It failed.[3, 9] | The next one worked.",
    "Portals spread quickly.12 | The users did not.",
    "Portals spread quickly. 8 | Yet the users did not.",
    "Some call it “openness.”3 | Others do not.",
    "Trust fell (Lee, 2019; Kim, n.d.). | It rose again (ibid.). | Now it is flat (2021).",
    "As Lee (2019) argues, trust fell. | (Kim disagrees.) | We do not.",
]
MARKS = [
    "“It is late.” | She left. | He asked “why?” and stayed.",
    "‘It is late.’ | She left.",
    'He said "stop." | Then he left.',
    "It grew (see Table 2). | (We return to this below.) | Then it shrank.",
    "Money, staff, time ... all were short. | And then... | Nothing.",
    "Money, staff, time … all were short. | And then… | Nothing.",
    "Is it so? | Yes! | We think it is.",
    "Really?! | Yes.",
    "Yahoo! and others left. | Nobody came.",
    "It has parts; they are: one, two. | No more.",
    "数字政府。¦它很重要。",
]
GLUED = [
    "Data were lost.¦The agency went on (Lee, 2019).¦Nothing changed.",
    "Is it lost?¦Nobody knows.",
    "Costs rose by 5%.¦However, they fell later.",
    "Data went to data.gov.uk and node.js only. | Then they were lost.",
    "See https://example.org/A.Title or mail J.Smith@example.org now. | It is free.",
    "The class System.Out is old. | So is it.",
]


@pytest.mark.parametrize("case", ABBREVIATIONS + NUMBERS + CITATIONS + MARKS + GLUED)
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    text = case.replace(" | ", " ").replace("¦", "")
    expected = case.replace("¦", " | ").split(" | ")
    assert [text[start:end] for start, end in split_sentences(text)] == expected


@pytest.mark.parametrize("case", ABBREVIATIONS + NUMBERS + CITATIONS + MARKS)
def test_line_breaks_and_wide_spaces_change_nothing(case: str) -> None:
    text = case.replace(" | ", "  ").replace("¦", "")
    broken = text.replace("  ", "\n ")
    assert list(split_sentences(text)) == list(split_sentences(broken))


def test_only_a_stretch_of_the_text_is_cut() -> None:
    assert list(split_sentences("One. Two. Three.", 5, 16)) == [(5, 9), (10, 16)]


def test_sentence_never_crosses_a_block() -> None:
    text = "No full stop here\n\nA second block. It has two"
    blocks = (Block(BlockKind.PARAGRAPH, 0, 17), Block(BlockKind.PARAGRAPH, 19, len(text)))
    assert find_sentences(text, blocks) == [SentenceSpan(0, 17, 0), SentenceSpan(19, 34, 1), SentenceSpan(35, 45, 1)]


def test_block_that_ends_in_an_abbreviation_ends_its_sentence() -> None:
    text = "As shown by Lee et al.\n\n(2019) did so"
    blocks = (Block(BlockKind.PARAGRAPH, 0, 22), Block(BlockKind.PARAGRAPH, 24, len(text)))
    assert find_sentences(text, blocks) == [SentenceSpan(0, 22, 0), SentenceSpan(24, 37, 1)]


@pytest.mark.parametrize("kind", [BlockKind.TITLE, BlockKind.HEADING, BlockKind.AUTHOR, BlockKind.REFERENCE])
def test_title_heading_name_and_reference_are_one_sentence(kind: BlockKind) -> None:
    text = "What now? Lee, J. An answer."
    assert find_sentences(text, (Block(kind, 0, len(text)),)) == [SentenceSpan(0, len(text), 0)]


@pytest.mark.parametrize("kind", [BlockKind.TABLE, BlockKind.CODE])
def test_table_and_listing_have_one_sentence_a_line(kind: BlockKind) -> None:
    text = "Country. Year\n\nChad 2019"
    assert find_sentences(text, (Block(kind, 0, len(text)),)) == [SentenceSpan(0, 13, 0), SentenceSpan(15, 24, 0)]


@pytest.mark.parametrize("kind", [BlockKind.ABSTRACT, BlockKind.ITEM, BlockKind.CAPTION, BlockKind.FOOTNOTE])
def test_other_prose_is_cut_like_a_paragraph(kind: BlockKind) -> None:
    assert find_sentences("One. Two.", (Block(kind, 0, 9),)) == [SentenceSpan(0, 4, 0), SentenceSpan(5, 9, 0)]


def test_empty_line_ends_a_sentence() -> None:
    assert list(split_sentences("One line\n\nanother line")) == [(0, 8), (10, 22)]


def test_text_outside_blocks_has_no_sentence() -> None:
    assert find_sentences("Nothing to see.", ()) == []


def test_block_of_white_space_has_no_sentence() -> None:
    assert find_sentences(" \n ", (Block(BlockKind.PARAGRAPH, 0, 3),)) == []
