from kg.annotate.statements.windows import MAX_WINDOW_PIECES, Window, cut_windows
from kg.annotate.statements.wordpiece import WordPiece

PAD, UNK, CLS, SEP, WORD, HEAD = range(6)
TOKENIZER = WordPiece({"[PAD]": PAD, "[UNK]": UNK, "[CLS]": CLS, "[SEP]": SEP, "word": WORD, "head": HEAD})
LONG = " ".join(["word"] * 30)


def test_short_document_is_one_window_in_which_all_are_judged() -> None:
    windows = cut_windows(TOKENIZER, ["head", "word word", ""])
    row = (CLS, HEAD, SEP, WORD, WORD, SEP, UNK, SEP)
    assert windows == [Window(row, ((0, 1, 2), (1, 3, 5), (2, 6, 7)))]


def test_long_document_is_judged_once_each_under_its_heading() -> None:
    windows = cut_windows(TOKENIZER, ["head", *[LONG + "."] * 30])
    assert [index for window in windows for index, _, _ in window.judged] == list(range(31))
    assert max(len(window.pieces) for window in windows) <= MAX_WINDOW_PIECES
    for window in windows[1:]:
        assert window.pieces[:3] == (CLS, HEAD, SEP)
        assert window.judged[0][1] == 3


def test_very_long_sentences_still_get_a_window_each() -> None:
    windows = cut_windows(TOKENIZER, ["word " * 200] * 6)
    assert [index for window in windows for index, _, _ in window.judged] == list(range(6))


def test_only_windows_with_wanted_sentences_are_made() -> None:
    windows = cut_windows(TOKENIZER, [LONG] * 30, wanted=frozenset({0, 29}))
    assert [[index for index, _, _ in window.judged] for window in windows] == [[0], [29]]


def test_a_window_holds_what_stands_between_the_sentences_judged_in_it() -> None:
    windows = cut_windows(TOKENIZER, ["head", *["word " * 10 + "."] * 30], wanted=frozenset({10, 12}))
    row = (CLS, HEAD, SEP, *(*[WORD] * 10, UNK, SEP) * 3)
    assert windows == [Window(row, ((10, 3, 14), (12, 27, 38)))]


def test_no_sentences_make_no_windows() -> None:
    assert cut_windows(TOKENIZER, []) == []
