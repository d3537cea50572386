"""What a request is refused with."""

from kg.model.errors import QueryError


class HttpError(QueryError):
    """A request that gets no answer; the text is meant for the person who sent it.

    status: the HTTP status; headers: further headers of the response.
    """

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.headers = status, headers or {}
