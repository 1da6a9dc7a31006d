"""The network of a model as a component: of the page, and for Mesa's ``SolaraViz``.

In a notebook, or in an application of your own::

    from mesa.visualization import SolaraViz, make_plot_component
    from engager_sim import EngagerModel
    from engager_sim.browser.solara_viz_component import AgencyNetwork

    SolaraViz(
        EngagerModel("engager_trial", rng=1),
        components=[(AgencyNetwork, 0), make_plot_component("trust", backend="altair")],
        model_params={"scenario": "engager_trial", "rng": 1},
    )
"""

from collections.abc import Collection, Mapping
from typing import Any

import solara

from engager_sim.browser import components
from engager_sim.browser.network_layout import lay_out_network
from engager_sim.browser.network_view import network_diagram, network_state
from engager_sim.mesa_model import EngagerModel


@solara.component
def NetworkOfModel(
    model: EngagerModel,
    drawn: int,  # noqa: ARG001 - a new number redraws it
    title: str,
    has_legend: bool = True,
    differing: Collection[int] = (),
    arm: int | None = None,
    chosen: int | None = None,
    events: Mapping[str, Any] | None = None,
) -> None:
    """Draw the network of a model; a leaver can be chosen where that event is handled."""
    layout = solara.use_memo(lambda: lay_out_network(model.setting, model.world), [model])
    diagram = solara.use_memo(lambda: network_diagram(model, layout), [model])
    components.Network(
        title=title,
        has_legend=has_legend,
        diagram=diagram,
        state=network_state(model, layout, differing, arm),
        chosen=chosen,
        can_choose=events is not None,
        **(events or {}),
    )


def AgencyNetwork(model: EngagerModel) -> Any:
    """Draw agencies, ties, staff and leavers of a model in its current week."""
    return NetworkOfModel(model, model.week, model.plan.scenario.replace("_", " "))
