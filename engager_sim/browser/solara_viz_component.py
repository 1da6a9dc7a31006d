"""A model in Mesa's ``SolaraViz``: the network as a component, levers as model parameters.

``experiments/solara_viz.py`` is a whole application of ten lines.
"""

import os
from collections.abc import Collection, Mapping
from typing import Any

import solara
from mesa.visualization import Slider

from engager_sim.browser import components
from engager_sim.browser.controls import slider_step
from engager_sim.browser.ensemble.lever_effects import lever_label
from engager_sim.browser.network_layout import lay_out_network
from engager_sim.browser.network_view import network_diagram, network_state
from engager_sim.mesa_model import EngagerModel
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value, declared, named_values
from engager_sim.theory.declaration import Parameter, Role
from engager_sim.world.records import ARMS, PROGRAMME


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


@solara.component
def SideBySide(items: list[Any], **_: Any) -> None:
    """Lay components out side by side, as many as there is room for."""
    # Solara's drawer of 400 pixels lies over what is beside it where the window is wide.
    style = "display: grid; gap: 16px; padding: 16px 16px 16px clamp(16px, 100vw - 784px, 416px); "
    style += "grid-template-columns: repeat(auto-fit, minmax(min(100%, 560px), 1fr))"
    with solara.Div(style=style):
        for item in items:
            solara.Div(children=[item])


# The grid in which SolaraViz puts its components loads a library for Vue 2. Under ipyvue 3, which
# brings Vue 3, it stays empty ("GlobalVue.use is not a function", Solara 1.58 and 1.64).
solara.GridDraggable = SideBySide


class LeverModel(EngagerModel):
    """A scenario whose levers are arguments, as ``SolaraViz`` needs them to rebuild a model.

    Parameters
    ----------
    scenario : str, path or Scenario
        As for :class:`~engager_sim.mesa_model.EngagerModel`.
    rng : int
        The random seed.
    **levers : float, int, bool or str
        The programme's levers by theme and name, ``supervision__interval``; others stay as in the
        scenario.

    Raises
    ------
    UsageError
        If there is no such lever, or it cannot have this value.
    """

    def __init__(
        self,
        scenario: str | os.PathLike[str] | Scenario = "engager_trial",
        rng: int = 1,
        **levers: Value,
    ) -> None:
        loaded = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
        programme = ARMS[PROGRAMME]
        changes = {f"{programme}.{name.replace('__', '.')}": levers[name] for name in levers}
        super().__init__(changed(loaded, changes) if changes else loaded, rng)


def lever_params(
    scenario: str | os.PathLike[str] | Scenario = "engager_trial", *themes: str
) -> dict[str, Any]:
    """Make ``SolaraViz``'s model parameters: a slider, list or box per lever, as it is declared.

    Parameters
    ----------
    *themes : str
        Whose levers; of all themes unless named.
    """
    loaded = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    values = named_values(loaded.theories())[ARMS[PROGRAMME]]
    inputs = {
        parameter.path.replace(".", "__"): _input(parameter, values[theme][parameter.name])
        for theme, parameters in declared().items()
        for parameter in parameters.values()
        if parameter.role is Role.LEVER and (theme in themes or not themes)
    }
    return {"scenario": loaded, "rng": 1} | inputs


def _input(parameter: Parameter, value: Value) -> Any:
    label = lever_label(parameter)
    if parameter.kind == "category":
        return {"type": "Select", "label": label, "value": value, "values": [*parameter.choices]}
    if parameter.kind == "on/off":
        return {"type": "Checkbox", "label": label, "value": value}
    return Slider(label, value, parameter.low, parameter.high, slider_step(parameter))
