"""Changes a sentence of a treebank the way readers meet it elsewhere: title case, curly quotes, no full stop."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from kg.annotate.train.treebank import Tree

#: Share of sentences that get each change. Tuned on nothing: kept small so that the treebank stays as it is.
SHARES = {"curl": 0.3, "lower": 0.04, "title": 0.05, "upper": 0.02, "open": 0.08}
_SMALL_WORDS = frozenset("a an the of in on at for and or to by with from as vs via".split())


def augment(tree: Tree, random: Random) -> Tree:
    """The tree or a changed copy; number and relations of the words stay unless the last full stop goes."""
    draw = {name: random.random() < share for name, share in SHARES.items()}
    words = list(tree.words)
    if draw["curl"]:
        words = _curl(words)
    if draw["lower"]:
        words = [word.lower() for word in words]
    elif draw["title"]:
        words = [word if word in _SMALL_WORDS else word[:1].upper() + word[1:] for word in words]
    elif draw["upper"] and len(words) < 20:
        words = [word.upper() for word in words]
    tree = replace(tree, words=tuple(words))
    return _cut_last(tree) if draw["open"] and len(words) > 3 else tree


def _curl(words: list[str]) -> list[str]:
    """Typewriter quotes, dashes and apostrophes as typesetters write them."""
    quotes = ["“", "”"]
    curled = []
    for word in words:
        if word == '"':
            curled.append(quotes[0])
            quotes.reverse()
        else:
            curled.append({"--": "—", " - ": "–", "...": "…"}.get(word, word.replace("'", "’")))
    return curled


def _cut_last(tree: Tree) -> Tree:
    """The tree without its last word where that is a full stop that nothing hangs on."""
    last = len(tree.words) - 1
    if tree.words[last] != "." or last in tree.heads[:last] or tree.heads[last] == last:
        return tree
    return replace(
        tree,
        words=tree.words[:last],
        spaces=tree.spaces[:last],
        upos=tree.upos[:last],
        xpos=tree.xpos[:last],
        lemmas=tree.lemmas[:last],
        heads=tree.heads[:last],
        deps=tree.deps[:last],
    )
