"""kg.toml is read strictly: what it does not know it names, with the nearest thing it does know."""

from pathlib import Path

import pytest

from kg.corpus.settings import Settings, read_settings
from kg.model import DEFAULT_BASE, CorpusError


def read(folder: Path, text: str) -> Settings:
    path = folder / "kg.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Settings(base=DEFAULT_BASE, language="", encoder="", services=())


def test_every_key_is_read(tmp_path: Path) -> None:
    text = """
        graph.base = "http://localhost:8080/kg#"
        language.model = "en_core_web_sm"
        encoder.folder = "models/encoder"
        endpoint.service = ["https://query.wikidata.org/sparql"]
        confidence.least = 0.7
    """
    assert read(tmp_path, text) == Settings(
        "http://localhost:8080/kg#",
        "en_core_web_sm",
        "models/encoder",
        ("https://query.wikidata.org/sparql",),
        least=0.7,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[grahp]", "unknown section [grahp]. Did you mean 'graph'?"),
        ("[zzz]", "unknown section [zzz]. Known: confidence, encoder, endpoint, graph, language."),
        ('graph = "x"', "'graph' is a section: write [graph] on a line of its own"),
        ('[graph]\nbas = "x"', "unknown key 'bas' in [graph]. Did you mean 'base'?"),
        ("[graph]\nbase = 1", "'base' in [graph] must be a text in quotes"),
        ('[endpoint]\nservice = "x"', "'service' in [endpoint] must be a list of texts"),
        ("[endpoint]\nservice = [1]", "service '1' must be an address that begins with https://"),
        ('[endpoint]\nservice = ["file:///etc"]', "service 'file:///etc' must be an address"),
        ('[graph]\nbase = "x"', "base 'x' must be an address like"),
        ('[graph]\nbase = "http://x.org/a b/"', "must be an address like"),
        ('[graph]\nbase = "http://x.org/a"', "ending in / or #"),
        ('[graph]\nbase = "http://x.org/> <http://y/"', "must be an address like"),
        ('[encoder]\nfolder = "../elsewhere"', "encoder folder '../elsewhere' must lie inside the workspace"),
        ('[encoder]\nfolder = "/etc"', "must lie inside the workspace"),
        ('[confidence]\nleast = "high"', "'least' in [confidence] must be a number: 0.8"),
        ("[confidence]\nleast = true", "'least' in [confidence] must be a number"),
        ("[confidence]\nleast = 70", "least confidence 70.0 must lie between 0 and 1"),
        ("[confidence]\nleast = nan", "must lie between 0 and 1"),
        ("[graph", "not TOML"),
    ],
)
def test_what_means_nothing_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read(tmp_path, text)
    assert str(tmp_path / "kg.toml") in str(caught.value)
    assert message in str(caught.value)


def test_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_bytes(b"\xff")
    with pytest.raises(CorpusError, match="not TOML"):
        read_settings(tmp_path / "kg.toml")


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        read_settings(tmp_path / "kg.toml")
