"""The components of the page: each is a Vue template with its data and the events that it sends.

Templates draw SVG that changes in place; text is always inserted as text, never as HTML.
"""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

import solara


def _component(template: str, data: str, events: str) -> Callable[..., Any]:
    """Make a component; Solara reads its arguments off the signature of a function."""

    def component() -> None: ...

    names = [*data.split(), *(f"event_{event}" for event in events.split())]
    parameters = [Parameter(name, Parameter.KEYWORD_ONLY) for name in names]
    declared: Any = component
    declared.__name__, declared.__signature__ = template, Signature(parameters)
    made: Callable[..., Any] = solara.component_vue(f"templates/{template}.vue", vuetify=False)(
        declared
    )
    return made


Address = _component("address", "address", "link")
"""The state in the address; sends what an address says."""
Delivery = _component("delivery", "delivered", "")
"""A file for the visitor's browser to save."""
Connection = _component("connection", "server", "")
"""A banner while the server does not answer."""
Heading = _component("heading", "state", "step jump reset dismiss tour back forward")
"""Title, question, week and messages; play, step, reset."""
Controls = _component(
    "controls",
    "part settings choices",
    "save preset file change undo seed draw explore two edit arm",
)
"""Scenario, random seed, worlds, and every parameter."""
Changes = _component("changes", "worlds", "revert")
"""What was changed in each world, each with its undo."""
Saving = _component("saving", "note facts", "whole weeks")
"""Pictures, tables, the story and the page as files."""
Tour = _component("tour", "stop", "go close")
"""One stop of the guided tour, or the offer of it."""
Network = _component("network", "title has_legend diagram state chosen can_choose", "choose")
"""Agencies, ties, staff and leavers."""
TheoryDiagram = _component("theory", "title diagram state", "switch window seen")
"""The causal diagram of the theory."""
Outcomes = _component("outcomes", "outcomes courses choices", "replicates")
"""Headline outcomes over replicates, and their courses by week since release."""
Levers = _component("levers", "choices curve ranking", "outcome explore rank")
"""One lever's effect over its range; levers and themes ranked."""
Charts = _component("charts", "charts exits worlds group drawn", "")
"""Lines over the weeks, and exits by cause; ``drawn`` counts the redraws."""
Finder = _component("finder", "finder asked two", "find choose")
"""Leavers by need, practitioner and exit cause."""
Story = _component("story", "story differing leavers worlds refusals", "choose")
"""The leavers whose exit differs, and one leaver's story."""
