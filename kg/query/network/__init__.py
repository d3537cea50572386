"""The links of the graph as a networkx MultiDiGraph, whole or chosen around a topic.

Node (its IRI): kind "dilemma", "remedy", "concept", "document", "author", "place", "technology", "case" or "policy";
label; iri; weight (number of documents that speak of it, at least 1).
Edge: label (the phrase to read it by), quote, document (IRI), section, status "asserted", "candidate", "confirmed" or
"rejected", confidence 0..1; the texts are "" where the edge follows from something else than a sentence.
"""

from kg.query.network.centrality import compute_centrality
from kg.query.network.load import build_network
from kg.query.network.topic import MAX_NODES, choose_topic, find_topic

__all__ = ["MAX_NODES", "build_network", "choose_topic", "compute_centrality", "find_topic"]
