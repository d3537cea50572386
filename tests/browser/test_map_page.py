"""The map in a browser: nothing leaves it, no text becomes script, and every sentence can be reached."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from kg.render import map as map_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

pytestmark = pytest.mark.browser
QUOTE = "Departments keep their data to themselves."
SIZES = [(1400, 900), (900, 700)]


def make_network(count: int) -> "nx.MultiDiGraph[str]":
    """A document that states dilemmas, and a remedy for each."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(title="Data sharing")
    network.add_node("doc", kind="document", label="Wu 2022")
    for i in range(count):
        network.add_node(f"d{i}", kind="dilemma", label=f"Wide gaps between WWW-{i} departments of government")
        network.add_node(f"r{i}", kind="remedy", label=f"Remedy number {i}")
        fact = {"quote": QUOTE, "document": "doc", "section": "3.1 Silos", "confidence": 0.62}
        network.add_edge("doc", f"d{i}", label="states", status="asserted", **fact)
        network.add_edge(f"r{i}", f"d{i}", label="may address", status="candidate", **fact)
    return network


def note_troubles(page: "Page", troubles: list[str], address: str) -> None:
    """Errors, messages to the console, dialogs, and requests for anything but the page itself."""

    def note_request(request: "Request") -> None:
        if request.url != address:
            troubles.append(request.url)

    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on("console", lambda message: troubles.append(f"console: {message.text}"))
    page.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
    page.on("request", note_request)


@pytest.fixture
def open_map(browser: "Browser", tmp_path: Path) -> Iterator[Callable[..., "Page"]]:
    """Open a network's page; any error in its script or console fails the test, any request elsewhere too."""
    pages: list[Page] = []
    troubles: list[str] = []

    def open_page(network: "nx.MultiDiGraph[str]", width: int = 1400, height: int = 900, **options: Any) -> "Page":
        path = tmp_path / "map.html"
        path.write_bytes(map_page.render(network))
        page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        pages.append(page)
        note_troubles(page, troubles, path.as_uri())
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    for page in pages:
        page.close()
    assert troubles == []


def read_data(page: "Page") -> dict[str, Any]:
    data: dict[str, Any] = json.loads(page.locator("#map-data").text_content() or "")
    return data


def locate(page: "Page", x: float, y: float) -> tuple[float, float]:
    """Where on the screen a point of the drawing lies while the whole map is shown."""
    stage = page.locator("#stage").bounding_box()
    assert stage
    width, height = read_data(page)["size"]
    scale = min((stage["width"] - 8) / width, (stage["height"] - 8) / height, 1.35)
    return (
        stage["x"] + stage["width"] / 2 + (x - width / 2) * scale,
        stage["y"] + stage["height"] / 2 + (y - height / 2) * scale,
    )


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine and the paths it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


HOSTILE = (
    "<img src={url}/a onerror=window.hit=1>",
    "</script><script src={url}/b></script><script>window.hit=1</script>",
    "<svg onload=window.hit=1><use href={url}/c></svg>",
    "<link rel=stylesheet href={url}/d><style>@import '{url}/e';*{{background:url({url}/f)}}</style>",
    "javascript:window.hit=1",
    '" onmouseover="window.hit=1" style="background:url({url}/g)',
    "]]><!--<iframe src={url}/h></iframe>-->",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_neither_runs_nor_asks_anybody(
    open_map: Callable[..., "Page"], listener: tuple[str, list[str]], text: str
) -> None:
    url, asked = listener
    text = text.format(url=url)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=text)
    network.add_node("a", kind="remedy", label=text, iri=text)
    network.add_node("b", kind=text, label=text, iri=text)
    network.add_edge("a", "b", label=text, quote=text, document=text, section=text, status="candidate")
    page = open_map(network)
    page.click("#list")
    for i in range(2):
        page.locator("#details .end").nth(i).click()
        page.mouse.move(*locate(page, *(read_data(page)["vis"]["nodes"][i][axis] for axis in "xy")))
        page.click("#list")
    page.fill("#search", text)
    page.emulate_media(media="print")
    page.emulate_media(media="screen")
    assert page.evaluate("window.hit") is None
    assert page.locator("#details img, #details script, #details svg, #tip *:not(b):not(span), iframe").count() == 0
    assert asked == []


def test_click_on_a_line_shows_its_sentence_and_where_it_stands(open_map: Callable[..., "Page"]) -> None:
    page = open_map(make_network(2))
    tag = next(tag for tag in read_data(page)["tags"] if tag["text"] == "may address")
    page.mouse.click(*locate(page, tag["x"], tag["y"]))
    assert page.locator("#details blockquote").all_inner_texts() == [QUOTE]
    assert page.locator("#details .where").inner_text() == "Wu 2022, 3.1 Silos"
    assert page.locator("#details .status").inner_text() == "candidate: inferred, not said, confidence 62 %"


