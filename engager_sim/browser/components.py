"""The parts of the page: each a template in Vue, given data and telling what was wished for.

Templates draw SVG that changes in place; text is always inserted as text, never as HTML.
"""

from collections.abc import Callable
from typing import Any

import solara

type Wish = Callable[[Any], None]
type Data = dict[str, Any]


@solara.component_vue("templates/heading.vue", vuetify=False)
def Heading(
    state: Data,
    event_step: Wish,
    event_jump: Wish,
    event_reset: Wish,
    event_dismiss: Wish,
    event_tour: Wish,
) -> None:
    """Show title, question, week and messages; play, step, reset."""


@solara.component_vue("templates/controls.vue", vuetify=False)
def Controls(
    settings: Data,
    choices: Data,
    event_preset: Wish,
    event_file: Wish,
    event_change: Wish,
    event_undo: Wish,
    event_seed: Wish,
    event_two: Wish,
    event_edit: Wish,
    event_arm: Wish,
) -> None:
    """Show scenario, seed, worlds, and every parameter."""


@solara.component_vue("templates/tour.vue", vuetify=False)
def Tour(stop: Data | None, event_go: Wish, event_close: Wish) -> None:
    """Show one step of the guided tour, or offer it."""


@solara.component_vue("templates/network.vue", vuetify=False)
def Network(
    title: str,
    explained: bool,
    places: Data,
    state: Data,
    chosen: int | None,
    can_choose: bool,
    event_choose: Wish,
) -> None:
    """Draw agencies, ties, staff and men; ``explained``, with a legend."""


@solara.component_vue("templates/theory.vue", vuetify=False)
def TheoryMap(title: str, places: Data, state: Data, event_switch: Wish) -> None:
    """Draw the theory as a living diagram."""


@solara.component_vue("templates/charts.vue", vuetify=False)
def Charts(
    charts: list[Data], exits: list[Data], worlds: list[str], whose: str, drawn: int
) -> None:
    """Draw lines over the weeks, and exits by cause; ``drawn`` counts the pictures so far."""


@solara.component_vue("templates/story.vue", vuetify=False)
def Story(
    story: Data | None,
    fates: list[Data] | None,
    men: int,
    worlds: list[str],
    refusals: int,
    event_choose: Wish,
) -> None:
    """List the men whose fate differs, and tell one man's story."""
