"""What an option changes that no price covers, so that its extra spend of nil is said."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from engager_sim.costs.employment import employed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_text import theory_differences
from engager_sim.scenarios.theory_values import declared, named_values
from engager_sim.theory.declaration import Role

PRICED_LEVERS = {
    "supervision.interval",
    "supervision.session_hours",
    "supervision.supervisor_hours",
    "supervision.mode",
    "peers.hours",
    "collaboration.shared_record",
    "collaboration.colocation",
}
"""Levers and settings whose values decide how much is employed."""
PRICED_FIELDS = {
    "teams": {"practitioners", "supervisors", "peers"},
    "ties": {"shared_record", "colocated"},
}
"""Likewise, of the lists of a setting."""
OF_POSTS = {"client_engagement.caseload", "client_engagement.contact_hours"}
"""Levers of each practitioner, which the price of posts covers where an option changes posts."""
DAYS, ONE_DAY = "collaboration.days_together", 1.0

type Change = tuple[str, Any, Any]


def unpriced(today: Scenario, option: Scenario) -> list[str]:
    """List in sentences what an option changes of today's without a price.

    An option that says anything of its own under ``[costs]`` is taken to have priced what it
    changes. Claims about people, the men and the length of follow-up are not for sale: they are
    passed over.

    Returns
    -------
    list of str
        One sentence per change; empty if prices cover all of them.
    """
    if option.costs != today.costs:
        return []
    changes = [*_in_setting(today, option), *_in_theory(today, option)]
    name = option.name.replace("_", " ")
    said = [
        f"{name} changes {what} from {value_shown(before, what)} to {value_shown(after, what)}, "
        "and no price covers that: it counts as no extra spend; say under [costs] what it costs"
        for what, before, after in changes
    ]
    return said + _days_not_priced(today, option)


def _in_theory(today: Scenario, option: Scenario) -> Iterator[Change]:
    values = (named_values(scenario.theories()) for scenario in (today, option))
    posts = [employed(each.deployed, each.theories()) for each in (today, option)]
    covered = PRICED_LEVERS | {DAYS}
    if len({each.quantity("practitioner_post") for each in posts}) > 1:
        covered |= OF_POSTS
    for path, before, after in theory_differences(*values):
        _, theme, name = path.split(".")
        is_claim = declared()[theme][name].role is Role.UNCERTAINTY
        if not is_claim and theme != "costs" and f"{theme}.{name}" not in covered:
            yield path, before, after


def _in_setting(today: Scenario, option: Scenario) -> Iterator[Change]:
    network = (today.setting.network, option.setting.network)
    for key in ("structure", "lead"):
        before, after = (getattr(setting, key) for setting in network)
        if before != after:
            yield f"network.{key}", before, after
    for table in ("agencies", "teams", "ties"):
        yield from _in_list(table, *(_entries(each, table) for each in (today, option)))


def _in_list(table: str, today: dict[str, Any], option: dict[str, Any]) -> Iterator[Change]:
    """Compare entries by name; one that only one side has is told whole, unless it is priced."""
    for name in dict.fromkeys([*today, *option]):
        before, after = today.get(name), option.get(name)
        if before is None or after is None:
            if table != "teams":
                yield f"{table} ({name})", before and "there", after and "there"
            continue
        for key, value in before.items():
            if value != after[key] and key not in PRICED_FIELDS.get(table, ()):
                yield f"{key} of {name}", value, after[key]


def _entries(scenario: Scenario, table: str) -> dict[str, dict[str, Any]]:
    entries = [dataclasses.asdict(entry) for entry in getattr(scenario.setting, table)]
    if table == "ties":
        return {" - ".join(sorted(entry.pop("between"))): entry for entry in entries}
    return {entry.pop("name"): entry for entry in entries}


def _days_not_priced(today: Scenario, option: Scenario) -> list[str]:
    """Say where days under one roof, priced as one a week, are more or fewer than that."""
    counts = [employed(each.deployed, each.theories()) for each in (today, option)]
    said = []
    for arm, theory in enumerate(option.theories()):
        days = theory.collaboration.days_together
        ties = [count.quantity("day_under_one_roof", arm) for count in counts]
        moved = days != today.theories()[arm].collaboration.days_together and ties[1] > 0.0
        if days != ONE_DAY and (ties[1] > ties[0] or moved):
            said.append(
                f"{option.name.replace('_', ' ')}: agencies under one roof are priced at one day a "
                f"week, and {DAYS} is {days:g}: set it to 1, or say under [costs] what "
                f"{days:g} days cost"
            )
    return said


def value_shown(value: object, key: str = "") -> str:
    """Write a value of a scenario as a sentence has it; places that are not given have no limit."""
    if value is None:
        return "no limit" if key.rpartition(".")[2] == "places" else "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
