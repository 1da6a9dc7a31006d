"""The network and Mesa's own charts stand in Mesa's own frame."""

from collections.abc import Iterator

import solara
from ipywidgets import Widget
from mesa.visualization import SolaraViz, make_plot_component
from mesa.visualization.utils import force_update

from engager_sim.browser.in_solara_viz import AgencyNetwork
from engager_sim.mesa_model import EngagerModel
from tests.week.worlds import small_trial


def all_within(widget: object) -> Iterator[Widget]:
    """Yield a widget and everything in it."""
    if isinstance(widget, Widget):
        yield widget
        for name in ("children", "items"):
            for inside in getattr(widget, name, None) or ():
                yield from all_within(inside)


def test_solara_viz_draws_the_network_and_redraws_it_as_the_model_steps() -> None:
    model = EngagerModel(small_trial(20), rng=1)
    drawn, rendered = solara.render(
        SolaraViz(
            model,
            components=[(AgencyNetwork, 0), make_plot_component("trust", backend="altair")],
            model_params={"scenario": small_trial(20), "rng": 1},
        ),
        handle_error=False,
    )
    (network,) = (each for each in all_within(drawn) if each.has_trait("explained"))
    before = network.state
    assert len(before["x"]) == len(model.men)
    model.run_for(30)
    force_update()
    assert network.state["stands"] != before["stands"]
    rendered.close()
