"""The model in Mesa's ``SolaraViz``: the network as a component, levers as model parameters."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import solara
from ipywidgets import Widget
from mesa.visualization import SolaraViz, make_plot_component
from mesa.visualization.utils import force_update
from playwright.sync_api import Browser, expect

from engager_sim.browser.solara_viz_component import AgencyNetwork, LeverModel, lever_params
from engager_sim.errors import EngagerError
from engager_sim.mesa_model import EngagerModel
from engager_sim.scenarios.changes import changed
from engager_sim.theory import parameters
from engager_sim.theory.declaration import Role
from tests.browser.driven_page import PageComplaints
from tests.week.worlds import small_trial


def descendants(widget: object) -> Iterator[Widget]:
    """Yield a widget and all widgets inside it."""
    if isinstance(widget, Widget):
        yield widget
        for name in ("children", "items"):
            for child in getattr(widget, name, None) or ():
                yield from descendants(child)


def test_solara_viz_draws_the_network_and_redraws_it_as_the_model_steps() -> None:
    model = EngagerModel(small_trial(20), rng=1)
    root, rendered = solara.render(
        SolaraViz(
            model,
            components=[(AgencyNetwork, 0), make_plot_component("trust", backend="altair")],
            model_params={"scenario": small_trial(20), "rng": 1},
        ),
        handle_error=False,
    )
    (network,) = (widget for widget in descendants(root) if widget.has_trait("has_legend"))
    before = network.state
    assert len(before["x"]) == len(model.men)
    model.run_for(30)
    force_update()
    assert network.state["statuses"] != before["statuses"]
    rendered.close()


def test_a_model_with_levers_is_that_of_the_changed_scenario() -> None:
    service = small_trial(20)
    model = LeverModel(service, rng=4, supervision__interval=1.0, supervision__mode="shared")
    changes = {"programme.supervision.interval": 1.0, "programme.supervision.mode": "shared"}
    expected = EngagerModel(changed(service, changes), rng=4)
    for each in (model, expected):
        each.run_for(40)
    assert model.world.leavers.tobytes() == expected.world.leavers.tobytes()
    with pytest.raises(EngagerError, match="interval"):
        LeverModel(service, supervision__intervals=1.0)


def test_every_lever_is_a_model_parameter_with_its_value_and_range() -> None:
    service = small_trial(20)
    params = lever_params(service)
    levers = [parameter for parameter in parameters() if parameter.role is Role.LEVER]
    assert {*params} == {"scenario", "rng"} | {lever.path.replace(".", "__") for lever in levers}
    interval = params["supervision__interval"]
    declared = next(lever for lever in levers if lever.path == "supervision.interval")
    assert (interval.min, interval.max) == (declared.low, declared.high)
    assert interval.value == service.theories()["supervision"]["interval"][0]
    assert {*lever_params(service, "peers")} == {
        "scenario",
        "rng",
        "peers__hours",
        "peers__support",
    }
    values = {name: getattr(each, "value", None) for name, each in params.items()}
    assert LeverModel(service, rng=1, supervision__interval=values["supervision__interval"])


@contextmanager
def shown_example() -> Iterator[str]:
    """Serve the example as its document says; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    example = Path(__file__).parents[2] / "experiments" / "solara_viz.py"
    command = [sys.executable, "-m", "solara", "run", str(example), "--port", str(port)]
    options = ["--host", "127.0.0.1", "--no-open", "--production"]
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.DEVNULL, env=os.environ
    ) as server:
        try:
            for _ in range(600):
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1.0):
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def test_the_example_of_ten_lines_plays_in_mesas_own_frame_without_a_network(
    browser: Browser,
) -> None:
    with shown_example() as address:
        page = browser.new_page(viewport={"width": 1400, "height": 1200})
        complaints = PageComplaints(page, address)
        page.goto(address)
        expect(page.locator(".es-network svg").first).to_be_visible(timeout=60_000)
        expect(page.get_by_text("supervision: interval")).to_be_visible()
        expect(page.get_by_text("Play Interval (ms)")).to_be_visible()
        expect(page.get_by_text("Use Threads").first).to_be_visible()
        page.get_by_role("button", name="Step").click()
        expect(page.get_by_text("Time: 1.0")).to_be_visible(timeout=20_000)
        expect(page.locator("img").first).to_be_visible(timeout=20_000)  # Mesa's own plot
        page.close()
        assert complaints.texts == []
