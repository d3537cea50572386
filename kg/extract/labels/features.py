"""What speaks for a stretch of a sentence as its label: names of features."""

from collections.abc import Iterator

from kg.extract.labels.denial import is_denied
from kg.extract.labels.frame import MAX_DEPTH, Frame


def describe(frame: Frame, chosen: tuple[int, ...]) -> tuple[str, ...]:
    """Names of the features of some tokens, each for this kind alone."""
    inside = frozenset(chosen)
    i, j = chosen[0], chosen[-1]
    roots = [t for t in chosen if frame.heads[t] not in inside or frame.heads[t] == t] or [i]
    root = roots[0]
    words = len({frame.numbers[t] for t in chosen})
    names = [
        f"start {frame.pos[i]}",
        f"start-dep {frame.dep[i]}",
        f"end {frame.pos[j]}",
        f"root {frame.pos[root]} {frame.dep[root]}",
        f"root {frame.lemmas[root]}",
        f"first {frame.lemmas[i]}",
        f"span {frame.pos[i]}-{frame.pos[j]}",
        f"words {words}",
        f"root {frame.pos[root]} words {words}",
        f"root depth {frame.depths[root]}",
        f"before {_name(frame, i - 1)}",
        f"after {_name(frame, j + 1)}",
        *_describe_cues(frame, inside, i),
        *_describe_cut(frame, inside, root),
    ]
    if frame.pos[root] == "VERB":
        names.append("verb form " + _verb_form(frame, root, inside))
    if j - i + 1 > len(chosen):
        names.append(f"left out {min(5, j - i + 1 - len(chosen))}")
    if any(frame.pos[t] == "PRON" for t in chosen):
        names.append("pronoun inside")
    if not any(frame.pos[t] in {"NOUN", "VERB", "ADJ"} for t in chosen):
        names.append("names only")
    if any(frame.words[t] in {",", "(", ")", "“", "”", '"'} for t in chosen):
        names.append("mark inside")
    if i == 0:
        names.append("begins the sentence")
    names += _describe_clause(frame, root)
    return tuple(f"{frame.kind}:{name}" for name in names)


def _name(frame: Frame, index: int) -> str:
    if not 0 <= index < len(frame.words):
        return "edge"
    function = frame.pos[index] in {"ADP", "SCONJ", "PART", "CCONJ", "PUNCT", "AUX"}
    return frame.words[index] if function else frame.pos[index]


def _describe_cues(frame: Frame, inside: frozenset[int], first: int) -> Iterator[str]:
    held, total = sum(frame.marks[t] for t in inside), sum(frame.marks)
    if held:
        yield f"cues {min(held, 3)}"
    if total and not held:
        yield "cue left outside"
    if frame.marks[first]:
        yield "starts with a cue"
    if not total:
        yield "no cue at all"
    if is_denied(frame, inside, first):
        yield "denied from outside"


def _describe_cut(frame: Frame, inside: frozenset[int], root: int) -> Iterator[str]:
    """Dependents of the inside that stay outside, by relation, and whether a subject and its verb are both in."""
    cuts = {
        f"{'left' if child < token else 'right'} {frame.dep[child]}"
        for token in inside
        for child in frame.children[token]
        if child not in inside and frame.dep[child] != "punct"
    }
    yield from (f"cuts {cut}" for cut in sorted(cuts))
    if any(frame.dep[t].startswith(("nsubj", "csubj")) and frame.heads[t] in inside for t in inside):
        yield "clause"
        yield f"clause root depth {frame.depths[root]}"


def _describe_clause(frame: Frame, token: int) -> Iterator[str]:
    """What joins the clause that a token stands in to the rest: "under while", or that it is the main clause."""
    for _ in range(MAX_DEPTH):
        marks = [c for c in frame.children[token] if frame.dep[c] == "mark"]
        if marks:
            yield f"under {frame.words[marks[0]]} {frame.dep[token]}"
            return
        if frame.heads[token] == token:
            break
        token = frame.heads[token]
    yield "in the main clause"


def _verb_form(frame: Frame, root: int, inside: frozenset[int]) -> str:
    children = frame.children[root]
    if any(frame.dep[child].startswith("nsubj") for child in children):
        within = any(frame.dep[child].startswith("nsubj") and child in inside for child in children)
        return "with subject" if within else "without its subject"
    if any(frame.words[child] == "to" and frame.dep[child] == "mark" for child in children):
        return "infinitive"
    return "gerund" if frame.words[root].endswith("ing") else "bare"
