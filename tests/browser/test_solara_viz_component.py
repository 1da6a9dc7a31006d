"""The network as a component of Mesa's ``SolaraViz``."""

from collections.abc import Iterator

import solara
from ipywidgets import Widget
from mesa.visualization import SolaraViz, make_plot_component
from mesa.visualization.utils import force_update

from engager_sim.browser.solara_viz_component import AgencyNetwork
from engager_sim.mesa_model import EngagerModel
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
