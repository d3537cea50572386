"""The process that reads untrusted files: `python -m kg.readers.worker MEGABYTES`.

One request a line on standard input, one answer a line on standard output, both JSON. It limits its own memory and,
for each file, its own CPU time. Whatever a parser throws or does ends at most this process.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any, TextIO

from kg.model import ReadError
from kg.readers import read_document
from kg.readers.records import to_record


def main(megabytes: int) -> None:
    """Answer requests until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, megabytes * 1_000_000))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Libraries that print must not write into the answers.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers, open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        for line in sys.stdin:
            _answer(json.loads(line), answers, megabytes)


def _answer(request: dict[str, Any], answers: TextIO, megabytes: int) -> None:
    _limit_time(request["seconds"])
    name = Path(request["path"]).name
    try:
        answer = _read(request)
    except ReadError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": f"{name}: needs more than {megabytes} MB to read; split it"}
    except RecursionError:
        answer = {"error": f"{name}: nested too deep to read"}
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _read(request: dict[str, Any]) -> dict[str, Any]:
    """What was asked for: one document, a folder as one, or the records of a bibliography."""
    path = Path(request["path"])
    if request["what"] == "bibliography":
        from kg.readers.bibliography import read_works

        documents, problems, attachments = read_works(path, file=request["file"])
        records = [to_record(document) for document in documents]
        return {"documents": records, "problems": list(problems), "attachments": attachments}
    if request["what"] == "diagnosis":
        from kg.readers.diagnosis import read_with_notes

        document, notes = read_with_notes(path)
        return {"documents": [to_record(document)], "notes": notes}
    if request["what"] == "folder":
        from kg.readers.folder import read_folder_as_one

        return {"documents": [to_record(read_folder_as_one(path, file=request["file"], kind=request["kind"]))]}
    return {"documents": [to_record(read_document(path, file=request["file"], kind=request["kind"]))]}


def _limit_time(seconds: float) -> None:
    """End this process when it has used so many more CPU seconds."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + int(seconds) + 1, hard))


if __name__ == "__main__":
    main(int(sys.argv[1]))
