"""What a job gives back to the server: a status, a type and the bytes, on one connection."""

import json
from dataclasses import dataclass, field

TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """The response to a request. media: its Content-Type."""

    body: bytes
    media: str = TEXT
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """The answer as bytes: a line of JSON, then the body."""
        head = {"status": self.status, "media": self.media, "headers": self.headers, "bytes": len(self.body)}
        return json.dumps(head).encode() + b"\n" + self.body

    @classmethod
    def decode(cls, content: bytes) -> "Answer":
        """The answer in the bytes. Raises EOFError if they are not all there."""
        line, _, body = content.partition(b"\n")
        if not line:
            raise EOFError
        head = json.loads(line)
        if len(body) != head["bytes"]:
            raise EOFError
        return cls(body, head["media"], head["status"], head["headers"])
