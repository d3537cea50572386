"""A built workspace that holds the test graph, `kg serve` in a process of its own, a tiny sentence encoder."""

import hashlib
import json
import re
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
import pyoxigraph as ox
import pytest
from hypothesis import settings

from kg.corpus.manifest import Entry, GraphRecord, Manifest

# The same cases in every run: a rare one that fails is looked for by hand, not met by whoever runs the tests next.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

TEST_GRAPH = Path(__file__).parent / "queries" / "test_graph.trig"


def write_workspace(root: Path) -> Path:
    """A workspace whose canonical text is the test graph, with one document that can be read again."""
    store = ox.Store()
    store.load(path=str(TEST_GRAPH), format=ox.RdfFormat.TRIG)
    graphs = {}
    (root / ".kg" / "documents").mkdir(parents=True)
    for graph in store.named_graphs():
        assert isinstance(graph, ox.NamedNode)
        lines = sorted(f"{quad} .\n".encode() for quad in store.quads_for_pattern(None, None, None, graph))
        file, nquads = f"documents/{graph.value.rsplit('/', 1)[-1]}.nq", b"".join(lines)
        (root / ".kg" / file).write_bytes(nquads)
        graphs[graph.value] = GraphRecord(file, hashlib.sha256(nquads).hexdigest(), len(lines))
    text = b"Data silos between departments are everywhere."
    (root / "corpus" / "notes").mkdir(parents=True)
    (root / "corpus" / "notes" / "memo.txt").write_bytes(text)
    entry = Entry("memo", "notes/memo.txt", "abstract", hashlib.sha256(text).hexdigest(), "0" * 16)
    manifest = Manifest(entries=(entry,), graphs=tuple(graphs.items()))
    (root / ".kg" / "manifest.json").write_bytes(manifest.encode())
    (root / "queries").mkdir()
    (root / "kg.toml").write_text("", encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace, shared by all tests that only read."""
    return write_workspace(tmp_path_factory.mktemp("library"))


@contextmanager
def run_server(*arguments: str) -> Iterator[str]:
    """A `kg serve` in a process of its own at a free port; its address, with a slash at the end."""
    command = [sys.executable, "-m", "kg", *arguments, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            found = re.search(r" at (http://\S+)", process.stderr.readline())
            assert found, process.stderr.read()
            yield found[1]
        finally:
            process.terminate()
            process.communicate()


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[str]]:
    """`run_server`: serving("-w", FOLDER, "serve") gives an address."""
    return run_server


PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "data", "open", "##ing", ".", "is", "un", "##able", "trust", "the"]
UNUSED = [f"[unused{number}]" for number in range(1, 5)]
WIDTH, INNER, LAYERS, HEADS, POSITIONS = 16, 32, 2, 4, 512


def write_safetensors(path: Path, arrays: dict[str, np.ndarray]) -> None:
    header, blobs, at = {}, [], 0
    for name, array in arrays.items():
        blob = array.astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def make_arrays() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.3, shape).astype(np.float32)

    arrays = {
        "embeddings.word_embeddings.weight": draw(len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": draw(POSITIONS, WIDTH),
        "embeddings.token_type_embeddings.weight": draw(2, WIDTH),
    }
    sizes = {
        "attention.self.query": (WIDTH, WIDTH),
        "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH),
        "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (INNER, WIDTH),
        "output.dense": (WIDTH, INNER),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        for name, size in sizes.items():
            arrays[f"encoder.layer.{layer}.{name}.weight"] = draw(*size)
            arrays[f"encoder.layer.{layer}.{name}.bias"] = draw(size[0])
        norms += [f"encoder.layer.{layer}.attention.output.LayerNorm", f"encoder.layer.{layer}.output.LayerNorm"]
    for name in norms:
        arrays[f"{name}.weight"], arrays[f"{name}.bias"] = 1 + draw(WIDTH), draw(WIDTH)
    known = arrays["embeddings.word_embeddings.weight"]
    arrays["embeddings.word_embeddings.weight"] = np.concatenate([known, draw(len(UNUSED), WIDTH)])
    return arrays


@pytest.fixture
def make_encoder(tmp_path: Path) -> Callable[[], Path]:
    """Writes a tiny BERT-type encoder folder with random weights."""

    def make() -> Path:
        folder = tmp_path / "encoder"
        folder.mkdir()
        config = {
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": WIDTH,
            "intermediate_size": INNER,
            "num_hidden_layers": LAYERS,
            "num_attention_heads": HEADS,
            "max_position_embeddings": POSITIONS,
            "type_vocab_size": 2,
            "vocab_size": len(PIECES + UNUSED),
            "layer_norm_eps": 1e-12,
        }
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
        (folder / "vocab.txt").write_text("\n".join(PIECES + UNUSED) + "\n", encoding="utf-8")
        write_safetensors(folder / "model.safetensors", make_arrays())
        return folder

    return make
