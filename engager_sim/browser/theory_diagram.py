"""The data of the theory's causal diagram: nodes, and arrows as thick as their influence."""

import functools
import importlib
from typing import Any, NamedTuple

from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.mesa_model.influences import (
    NODES,
    OUTCOME_NODES,
    Influence,
    full_range,
    measured_states,
)
from engager_sim.theory import THEMES
from engager_sim.week.order import WEEK

MIN_STRENGTH = 0.0003
"""Influences weaker than this share of the full range are not drawn."""
MAX_WIDTH, FULL_STRENGTH = 11.0, 0.04
"""Width of an arrow, in units of the picture, at this strength; below it the width grows with the
square root, so that faint arrows can be seen."""

WIDTH, HEIGHT = 1000.0, 570.0
"""Size of the picture."""
HALF_WIDTH, HALF_HEIGHT = 92.0, 30.0
"""Half the size of a node."""
COORDINATES: dict[str, tuple[float, float]] = {
    "collaboration": (105, 80),
    "supervision": (105, 225),
    "peers": (105, 465),
    "relationship": (355, 150),
    "therapeutic_approach": (355, 340),
    "client_motivation": (605, 65),
    "client_engagement": (605, 215),
    "preparations_for_ending": (605, 365),
    "crises": (885, 65),
    "distress": (885, 165),
    "services": (885, 265),
    "liberty": (885, 365),
    "staying": (885, 465),
}
"""Centre of each node: from left to right agencies, the relationship, leavers, outcomes."""
NARROW_WIDTH, NARROW_HEIGHT = 420.0, 900.0
NARROW_COORDINATES: dict[str, tuple[float, float]] = {
    "collaboration": (105, 50),
    "supervision": (315, 50),
    "peers": (105, 165),
    "therapeutic_approach": (315, 165),
    "relationship": (210, 285),
    "client_motivation": (105, 405),
    "client_engagement": (315, 405),
    "preparations_for_ending": (210, 515),
    "staying": (105, 625),
    "services": (315, 625),
    "crises": (105, 740),
    "distress": (315, 740),
    "liberty": (210, 845),
}
"""The same on a narrow screen, from above to below."""

OUTCOMES = {
    "staying": ("Staying in support", "share of men in support"),
    "services": ("Services in use", "share of men who use a service for any need"),
    "crises": ("Crises", "depth of crisis, from 0 to 1"),
    "distress": ("Distress", "points of distress, on the CORE-OM's scale from 0 to 40"),
    "liberty": ("At liberty", "share of men out of prison"),
}
"""Label and meaning of each outcome."""

SWITCH_NOTES = {
    "client_engagement": "Switched off, men come, stay and go as they would with a stranger.",
    "supervision": "Switched off, staff tire and leave as in usual care.",
    "collaboration": "Switched off, promises and messages fail as in usual care.",
}
"""What else a theme's switch does, beyond holding its states at the usual-care reference."""


@functools.cache
def theory_diagram() -> dict[str, Any]:
    """Give the data that stay the same in every week: the nodes."""
    return {
        "wide": {"width": WIDTH, "height": HEIGHT},
        "narrow": {"width": NARROW_WIDTH, "height": NARROW_HEIGHT},
        "half_width": HALF_WIDTH,
        "half_height": HALF_HEIGHT,
        "nodes": [_node(name) for name in NODES],
    }


def switches(world: WatchedWorld) -> dict[str, bool]:
    """Tell which themes are on in any arm."""
    theories = world.model.plan.theories
    return {theme: bool((theories[theme]["on"] == 1).any()) for theme in THEMES}


def arrows_of_week(world: WatchedWorld, arm: int | None) -> list[dict[str, Any]]:
    """Give the arrows of the last week of the run that is watched, thinnest first."""
    drawn = [influence for influence in world.influences(arm) if influence.strength >= MIN_STRENGTH]
    return [
        arrow(
            influence.source,
            influence.target,
            Weighed(influence.strength, _sign(influence), influence.men),
            _arrow_text(influence),
        )
        for influence in sorted(drawn, key=lambda drawn: drawn.strength)
    ]


def _node(name: str) -> dict[str, Any]:
    node: dict[str, Any] = {
        "name": name,
        "label": node_label(name),
        "wide": COORDINATES[name],
        "narrow": NARROW_COORDINATES[name],
    }
    if name in OUTCOME_NODES:
        return node | {"meaning": OUTCOMES[name][1], "kind": "outcome", "events": []}
    docstring = importlib.import_module(f"engager_sim.theory.{name}").__doc__ or ""
    claim = docstring.strip().splitlines()[0].partition(":")[2].strip()
    return node | {
        "meaning": f"{claim} {SWITCH_NOTES.get(name, '')}".strip(),
        "kind": "theme" if name in THEMES else "relationship",
        "events": [
            {"name": event.name.replace("_", " "), "meaning": event.meaning}
            for event in WEEK
            if name.replace("_", " ") in event.theme
        ],
    }


class Weighed(NamedTuple):
    """How much an arrow weighs: its strength, its sign, and the men in whom it made a difference.

    ``sign`` is 1 or -1 where the state that moved most rose or fell, 0 where that cannot be told.
    """

    strength: float
    sign: int
    men: float


def arrow(source: str, target: str, weighed: Weighed, text: str) -> dict[str, Any]:
    """Give the data of one arrow."""
    share = min(1.0, (weighed.strength / FULL_STRENGTH) ** 0.5)
    return {
        "source": source,
        "target": target,
        "width": round(max(1.0, MAX_WIDTH * share), 2),
        "sign": weighed.sign,
        "men": round(weighed.men),
        "text": text,
    }


def _sign(influence: Influence) -> int:
    """Give the sign of the move that is the largest share of its state's range."""
    sizes = [size / full_range(influence.target, name) for name, size in influence.moved.items()]
    most = max(sizes, key=abs, default=0.0)
    return (most > 0.0) - (most < 0.0)


def _arrow_text(influence: Influence) -> str:
    source, target = node_label(influence.source), node_label(influence.target)
    by_size = sorted(influence.moved.items(), key=lambda move: -abs(move[1]))
    moves = [
        f"{state_meaning(influence.target, state)} {size:+.3f}"
        for state, size in by_size
        if abs(size) >= 0.0005
    ]
    strength = (
        f"{source} to {target[:1].lower()}{target[1:]}: this week it moved "
        f"{100.0 * influence.strength:.2f}% of the full range"
    )
    if not moves:
        return f"{strength}, up and down alike."
    return f"{strength}. On average: {'; '.join(moves)}."


def node_label(name: str) -> str:
    """Give the label of a node."""
    if name in OUTCOME_NODES:
        return OUTCOMES[name][0]
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def state_meaning(target: str, state: str) -> str:
    """Say what a state is in which a change of a node is measured."""
    if target in OUTCOME_NODES:
        return OUTCOMES[target][1]
    return measured_states(target)[state].meaning
