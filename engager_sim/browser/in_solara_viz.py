"""The network for Mesa's own frame: a component for ``SolaraViz``.

In a notebook, or in an application of your own::

    from mesa.visualization import SolaraViz, make_plot_component
    from engager_sim import EngagerModel
    from engager_sim.browser.in_solara_viz import AgencyNetwork

    SolaraViz(
        EngagerModel("engager_trial", rng=1),
        components=[(AgencyNetwork, 0), make_plot_component("trust", backend="altair")],
        model_params={"scenario": "engager_trial", "rng": 1},
    )
"""

from typing import Any

import solara

from engager_sim.browser import components
from engager_sim.browser.network_view import network_places, network_state
from engager_sim.browser.places import places_of
from engager_sim.mesa_model import EngagerModel


@solara.component
def _Drawn(model: EngagerModel, week: int) -> None:  # noqa: ARG001 - a new week is a new picture
    places = solara.use_memo(lambda: places_of(model.setting, model.world), [model])
    fixed = solara.use_memo(lambda: network_places(model, places), [model])
    components.Network(
        title=model.plan.scenario.replace("_", " "),
        explained=True,
        places=fixed,
        state=network_state(model, places, set()),
        chosen=None,
        can_choose=False,
        event_choose=lambda _: None,
    )


def AgencyNetwork(model: EngagerModel) -> Any:
    """Draw agencies, ties, staff and men of a model as it stands."""
    return _Drawn(model, model.week)
