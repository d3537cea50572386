"""Headers that every response carries: what a page may do, and which other pages may read it."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Pages hold no script and fetch nothing but their own style sheet.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The editor runs the server's own scripts, asks the server, and styles what it draws.
EDITOR_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SAFETY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
    "Access-Control-Max-Age": "86400",
}


class AddHeaders:
    """Adds them, and answers preflight requests (CORS). origins: "*" for every page, "" for none, else one origin."""

    def __init__(self, app: ASGIApp, origins: str) -> None:
        self._app, self._origins = app, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with the headers added to its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        shared = self._share()

        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({name: value for name, value in SAFETY.items() if name not in headers} | shared)
                headers.add_vary_header("Accept")
            await send(message)

        asked = Headers(scope=scope)
        if scope["method"] == "OPTIONS":
            preflight = _PREFLIGHT if shared and "access-control-request-method" in asked else {}
            response = Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS", **preflight})
            await response(scope, receive, send_more)
            return
        await self._app(scope, receive, send_more)

    def _share(self) -> dict[str, str]:
        if not self._origins:
            return {}
        more = {} if self._origins == "*" else {"Vary": "Origin"}
        return {"Access-Control-Allow-Origin": self._origins, **more}
