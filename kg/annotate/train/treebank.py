"""Reads treebanks in CoNLL-U and keeps only what may be used: https://universaldependencies.org/format.html."""

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: Genres of GUM whose texts may not be used commercially; the treebank's licence file names them.
CLOSED_GENRES = frozenset({"whow", "fiction"})
TRAIN_FILES = ("ud-english-ewt/en_ewt-ud-train.conllu.xz", "ud-english-gum/en_gum-train-open.conllu.xz")
DEV_FILES = ("ud-english-ewt/en_ewt-ud-dev.conllu.xz", "ud-english-gum/en_gum-ud-dev.conllu.xz")
TEST_FILES = ("ud-english-ewt/en_ewt-ud-test.conllu.xz", "ud-english-gum/en_gum-ud-test.conllu.xz")


@dataclass(frozen=True, slots=True)
class Tree:
    """One sentence of a treebank; all tuples have one value a word.

    document: its identifier, "GUM_academic_art" or "weblog-blogspot...".
    genre: "academic", "news", ... for GUM, "ewt" for the other.
    spaces: whether white space follows the word.
    heads: index of the head word, own index for the root.
    paragraph: whether a paragraph begins with this sentence.
    """

    document: str
    genre: str
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    paragraph: bool = False

    @property
    def text(self) -> str:
        """The sentence as written."""
        return "".join(word + " " * space for word, space in zip(self.words, self.spaces, strict=True)).rstrip()


def read_trees(folder: Path, files: tuple[str, ...]) -> list[Tree]:
    """The sentences of these files below a folder, without those of the closed genres."""
    return [tree for name in files for tree in _read_file(folder / name) if tree.genre not in CLOSED_GENRES]


def _read_file(path: Path) -> Iterator[Tree]:
    document, paragraph, rows = "", False, list[list[str]]()
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for raw in file:
            line = raw.rstrip("\n")
            if line.startswith("# newdoc id = "):
                document, paragraph = line.removeprefix("# newdoc id = "), True
            elif line.startswith("# newpar"):
                paragraph = True
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                yield _make_tree(document, paragraph, rows)
                paragraph, rows = False, []


def _make_tree(document: str, paragraph: bool, rows: list[list[str]]) -> Tree:
    glued: set[int] = set()
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            glued.update(range(first, last))
            if "SpaceAfter=No" in row[9]:
                glued.add(last)
    words = [row for row in rows if row[0].isdigit()]
    return Tree(
        document=document,
        genre=document.split("_")[1] if document.startswith("GUM_") else "ewt",
        words=tuple(row[1].replace(" ", "\u00a0") for row in words),
        spaces=tuple(int(row[0]) not in glued and "SpaceAfter=No" not in row[9] for row in words),
        upos=tuple(row[3] for row in words),
        xpos=tuple(row[4] for row in words),
        lemmas=tuple(row[2] for row in words),
        heads=tuple(int(row[6]) - 1 if row[6] != "0" else i for i, row in enumerate(words)),
        deps=tuple("ROOT" if row[7] == "root" else row[7] for row in words),
        paragraph=paragraph,
    )


def write_trees(path: Path, trees: Iterable[Tree]) -> int:
    """Write sentences as xz-compressed CoNLL-U, one document; gives their number."""
    count = 0
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write(f"# newdoc id = {path.name.partition('.')[0]}\n")
        for count, tree in enumerate(trees, start=1):  # noqa: B007
            for i, word in enumerate(tree.words):
                root = tree.heads[i] == i
                head, dep = (0, "root") if root else (tree.heads[i] + 1, tree.deps[i])
                space = "_" if tree.spaces[i] else "SpaceAfter=No"
                row = (i + 1, word, tree.lemmas[i], tree.upos[i], tree.xpos[i], "_", head, dep, "_", space)
                file.write("\t".join(map(str, row)) + "\n")
            file.write("\n")
    return count
