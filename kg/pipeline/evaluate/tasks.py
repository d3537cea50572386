"""What counts as right, task by task."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.extract.keyphrases import make_key
from kg.extract.propositions import find_propositions
from kg.model import Assertion
from kg.pipeline.evaluate.gold import Found, Gold, normalise

#: A candidate link counts as said from this confidence on.
MIN_LINK_CONFIDENCE = 0.3
#: Of the concepts of a document so many are asked for.
TOP_CONCEPTS = 10
#: Two stretches of a proposition are the same if they share so much of their words (Dice).
SAME_WORDS = 0.6
_ARTICLES = frozenset({"a", "an", "the"})
_NEGATIONS = frozenset({"not", "no", "never", "t", "neither", "nor", "nobody"})


@dataclass(frozen=True, slots=True)
class Judged:
    """One task in one document.

    found: confidence of each fact found, and whether it is right. right_gold of the reader's `gold` facts are found.
    """

    found: tuple[tuple[float, bool], ...]
    gold: int
    right_gold: int

    @property
    def right_found(self) -> int:
        """Number of the facts found that are right."""
        return sum(right for _, right in self.found)


Judge = Callable[[Found, Gold], Judged]


def holds(one: str, other: str) -> bool:
    """Whether one normalised stretch holds the other whole."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def judge_stretches(found: Iterable[tuple[str, float]], gold: Sequence[str]) -> Judged:
    """Stretches of text with their confidence; those that hold one another count as the same."""
    best: dict[str, float] = {}
    for text, confidence in found:
        best[normalise(text)] = max(confidence, best.get(normalise(text), 0.0))
    wanted = [normalise(text) for text in gold]
    judged = tuple((confidence, any(holds(text, one) for one in wanted)) for text, confidence in best.items())
    return Judged(judged, len(wanted), sum(any(holds(text, one) for text in best) for one in wanted))


def judge_exact(found: Iterable[tuple[str, float]], gold: Iterable[str]) -> Judged:
    """Facts that are equal once normalised."""
    best = {normalise(text): confidence for text, confidence in found}
    wanted = {normalise(text) for text in gold}
    judged = tuple((confidence, text in wanted) for text, confidence in best.items())
    return Judged(judged, len(wanted), len(wanted & best.keys()))


def judge_statements(kind: str, key: str, *, doubtful: bool = False) -> Judge:
    """A judge of the sentences that state a dilemma or remedy; doubtful: of those that may state one, too."""

    def judge(found: Found, gold: Gold) -> Judged:
        stated = (a for a in found.find(kind) if doubtful or a.status == "asserted")
        return judge_stretches(((a.evidence.quote, a.confidence) for a in stated), gold[key])

    return judge


def judge_links(found: Found, gold: Gold) -> Judged:
    """Pairs of remedy and dilemma, both ends matched by their sentences."""
    quotes = {a.key: normalise(a.evidence.quote) for a in (*found.find("dilemma"), *found.find("remedy"))}
    pairs: dict[tuple[str, str], float] = {}
    for a in found.find("addresses"):
        if a.status == "asserted" or a.confidence >= MIN_LINK_CONFIDENCE:
            pair = quotes[a.get_text("remedy_key")], quotes[a.get_text("dilemma_key")]
            pairs[pair] = max(a.confidence, pairs.get(pair, 0.0))
    wanted = [(normalise(remedy), normalise(dilemma)) for remedy, dilemma in gold["links"]]

    def same(one: tuple[str, str], other: tuple[str, str]) -> bool:
        return holds(one[0], other[0]) and holds(one[1], other[1])

    judged = tuple((confidence, any(same(pair, link) for link in wanted)) for pair, confidence in pairs.items())
    return Judged(judged, len(wanted), sum(any(same(pair, link) for pair in pairs) for link in wanted))


def judge_labels(kind: str, key: str) -> Judge:
    """A judge of names, which must be whole."""

    def judge(found: Found, gold: Gold) -> Judged:
        return judge_exact(((a.label, a.confidence) for a in found.find(kind)), gold[key])

    return judge


