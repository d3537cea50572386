"""A large tagger and parser that lends its judgement on unlabelled text to the small pipeline.

A sentence encoder (BERT type) is tuned on the treebanks with a layer for joint tags and a biaffine layer for heads and
relations (Dozat and Manning 2017), then labels sentences of the domain; those whose best heads make one tree are kept.
Needs torch and transformers; used in training only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from kg.annotate.train.augment import augment
from kg.annotate.train.corpus import join_tag
from kg.annotate.train.treebank import Tree

ARC_WIDTH, LABEL_WIDTH, DROPOUT = 256, 96, 0.25
ENCODER_RATE, HEAD_RATE = 1e-4, 2e-3
#: Lowest layers of the encoder that keep their weights; tuning them too costs two thirds more time.
FROZEN_LAYERS = 2
WARM_UP_STEPS = 300
BATCH_WORDS = 700
MAX_WORDS = 150


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences as tensors: word pieces, and for each word its first piece and last piece (0 pads, root first)."""

    pieces: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    words: Tensor


class Teacher(nn.Module):
    """Encoder with three outputs a word: joint tag, head (0 is the root) and relation."""

    def __init__(self, encoder: Path, tags: Sequence[str], labels: Sequence[str]) -> None:
        super().__init__()
        self.tags, self.labels = list(tags), list(labels)
        self.tokenizer = AutoTokenizer.from_pretrained(encoder)
        self.encoder = AutoModel.from_pretrained(encoder, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN_LAYERS]):
            part.requires_grad_(False)
        width = 2 * self.encoder.config.hidden_size
        self.mix = nn.Parameter(torch.zeros(self.encoder.config.num_hidden_layers + 1))
        self.drop = nn.Dropout(DROPOUT)
        self.tag = nn.Linear(width, len(self.tags))
        self.arc = nn.ModuleList(nn.Linear(width, ARC_WIDTH) for _ in range(2))
        self.rel = nn.ModuleList(nn.Linear(width, LABEL_WIDTH) for _ in range(2))
        self.arc_weight = nn.Parameter(torch.zeros(ARC_WIDTH + 1, ARC_WIDTH))
        self.rel_weight = nn.Parameter(torch.zeros(len(self.labels), LABEL_WIDTH + 1, LABEL_WIDTH + 1))

    def make_batch(self, sentences: Sequence[Sequence[str]]) -> Batch:
        """Word pieces of the sentences; the encoder's first piece stands for the root."""
        coded = self.tokenizer(
            [list(words) for words in sentences],
            is_split_into_words=True,
            padding=True,
            return_tensors="pt",
            truncation=True,
        )
        size = max(map(len, sentences)) + 1
        first = torch.zeros(len(sentences), size, dtype=torch.long)
        last = torch.zeros_like(first)
        for i in range(len(sentences)):
            for place, word in enumerate(coded.word_ids(i)):
                if word is not None:
                    last[i, word + 1] = place
                    if not first[i, word + 1]:
                        first[i, word + 1] = place
        words = torch.arange(size)[None] <= torch.tensor([len(words) for words in sentences])[:, None]
        return Batch(coded["input_ids"], coded["attention_mask"], first, last, words)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of tags (sentence, word, tag), heads (sentence, word, head), relations (…, head, label)."""
        states = self.encoder(batch.pieces, attention_mask=batch.mask, output_hidden_states=True).hidden_states
        mixed = sum(weight * state for weight, state in zip(self.mix.softmax(0), states, strict=True))
        rows = torch.arange(len(batch.pieces))[:, None]
        found = self.drop(torch.cat([mixed[rows, batch.first], mixed[rows, batch.last]], dim=-1).float())
        child, head = (self.drop(functional.gelu(layer(found))) for layer in self.arc)
        ones = torch.ones_like(child[..., :1])
        arcs = torch.cat([child, ones], -1) @ self.arc_weight @ head.transpose(1, 2)
        arcs = arcs.masked_fill(~batch.words[:, None, :], -1e4)
        arcs = arcs.masked_fill(torch.eye(arcs.shape[-1], dtype=torch.bool)[None], -1e4)
        child, head = (torch.cat([self.drop(functional.gelu(layer(found))), ones], -1) for layer in self.rel)
        relations = torch.einsum("bxi,lij,byj->bxyl", child, self.rel_weight, head)
        return self.tag(found), arcs, relations


def _make_gold(batch: Batch, trees: Sequence[Tree], teacher: Teacher) -> tuple[Tensor, Tensor, Tensor]:
    tags, heads, labels = (torch.full(batch.words.shape, -100) for _ in range(3))
    tag_index = {tag: i for i, tag in enumerate(teacher.tags)}
    label_index = {label: i for i, label in enumerate(teacher.labels)}
    for i, tree in enumerate(trees):
        for j, (upos, xpos, head, dep) in enumerate(zip(tree.upos, tree.xpos, tree.heads, tree.deps, strict=True)):
            tags[i, j + 1] = tag_index.get(join_tag(upos, xpos), -100)
            heads[i, j + 1] = 0 if head == j else head + 1
            labels[i, j + 1] = label_index.get(dep, -100)
    return tags, heads, labels


def _make_batches(trees: Sequence[Tree], random: Random | None) -> Iterator[list[Tree]]:
    """Trees of like length together, at most BATCH_WORDS words with padding."""
    order = sorted((tree for tree in trees if len(tree.words) <= MAX_WORDS), key=lambda tree: len(tree.words))
    batches: list[list[Tree]] = [[]]
    for tree in order:
        if (len(batches[-1]) + 1) * len(tree.words) > BATCH_WORDS and batches[-1]:
            batches.append([])
        batches[-1].append(tree)
    if random is not None:
        random.shuffle(batches)
    yield from batches


def train_teacher(trees: Sequence[Tree], encoder: Path, *, epochs: int = 4, seed: int = 7) -> Teacher:
    """The encoder of this folder tuned on the trees."""
    torch.manual_seed(seed)
    random = Random(seed)  # noqa: S311
    tags = sorted({join_tag(*pair) for tree in trees for pair in zip(tree.upos, tree.xpos, strict=True)})
    teacher = Teacher(encoder, tags, sorted({dep for tree in trees for dep in tree.deps}))
    slow = [weight for weight in teacher.encoder.parameters() if weight.requires_grad]
    known = set(map(id, teacher.encoder.parameters()))
    fast = [weight for weight in teacher.parameters() if id(weight) not in known]
    optimizer = torch.optim.AdamW([{"params": slow, "lr": ENCODER_RATE}, {"params": fast, "lr": HEAD_RATE}])
    total = epochs * sum(1 for _ in _make_batches(trees, None))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM_UP_STEPS, 1 - 0.98 * step / total)
    )
    teacher.train()
    for epoch in range(epochs):
        losses = []
        for batch in _make_batches([augment(tree, random) for tree in trees], random):
            losses.append(_take_step(teacher, batch, optimizer))
            schedule.step()
            if len(losses) % 200 == 0:
                print(f"teacher epoch {epoch + 1} step {len(losses)} loss {sum(losses[-200:]) / 200:.3f}", flush=True)
    return teacher.eval()


def _take_step(teacher: Teacher, trees: Sequence[Tree], optimizer: Any) -> float:
    batch = teacher.make_batch([tree.words for tree in trees])
    gold_tags, gold_heads, gold_labels = _make_gold(batch, trees, teacher)
    with torch.autocast("cpu", torch.bfloat16):
        tags, heads, relations = teacher(batch)
    at_gold = gold_heads.clamp(min=0)[..., None, None].expand(-1, -1, 1, relations.shape[-1])
    relations = relations.gather(2, at_gold).squeeze(2)
    loss = sum(
        (
            functional.cross_entropy(scores.float().flatten(0, 1), gold.flatten())
            for scores, gold in ((tags, gold_tags), (heads, gold_heads), (relations, gold_labels))
        ),
        torch.zeros(()),
    )
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def is_tree(heads: Sequence[int]) -> bool:
    """Whether these heads (own index for the root) hang together under exactly one root."""
    if sum(head == i for i, head in enumerate(heads)) != 1:
        return False
    for i in range(len(heads)):
        seen, at = 0, i
        while heads[at] != at:
            at, seen = heads[at], seen + 1
            if seen > len(heads):
                return False
    return True


@torch.no_grad()
def label_trees(teacher: Teacher, trees: Sequence[Tree], *, only_trees: bool = True) -> Iterator[tuple[Tree, float]]:
    """The sentences with the teacher's tags, heads and relations, each with its mean log probability a word.

    Sentences whose best heads are no tree are left out unless `only_trees` is false.
    """
    for batch_trees in _make_batches(trees, None):
        batch = teacher.make_batch([tree.words for tree in batch_trees])
        with torch.autocast("cpu", torch.bfloat16):
            tags, heads, relations = teacher(batch)
        best_tags = tags.argmax(-1)
        sure, best_heads = heads.float().log_softmax(-1).max(-1)
        labels = relations.gather(2, best_heads[..., None, None].expand(-1, -1, 1, relations.shape[-1]))
        best_labels = labels.squeeze(2).argmax(-1)
        for i, tree in enumerate(batch_trees):
            span = slice(1, len(tree.words) + 1)
            found = [head - 1 if head else j for j, head in enumerate(best_heads[i, span].tolist())]
            if only_trees and not is_tree(found):
                continue
            pairs = [teacher.tags[tag].split("|") for tag in best_tags[i, span].tolist()]
            names = [teacher.labels[label] for label in best_labels[i, span].tolist()]
            names = [
                "ROOT" if head == j else "dep" if name == "ROOT" else name
                for j, (head, name) in enumerate(zip(found, names, strict=True))
            ]
            labelled = Tree(
                tree.document,
                tree.genre,
                tree.words,
                tree.spaces,
                tuple(upos for upos, _ in pairs),
                tuple(xpos for _, xpos in pairs),
                tree.lemmas,
                tuple(found),
                tuple(names),
                tree.paragraph,
            )
            yield labelled, float(sure[i, span].mean())
