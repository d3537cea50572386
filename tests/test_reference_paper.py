"""What a reader finds in the reference paper, the graph holds: counted against the reader's own list."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from kg.annotate import annotate
from kg.extract import extract_all
from kg.graph.vocabulary import load_concepts
from kg.model import Assertion
from kg.readers import read_document

ROOT = Path(__file__).parent.parent
PAPER = ROOT.parent / "shared/data/documents/wu-dilemma-efficiency.txt"
GOLD = ROOT.parent / "shared/gold/wu-dilemma-efficiency.json"
pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="the reference paper lies beside the repository, not in it")


@lru_cache(maxsize=1)
def find_assertions() -> tuple[Assertion, ...]:
    document = read_document(PAPER, file=PAPER.name)
    return extract_all(annotate(document, load_concepts(ROOT / "ontology")))


@lru_cache(maxsize=1)
def read_gold() -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(GOLD.read_text(encoding="utf-8"))
    return gold


def find_kind(kind: str) -> list[Assertion]:
    return [a for a in find_assertions() if a.kind == kind]


def normalise(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def find_top(kind: str) -> list[str]:
    return [a.label for a in find_kind(kind) if a.get("level") == 1]


@pytest.mark.parametrize(("kind", "name"), [("dilemma", "dilemmas"), ("remedy", "remedies")])
def test_top_level_labels_are_all_found_and_no_other(kind: str, name: str) -> None:
    gold = [item["label"] for item in read_gold()[name] if item["level"] == 1 and "quote" not in item]
    assert sorted(map(normalise, find_top(kind))) == sorted(map(normalise, gold))


@pytest.mark.parametrize(("kind", "name", "least"), [("dilemma", "dilemmas", 13), ("remedy", "remedies", 10)])
def test_inner_statements_are_found_by_quote(kind: str, name: str, least: int) -> None:
    quotes = [normalise(a.evidence.quote) for a in find_kind(kind)]
    gold = [normalise(item["quote"]) for item in read_gold()[name] if item["level"] == 2]
    assert sum(any(quote in found for found in quotes) for quote in gold) >= least


def test_expected_links_are_the_first_candidates() -> None:
    labels = {a.key: normalise(a.label) for a in (*find_kind("dilemma"), *find_kind("remedy"))}
    first: dict[str, str] = {}
    for link in sorted(find_kind("addresses"), key=lambda a: -a.confidence):
        first.setdefault(labels[link.get_text("remedy_key")], labels[link.get_text("dilemma_key")])
    gold = {item["id"]: normalise(item["label"]) for item in (*read_gold()["dilemmas"], *read_gold()["remedies"])}
    pairs = [("R1", "D1"), ("R3", "D4"), ("R4", "D5")]
    assert [first.get(gold[r]) for r, _ in pairs] == [gold[d] for _, d in pairs]


def test_every_field_of_every_reference_is_right() -> None:
    fields = ("title", "container", "year", "volume", "issue", "pages")
    found = [
        {"key": a.get_text("number"), "authors": list(a.get_texts("authors")), **{f: a.get_text(f) for f in fields}}
        for a in find_kind("reference")
    ]
    gold = [
        {"key": r["key"], "authors": r["authors"], **{f: str(r.get(f, "")) for f in fields}}
        for r in read_gold()["references"]
    ]
    assert found == gold


def test_citations_are_linked_and_the_odd_ones_remarked() -> None:
    numbers = {a.key: a.get_text("number") for a in find_kind("reference")}
    found = {a.get_text("mention"): numbers[a.get_text("reference_key")] for a in find_kind("citation")}
    assert found == {c["mention"]: c["reference"] for c in read_gold()["citations"]}
    remarks = " ".join(a.label for a in find_kind("remark"))
    assert all(c["mention"] in remarks for c in read_gold()["citations"] if "note" in c)
    assert "Tenth Five-Year Plan" in remarks


def test_claims_go_to_the_cited_works() -> None:
    found = {a.get_text("mention"): normalise(a.label) for a in find_kind("claim")}
    gold = {c["mention"]: set(normalise(c["claim"]).split()) for c in read_gold()["citations"]}
    shares = [len(words & set(found.get(mention, "").split())) / len(words) for mention, words in gold.items()]
    assert sum(share >= 0.6 for share in shares) >= 6


def test_author_affiliation_title_and_keywords() -> None:
    gold = read_gold()
    assert [a.label for a in find_kind("title")] == [gold["title"]]
    assert [(a.label, a.get("family"), a.get("given")) for a in find_kind("author")] == [("Haohan Wu", "Wu", "Haohan")]
    assert gold["authors"][0]["affiliation"] in find_kind("affiliation")[0].label
    assert [a.label for a in find_kind("keyword")] == gold["keywords"]


def test_concepts_technologies_and_places() -> None:
    iris = {c.iri: [normalise(x) for x in (c.label, *c.labels)] for c in load_concepts(ROOT / "ontology")}

    def names(kind: str) -> set[str]:
        return {n for a in find_kind(kind) for n in (normalise(a.label), *iris.get(a.get_text("iri"), []))}  # type: ignore[call-overload]

    gold = read_gold()
    assert sum(normalise(c) in names("concept") for c in gold["concepts"]) >= 24
    assert {normalise(t) for t in gold["technologies"]} <= names("technology")
    assert {normalise(p) for p in gold["places"]} <= names("place")


def test_cases_and_policies() -> None:
    cases = [normalise(a.label) for a in find_kind("case")]
    assert [i["label"] for i in read_gold()["initiatives"] if normalise(i["label"]) not in cases] == []
    policies = " | ".join(normalise(a.label) for a in find_kind("policy"))
    missing = [p for p in read_gold()["policies"] if normalise(p).removeprefix("report of the ") not in policies]
    assert missing == []


def test_statistics_are_no_dilemmas() -> None:
    assert not [a for a in find_kind("dilemma") if "%" in a.evidence.quote]


def test_every_quote_stands_at_its_offsets() -> None:
    text = read_document(PAPER, file=PAPER.name).text
    assert all(text[a.evidence.start : a.evidence.end] == a.evidence.quote for a in find_assertions())
