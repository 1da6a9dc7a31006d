"""One man's story, in one world or two: his weeks, his trust, and where his two lives part."""

from typing import Any

from engager_sim.browser.fates import fate_in_words
from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.runs.tables.leavers import PARTS
from engager_sim.stories.chance_of_leaving import STATES, chances_of_leaving
from engager_sim.stories.life import Happening, life_of, parting
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.records import ARMS, OPEN

MANY_NEEDS = 0.3


def story_view(worlds: list[WatchedWorld], man: int | None) -> dict[str, Any] | None:
    """Tell a man's story so far; ``None`` if nobody is chosen."""
    if man is None:
        return None
    lives = [life_of(world.record.rows(), world.world, man) for world in worlds]
    first = worlds[0]
    record = first.world.leavers[man]
    return {
        "man": man,
        "who": _introduction(first, man),
        "entered": bool(record["entry_week"] < first.week),
        "release_week": int(record["release_week"]),
        "weeks": first.model.weeks,
        "fates": [fate_in_words(world, man) for world in worlds],
        "lives": [[_told(each) for each in life] for life in lives],
        "trust": [_trust(world, man) for world in worlds],
        "parting": _parting(lives),
        "stood": _how_things_stood(worlds, man, lives),
    }


def _introduction(world: WatchedWorld, man: int) -> str:
    agent = world.model.men[man]
    needs = [
        name.replace("_", " ")
        for name, size in zip(PARTS["need"], agent.record["need_level"], strict=True)
        if size > MANY_NEEDS
    ]
    post = agent.practitioner
    helped = f"{agent.team}" + (f", practitioner {post.index + 1}" if post is not None else "")
    return (
        f"Man {man}, {ARMS[int(agent.arm)].replace('_', ' ')}: {helped}. "
        f"Needs: {', '.join(needs) or 'none that weigh much'}. He came with a trust in helpers of "
        f"{float(agent.prior_trust):.2f}."
    )


def _told(each: Happening) -> dict[str, Any]:
    return {"week": each.week, "after": each.after_release, "event": each.event.name.lower(),
            "text": each.text}  # fmt: skip


def _trust(world: WatchedWorld, man: int) -> list[float | None]:
    entered = int(world.world.leavers["entry_week"][man])
    course = world.course["leavers"]["trust"][: world.week + 1, man]
    return [
        None if week <= entered else round(float(value), 4) for week, value in enumerate(course)
    ]


def _parting(lives: list[list[Happening]]) -> dict[str, Any] | None:
    if len(lives) < 2:
        return None
    found = parting(lives[0], lives[1])
    if found is None:
        return None
    return {
        "week": found.week,
        "after": found.after_release,
        "worlds": [list(found.here), list(found.there)],
    }


def _how_things_stood(
    worlds: list[WatchedWorld], man: int, lives: list[list[Happening]]
) -> dict[str, Any] | None:
    """Compare both worlds at the end of the week in which he first left one of them."""
    left = [
        int(record["release_week"] + record["first_exit_week"])
        for record in (world.world.leavers[man] for world in worlds)
        if record["first_exit"] != Exit.NONE
    ]
    if len(worlds) < 2 or not left:
        return None
    week = min(left)
    rows = [
        ("trust in his practitioner", "trust"),
        ("rapport", "rapport"),
        ("understanding", "understanding"),
        ("motivation of his own", "autonomous"),
        ("practice that his agencies share", "shared_practice"),
        ("crisis", "crisis"),
    ]
    after = week + 1
    stood = [
        {
            "name": meaning,
            "worlds": [_at(world, "leavers", name, after, man) for world in worlds],
        }
        for meaning, name in rows
    ]
    stood.insert(
        5,
        {
            "name": "his practitioner's supported practice (skill x fidelity x (1 - burnout))",
            "worlds": [_supported(world, after, man) for world in worlds],
        },
    )
    return {
        "week": week,
        "after": week - int(worlds[0].world.leavers["release_week"][man]),
        "rows": stood,
        "chances": _chances(worlds, week, man),
        "happened": [[each.text for each in life if each.week == week] for life in lives],
    }


def _chances(worlds: list[WatchedWorld], week: int, man: int) -> list[dict[str, Any]]:
    """Compare how likely he was to leave by himself in a week; no value where he had no support."""
    by_world: list[dict[Exit, float] | None] = []
    for world in worlds:
        if _at(world, "leavers", "episode", week, man) != OPEN:
            by_world.append(None)
            continue
        states = {name: _at(world, "leavers", name, week + 1, man) for name in STATES}
        theory = world.model.plan.theories[int(world.world.leavers["arm"][man])]
        by_world.append(chances_of_leaving(states, theory.ways_out))
    return [
        {
            "name": f"chance of leaving by himself that week: {EXIT_MEANINGS[cause]}",
            "worlds": [None if found is None else found[cause] for found in by_world],
        }
        for cause in (Exit.CRISIS, Exit.RESIGNED, Exit.OVERCONFIDENT, Exit.WITHDREW)
    ]


def _at(world: WatchedWorld, kind: str, name: str, week: int, place: int) -> float:
    course = world.course[kind][name]
    return round(float(course[min(week, len(course) - 1), place]), 3)


def _supported(world: WatchedWorld, week: int, man: int) -> float | None:
    post = int(world.world.leavers["post"][man])
    if post < 0 or _at(world, "practitioners", "vacancy", week, post) > 0.0:
        return None
    skill, fidelity, burnout = (
        _at(world, "practitioners", name, week, post) for name in ("skill", "fidelity", "burnout")
    )
    return round(skill * fidelity * (1.0 - burnout), 3)
