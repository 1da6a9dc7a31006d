"""The server of the page: on this machine alone, and stopped by Ctrl+C."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser

from engager_sim.browser.server import HOST
from tests.command_line.command import INTERRUPTED, engager_sim, one_message

AUDITED_SERVER = """
import sys

def audit(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        print("connects to", arguments[1][0], flush=True)
    elif event == "socket.getaddrinfo":
        print("connects to", arguments[0], flush=True)

sys.addaudithook(audit)
sys.argv = ["engager-sim", "browse", "--no-open", "--port", "0"]
from engager_sim.command_line.main import main
main()
"""
HERE = {HOST, "localhost", "::1", "None"}


@contextmanager
def audited_server() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve the page from a process that prints every address it connects to."""
    server = subprocess.Popen(
        [sys.executable, "-c", AUDITED_SERVER],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert server.stdout is not None
    try:
        line = next(line for line in server.stdout if "http://" in line)
        yield server, next(word for word in line.split() if word.startswith("http://"))
    finally:
        server.kill()
        server.communicate()


def test_it_connects_to_this_machine_only_and_stops_with_an_interrupt(browser: Browser) -> None:
    with audited_server() as (server, address):
        page = browser.new_page()
        page.goto(f"{address}#week=0")
        page.wait_for_selector(".es-network svg")
        page.get_by_role("button", name="Step a week").click()
        page.wait_for_function("document.querySelector('.es-week output').innerText === '1'")
        page.close()
        server.send_signal(signal.SIGINT)
        output, errors = server.communicate(timeout=60)
    connections = [line for line in output.splitlines() if line.startswith("connects to")]
    assert {line.split()[2] for line in connections} <= HERE
    assert server.returncode == INTERRUPTED
    assert "Traceback" not in errors
    assert address.startswith(f"http://{HOST}:")


def test_a_port_that_is_taken_is_refused_before_anything_is_served() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        message = one_message(engager_sim("browse", "--no-open", "--port", port))
    assert f"found {port}" in message
    assert "choose another port" in message


@pytest.mark.parametrize("scenario", ["nowhere.toml", "engager_trail"])
def test_a_scenario_that_cannot_be_used_is_refused_before_anything_is_served(scenario: str) -> None:
    message = one_message(engager_sim("browse", scenario, "--no-open", "--port", 0))
    assert scenario in message
