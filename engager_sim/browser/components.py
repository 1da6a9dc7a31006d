"""The components of the page: each is a Vue template with its data and its event handlers.

Templates draw SVG that changes in place; text is always inserted as text, never as HTML.
"""

from collections.abc import Callable
from typing import Any

import solara

type Handler = Callable[[Any], None]
type Data = dict[str, Any]


@solara.component_vue("templates/heading.vue", vuetify=False)
def Heading(
    state: Data,
    event_step: Handler,
    event_jump: Handler,
    event_reset: Handler,
    event_dismiss: Handler,
    event_tour: Handler,
) -> None:
    """Show title, question, week and messages; play, step, reset."""


@solara.component_vue("templates/controls.vue", vuetify=False)
def Controls(
    settings: Data,
    choices: Data,
    event_preset: Handler,
    event_file: Handler,
    event_change: Handler,
    event_undo: Handler,
    event_seed: Handler,
    event_two: Handler,
    event_edit: Handler,
    event_arm: Handler,
) -> None:
    """Show scenario, random seed, worlds, and every parameter."""


@solara.component_vue("templates/tour.vue", vuetify=False)
def Tour(stop: Data | None, event_go: Handler, event_close: Handler) -> None:
    """Show one stop of the guided tour, or offer it."""


@solara.component_vue("templates/network.vue", vuetify=False)
def Network(
    title: str,
    has_legend: bool,
    diagram: Data,
    state: Data,
    chosen: int | None,
    can_choose: bool,
    event_choose: Handler,
) -> None:
    """Draw agencies, ties, staff and leavers."""


@solara.component_vue("templates/theory.vue", vuetify=False)
def TheoryDiagram(title: str, diagram: Data, state: Data, event_switch: Handler) -> None:
    """Draw the causal diagram of the theory."""


@solara.component_vue("templates/charts.vue", vuetify=False)
def Charts(
    charts: list[Data], exits: list[Data], worlds: list[str], group: str, drawn: int
) -> None:
    """Draw lines over the weeks, and exits by cause; ``drawn`` counts the redraws."""


@solara.component_vue("templates/story.vue", vuetify=False)
def Story(
    story: Data | None,
    differing: list[Data] | None,
    leavers: int,
    worlds: list[str],
    refusals: int,
    event_choose: Handler,
) -> None:
    """List the leavers whose exit differs, and tell one leaver's story."""
