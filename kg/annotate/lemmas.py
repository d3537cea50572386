"""Dictionary forms and the two tag sets, from one joint tag a word.

The tagger knows one label a word ("NOUN|NNS"); this component parts it into `pos` and `tag` and looks the lemma up:
first in a table of irregular forms, then by the longest known ending of the word under its tag.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from thinc.types import Ints2d

FILE = "lemmas.json"
MAX_ENDING_CHARS = 6

#: tag -> {word in lower case: lemma}, and tag -> {ending: (characters to cut, characters to add)}.
IrregularForms = dict[str, dict[str, str]]
EndingRules = dict[str, dict[str, tuple[int, str]]]


@Language.factory("kg_lemmas", assigns=["token.tag", "token.pos", "token.lemma"])
def create_lemmas(nlp: Language, name: str) -> Lemmas:
    """The component as the pipeline's configuration names it; empty until it is loaded or given its tables."""
    return Lemmas(nlp, name)


class Lemmas:
    """Parts joint tags and sets lemmas; `irregular` and `endings` are its tables."""

    def __init__(self, nlp: Language, name: str = "kg_lemmas") -> None:
        self.name = name
        self.vocab = nlp.vocab
        self.irregular: IrregularForms = {}
        self.endings: EndingRules = {}
        self._known: dict[tuple[int, int], tuple[int, int, int]] = {}

    def find_lemma(self, word: str, tag: str) -> str:
        """The dictionary form of a word under an XPOS tag; names keep their capitals."""
        lower = word.lower().replace("’", "'")
        base = word if tag.startswith("NNP") else lower
        form = self.irregular.get(tag, {}).get(base)
        if form is not None:
            return form
        if tag == "CD":
            return base.replace(",", "")
        rules = self.endings.get(tag, {})
        for length in range(min(MAX_ENDING_CHARS, len(lower) - 1), -1, -1):
            rule = rules.get(lower[len(lower) - length :])
            if rule is not None:
                return base[: len(base) - rule[0]] + rule[1]
        return base

    def __call__(self, doc: Doc) -> Doc:
        """Set tag, pos and lemma of every token that has a joint tag."""
        values = doc.to_array(["ORTH", "TAG", "TAG"])
        for row in values:
            key = (int(row[0]), int(row[1]))
            found = self._known.get(key) or self._look_up(*key)
            row[0], row[1], row[2] = found
        doc.from_array(["TAG", "POS", "LEMMA"], cast("Ints2d", values))
        return doc

    def _look_up(self, orth: int, joint: int) -> tuple[int, int, int]:
        strings = self.vocab.strings
        upos, _, xpos = strings[joint].partition("|")
        lemma = self.find_lemma(strings[orth], xpos or upos)
        found = (strings.add(xpos or upos), strings[upos] if upos else 0, strings.add(lemma))
        self._known[orth, joint] = found
        return found

    def to_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write the tables as JSON, sorted."""
        path.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"irregular": self.irregular, "endings": self.endings}, sort_keys=True, ensure_ascii=False)
        (path / FILE).write_text(text + "\n", encoding="utf-8")

    def from_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> Lemmas:
        """Read the tables that `to_disk` wrote."""
        tables = json.loads((path / FILE).read_text(encoding="utf-8"))
        self.irregular = tables["irregular"]
        self.endings = {
            tag: {end: (cut, add) for end, (cut, add) in rules.items()} for tag, rules in tables["endings"].items()
        }
        return self
