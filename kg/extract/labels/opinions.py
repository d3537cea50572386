"""What the tuned encoder thinks of the labels of a sentence nobody judged: a lesson for the network that ships."""

from dataclasses import dataclass

from kg.annotate import Annotated
from kg.extract.labels import LOOSE_COST, find_clause
from kg.extract.labels.candidates import find_choices, keep_true, make_frame
from kg.extract.labels.chains import find_chains
from kg.extract.labels.frame import Frame
from kg.extract.labels.heads import score_candidates
from kg.extract.labels.network import read_sentence
from kg.extract.labels.sureness import count_loose
from kg.extract.labels.tuned import find_token_vectors, see_tuned

#: Of so many of the best candidates an opinion is kept; a sentence of fewer tokens than LEAST_TOKENS tells too little.
MOST_CHOICES, LEAST_TOKENS = 40, 6


@dataclass(frozen=True, slots=True)
class Opinion:
    """A sentence's candidates, the best first, and the log-odds between them that an encoder sees."""

    frame: Frame
    choices: tuple[tuple[int, ...], ...]
    odds: tuple[float, ...]


def ask_encoder(annotated: Annotated, start: int, end: int, kind: str) -> Opinion | None:
    """What the encoder of the document thinks of a sentence's labels of a kind; None where there is no choice.

    The candidates are those of both levels.
    """
    sentence = annotated.find_span(*find_clause(annotated.document.text, start, end, kind))
    vectors = find_token_vectors(annotated, [(start, end)])
    if vectors is None or len(sentence) < LEAST_TOKENS or not any(token.dep for token in sentence):
        return None
    frame = make_frame(sentence, kind)
    seen = see_tuned(vectors, frame)
    chains = [chain for view in (read_sentence(frame), seen) for chain in find_chains(view.steps, frame.numbers)]
    choices = list(keep_true(frame, find_choices(frame, chains)))
    if len(choices) < 2:
        return None
    worths = score_candidates(seen, choices)
    odds = [worth - LOOSE_COST * count_loose(frame, one) for worth, one in zip(worths, choices, strict=True)]
    best = sorted(range(len(choices)), key=lambda i: (-odds[i], choices[i]))[:MOST_CHOICES]
    told = tuple(choices[i] for i in best)
    return Opinion(frame, told, tuple(odds[i] for i in best))
