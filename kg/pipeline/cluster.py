"""Documents made on the machines of a dask.distributed cluster: the same bytes as in one process.

A worker is sent what one document needs and no more: its file (or its record of a bibliography), its name, kind and
identifier, the language and base of the graph, and once the ontology; no store, no credentials, nothing else of the
workspace. It sends back the record, which is written down here as it comes.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.corpus.files import hash_bytes, write_all_durably
from kg.corpus.parts import Part
from kg.corpus.settings import Settings
from kg.corpus.sources import Source
from kg.corpus.workspace import FOUND, name_found
from kg.model import CorpusError, KgError
from kg.pipeline.fingerprint import compute_code_fingerprint
from kg.pipeline.records import Job, make_record
from kg.pipeline.stages import Setup, Stages, load_stages

#: Seconds to reach the scheduler.
CONNECT_SECONDS = 15
#: file names of a record, and their bytes.
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class OnCluster:
    """A setup whose documents are made on the cluster at an address; in this process it loads as `setup` does."""

    address: str
    setup: Setup

    def __call__(self) -> Stages:
        """The stages, for the documents that are made here after all."""
        return self.setup()


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a worker needs to make a document: the job without the paths of this machine, and the bytes they lead to.

    content: of its file, or its line; attached: of the file it describes.
    """

    job: Job
    content: bytes
    attached: bytes = b""


@dataclass(frozen=True, slots=True)
class Kit:
    """How stages are loaded on a worker. setup: where it needs no ontology; ontology: file name -> bytes."""

    settings: Settings
    ontology: tuple[tuple[str, bytes], ...] = ()
    setup: Setup | None = None


def make_on_cluster(jobs: Sequence[Job], *, where: OnCluster) -> Iterator[tuple[Job, str | None]]:
    """Make the records of these documents; each job as it is done, with why it failed, "" if its record is written.

    None instead stands for a job that several workers died of, or that failed there: it is to be made here.
    Raises CorpusError if distributed is not installed, the cluster is not reached, or runs another version of kg.
    """
    distributed = _import_distributed()
    client = _connect(distributed, where.address)
    try:
        _check_versions(client)
        # As a task it is made again where the worker that held it dies; what is scattered would be lost.
        kit = client.submit(keep_kit, _make_kit(where.setup), pure=False)
        futures = {client.submit(make_parcel, _pack(job), kit, pure=False): job for job in jobs if _is_whole(job)}
        yield from ((job, f"{job.source.file}: changed while it was to be read") for job in jobs if not _is_whole(job))
        for future in distributed.as_completed(futures, loop=client.loop):
            yield futures[future], _take(future, futures[future])
    finally:
        client.close()


def _import_distributed() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise CorpusError("--cluster needs dask.distributed: pip install 'digital-government-kg[cluster]'") from error


def _connect(distributed: Any, address: str) -> Any:
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise CorpusError(f"no scheduler of a cluster answers at {address} ({type(error).__name__})") from error
    if not client.scheduler_info()["workers"]:
        client.close()
        raise CorpusError(f"the cluster at {address} has no workers: 'dask worker {address}' starts one")
    return client


def describe_version() -> str:
    """Version of Python and of the code and trained parts that make records."""
    return f"Python {sys.version_info.major}.{sys.version_info.minor}, kg {compute_code_fingerprint()}"


def _check_versions(client: Any) -> None:
    here = describe_version()
    try:
        there = client.run(describe_version)
    except (ImportError, AttributeError) as error:
        raise CorpusError(f"a worker of the cluster has no kg, or an older one: {error}") from error
    for worker, version in sorted(there.items()):
        if version != here:
            raise CorpusError(
                f"worker {worker} runs {version}, this machine {here}: the bytes would differ. Install the same "
                "version of kg, and of Python, on both"
            )


def _make_kit(setup: Setup) -> Kit:
    if not (isinstance(setup, functools.partial) and setup.func is load_stages):
        return Kit(Settings(), setup=setup)
    settings, ontology = setup.args
    if settings.encoder not in ("", "none"):
        raise CorpusError("a sentence encoder in a folder of the workspace is not sent to a cluster: install it there")
    files = tuple((path.name, path.read_bytes()) for path in sorted(ontology.glob("*.ttl")))
    needed = replace(settings, services=(), store="")
    return Kit(needed, files)


