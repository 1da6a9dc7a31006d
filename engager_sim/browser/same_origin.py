"""The same-origin policy, held by the server: only its own page may use it.

A browser lets every page of the web send requests to 127.0.0.1 and open WebSockets there, and
whoever owns a name can make it lead there (DNS rebinding). So a request must name this server as
its host, and what a page's script sends must come from a page of that host.
"""

import re
import secrets
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HOST_NAME = r"\[[0-9a-f:.]+\]|[a-z0-9_.-]+"
STATISTICS = "/resourcez"
"""Where Solara tells whoever asks about its process and this machine."""

PAGES = ("/_solara/api/close/", "/jupyter/api/kernels/")
"""Where Solara looks for the page that a request names, whether it names one or not."""

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "connect-src 'self' blob:; img-src 'self' data:; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' blob: 'unsafe-eval' 'nonce-{nonce}'"
)
"""Vue compiles the page's templates in the browser, which takes ``unsafe-eval`` and ``blob:``, and
writes styles into the page. Scripts within a page's text need the nonce that each answer draws."""


class SameOrigin:
    """Solara's application behind checks of every request's host and origin.

    Parameters
    ----------
    app : ASGI application
        Solara's, where it is not compressed yet.
    allowed_hosts : iterable of str
        Names of this server besides those of the loopback.
    """

    def __init__(self, app: ASGIApp, allowed_hosts: Iterable[str]) -> None:
        self.app = app
        names = {*LOOPBACK, *(name.lower() for name in allowed_hosts)}
        self.host = re.compile(f"({'|'.join(re.escape(name) for name in names)})(:[0-9]+)?")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or answer it with headers that keep other pages away."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        nonce, is_page, has_begun = secrets.token_urlsafe(16), False, False

        async def send_guarded(message: Message) -> None:
            nonlocal is_page, has_begun
            has_begun = True
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS | {"Content-Security-Policy": POLICY.format(nonce=nonce)})
                is_page = headers.get("content-type", "").startswith("text/html")
                if is_page:
                    del headers["content-length"]
            elif is_page:
                message["body"] = message["body"].replace(
                    b"<script", f'<script nonce="{nonce}"'.encode()
                )
            await send(message)

        try:
            await (self._refusal(scope) or self.app)(scope, receive, send_guarded)
        except KeyError:
            if has_begun or not scope["path"].startswith(PAGES):
                raise
            refusal = _refused(404, "This names no page that is open.")
            await refusal(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        host = ",".join(hosts).lower()  # two are no host
        if not self.host.fullmatch(host):
            return _refused(
                403, "This host is not the page's; see engager-sim browse --allow-host."
            )
        if any(origin.lower() not in (f"http://{host}", f"https://{host}") for origin in origins):
            return _refused(403, "Only the page itself may ask this.")
        if scope["path"] == STATISTICS:
            return _refused(403, "This is not told.")
        return _refused(400, "This is no path.") if "\0" in scope["path"] else None


def _refused(status: int, reason: str) -> PlainTextResponse:
    return PlainTextResponse(f"{reason}\n", status_code=status)
