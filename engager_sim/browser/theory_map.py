"""The theory as a living diagram: nodes and arrows from the rules, as thick as what ran through."""

import functools
import importlib
from typing import Any

import numpy as np

from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.mesa_model.influences import NODES, OUTCOMES, Influence, measured
from engager_sim.theory import THEMES
from engager_sim.week.order import WEEK

FAINTEST = 0.0003
"""Influences weaker than this part of the full range are not drawn."""
THICKEST, FULL = 11.0, 0.04
"""Thickness of an arrow, in units of the picture, at an influence of so large a part; below it, the
square root decides, so that faint arrows can be seen."""

WIDTH, HEIGHT = 1000.0, 570.0
HALF_WIDTH, HALF_HEIGHT = 92.0, 30.0
"""Of the picture; half of a node's."""
AT: dict[str, tuple[float, float]] = {
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
"""Where each node stands: what agencies do, the bond, what men do, what becomes of them."""

OUTCOME_WORDS = {
    "staying": ("Staying in support", "share of men in support"),
    "services": ("Services in use", "share of men who use a service for any need"),
    "crises": ("Crises", "depth of crisis, from 0 to 1"),
    "distress": ("Distress", "points of distress, on the CORE-OM's scale from 0 to 40"),
    "liberty": ("At liberty", "share of men out of prison"),
}


OFF_TOO = {
    "client_engagement": "Switched off, it also takes away the ways out and the way back.",
    "supervision": "Switched off, nobody leaves a post either.",
    "collaboration": "Switched off, no promise is broken and no message lost.",
}
"""What else a theme's switch does, beyond holding its states at the usual-care reference."""


@functools.cache
def theory_places() -> dict[str, Any]:
    """Give what does not change: nodes, where they stand, and what they are."""
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "half_width": HALF_WIDTH,
        "half_height": HALF_HEIGHT,
        "nodes": [_node(name) for name in NODES],
    }


def theory_state(world: WatchedWorld, arm: int | None) -> dict[str, Any]:
    """Give which themes are on, and the arrows of the week just passed, thinnest first."""
    ran = [each for each in world.influences(arm) if each.strength >= FAINTEST]
    return {
        "on": {theme: theme_is_on(world.model.plan.theories, theme) for theme in THEMES},
        "arrows": [_arrow(each) for each in sorted(ran, key=lambda each: each.strength)],
    }


def theme_is_on(theories: np.recarray, theme: str) -> bool:
    """Tell whether a theme's rules run, in either arm."""
    return bool((theories[theme]["on"] == 1).any())


def _node(name: str) -> dict[str, Any]:
    x, y = AT[name]
    if name in OUTCOMES:
        return {"name": name, "label": _label(name), "meaning": OUTCOME_WORDS[name][1],
                "x": x, "y": y, "kind": "outcome", "events": []}  # fmt: skip
    words = name.replace("_", " ")
    heading = importlib.import_module(f"engager_sim.theory.{name}").__doc__ or ""
    claim = heading.strip().splitlines()[0].partition(":")[2].strip()
    events = [
        {"name": event.name.replace("_", " "), "meaning": event.meaning}
        for event in WEEK
        if words in event.theme
    ]
    return {
        "name": name,
        "label": _label(name),
        "meaning": f"{claim} {OFF_TOO.get(name, '')}".strip(),
        "x": x,
        "y": y,
        "kind": "theme" if name in THEMES else "bond",
        "events": events,
    }


def _arrow(ran: Influence) -> dict[str, Any]:
    return {
        "source": ran.source,
        "target": ran.target,
        "width": round(max(1.0, THICKEST * min(1.0, (ran.strength / FULL) ** 0.5)), 2),
        "text": _in_words(ran),
    }


def _in_words(ran: Influence) -> str:
    source, target = (_label(name) for name in (ran.source, ran.target))
    moves = sorted(ran.moved.items(), key=lambda move: -abs(move[1]))
    shown = [
        f"{_meaning(ran.target, state)} {size:+.3f}" for state, size in moves if abs(size) >= 0.0005
    ]
    lead = (
        f"{source} to {target[:1].lower()}{target[1:]}: this week it moved "
        f"{100.0 * ran.strength:.2f}% of the full range"
    )
    return f"{lead}. On average: {'; '.join(shown)}." if shown else f"{lead}, up and down alike."


def _label(name: str) -> str:
    if name in OUTCOMES:
        return OUTCOME_WORDS[name][0]
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _meaning(target: str, state: str) -> str:
    if target in OUTCOMES:
        return OUTCOME_WORDS[target][1]
    return measured(target)[state].meaning
