"""The data of one leaver's story: his events and trust, and where two worlds diverge for him."""

from collections.abc import Callable
from functools import partial
from typing import Any

from engager_sim.browser.exits import exit_description
from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.runs.tables.leavers import PARTS
from engager_sim.stories.exit_probabilities import STATES, exit_probabilities
from engager_sim.stories.life_history import LifeEvent, divergence, life_history
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.records import ARMS, OPEN

LARGE_NEED = 0.3
VOLUNTARY_EXITS = (Exit.CRISIS, Exit.RESIGNED, Exit.OVERCONFIDENT, Exit.WITHDREW)


def story_view(worlds: list[WatchedWorld], leaver: int | None) -> dict[str, Any] | None:
    """Tell a leaver's story so far; ``None`` if nobody is chosen."""
    if leaver is None:
        return None
    histories = [life_history(world.event_record.rows(), world.world, leaver) for world in worlds]
    first = worlds[0]
    record = first.world.leavers[leaver]
    return {
        "leaver": leaver,
        "introduction": _introduction(first, leaver),
        "entered": bool(record["entry_week"] < first.week),
        "release_week": int(record["release_week"]),
        "weeks": first.model.weeks,
        "exits": [exit_description(world, leaver) for world in worlds],
        "histories": [[_event_row(event) for event in history] for history in histories],
        "trust": [_trust(world, leaver) for world in worlds],
        "divergence": _divergence(histories),
        "first_exit": _first_exit(worlds, leaver, histories),
    }


def _introduction(world: WatchedWorld, leaver: int) -> str:
    agent = world.model.men[leaver]
    needs = [
        name.replace("_", " ")
        for name, level in zip(PARTS["need"], agent.record["need_level"], strict=True)
        if level > LARGE_NEED
    ]
    post = agent.practitioner
    practitioner = "" if post is None else f", practitioner {post.index + 1}"
    return (
        f"Man {leaver}, aged {int(agent.age)}, {ARMS[int(agent.arm)].replace('_', ' ')}: "
        f"{agent.team}{practitioner}. "
        f"Needs: {', '.join(needs) or 'none that weigh much'}. He came with a trust in helpers of "
        f"{float(agent.prior_trust):.2f}."
    )


def _event_row(event: LifeEvent) -> dict[str, Any]:
    return {
        "week": event.week,
        "after": event.after_release,
        "event": event.event.name.lower(),
        "text": event.text,
    }


def _trust(world: WatchedWorld, leaver: int) -> list[float | None]:
    entry_week = int(world.world.leavers["entry_week"][leaver])
    history = world.history["leavers"]["trust"][: world.week + 1, leaver]
    return [
        None if week <= entry_week else round(float(value), 4) for week, value in enumerate(history)
    ]


def _divergence(histories: list[list[LifeEvent]]) -> dict[str, Any] | None:
    if len(histories) < 2:
        return None
    result = divergence(histories[0], histories[1])
    if result is None:
        return None
    return {
        "week": result.week,
        "after": result.after_release,
        "worlds": [list(result.only_first), list(result.only_other)],
    }


def _first_exit(
    worlds: list[WatchedWorld], leaver: int, histories: list[list[LifeEvent]]
) -> dict[str, Any] | None:
    """Compare both worlds at the end of the week in which he first left one of them."""
    records = [world.world.leavers[leaver] for world in worlds]
    exit_weeks = [
        int(record["release_week"] + record["first_exit_week"])
        for record in records
        if record["first_exit"] != Exit.NONE
    ]
    if len(worlds) < 2 or not exit_weeks:
        return None
    week = min(exit_weeks)
    states = [
        {"name": meaning, "worlds": [measure(world, week + 1, leaver) for world in worlds]}
        for meaning, measure in COMPARED_STATES
    ]
    return {
        "week": week,
        "after": week - int(records[0]["release_week"]),
        "states": states,
        "probabilities": _exit_probabilities(worlds, week, leaver),
        "events": [
            [event.text for event in history if event.week == week] for history in histories
        ],
    }


def _exit_probabilities(worlds: list[WatchedWorld], week: int, leaver: int) -> list[dict[str, Any]]:
    """Compare the probabilities of a voluntary exit in a week; none where he had no support."""
    by_world: list[dict[Exit, float] | None] = []
    for world in worlds:
        if _leaver_state("episode", world, week, leaver) != OPEN:
            by_world.append(None)
            continue
        states = {name: _leaver_state(name, world, week + 1, leaver) for name in STATES}
        theory = world.model.plan.theories[int(world.world.leavers["arm"][leaver])]
        by_world.append(exit_probabilities(states, theory))
    return [
        {
            "name": f"probability of exit that week: {EXIT_MEANINGS[cause]}",
            "worlds": [
                None if probabilities is None else probabilities[cause]
                for probabilities in by_world
            ],
        }
        for cause in VOLUNTARY_EXITS
    ]


def _leaver_state(name: str, world: WatchedWorld, week: int, leaver: int) -> float:
    return _state(world, "leavers", name, week, leaver)


def _state(world: WatchedWorld, kind: str, name: str, week: int, index: int) -> float:
    history = world.history[kind][name]
    return round(float(history[min(week, len(history) - 1), index]), 3)


def _supported_practice(world: WatchedWorld, week: int, leaver: int) -> float | None:
    post = int(world.world.leavers["post"][leaver])
    if post < 0 or _state(world, "practitioners", "vacancy", week, post) > 0.0:
        return None
    skill, fidelity, burnout = (
        _state(world, "practitioners", name, week, post)
        for name in ("skill", "fidelity", "burnout")
    )
    return round(skill * fidelity * (1.0 - burnout), 3)


COMPARED_STATES: tuple[tuple[str, Callable[[WatchedWorld, int, int], float | None]], ...] = (
    ("trust in his practitioner", partial(_leaver_state, "trust")),
    ("rapport", partial(_leaver_state, "rapport")),
    ("understanding", partial(_leaver_state, "understanding")),
    ("motivation of his own", partial(_leaver_state, "autonomous")),
    ("part of his needs and his order that an agency covers", partial(_leaver_state, "coverage")),
    ("practice that his agencies share", partial(_leaver_state, "shared_practice")),
    (
        "his practitioner's supported practice (skill x fidelity x (1 - burnout))",
        _supported_practice,
    ),
    ("crisis", partial(_leaver_state, "crisis")),
)
