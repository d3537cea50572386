"""Networks of the size asked for, made of words of the field; the same each time."""

from collections.abc import Callable

import networkx as nx
import pytest

DILEMMAS = (
    "Data silos between departments", "Lack of skilled staff", "Leakage of personal data", "No top-level design",
    "Passive response to public opinion", "Digital divide between town and countryside", "Legacy systems",
    "Departments keep their data because sharing brings risk without reward",
    "Missing legal framework for data sharing", "Standards differ from province to province",
    "Older people cannot use online services", "Low trust in online services", "Short-term funding of projects",
    "Vendor lock-in", "Unclear responsibility for shared data", "Resistance to change", "Duplicate portals",
    "Poor data quality", "Bias of automated decisions", "Training is left to chance",
)  # fmt: skip
REMEDIES = (
    "National data sharing platform", "Chief data officer in every department",
    "Law on the protection of personal data", "Common interoperability framework",
    "Assisted digital service points in post offices and town halls",
    "Joint training programme with universities", "Unified design at the national level",
    "Public register of algorithms", "Once-only principle in law", "Multi-annual budget",
    "Open standards in procurement", "User research before design", "Independent audit",
    "Service owner with full authority", "Shared service catalogue", "Data quality targets",
)  # fmt: skip
DOCUMENTS = (
    "Wu 2022", "OECD 2020", "European Commission 2017", "Janssen & Estevez 2013", "Digital Strategy 2025",
    "Mergel, Edelmann & Haug 2019", "UN E-Government Survey 2022",
)  # fmt: skip
CONTEXT = (
    ("concept", "Interoperability"), ("technology", "Blockchain"), ("place", "Estonia"), ("case", "X-Road"),
    ("policy", "14th Five-Year Plan"), ("concept", "Collaborative governance"), ("place", "Zhejiang"),
    ("technology", "Artificial intelligence"), ("concept", "Once-only principle"), ("case", "Run at most once"),
    ("policy", "Interoperable Europe Act"), ("concept", "Digital literacy"), ("author", "Jane Doe"),
)  # fmt: skip
QUOTE = "Departments keep their data to themselves, and nobody is rewarded for sharing them."


def take(rows: tuple[str, ...], share: float, count: int) -> tuple[str, ...]:
    return rows[: max(1, min(len(rows), round(share * count)))]


def make_network(count: int) -> "nx.MultiDiGraph[str]":
    """About `count` nodes: dilemmas with parts, remedies, the documents that state them and their context."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(title="data sharing between public bodies")
    dilemmas, remedies = take(DILEMMAS, 0.35, count), take(REMEDIES, 0.28, count)
    documents = take(DOCUMENTS, 0.12, count)
    context = CONTEXT[: max(0, count - len(dilemmas) - len(remedies) - len(documents))]

    def add(kind: str, label: str) -> None:
        network.add_node(label, kind=kind, label=label, iri=f"https://example.org/{kind}/{len(network)}", weight=1.0)

    def join(source: str, target: str, label: str, n: int) -> None:
        status = "candidate" if label == "may address" else "asserted"
        network.add_edge(
            source, target, label=label, quote=QUOTE, document=documents[n % len(documents)], section="3.1 Dilemmas",
            status=status, confidence=0.5 + (n % 5) / 10,
        )  # fmt: skip

    for kind, labels in (("dilemma", dilemmas), ("remedy", remedies), ("document", documents)):
        for label in labels:
            add(kind, label)
    for kind, label in context:
        add(kind, label)
    for i, remedy in enumerate(remedies):
        join(remedy, dilemmas[i % len(dilemmas)], "addresses" if i % 3 else "may address", i)
        if i % 4 == 1:
            join(remedy, dilemmas[(i * 5 + 2) % len(dilemmas)], "may address", i)
        if i > 5 and i % 3 == 0:
            join(remedy, remedies[i // 3], "is part of", i)
    for i, dilemma in enumerate(dilemmas):
        join(documents[i * 3 % len(documents)], dilemma, "states", i)
        if i > 5 and i % 2 == 0:
            join(dilemma, dilemmas[i % 6], "is part of", i)
        if i % 7 == 3:
            join(dilemma, dilemmas[(i + 1) % len(dilemmas)], "causes", i)
    for i, (kind, label) in enumerate(context):
        if kind == "author":
            join(label, documents[i % len(documents)], "wrote", i)
        elif kind == "case":
            join(remedies[i * 3 % len(remedies)], label, "tried in", i)
        else:
            join(remedies[i * 3 % len(remedies)] if i % 3 else documents[i % len(documents)], label, "mentions", i)
    return network


@pytest.fixture(scope="session")
def sample_network() -> Callable[[int], "nx.MultiDiGraph[str]"]:
    return make_network
