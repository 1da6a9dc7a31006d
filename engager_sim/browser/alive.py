"""An address that says which server answers, so that the page notices when none does.

A page of a server that was stopped keeps its picture and its buttons, and the connection that
Solara keeps may take minutes to be given up.
"""

import secrets

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

ALIVE = "/alive"
PROCESS = secrets.token_hex(8)
"""Tells this process of the server from every other."""


class Alive:
    """Solara's application behind an address that answers with :data:`PROCESS`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer which process this is, or pass the request on."""
        app = self.app
        if scope["type"] == "http" and scope["path"] == ALIVE:
            app = PlainTextResponse(PROCESS, headers={"Cache-Control": "no-store"})
        await app(scope, receive, send)
