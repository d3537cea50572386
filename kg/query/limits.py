"""What one query may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: seconds of time, MiB of memory beside the graph's own, rows, MiB of answer."""

    seconds: float = 30.0
    memory_mib: int = 2048
    rows: int = 100_000
    answer_mib: int = 64