def judge_references(found: Found, gold: Gold) -> Judged:
    """Entries of the reference list with title, year and authors right."""

    def spell(title: str, year: str, families: Iterable[str]) -> str:
        return f"{title} {year} {' '.join(families)}"

    return judge_exact(
        (
            (spell(a.get_text("title"), a.get_text("year"), a.get_texts("families")), a.confidence)
            for a in found.find("reference")
        ),
        (spell(r["title"], r["year"], r["families"]) for r in gold["references"]),
    )


def judge_citations(found: Found, gold: Gold) -> Judged:
    """In-text citations with the entry they point to."""
    titles = {a.key: a.get_text("title") for a in found.find("reference")}
    return judge_exact(
        (
            (f"{a.get_text('mention')} {titles.get(a.get_text('reference_key'), '')}", a.confidence)
            for a in found.find("citation")
        ),
        (f"{mention} {title}" for mention, title in gold["citations"]),
    )


def judge_concepts(found: Found, gold: Gold) -> Judged:
    """The first concepts of a document, by any of their labels."""
    first = [(a, find_keys(found, a)) for a in found.find("concept") if int(str(a.get("rank"))) <= TOP_CONCEPTS]
    wanted = [make_key(concept) for concept in gold["concepts"]]
    judged = tuple((a.confidence, any(key in keys for key in wanted)) for a, keys in first)
    return Judged(judged, len(wanted), sum(any(key in keys for _, keys in first) for key in wanted))


def find_keys(found: Found, concept: Assertion) -> frozenset[tuple[str, ...]]:
    """The keys of all names of a concept found."""
    return found.names.get(concept.get_text("iri"), frozenset()) | {make_key(concept.label)}


def judge_propositions(found: Found, gold: Gold) -> Judged:
    """Propositions of the sentences that the gold file splits up; others are not asked for."""
    text = found.annotated.document.text
    parts: dict[str, list[tuple[tuple[str, str, str], float]]] = {
        normalise(sentence): [] for sentence in gold["propositions"]
    }
    for one in find_propositions(found.annotated):
        sentence = normalise(text[slice(*one.sentence)])
        if sentence in parts:
            triple = text[slice(*one.subject)], one.phrase, text[slice(*one.object)]
            parts[sentence].append((triple, one.confidence))
    judged: list[tuple[float, bool]] = []
    right = 0
    for sentence, wanted in gold["propositions"].items():
        given = parts[normalise(sentence)]
        judged += [(sure, any(is_same_triple(triple, one) for one in wanted)) for triple, sure in given]
        right += sum(any(is_same_triple(triple, one) for triple, _ in given) for one in wanted)
    return Judged(tuple(judged), sum(map(len, gold["propositions"].values())), right)


def is_same_triple(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether subjects share most words, phrases and objects do so together, and both say or both deny it."""
    subjects, rest = (one[0], other[0]), (f"{one[1]} {one[2]}", f"{other[1]} {other[2]}")
    denied = [bool(_NEGATIONS & set(normalise(text).split())) for text in rest]
    return denied[0] == denied[1] and min(compute_overlap(*subjects), compute_overlap(*rest)) >= SAME_WORDS


def compute_overlap(one: str, other: str) -> float:
    """The words two texts share, articles left out (Dice)."""
    words = [set(normalise(text).split()) - _ARTICLES for text in (one, other)]
    return 2 * len(words[0] & words[1]) / max(1, len(words[0]) + len(words[1]))


#: task -> the gold file's key, and what judges it.
TASKS: dict[str, tuple[str, Judge]] = {
    "dilemma sentences": ("dilemmas", judge_statements("dilemma", "dilemmas")),
    "dilemma sentences, doubtful too": ("dilemmas", judge_statements("dilemma", "dilemmas", doubtful=True)),
    "remedy sentences": ("remedies", judge_statements("remedy", "remedies")),
    "remedy sentences, doubtful too": ("remedies", judge_statements("remedy", "remedies", doubtful=True)),
    "remedy -> dilemma links": ("links", judge_links),
    "authors": ("authors", judge_labels("author", "authors")),
    "references": ("references", judge_references),
    "in-text citations": ("citations", judge_citations),
    "places": ("places", judge_labels("place", "places")),
    f"concepts, first {TOP_CONCEPTS}": ("concepts", judge_concepts),
    "propositions": ("propositions", judge_propositions),
}