def test_pointing_at_a_box_names_it_in_full(open_map: Callable[..., "Page"]) -> None:
    page = open_map(make_network(2))
    node = read_data(page)["nodes"][0]
    place = read_data(page)["vis"]["nodes"][0]
    page.mouse.move(*locate(page, place["x"], place["y"]))
    assert page.locator("#tip b").inner_text() == node["label"]
    page.mouse.move(5, 5)
    assert page.locator("#tip").is_hidden()


def test_hidden_kind_can_no_longer_be_pointed_at(open_map: Callable[..., "Page"]) -> None:
    page = open_map(make_network(2))
    page.click('[data-kind="dilemma"]')
    assert page.locator('[data-kind="dilemma"]').get_attribute("aria-pressed") == "false"
    place = read_data(page)["vis"]["nodes"][0]
    page.mouse.move(*locate(page, place["x"], place["y"]))
    assert page.locator("#tip").is_hidden()


def test_hidden_candidates_are_not_listed(open_map: Callable[..., "Page"]) -> None:
    page = open_map(make_network(1))
    page.click("#candidates")
    page.click("#list")
    page.get_by_role("button", name="Wide gaps").click()
    assert page.locator("#details .arrow").all_inner_texts() == ["states this"]


def test_search_counts_and_escape_clears(open_map: Callable[..., "Page"]) -> None:
    page = open_map(make_network(3))
    page.keyboard.press("/")
    page.keyboard.type("REMEDY")
    assert page.locator("#found").inner_text() == "3 found"
    page.keyboard.type(" nowhere")
    assert page.locator("#found").inner_text() == "not found"
    page.keyboard.press("Escape")
    assert page.locator("#found").inner_text() == ""


def test_keyboard_reaches_every_sentence(open_map: Callable[..., "Page"]) -> None:
    page = open_map(make_network(1))
    page.locator("#list").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#details blockquote").count() == 2
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


FONT = "14px Arial, Helvetica, \\'Liberation Sans\\', sans-serif"


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("count", [2, 12, 28])
def test_nothing_is_cut_at_usual_sizes(open_map: Callable[..., "Page"], count: int, width: int, height: int) -> None:
    page = open_map(make_network(count), width, height)
    # An "m" of Arial is 0.833 of its size wide, and so is one of each font made to stand in for it.
    measure = "document.createElement('canvas').getContext('2d')"
    letter = page.evaluate(f"() => {{ const c = {measure}; c.font = '{FONT}'; return c.measureText('m').width / 14; }}")
    if abs(letter - 0.833) > 0.01:
        pytest.skip("no font as wide as Arial: install Debian's fonts-liberation")
    wide = page.evaluate(
        """() => {
        const ctx = document.createElement("canvas").getContext("2d");
        ctx.font = "14px Arial, Helvetica, 'Liberation Sans', sans-serif";
        const nodes = JSON.parse(document.getElementById("map-data").textContent).nodes;
        return nodes.flatMap((n) => n.lines.filter((line) => ctx.measureText(line).width > n.width - 12));
        }"""
    )
    assert wide == []
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
        width,
        height,
    ]
    stage, legend = page.locator("#stage").bounding_box(), page.locator("footer").bounding_box()
    assert stage
    assert legend
    assert stage["y"] + stage["height"] <= legend["y"]
    assert stage["height"] > 0.7 * height


def test_page_is_dark_where_the_reader_wants_it_so(open_map: Callable[..., "Page"]) -> None:
    page = open_map(make_network(1), color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 28)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_print_shows_the_drawing_and_the_sentences(open_map: Callable[..., "Page"]) -> None:
    page = open_map(make_network(1))
    page.emulate_media(media="print")
    assert page.locator("#paper svg").is_visible()
    assert page.locator("#stage").is_hidden()
    assert page.locator("#paper q").all_inner_texts() == [QUOTE, QUOTE]


def test_page_without_script_shows_the_drawing(browser: "Browser", tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_bytes(map_page.render(make_network(1)))
    page = browser.new_page(java_script_enabled=False)
    page.goto(path.as_uri())
    assert page.locator("#paper svg").is_visible()
    page.close()


def test_canvas_is_painted(open_map: Callable[..., "Page"]) -> None:
    page = open_map(make_network(2))
    colours = page.evaluate(
        """() => {
        const canvas = document.querySelector("#stage canvas");
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Set();
        for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] === 255) seen.add(pixels.slice(i, i + 3).join());
        return [...seen];
        }"""
    )
    assert {"253,234,221", "220,243,234", "242,244,247"} <= set(colours)
