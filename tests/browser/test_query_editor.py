"""YASGUI in a browser asks the endpoint of the server it came from, and nobody else."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUERY = "SELECT ?name { ?person <http://xmlns.com/foaf/0.1/name> ?name } ORDER BY ?name"


def run_in_editor(page: "Page", query: str) -> None:
    page.evaluate("query => { yasgui.getTab().setQuery(query); yasgui.getTab().query().catch(() => 0); }", query)


def test_editor_shows_the_answer_of_a_query(
    browser: "Browser", library: Path, serving: Callable[..., AbstractContextManager[str]]
) -> None:
    with serving("-w", str(library), "serve") as address:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(address + "editor")
        page.wait_for_function("window.yasgui")
        run_in_editor(page, QUERY)
        page.wait_for_selector(".yasr_results table td")
        assert "Ana Silva" in page.inner_text(".yasr_results")
        run_in_editor(page, "SELECT * {")
        page.wait_for_selector(".errorResult")
        assert "not SPARQL" in page.inner_text(".errorResult")
        assert [url for url in asked if not url.startswith((address, "data:"))] == []
        assert [text for text in complaints if "400" not in text] == []
        page.close()
