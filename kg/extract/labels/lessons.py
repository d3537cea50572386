"""What is learnt from one sentence about its label, and the heads that learn it from the vectors of its words (torch).

Judged labels teach which candidates are right, which words the best one keeps and which word follows which; readers'
phrases teach which words stand in them; a tuned encoder teaches a smaller network what it thinks of other sentences.
See `heads` for what the heads say. Source: Hinton et al. 2015 (distillation).
"""

# mypy: disable-error-code="misc, no-untyped-call, no-any-return, union-attr, arg-type, operator, type-arg"
# torch is no dependency of the project: with it installed its types are too loose, without it they are Any.

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from kg.extract.labels.candidates import find_choices, keep_true
from kg.extract.labels.chains import FARTHEST, NEVER, find_counted
from kg.extract.labels.compressions import find_compressions
from kg.extract.labels.examples import LEAST_WORTH, Example, compute_worths, find_tokens, leave_out_marks
from kg.extract.labels.frame import Frame
from kg.extract.labels.heads import BEFORE_GAP, BEHIND_GAP, FIRST, INSIDE, LAST
from kg.extract.labels.opinions import Opinion
from kg.extract.words import find_stems

#: How sharply the target prefers the best candidate.
TEMPERATURE = 0.15
BATCH = 8
#: How much it counts that the words of right labels follow each other, and at first how much that says of a candidate.
_CHAIN_SHARE, _SHARE = 0.3, 0.2
#: So many of the likeliest candidates teach which word follows which.
_LIKELY = 4


@dataclass(frozen=True, slots=True)
class Chains:
    """Chains of tokens, for all steps at once: first and last token of each; of each step the tokens that it leads from
    and to, and the number of its chain.
    """

    first: torch.Tensor
    last: torch.Tensor
    one: torch.Tensor
    other: torch.Tensor
    number: torch.Tensor


