"""The network and Mesa's own charts stand in Mesa's own frame."""

import ipyvuetify
import solara
from mesa.visualization import SolaraViz, make_plot_component

from engager_sim.browser.in_solara_viz import AgencyNetwork
from engager_sim.mesa_model import EngagerModel
from tests.week.worlds import small_trial


def test_solara_viz_takes_the_model_and_the_network() -> None:
    model = EngagerModel(small_trial(20), rng=1)
    drawn, found = solara.render(
        SolaraViz(
            model,
            components=[(AgencyNetwork, 0), make_plot_component("trust", backend="altair")],
            model_params={"scenario": small_trial(20), "rng": 1},
        ),
        handle_error=False,
    )
    buttons = [each for each in found.find(ipyvuetify.Btn).widgets if "Step" in each.children]
    assert len(buttons) == 1
    buttons[0].click()
    assert model.week == 1
    found.find(ipyvuetify.Btn)
    del drawn
    found.close()
