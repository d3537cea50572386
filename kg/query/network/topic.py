"""The part of a network that a reader interested in a topic should see."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.model.errors import QueryError
from kg.query.network.centrality import compute_centrality
from kg.query.network.load import build_network, find_pairs
from kg.query.words import compute_overlap, compute_rarity, find_words

if TYPE_CHECKING:
    import networkx as nx

MAX_NODES = 60
#: kind -> the largest share of a map, so that authors and documents do not crowd out what they say.
SHARES = {
    "dilemma": 0.35,
    "remedy": 0.35,
    "concept": 0.2,
    "document": 0.2,
    "technology": 0.1,
    "place": 0.08,
    "case": 0.08,
    "policy": 0.08,
    "author": 0.08,
}
#: A label that fits the topic less than this does not count as being about it: the rarer of two words alone does not.
MIN_OVERLAP = 0.6
#: What a thing of a kind that fits the topic counts, against 1 for a label that fits.
TYPE_WEIGHT = 0.8


def find_topic(store: ox.Store, topic: str = "", *, limit: int = MAX_NODES) -> nx.MultiDiGraph[str]:
    """At most `limit` nodes around a topic and the links between them; around the most stated dilemmas if it is "".

    Raises QueryError if nothing in the graph is about the topic, naming labels that are near.
    """
    return choose_topic(build_network(store), topic, other_labels=find_other_labels(store), limit=limit)


def choose_topic(
    network: nx.MultiDiGraph[str],
    topic: str = "",
    *,
    other_labels: dict[str, tuple[str, ...]] | None = None,
    limit: int = MAX_NODES,
) -> nx.MultiDiGraph[str]:
    """The same from a network already built.

    other_labels: alternative labels of nodes, by which a topic also finds them.
    """
    seeds = _find_seeds(network, topic, other_labels or {})
    chosen = _choose_nodes(network, compute_centrality(network, seeds=seeds, damping=0.6), seeds, limit)
    return _cut_out(network, chosen, topic=topic, seeds=sorted(set(seeds) & set(chosen)))


def _cut_out(network: nx.MultiDiGraph[str], chosen: list[str], **facts: object) -> nx.MultiDiGraph[str]:
    """The part between the chosen nodes, in their order, which networkx's own subgraph does not keep.

    What a document is about it need not be said to mention.
    """
    part = network.__class__()
    part.graph.update(facts)
    part.add_nodes_from((node, network.nodes[node]) for node in chosen)
    kept = set(chosen)
    about = {(s, t) for s, t, facts in network.edges(chosen, data=True) if facts["label"] == "is about"}
    part.add_edges_from(
        (s, t, facts)
        for s, t, facts in network.edges(chosen, data=True)
        if t in kept and not (facts["label"] == "mentions" and (s, t) in about)
    )
    return part


def find_other_labels(store: ox.Store) -> dict[str, tuple[str, ...]]:
    """IRI -> its alternative labels, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for iri, label in find_pairs(store, "skos:altLabel"):
        found[iri].add(label.value)
    return {iri: tuple(sorted(labels)) for iri, labels in found.items()}


def _find_seeds(
    network: nx.MultiDiGraph[str], topic: str, other_labels: dict[str, tuple[str, ...]]
) -> dict[str, float]:
    """The nodes the topic names and how well: by their own labels, then through the concept that is their type."""
    nodes = {node: facts for node, facts in network.nodes(data=True)}  # noqa: C416 the stubs know no dict() of it
    if not topic.strip():
        stated = {n: float(facts["weight"]) for n, facts in nodes.items() if facts["kind"] in {"dilemma", "remedy"}}
        return stated or dict.fromkeys(nodes, 1.0)
    names = {n: [find_words(t) for t in (facts["label"], *other_labels.get(n, ()))] for n, facts in nodes.items()}
    wanted, rarity = find_words(topic), compute_rarity(words for found in names.values() for words in found)
    fits = {node: max(compute_overlap(wanted, words, rarity) for words in found) for node, found in names.items()}
    seeds = {node: fit for node, fit in fits.items() if fit >= MIN_OVERLAP}
    for node, concept, facts in network.edges(data=True):
        if facts["label"] == "is a kind of" and seeds.get(concept, 0.0) >= TYPE_WEIGHT:
            seeds[node] = max(seeds.get(node, 0.0), TYPE_WEIGHT * seeds[concept])
    if not seeds:
        raise QueryError(_say_nothing_found(network, topic))
    return seeds


def _say_nothing_found(network: nx.MultiDiGraph[str], topic: str) -> str:
    labels = sorted({str(label).lower() for _, label in network.nodes(data="label")})
    near = difflib.get_close_matches(topic.lower(), labels, n=3, cutoff=0.5)
    hint = (
        f"Did you mean {' or '.join(repr(label) for label in near)}?" if near else "'kg search' looks into the quotes."
    )
    return f"nothing in the graph is about '{topic}'. {hint}"


def _choose_nodes(
    network: nx.MultiDiGraph[str], rank: dict[str, float], seeds: dict[str, float], limit: int
) -> list[str]:
    """The best nodes, no kind above its share; those linked to no other are dropped unless the topic names them."""
    counts: Counter[str] = Counter()
    chosen: list[str] = []
    for node in sorted((n for n in rank if rank[n] > 0), key=lambda n: (-seeds.get(n, 0.0) * rank[n], -rank[n], n)):
        kind = network.nodes[node]["kind"]
        if len(chosen) < limit and counts[kind] < max(1, round(limit * SHARES[kind])):
            counts[kind] += 1
            chosen.append(node)
    kept = set(chosen)
    return [node for node in chosen if node in seeds or kept & (_find_neighbours(network, node) - {node})]


def _find_neighbours(network: nx.MultiDiGraph[str], node: str) -> set[str]:
    return {*network.succ[node], *network.pred[node]}
