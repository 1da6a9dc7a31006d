"""The data of the theory's causal diagram: nodes, and arrows as thick as their influence."""

import functools
import importlib
from typing import Any

from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.mesa_model.influences import NODES, OUTCOME_NODES, Influence, measured_states
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
        "width": WIDTH,
        "height": HEIGHT,
        "half_width": HALF_WIDTH,
        "half_height": HALF_HEIGHT,
        "nodes": [_node(name) for name in NODES],
    }


def theory_state(world: WatchedWorld, arm: int | None) -> dict[str, Any]:
    """Give the switches of the themes, and the arrows of the last week, thinnest first."""
    drawn = [influence for influence in world.influences(arm) if influence.strength >= MIN_STRENGTH]
    theories = world.model.plan.theories
    return {
        "on": {theme: bool((theories[theme]["on"] == 1).any()) for theme in THEMES},
        "arrows": [
            _arrow(influence) for influence in sorted(drawn, key=lambda drawn: drawn.strength)
        ],
    }


def _node(name: str) -> dict[str, Any]:
    x, y = COORDINATES[name]
    node: dict[str, Any] = {"name": name, "label": _label(name), "x": x, "y": y}
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


def _arrow(influence: Influence) -> dict[str, Any]:
    share = min(1.0, (influence.strength / FULL_STRENGTH) ** 0.5)
    return {
        "source": influence.source,
        "target": influence.target,
        "width": round(max(1.0, MAX_WIDTH * share), 2),
        "text": _arrow_text(influence),
    }


def _arrow_text(influence: Influence) -> str:
    source, target = _label(influence.source), _label(influence.target)
    by_size = sorted(influence.moved.items(), key=lambda move: -abs(move[1]))
    moves = [
        f"{_state_meaning(influence.target, state)} {size:+.3f}"
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


def _label(name: str) -> str:
    if name in OUTCOME_NODES:
        return OUTCOMES[name][0]
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _state_meaning(target: str, state: str) -> str:
    if target in OUTCOME_NODES:
        return OUTCOMES[target][1]
    return measured_states(target)[state].meaning
