"""Word vectors from hashed features, computed once a word instead of once a token.

spaCy's MultiHashEmbed depends on nothing but the word's own form, and texts repeat their words: keeping the rows of
words already met makes it several times faster. Rows are the same bytes whichever words are computed beside them
(BLIS multiplies row by row; a test holds it to that), so the result does not depend on what was read before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy import util
from spacy.ml.models.tok2vec import MultiHashEmbed
from spacy.tokens import Doc
from thinc.api import Model

#: Words whose rows are kept; at 96 numbers a row this is about 40 MB.
MAX_KEPT_WORDS = 100_000
Rows = NDArray[np.float32]


@util.registry.architectures("kg.WordEmbed.v1")  # type: ignore[untyped-decorator]
def build_word_embed(width: int, attrs: list[str], rows: list[int]) -> Model[list[Doc], list[Rows]]:
    """MultiHashEmbed without static vectors; in prediction it keeps the rows of the words it has met."""
    embed: Model[Any, Any] = MultiHashEmbed(width=width, attrs=attrs, rows=rows, include_static_vectors=False)
    kept = KeptRows(width)

    def forward(
        model: Model[list[Doc], list[Rows]], docs: list[Doc], is_train: bool
    ) -> tuple[list[Rows], Callable[[list[Rows]], list[Doc]]]:
        if is_train:
            kept.clear()
            result: tuple[list[Rows], Callable[[list[Rows]], list[Doc]]] = embed(docs, is_train)
            return result
        return kept.find_rows(docs, embed), lambda gradient: docs

    def init(model: Model[list[Doc], list[Rows]], X: list[Doc] | None = None, Y: object = None) -> None:  # noqa: N803
        embed.initialize(X=X)

    return Model("kg_word_embed", forward, init=init, layers=[embed], dims={"nO": width})


class KeptRows:
    """The rows of the words met so far."""

    def __init__(self, width: int) -> None:
        self._width = width
        self.clear()

    def clear(self) -> None:
        """Forget all rows, because the weights behind them change."""
        self._place: dict[int, int] = {}
        self._rows: Rows = np.zeros((0, self._width), dtype=np.float32)

    def find_rows(self, docs: list[Doc], embed: Model[Any, Any]) -> list[Rows]:
        """For each document one row a token, those of new words by `embed`."""
        words = [doc.to_array("ORTH") for doc in docs]
        unique, inverse = np.unique(np.concatenate([*words, np.zeros(0, np.uint64)]), return_inverse=True)
        new = [word for word in unique.tolist() if word not in self._place]
        if new:
            self._add(new, docs[0], embed)
        places = np.fromiter((self._place[word] for word in unique.tolist()), dtype=np.int64, count=len(unique))
        table = self._rows[places][inverse.reshape(-1)]
        if len(self._place) > MAX_KEPT_WORDS:
            self.clear()
        return np.split(table, np.cumsum([len(each) for each in words])[:-1]) if docs else []

    def _add(self, words: list[int], doc: Doc, embed: Model[Any, Any]) -> None:
        (rows,) = embed.predict([Doc(doc.vocab, words=cast(list[str], words))])
        first = len(self._rows)
        self._rows = np.concatenate([self._rows, rows])
        self._place.update({word: first + i for i, word in enumerate(words)})
