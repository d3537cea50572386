"""The reading notes of the starter corpus: whole, in our own words, and worth drawing a map of."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from kg.model import BlockKind
from kg.readers import read_document

ROOT = Path(__file__).parent.parent
NOTES = sorted((ROOT / "corpus").glob("*.md"))
DOCUMENTS = ROOT / "../shared/data/documents"
FACTS = {"title", "authors", "kind", "language", "jurisdiction", "keywords", "licence", "note"}
NO_SOURCE_STATED = {"wu-dilemma-efficiency-note.md"}  # the paper came without year, publisher and address
SOURCES = {
    "abdrabbah-2016-personalised-services": "abstracts/icegov-06-abdrabbah-2016.txt",
    "barcelona-2017-technological-sovereignty": "barcelona-tech-sovereignty-policy.adoc",
    "barcelona-2018-ethical-data-management": "barcelona-ethical-data-management.pdf",
    "canada-2018-design-with-users": "canada-playbook-1-design-with-users.md",
    "canada-2018-security-privacy": "canada-playbook-5-address-security-privacy-risks.md",
    "cifuentes-2020-national-budget": "cifuentes-2020-national-budget-lod.pdf",
    "cifuentes-2024-legislative-processes": "cifuentes-2024-legislative-processes.pdf",
    "decidim-2018-what-is-decidim": "decidim-whitepaper-what-is-decidim.adoc",
    "decidim-2018-why-decidim": "decidim-whitepaper-why-decidim.adoc",
    "govstack-2023-change-management": "govstack-change-management-in-practice.md",
    "hidalgo-2018-administrative-procedures": "hidalgo-2018-administrative-procedures.pdf",
    "italy-2018-ai-role-of-data": "italy-ai-white-paper-capitolo_3_sfida_4.rst",
    "king-brown-2007-fixmystreet": "abstracts/icegov-03-king-2007.txt",
    "klischewski-2010-g2g-egypt": "abstracts/icegov-09-klischewski-2010.txt",
    "labra-2015-linked-data-quality": "labra-2015-epsi-linked-data-validation.pdf",
    "lorenz-2011-e-safety-schools": "abstracts/icegov-04-lorenz-2011.txt",
    "magalhaes-2016-commercial-open-data": "abstracts/icegov-01-magalhes-2016.txt",
    "misra-2017-web-accessibility-india": "abstracts/icegov-02-misra-2017.txt",
    "odh-2015-late-night-t": "odh-solution-late-night-t.md",
    "odh-2015-open-baltimore": "odh-solution-open-baltimore.md",
    "public-code-2019-foreword": "standard-for-public-code-foreword.md",
    "seidel-2013-selective-crowdsourcing": "abstracts/icegov-05-seidel-2013.txt",
    "share-psi-2016-business-model": "share-psi-bp-odbm.html",
    "share-psi-2016-federated-tools": "share-psi-bp-tools.html",
    "share-psi-2016-high-level-support": "share-psi-bp-hls.html",
    "share-psi-2016-linked-statistics": "share-psi-bp-stats.html",
    "share-psi-2016-open-data-ecosystem": "share-psi-bp-eode.html",
    "share-psi-2016-rights-records": "share-psi-bp-mrosrai.html",
    "uk-2012-digital-landscape-research": "uk-digital-landscape-research",
    "uk-2012-government-digital-strategy": "uk-government-digital-strategy",
    "uk-2013-assisted-digital": "uk-assisted-digital",
    "uk-2013-choosing-technology": "uk-gsdm-making-software-choosing-technology.md",
    "uk-2013-digital-take-up": "uk-gsdm-communications-increasing-digital-takeup.md",
    "uk-2013-open-data-manual": "uk-gsdm-technology-open-data.md",
    "us-2014-digital-services-playbook": "usds-digital-services-playbook",
    "us-2016-federal-source-code-policy": "us-federal-source-code-policy",
    "us-2020-data-ethics-framework": "us-fds-data-ethics-framework-draft.pdf",
    "us-2021-federal-data-strategy-actions": "us-fds-2021-community-actions.md",
    "us-epa-2012-central-data-exchange": "us-project-open-data-epa-case-study.md",
    "us-labor-2012-developer-kits": "us-project-open-data-labor-case-study.md",
    "us-transportation-2013-data-inventory": "us-project-open-data-transportation-case-study.md",
    "wu-dilemma-efficiency-note": "wu-dilemma-efficiency.txt",
}
PRONOUN = re.compile(r"(?:^|[.?!] )(?:They|It|This|These|Those|Their|Its|Such)\b", re.MULTILINE)
RUN = 8  # words in a row that would count as copied

each_note = pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)


def split_note(note: Path) -> tuple[dict[str, object], str]:
    """Front matter and prose; the reference list is bibliographic fact and left out."""
    _, front, body = note.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body.partition("## References")[0]


@cache
def find_dilemmas() -> Counter[str]:
    """Name of each dilemma -> in how many notes it stands."""
    names: Counter[str] = Counter()
    for note in NOTES:
        section = split_note(note)[1].partition("## Dilemmas")[2].partition("\n## ")[0]
        names.update(re.findall(r"^### (.+)$", section, re.MULTILINE))
    return names


def find_runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+(?:['’]\w+)?", text.lower())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def test_there_are_many_notes_and_each_has_its_source_named_here() -> None:
    assert len(NOTES) >= 36
    assert {note.stem for note in NOTES} == set(SOURCES)


@each_note
def test_front_matter_is_complete(note: Path) -> None:
    front, _ = split_note(note)
    expected = FACTS if note.name in NO_SOURCE_STATED else FACTS | {"year", "publisher", "source"}
    assert {name for name in expected if not front.get(name)} == set()
    assert str(front.get("source", "https://github.com/")).startswith("https://github.com/")


@each_note
def test_every_sentence_names_its_subject(note: Path) -> None:
    assert PRONOUN.findall(split_note(note)[1]) == []


@each_note
def test_the_reader_finds_title_authors_and_both_headings(note: Path) -> None:
    front, _ = split_note(note)
    document = read_document(note)
    authors = [entry["name"] if isinstance(entry, dict) else entry for entry in front["authors"]]  # type: ignore[attr-defined]
    headings = {document.block_text(block) for block in document.find_blocks(BlockKind.HEADING)}
    assert [document.block_text(block) for block in document.find_blocks(BlockKind.TITLE)] == [front["title"]]
    assert [document.block_text(block) for block in document.find_blocks(BlockKind.AUTHOR)] == authors
    assert {"Dilemmas", "Remedies"} <= headings


@each_note
def test_no_eight_words_in_a_row_stand_in_the_source(note: Path) -> None:
    if not DOCUMENTS.is_dir():
        pytest.skip("the source documents are not beside the project")
    source = DOCUMENTS / SOURCES[note.stem]
    files = sorted(source.iterdir()) if source.is_dir() else [source]
    copied = find_runs("\n".join(read_document(file).text for file in files))
    assert find_runs(split_note(note)[1]) & copied == set()


def test_notes_share_dilemmas() -> None:
    counts = find_dilemmas().values()
    assert sum(count >= 2 for count in counts) >= 8
    assert sum(count >= 3 for count in counts) >= 4


def test_notes_come_from_many_places_and_of_both_kinds() -> None:
    fronts = [split_note(note)[0] for note in NOTES]
    assert len({str(front["jurisdiction"]) for front in fronts}) >= 8
    assert {front["kind"] for front in fronts} == {"paper", "policy"}
