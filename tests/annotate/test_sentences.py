import pytest

from kg.annotate import SentenceSpan, find_sentences, split_sentences
from kg.model import Block, BlockKind

#: Each entry is one text whose sentences are parted by " | "; "¦" stands for an end without white space.
CASES = [
    "Trust fell (Lee et al. 2019). | See Fig. 3 and Sect. 4.2. | Nothing else did.",
    "Smith et al. (2020) say so, as do Kim et al. [7] and others. | We agree.",
    "This was shown by Okafor et al. | Others disagree.",
    "Tools, e.g. portals, i.e. web sites, vs. counters, cf. Lee, help. | They cost little.",
    "The U.S. Government acted in the U.S. | The E.U. waited.",
    "As J. Smith and M.-J. Lee wrote, it works. | Dr. Ruiz and Prof. Amin agree.",
    "Costs rose by 3.5 % to 1.2 million. | 12 agencies joined in 2019. | Most stayed.",
    "1. Build trust. | 2. Share data. | 3. Train staff.",
    "(a) Publish the rules. | (b) Name an owner.",
    "It failed. [3] | The next one worked [4]. | So did this [5-7].",
    "Portals spread quickly.12 | The users did not.",
    "“It is late.” | She left. | He asked “why?” and stayed.",
    "It grew (see Table 2). | (We return to this below.) | Then it shrank.",
    "Money, staff, time ... all were short. | And then... | Nothing.",
    "See Act No. 12, Art. 5 and pp. 3-9 of vol. 2. | The answer is no. | That is all.",
    "It ran from Jan. 2019 to Dec. 2020. | Acme Inc. Report says so. | Acme Inc. | The firm closed.",
    "Is it so? | Yes! | We think it is.",
    "Data went to data.gov.uk and node.js only. | Then they were lost.",
    "Services moved online etc. | Few noticed.",
    "The office (est. 1990) closed. | e-Government took over.",
    "Data were lost.¦The agency went on (Lee, 2019).¦Nothing changed.",
    "The rule has two parts, see Fig.\n2 for both. | It holds.",
    "数字政府。¦它很重要。",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    text = case.replace(" | ", " ").replace("¦", "")
    expected = case.replace("¦", " | ").split(" | ")
    assert [text[start:end] for start, end in split_sentences(text)] == expected


def test_sentence_never_crosses_a_block() -> None:
    text = "No full stop here\n\nA second block. It has two"
    blocks = (Block(BlockKind.PARAGRAPH, 0, 17), Block(BlockKind.PARAGRAPH, 19, len(text)))
    assert find_sentences(text, blocks) == [SentenceSpan(0, 17, 0), SentenceSpan(19, 34, 1), SentenceSpan(35, 45, 1)]


@pytest.mark.parametrize("kind", [BlockKind.TITLE, BlockKind.HEADING, BlockKind.AUTHOR, BlockKind.REFERENCE])
def test_title_heading_name_and_reference_are_one_sentence(kind: BlockKind) -> None:
    text = "What now? Lee, J. An answer."
    assert find_sentences(text, (Block(kind, 0, len(text)),)) == [SentenceSpan(0, len(text), 0)]


def test_table_has_one_sentence_a_line() -> None:
    text = "Country. Year\n\nChad 2019"
    assert find_sentences(text, (Block(BlockKind.TABLE, 0, len(text)),)) == [
        SentenceSpan(0, 13, 0),
        SentenceSpan(15, 24, 0),
    ]


def test_empty_line_ends_a_sentence() -> None:
    assert list(split_sentences("One line\n\nanother line")) == [(0, 8), (10, 22)]


def test_text_outside_blocks_has_no_sentence() -> None:
    assert find_sentences("Nothing to see.", ()) == []


def test_block_of_white_space_has_no_sentence() -> None:
    assert find_sentences(" \n ", (Block(BlockKind.PARAGRAPH, 0, 3),)) == []
