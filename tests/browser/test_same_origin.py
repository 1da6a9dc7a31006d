"""The server answers its own page, and no other page that a browser happens to show."""

import asyncio
import http.client
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from engager_sim.browser.same_origin import SameOrigin
from tests.browser.driven_page import CHROMIUM, CHROMIUM_OPTIONS, OTHER_NAME
from tests.command_line.command import engager_sim, one_message

SOCKET = "/jupyter/api/kernels/some/channels?session_id=other"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
OPEN_SOCKET = """address => new Promise(resolve => {
    const socket = new WebSocket(address);
    socket.onopen = () => { socket.close(); resolve("opened"); };
    socket.onerror = () => resolve("refused");
})"""
FETCH = "address => fetch(address).then(() => 'read', () => 'refused')"
EMBED = """address => new Promise(resolve => {
    const frame = document.createElement("iframe");
    frame.onload = () => resolve(frame.contentDocument === null ? "not shown" : "empty");
    frame.src = address;
    document.body.append(frame);
})"""
INJECT = """() => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.body.append(script);
    return window.injected === true;
}"""


def answer(
    address: str, path: str, host: str | None, origin: str | None = None, socket: bool = False,
    method: str = "GET",
) -> http.client.HTTPResponse:  # fmt: skip
    """Ask the server for a path as no browser would."""
    connection = http.client.HTTPConnection(str(urlsplit(address).netloc), timeout=30)
    connection.putrequest(method, path, skip_host=True)
    headers = {"Host": host, "Origin": origin, **(UPGRADE if socket else {})}
    for name, value in headers.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    connection.close()
    return response


def port_of(address: str) -> int:
    port = urlsplit(address).port
    assert port is not None
    return port


@pytest.fixture
def other_page(browser: Browser) -> Iterator[Page]:
    """Visit a page of another origin."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>other</title><body>")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield page
        page.close()
        server.shutdown()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", OTHER_NAME])
@pytest.mark.parametrize("port", ["", ":{port}", ":1"])
def test_names_of_this_machine_are_answered(address: str, name: str, port: str) -> None:
    host = name + port.format(port=port_of(address))
    assert answer(address, "/", host).status == 200
    assert answer(address, SOCKET, host, f"http://{host}", socket=True).status == 101


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8765",
        "localhost:80@evil.example",
        "localhost.",
        "[::1",
        "127.0.0.1:x",
        "0.0.0.0",
        "",
    ],
)
@pytest.mark.parametrize("socket", [False, True])
def test_other_hosts_are_refused(address: str, host: str, socket: bool) -> None:
    path = SOCKET if socket else "/"
    assert answer(address, path, host, f"http://{host}", socket).status in (400, 403)


def test_a_request_without_a_host_is_refused(address: str) -> None:
    assert answer(address, "/", None).status in (400, 403)


@pytest.mark.parametrize("hosts", [("127.0.0.1", "evil.example"), ("127.0.0.1", "127.0.0.1")])
def test_a_request_with_two_hosts_is_refused(hosts: tuple[str, ...]) -> None:
    async def home(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("home")(scope, receive, send)

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    headers = [(b"host", host.encode()) for host in hosts]
    scope = {"type": "http", "method": "GET", "path": "/", "headers": headers}
    with ThreadPoolExecutor(1) as own_loop:  # the driver of the page may have one in this thread
        own_loop.submit(lambda: asyncio.run(SameOrigin(home, ())(scope, receive, send))).result()
    assert sent[0]["status"] == 403


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "", "http://127.0.0.1:1", "file://", "http://{host}.x"],
)
@pytest.mark.parametrize("path", ["/", SOCKET, "/_solara/api/close/some?session_id=other"])
def test_other_origins_are_refused(address: str, origin: str, path: str) -> None:
    host = str(urlsplit(address).netloc)
    assert answer(address, path, host, origin.format(host=host), path == SOCKET).status == 403
    assert answer(address, path, host, f"http://{host}", path == SOCKET).status != 403


def test_what_names_no_page_that_is_open_is_not_found(address: str, browser: Browser) -> None:
    host, page = str(urlsplit(address).netloc), browser.new_page()
    with page.expect_websocket() as opened:
        page.goto(address)
    page.wait_for_selector(".es-network svg")
    kernel = urlsplit(opened.value.url).path.split("/")[-2]
    for name in ("some", kernel, f"{kernel}?session_id=no-page"):
        assert answer(address, f"/_solara/api/close/{name}", host, method="POST").status == 404
    assert answer(address, SOCKET.partition("?")[0], host, socket=True).status == 404
    page.close()


@pytest.mark.parametrize("path", ["/%00", "/static/%00", "/jupyter/nbextensions/%00"])
def test_a_path_that_no_file_can_have_is_refused(address: str, path: str) -> None:
    assert answer(address, path, str(urlsplit(address).netloc)).status == 400


def test_nothing_is_told_of_the_process(address: str) -> None:
    host = str(urlsplit(address).netloc)
    for path in ("/resourcez", "/resourcez?verbose", "/%72esourcez"):
        assert answer(address, path, host).status == 403


@pytest.mark.parametrize("path", ["/", "/static/main-vuetify.js", "/nowhere", "/resourcez"])
def test_every_answer_keeps_other_pages_away(address: str, path: str) -> None:
    headers = answer(address, path, str(urlsplit(address).netloc)).headers
    policy = str(headers["Content-Security-Policy"])
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_another_page_can_neither_open_a_socket_nor_read_nor_embed_the_page(
    address: str, other_page: Page, page: Page
) -> None:
    socket = f"ws://{urlsplit(address).netloc}{SOCKET}"
    assert page.evaluate(OPEN_SOCKET, socket) == "opened"
    assert page.evaluate(FETCH, address) == "read"
    assert other_page.evaluate(OPEN_SOCKET, socket) == "refused"
    assert other_page.evaluate(FETCH, address) == "refused"
    assert other_page.evaluate(EMBED, address) == "not shown"
    assert not any(frame.url.startswith(address) for frame in other_page.frames)


def test_a_name_that_is_made_to_lead_here_is_refused(address: str, browser: Browser) -> None:
    rule = "--host-resolver-rules=MAP *.example 127.0.0.1"
    with browser.browser_type.launch(
        executable_path=CHROMIUM, args=[*CHROMIUM_OPTIONS, rule]
    ) as rebound:
        page = rebound.new_page()
        answers = [
            page.goto(f"http://{name}:{port_of(address)}/") for name in ("evil.example", OTHER_NAME)
        ]
    assert [response and response.status for response in answers] == [403, 200]


def test_a_script_that_is_put_into_the_page_does_not_run(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector(".es-network svg")
    assert page.evaluate(INJECT) is False
    page.close()


@pytest.mark.parametrize("name", ["http://page.example", "page.example:80", "a b", "", "*"])
def test_what_is_no_name_of_a_host_is_refused(name: str) -> None:
    message = one_message(engager_sim("browse", "--no-open", "--port", 0, "--allow-host", name))
    assert "this is not the name of a host" in message