def _is_whole(job: Job) -> bool:
    """Whether the files are still those that are to be made into a document."""
    source, attached = job.source, job.source.attached
    if attached is not None and hash_bytes(attached.path.read_bytes()) != attached.sha256:
        return False
    return source.part is not None or (source.path.is_file() and hash_bytes(source.path.read_bytes()) == source.sha256)


def _pack(job: Job) -> Parcel:
    source = job.source
    attached = source.attached.path.read_bytes() if source.attached else b""
    if source.part:
        with source.lines.open("rb") as file:
            file.seek(source.part.offset)
            content = file.read(source.part.length)
    else:
        content = source.path.read_bytes()
    bare = replace(source, path=Path(), lines=Path())
    bare = replace(bare, attached=replace(source.attached, path=Path())) if source.attached else bare
    return Parcel(replace(job, source=bare, folder=Path()), content, attached)


def keep_kit(kit: Kit) -> Kit:
    """On a worker: the kit, from where other workers fetch it."""
    return kit


def make_parcel(parcel: Parcel, kit: Kit) -> Files | str:
    """On a worker: the files of a document's record and, as FOUND, what was found in it, or why there is none."""
    with tempfile.TemporaryDirectory(prefix="kg-") as name:
        folder = Path(name)
        job = replace(parcel.job, source=_unpack(parcel, folder), folder=folder / "documents")
        try:
            make_record(job, _load(kit))
        except KgError as error:
            return str(error)
        made = {f"{job.stem}{end}": (job.folder / f"{job.stem}{end}").read_bytes() for end in (".nq", ".json")}
        kept = _find_kept(job)
        return made | ({FOUND: kept.read_bytes()} if kept.is_file() else {})


def _find_kept(job: Job) -> Path:
    """Where what was found in a document is kept, so that a decision about it need not find it again."""
    return job.folder.parent / FOUND / name_found(job.id)


def _unpack(parcel: Parcel, folder: Path) -> Source:
    source = parcel.job.source
    suffix = Path(source.file).suffix
    path = folder / f"source{suffix if suffix.isascii() else ''}"
    path.write_bytes(parcel.content)
    attached = source.attached
    if attached is not None:
        beside = folder / f"attached{Path(attached.file).suffix}"
        beside.write_bytes(parcel.attached)
        attached = replace(attached, path=beside)
    if source.part is None:
        return replace(source, path=path, attached=attached)
    part = Part(source.part.name, source.part.sha256, 0, len(parcel.content), source.part.attachments)
    return replace(source, part=part, lines=path, attached=attached)


_loaded: dict[str, Stages] = {}


def _load(kit: Kit) -> Stages:
    """The stages, loaded once in each worker."""
    digest = hashlib.sha256(repr((kit.settings, kit.ontology, kit.setup)).encode()).hexdigest()
    if digest not in _loaded:
        if kit.setup is not None:
            _loaded[digest] = kit.setup()
        else:
            folder = Path(tempfile.mkdtemp(prefix="kg-ontology-"))  # read again for each document, so it stays
            for name, content in kit.ontology:
                (folder / Path(name).name).write_bytes(content)
            _loaded[digest] = load_stages(kit.settings, folder)
    return _loaded[digest]


def _take(future: Any, job: Job) -> str | None:
    """Write the record down that a worker has made; why there is none, or None if it is to be done here."""
    if future.status in ("cancelled", "lost"):
        raise CorpusError("the cluster's scheduler is gone; what was made is kept, the same command goes on from there")
    if future.status != "finished":
        return None
    result: Files | str = future.result()
    if isinstance(result, str):
        return result
    if set(result) - {FOUND} != {f"{job.stem}.nq", f"{job.stem}.json"}:
        raise CorpusError("a worker of the cluster has sent something that is no record")
    if FOUND in result:
        kept = _find_kept(job)
        write_all_durably(kept.parent, {kept.name: result[FOUND]})
    write_all_durably(job.folder, {name: result[name] for name in (f"{job.stem}.nq", f"{job.stem}.json")})
    return ""