def index_chains(chains: Sequence[Sequence[int]]) -> Chains:
    """Chains of one token or more."""
    steps = [(one, other, number) for number, chain in enumerate(chains) for one, other in pairwise(chain)]
    firsts, lasts = (_count(chain[end] for chain in chains) for end in (0, -1))
    return Chains(firsts, lasts, *(_count(step[i] for step in steps) for i in range(3)))


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a sentence teaches.

    column: 0 for dilemmas, 1 for remedies; choices: shape (candidates, tokens), 1 where a token is in; gaps: the same,
    1 at the token before a gap, and at the one behind it; ends: first and last token of each; target: what share of the
    choice each candidate should have, none of a sentence with a phrase only; held: of each token whether it stands in
    the best label or phrase; counts: 0 for tokens that say nothing; counted: 1 for words of their own; chains: the
    counted tokens of each candidate; right: those of the labels called right; right_shares: how much each of these
    counts.
    """

    column: int
    choices: torch.Tensor
    gaps: tuple[torch.Tensor, torch.Tensor]
    ends: tuple[torch.Tensor, torch.Tensor]
    target: torch.Tensor
    held: torch.Tensor
    counts: torch.Tensor
    counted: torch.Tensor
    chains: Chains
    right: Chains
    right_shares: torch.Tensor
    judged: bool


class LabelHeads(torch.nn.Module):
    """Heads over each word and over each candidate as a whole.

    width: of the words' vectors; inner: of what is between a candidate's vector and its worth.
    """

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.phrase = torch.nn.Linear(width, 2)
        self.word = torch.nn.Linear(width, 10)
        self.inner = torch.nn.Linear(4 * width, inner)
        self.outer = torch.nn.Linear(inner, 2)
        self.leading = torch.nn.Linear(width, 2 * inner)
        self.following = torch.nn.Linear(width, 2 * inner)
        self.ends = torch.nn.Linear(width, 4)
        self.distances = torch.nn.Parameter(torch.zeros(FARTHEST + 1))
        self.share = torch.nn.Parameter(torch.full((1,), _SHARE))
        self.dropout = torch.nn.Dropout(dropout)

    def compute_worths(self, tokens: torch.Tensor, lesson: Lesson) -> tuple[torch.Tensor, torch.Tensor]:
        """The worth of each candidate, and of each token the log-odds of standing in the best label.

        tokens: the vectors of the sentence's tokens, shape (tokens, width). As `heads.compute_worths`.
        """
        words = self.word(tokens).view(len(tokens), 5, 2)[:, :, lesson.column]
        (first, last), (before, behind) = lesson.ends, lesson.gaps
        means = (lesson.choices @ tokens) / lesson.choices.sum(1, keepdim=True)
        whole = tokens.mean(0, keepdim=True)
        seen = torch.cat([means, tokens[first], tokens[last], means * whole], 1)
        worths = self.outer(torch.relu(self.inner(seen)))[:, lesson.column]
        worths = worths + lesson.choices @ words[:, INSIDE] + words[first, FIRST] + words[last, LAST]
        return worths + before @ words[:, BEFORE_GAP] + behind @ words[:, BEHIND_GAP], words[:, INSIDE]

    def compute_steps(self, tokens: torch.Tensor, lesson: Lesson) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Log-probabilities of beginning, following and ending, as `chains.compute_steps`."""
        size, column = len(tokens), lesson.column
        heads = (self.leading, self.following, self.ends)
        leading, following, ends = (head(tokens).view(size, 2, -1)[:, column] for head in heads)
        places = torch.cumsum(lesson.counted, 0)
        apart = (places[None] - places[:, None]).clamp(0, FARTHEST).long()
        odds = leading @ following.T / leading.shape[1] ** 0.5 + self.distances[apart]
        possible = torch.ones(size, size).triu(1) * lesson.counted[None]
        odds = torch.cat([odds.masked_fill(possible == 0, NEVER), ends[:, 1:]], 1)
        told = torch.log_softmax(odds, 1)
        first = torch.log_softmax(ends[:, 0].masked_fill(lesson.counted == 0, NEVER), 0)
        return first, told[:, :size], told[:, size]

    def compute_loss(self, tokens: torch.Tensor, lesson: Lesson) -> torch.Tensor:
        """What one sentence's candidates, words and steps are missed by."""
        if not lesson.judged:
            return _compute_word_loss(self.phrase(tokens)[:, lesson.column], lesson)
        worths, words = self.compute_worths(tokens, lesson)
        steps = self.compute_steps(tokens, lesson)
        loss = _compute_word_loss(words, lesson)
        if len(lesson.right_shares):
            loss = loss - _CHAIN_SHARE * (lesson.right_shares * score_chains(steps, lesson.right)).sum()
        if not len(lesson.target):
            return loss
        worths = worths + self.share * score_chains(steps, lesson.chains)
        return loss - (lesson.target * torch.log_softmax(worths, 0)).sum()

    def find_heads(self) -> dict[str, np.ndarray]:
        """The weights of the heads that choose labels, by name."""
        names = ("word", "inner", "outer", "leading", "following", "ends", "distances", "share")
        told = self.named_parameters()
        return {name: p.detach().numpy() for name, p in told if name.split(".")[0] in names}


def score_chains(steps: tuple[torch.Tensor, torch.Tensor, torch.Tensor], chains: Chains) -> torch.Tensor:
    """The log-probability of each chain, as `chains.score_chain`."""
    first, following, last = steps
    between = torch.zeros(len(chains.first)).index_add(0, chains.number, following[chains.one, chains.other])
    return first[chains.first] + between + last[chains.last]


def _compute_word_loss(odds: torch.Tensor, lesson: Lesson) -> torch.Tensor:
    losses = functional.binary_cross_entropy_with_logits(odds, lesson.held, weight=lesson.counts, reduction="sum")
    return losses / lesson.counts.sum().clamp(min=1.0)


def make_lesson(example: Example) -> Lesson:
    """What a sentence teaches; labels that were judged are among its candidates."""
    choices = _list_choices(example) if example.judgement else []
    right = list(_find_right(example))
    return Lesson(
        target=_find_target(np.array(compute_worths(example, choices))),
        held=torch.tensor(_find_held(example), dtype=torch.float32),
        right=index_chains([chain for chain, _ in right]),
        right_shares=torch.tensor([share for _, share in right]),
        judged=example.judgement is not None,
        **_describe(example.frame, choices),
    )


