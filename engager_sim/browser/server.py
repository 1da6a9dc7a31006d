"""The server of the page: on this machine alone, without any connection elsewhere."""

import os
import re
import socket
import threading
import time
import warnings
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engager_sim.browser.alive import Alive
from engager_sim.browser.initial_visit import REPLICATES, begin_visits_with
from engager_sim.browser.same_origin import HOST_NAME, SameOrigin
from engager_sim.errors import UsageError
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.toml_file import MOST_BYTES

HOST = "127.0.0.1"
CLOSED_ADDRESS = "http://127.0.0.1:9/"
"""Address for assets that Solara's own package lacks: a port on which nothing listens."""

SOLARA_SETTINGS = {
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_ASSETS_CDN": CLOSED_ADDRESS,
    "SOLARA_MODE": "production",
    "SOLARA_SESSION_HTTPS_ONLY": "false",
    "SOLARA_KERNEL_CULL_TIMEOUT": "2m",
    "SOLARA_THEME_TITLE": "engager_sim",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_FORCE_REFRESH": "true",  # where a visit is gone, its address has it
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_ROOT_PATH": "",
}
"""Environment variables that Solara reads when it is imported."""


def serve(
    scenario: Scenario,
    port: int,
    open_browser: bool,
    allowed_hosts: Sequence[str] = (),
    replicates: int = REPLICATES[0],
) -> None:
    """Serve the page until it is interrupted.

    Parameters
    ----------
    scenario : Scenario
        The scenario with which a visit begins.
    port : int
        Port on 127.0.0.1; 0 for any that is free.
    open_browser : bool
        Whether to open the page in the visitor's browser.
    allowed_hosts : sequence of str
        Names, besides those of the loopback, under which it may be asked for.
    replicates : int
        How many replicates it makes of every world, beside the one that is watched.

    Raises
    ------
    UsageError
        If the port is taken or may not be used, or a name is none.
    """
    for name in allowed_hosts:
        if not re.fullmatch(HOST_NAME, name.lower()):
            raise UsageError(
                "this is not the name of a host",
                key="allow-host",
                value=name,
                allowed="a name or an address, without http:// and port",
                fix="give for example my-machine.example.org",
            )
    listening = _listen(port)
    os.environ.update(SOLARA_SETTINGS)
    os.environ["SOLARA_APP"] = str(Path(__file__).parent / "page.py")
    # The page is served over plain HTTP to this machine, where its cookies need not be secured.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none")
    import uvicorn
    from solara.server.starlette import app
    from starlette.middleware import Middleware

    address = f"http://{HOST}:{listening.getsockname()[1]}/"
    begin_visits_with(scenario, replicates)
    app.user_middleware.append(Middleware(SameOrigin, allowed_hosts))  # below compression
    app.user_middleware.append(Middleware(Alive))
    config = uvicorn.Config(app, log_level="warning", ws_max_size=2 * MOST_BYTES)
    server = uvicorn.Server(config)
    threading.Thread(target=_announce, args=(server, address, open_browser), daemon=True).start()
    try:
        server.run(sockets=[listening])
    finally:
        listening.close()


def _announce(server: Any, address: str, open_browser: bool) -> None:
    """Print the page's address as soon as it can be visited."""
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.05)
    print(f"The page is at {address} (stop it with Ctrl+C).", flush=True)  # noqa: T201
    if open_browser:
        webbrowser.open(address)


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(
            f"the page cannot be served there ({error})",
            key="port",
            value=port,
            fix="choose another port, or 0 for any that is free",
        ) from None
    return listening
