"""The process behind `kg.query.worker`: `python -m kg.query.worker_process SOURCE LIMITS`."""

import json
import os
import resource
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.model.errors import KgError, QueryError
from kg.query.evaluate import evaluate, find_columns, read_rows
from kg.query.files import parse_query
from kg.query.guard import check_query
from kg.query.run import bind_words

_MIB = 1 << 20
#: Grace between the wall limit of the asking process and this one's own limit of CPU time.
_GRACE_SECONDS = 2


def main() -> None:
    """Open the graph, shut every door, then answer a line for a line."""
    limits: dict[str, float] = json.loads(sys.argv[2])
    try:
        store = _open_store(Path(sys.argv[1]))
    except KgError as error:
        _write({"error": str(error)})
        return
    _shut_doors(int(limits["memory_mib"]) * _MIB)
    _write({"ready": True})
    for line in sys.stdin.buffer:
        _limit_time(limits["seconds"])
        try:
            answer = _answer(store, json.loads(line), limits)
        except KgError as error:
            answer = {"error": str(error)}
        except (MemoryError, OSError, RuntimeError) as error:
            answer = {"error": f"stopped: {str(error) or 'out of memory'}"}
        _write(answer)


def _open_store(source: Path) -> ox.Store:
    if source.is_dir():
        from kg.graph.store import open_for_reading

        return open_for_reading(source)
    store = ox.Store()
    store.bulk_load(path=str(source), format=ox.RdfFormat.N_QUADS)
    return store


def _answer(store: ox.Store, request: dict[str, Any], limits: dict[str, float]) -> dict[str, object]:
    check_query(request["text"])
    query = parse_query(request["name"], request["text"])
    answer = evaluate(store, bind_words(store, query, request["values"]))
    most = int(limits["rows"])
    rows: list[list[list[str] | None]] = []
    size = 0
    for row in islice(read_rows(answer), most + 1):
        rows.append([None if c is None else [c.value, c.kind, c.datatype, c.language] for c in row])
        size += sum(len(cell.value) for cell in row if cell)
        if len(rows) > most:
            raise QueryError(f"more than {most:,} rows. Add LIMIT, or ask for more rows")
        if size > limits["answer_mib"] * _MIB:
            raise QueryError(f"an answer of more than {limits['answer_mib']:g} MiB. Add LIMIT, or choose fewer columns")
    return {"columns": find_columns(answer), "rows": rows}


def _shut_doors(memory_bytes: int) -> None:
    """No more than this memory beside what is in use, and no new file or socket from here on."""
    in_use = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (in_use + memory_bytes, in_use + memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    highest = os.open(os.devnull, os.O_RDONLY)
    taken = max(int(name) for name in os.listdir("/proc/self/fd"))
    while highest < taken:
        highest = os.dup(0)
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, highest + 1))


def _limit_time(seconds: float) -> None:
    """A bound for the case that the asking process is gone; the engine may use several threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + (seconds + _GRACE_SECONDS) * (os.cpu_count() or 1)) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _write(answer: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