def make_taught_lesson(opinion: Opinion) -> Lesson:
    """What a sentence teaches of which a tuned encoder said how likely each candidate is to be its best label.

    The words of the likeliest ones follow each other in right labels, and each word is held as likely as they hold it.
    """
    frame, choices = opinion.frame, opinion.choices
    target = torch.softmax(torch.tensor(opinion.odds, dtype=torch.float32), 0)
    described = _describe(frame, choices)
    chains = [tuple(sorted(leave_out_marks(frame, choice))) for choice in choices]
    likely = [number for number in target.argsort(descending=True, stable=True).tolist() if chains[number]][:_LIKELY]
    shares = target[likely]
    return Lesson(
        target=target,
        held=(target @ described["choices"]).clamp(0, 1),
        right=index_chains([chains[number] for number in likely]),
        right_shares=shares / shares.sum(),
        judged=True,
        **described,
    )


def _describe(frame: Frame, choices: Sequence[tuple[int, ...]]) -> dict[str, Any]:
    """What a lesson says of a sentence and its candidates, whatever was said of them."""
    chosen, before, behind = (torch.zeros(len(choices), len(frame.words)) for _ in range(3))
    for number, choice in enumerate(choices):
        chosen[number, list(choice)] = 1.0
        for one, other in pairwise(choice):
            if other > one + 1:
                before[number, one] = behind[number, other] = 1.0
    return {
        "column": "dr".index(frame.kind),
        "choices": chosen,
        "gaps": (before, behind),
        "ends": (_count(choice[0] for choice in choices), _count(choice[-1] for choice in choices)),
        "counts": torch.tensor([float(bool(find_stems(word))) for word in frame.words]),
        "counted": torch.tensor(find_counted(frame), dtype=torch.float32),
        "chains": index_chains([sorted(leave_out_marks(frame, choice)) for choice in choices]),
    }


def _list_choices(example: Example) -> list[tuple[int, ...]]:
    """The candidates that a sentence's label is learnt to be chosen from: more than there are later."""
    found = dict.fromkeys(find_choices(example.frame, find_judged_chains(example)))
    return list(keep_true(example.frame, found | dict.fromkeys(find_compressions(example.frame))))


def find_judged_chains(example: Example) -> list[tuple[int, ...]]:
    """The counted tokens of all labels of a sentence that a reader judged."""
    if example.judgement is None:
        return []
    judged = (example.judgement.best, *example.judgement.right, *example.judgement.wrong)
    return [tuple(sorted(found)) for found in (find_tokens(example, runs) for runs in judged) if found]


def _find_right(example: Example) -> Iterator[tuple[tuple[int, ...], float]]:
    """The best label, and all the others called right together as much, all of them 1."""
    if example.judgement is None:
        return
    best = find_tokens(example, example.judgement.best)
    right = {find_tokens(example, runs) for runs in example.judgement.right} - {best, frozenset()}
    total = bool(best) + bool(right)
    if best:
        yield tuple(sorted(best)), 1 / total
    yield from ((chain, 1 / total / len(right)) for chain in sorted(tuple(sorted(one)) for one in right))


def _count(numbers: Iterable[int]) -> torch.Tensor:
    return torch.tensor(list(numbers), dtype=torch.long)


def _find_target(worths: np.ndarray) -> torch.Tensor:
    if not len(worths) or worths.max() < LEAST_WORTH:
        return torch.zeros(0)
    shares = np.exp((worths - worths.max()) / TEMPERATURE)
    return torch.tensor(shares / shares.sum(), dtype=torch.float32)


def _find_held(example: Example) -> list[float]:
    if example.judgement:
        best = find_tokens(example, example.judgement.best)
        return [float(number in best) for number in range(len(example.tokens))]
    wanted = set(find_stems(example.phrase))
    return [float(bool(wanted & set(find_stems(word)))) for word in example.frame.words]
